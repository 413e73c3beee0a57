"""人均：an average is its total over its base.

In one sentence (发放补助28.8万元，惠及1200人，人均240元) total and base stand side by side. For an indicator of a
place (人均公园绿地面积) the total is the indicator's own figure and the base its resident population. A product of the
year is divided by the mean of the populations at its two ends, which the printed change gives (比上年末增加3.3万人). Where
neither is printed, the tie is only told when it fits.

Fails: 全年发放救助金28.8万元，惠及困难群众1200人，人均204元。
Holds: 全年发放救助金28.8万元，惠及困难群众1200人，人均240元。
Silent: 全年发放救助金28.8万元，培训社区干部1200人，居民人均可支配收入24000元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, scope_of
from .levels import ends_list
from .naming import bare_name
from .once import once
from .relation import Relation


@dataclass(frozen=True, slots=True)
class _Words:
    opens: re.Pattern[str]
    units: dict[str, frozenset[str]]
    same: dict[str, tuple[str, ...]]
    never: tuple[str, ...]
    people: tuple[str, ...]
    average: tuple[str, ...]
    flows: frozenset[str]


@cache
def _lexicon() -> _Words:
    lex = lexicon_of("gouji.checks", "averages")
    people = lex["population"]
    return _Words(
        re.compile(f"\\A(?P<own>[^，；。]{{0,6}}?)(?P<per>{any_of(list(lex['per']))})(?P<of>.*)\\Z"),
        {word: frozenset(units) for word, units in lex["per"].items()},
        {name: tuple(names) for names in lex["of"]["same"] for name in names},
        tuple(lex["of"]["never"]),
        tuple(people["ends"]),
        tuple(people["average"]),
        frozenset(people["flows"]),
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every average with total and base in its sentence, or with its place's total and population."""
    lex = _lexicon()
    people: list[Claim] | None = None
    for claim in reading.claims:
        if claim.role != "value" or claim.item or claim.glued or not claim.figure.unit:
            continue
        words = claim.label if "均" in claim.label else claim.before.strip("，、；：")
        m = lex.opens.match(words) if "均" in words else None
        if m is None or m["of"].endswith(lex.never) or claim.figure.unit == "%":
            continue
        found = _beside(reading, claim, lex.units[m["per"]])
        if found is not None:
            total, base = found
            # 其中中央…、市级460万元，救助5.26万人次，人均650元: of the last part or of all?
            more = any(ends_list(reading, reading.frames[c.frame]) for c in found)
            yield _relation(total, base, claim, m["per"], 2 if more else 1)
            continue
        if m["per"] != "人均" or len(m["of"]) < 2:
            continue
        if people is None:
            people = _people(reading, lex)
        chosen = _population(claim, people, lex)
        names = lex.same.get(m["of"], (m["of"],))
        whole = _total(reading, claim, names) if chosen is not None else None
        if chosen is not None and whole is not None:
            averaged = chosen.label.endswith(lex.average)
            flow = m["of"] in lex.flows and not averaged
            change = _change(reading, chosen) if flow else None
            sure = averaged or change is not None
            yield _relation(whole, chosen, claim, m["per"], 1 if sure else 2, change)


def _relation(
    total: Claim, base: Claim, average: Claim, word: str, candidates: int = 1, change: Claim | None = None
) -> Relation:
    terms: dict[str, tuple[Claim, ...]] = {"total": (total,), "base": (base,)}
    if change is not None:
        terms["change"] = (change,)
    return Relation(
        "per_capita",
        {**terms, "average": (average,)},
        "customary",
        (word, total.label or total.noun, base.label or base.noun),
        candidates=candidates,
    )


def _change(reading: Reading, people: Claim) -> Claim | None:
    """By how much the population changed over the year, told right behind it: its mean is half of that away."""
    if people.index + 1 >= len(reading.claims):
        return None
    c = reading.claims[people.index + 1]
    told = c.role == "change" and c.figure.unit == people.figure.unit and not c.label and not c.item
    near = c.sentence == people.sentence and c.clause - people.clause <= 1
    return c if told and near and c.object != "plan" and _OVER_A_YEAR.search(c.before) else None


_OVER_A_YEAR = re.compile("上年|去年|\\A[，、]?(?:净)?(?:增加|减少)")


def _beside(reading: Reading, average: Claim, units: frozenset[str]) -> tuple[Claim, Claim] | None:
    """The two figures right before the average in its sentence: an amount, and those who share it."""
    if average.index < 2:
        return None
    one, two = reading.claims[average.index - 2 : average.index]
    for total, base in ((one, two), (two, one)):
        if (
            total.figure.unit == average.figure.unit
            and base.figure.unit in units
            and all(c.role == "value" and not c.item and c.sentence == average.sentence for c in (one, two))
            and one.block == average.block
            and average.clause - two.clause <= 1
            and two.clause - one.clause <= 1
            and not (average.scope and scope_of(average.label))
        ):
            return total, base
    return None


def _people(reading: Reading, lex: _Words) -> list[Claim]:
    """The populations that the report tells, each where it is first told."""
    told: dict[tuple[str, str, Fraction, bool], Claim] = {}
    for c in reading.claims:
        if (
            c.role == "value"
            and not c.item
            and c.figure.unit == "人"
            and c.label.endswith(lex.people)
            and _plain(c, lex)
        ):
            told.setdefault((c.period, c.scope, c.figure.value, c.label.endswith(lex.average)), c)
    return list(told.values())


def _population(average: Claim, people: list[Claim], lex: _Words) -> Claim | None:
    """The one resident population of the place and period; the year's average where it is printed."""
    own = [c for c in people if c.period == average.period and (not c.scope or _same(c, average))]
    averaged = [c for c in own if c.label.endswith(lex.average)]
    chosen = averaged or own
    return chosen[0] if len({c.figure.value for c in chosen}) == 1 else None


def _plain(claim: Claim, lex: _Words) -> bool:
    """Whether the label names the people of the whole place, not the urban or the young."""
    name = bare_name(claim.label)
    return name.endswith(lex.average) or name in lex.people


def _same(one: Claim, other: Claim) -> bool:
    return not one.scope or not other.scope or one.scope == other.scope


def _total(reading: Reading, average: Claim, names: tuple[str, ...]) -> Claim | None:
    """The one value of the place whose indicator is what the average is taken of."""
    told = _totals(reading)
    found = [
        c
        for name in names
        for c in told.get((average.figure.unit, average.period, name), ())
        if _same(c, average)
    ]
    first = min(found, key=lambda c: c.index, default=None)
    return first if len({c.figure.value for c in found}) == 1 else None


@once
def _totals(reading: Reading) -> dict[tuple[str, str, str], list[Claim]]:
    """The values of the report by unit, period and name, each where it is first told for a place."""
    told: dict[tuple[str, str, str], dict[tuple[str, Fraction], Claim]] = {}
    for c in reading.claims:
        if c.role == "value" and not c.item and "均" not in c.label:
            key = (c.figure.unit, c.period, bare_name(c.label))
            told.setdefault(key, {}).setdefault((c.scope, c.figure.value), c)
    return {key: list(values.values()) for key, values in told.items()}
