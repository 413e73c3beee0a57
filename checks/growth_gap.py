"""增速差：a growth that lies so many points above another is that other growth and the points.

The other growth stands in a parenthesis (增速高于全国（3.8%）33.3个百分点; 涨幅比上年（0.8%）缩小0.2个百分点), or
elsewhere in the report under a name of its own (高于GDP增速0.6个百分点) or for the year before. Of falls (降幅收窄)
the magnitudes are compared. Growths are rounded one by one, so a failure is custom.

Fails: 进出口总额129.90亿元，同比增长37.1%，增速高于全国（3.8%）13.3个百分点。
Holds: 进出口总额129.90亿元，同比增长37.1%，增速高于全国（3.8%）33.3个百分点。
Silent: 进出口总额129.90亿元，同比增长37.1%，占全国的3.8%，外贸依存度提高13.3个百分点。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import POINTS, any_of
from .growth_lists import named
from .naming import bare_name
from .relation import Relation

# Stands for the figure in the parenthesis.
_MARK = "#"
# So many gaps in a row speak of one growth.
_CHAIN = 4


@dataclass(frozen=True, slots=True)
class _Words:
    beside: re.Pattern[str]
    behind: re.Pattern[str]
    moved: re.Pattern[str]
    fall: frozenset[str]
    up: frozenset[str]
    last: frozenset[str]
    filler: re.Pattern[str]
    same: dict[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    lex = lexicon_of("gouji.checks", "gaps")
    measure, compare, move = lex["measure"], lex["compare"], lex["move"]
    said = any_of(measure["growth"] + measure["fall"])
    head = f"\\A[，、）]?(?:（下同），)?(?P<measure>{said})?"
    whom = f"(?P<whom>[^，；。（）0-9{_MARK}]{{1,16}}?)(?:的?(?P<own>{said}))?(?P<told>（[^，；。（）]{{0,4}}{_MARK}）)?"
    about = "(?:了|约|近)?\\Z"
    return _Words(
        re.compile(f"{head}(?P<word>{any_of(compare['above'] + compare['below'])}){whom}{about}"),
        re.compile(f"{head}[比较]{whom}(?P<word>{any_of(compare['higher'] + compare['lower'])}){about}"),
        re.compile(f"{head}(?:[比较]{whom}|同比)(?P<word>{any_of(move['greater'] + move['less'])}){about}"),
        frozenset(measure["fall"]),
        frozenset(compare["above"] + compare["higher"] + move["greater"]),
        frozenset(move["last"]),
        re.compile(f"{any_of(lex['whole']['filler'])}+\\Z"),
        {name: tuple(names) for names in lex["whole"]["same"] for name in names},
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every gap in points right behind a growth, where the other growth is printed."""
    known: dict[tuple[str, str], list[Claim]] | None = None
    text = reading.document.flow.text
    for claim in reading.claims[1:]:
        if claim.figure.unit != POINTS or claim.item:
            continue
        aside = _aside(reading, claim)
        base = (
            reading.claims[claim.index - 1 - (aside is not None)]
            if claim.index > (aside is not None)
            else None
        )
        if base is None or base.sentence != claim.sentence or base.block != claim.block:
            continue
        growth = _growth(reading, base)
        if growth is None:
            continue
        between = text[base.figure.flow_end : claim.figure.flow_start]
        if aside is not None:
            at = aside.figure.flow_start - base.figure.flow_end
            to = aside.figure.flow_end - base.figure.flow_end
            between = between[:at] + _MARK + between[to:]
        words = _words()
        beside = words.beside.match(between)
        moved = None if beside else words.moved.match(between)
        found = beside or moved or words.behind.match(between)
        if found is None or bool(found["told"]) != (aside is not None):
            continue
        measure = found["measure"] or found["own"] or ""
        falls = measure in words.fall
        if falls and growth.direction != "down":
            continue
        other = aside
        if other is None:
            if known is None:
                known = _known(reading)
            other = _elsewhere(known, growth, found, moved is not None)
            if other is None:
                continue
        elif falls and not other.figure.negative:
            other = replace(other, direction="down")
        greater = found["word"] in words.up
        yield Relation(
            "growth_gap",
            {
                "gap": (replace(claim, direction="up" if greater != falls else "down"),),
                "growth": (growth,),
                "other_growth": (other,),
            },
            "customary",
            (growth.label or named(reading, growth), found.group().strip("，、（）")),
        )


def _aside(reading: Reading, claim: Claim) -> Claim | None:
    """The growth in a parenthesis right in front of the gap or of its verb (高于全国（3.8%）33.3个百分点)."""
    last = reading.claims[claim.index - 1]
    if last.depth <= claim.depth or last.figure.unit != "%" or last.sentence != claim.sentence:
        return None
    return last if last.role in ("other", "growth") else None


def _growth(reading: Reading, base: Claim) -> Claim | None:
    """The growth that a gap speaks of: the figure before it, or the one before the gaps between."""
    for _ in range(_CHAIN):
        if base.figure.unit != POINTS or not base.index:
            break
        aside = _aside(reading, base)
        at = base.index - 1 - (aside is not None)
        if at < 0 or reading.claims[at].sentence != base.sentence:
            return None
        base = reading.claims[at]
    return base if base.role == "growth" and base.figure.unit == "%" and not base.item else None


def _known(reading: Reading) -> dict[tuple[str, str], list[Claim]]:
    """Every growth by its bare name and period, in order."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for c in reading.claims:
        if c.role == "growth" and c.figure.unit == "%" and not c.item and (label := named(reading, c)):
            told = found.setdefault((bare_name(label), c.period), [])
            # two different values are enough to know that the name tells no one growth
            if len(told) < 3 and all(
                (o.figure.value, o.direction) != (c.figure.value, c.direction) for o in told
            ):
                told.append(c)
    return found


def _elsewhere(
    known: dict[tuple[str, str], list[Claim]], growth: Claim, found: re.Match[str], moved: bool
) -> Claim | None:
    """The other growth by its name: that of the year before, or that of what is compared with; one value only."""
    words = _words()
    whom = found["whom"] or ""
    if moved:
        if whom not in words.last or not growth.label or not growth.period.isdigit():
            return None
        names: tuple[str, ...] = (bare_name(growth.label),)
        period = str(int(growth.period) - 1)
    else:
        bare = words.filler.sub("", whom)
        names, period = words.same.get(bare, ()), growth.period
    told = [c for name in names for c in known.get((name, period), []) if c.index != growth.index]
    return told[0] if told and len({(c.figure.value, c.direction) for c in told}) == 1 else None
