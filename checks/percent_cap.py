"""百分上限：a percentage that cannot exceed 100 by what it means.

Of what is inspected no more can pass, nobody's share of all persons exceeds them, and a count that falls by
100% is gone. A completion rate, a gross enrolment rate, a growth may well exceed 100, a profit may fall by
more: only names of the lexicon are bound, each with the reason. Nearly every print keeps to such a bound, so
that a pass says nothing: only a print above 100 is tied.

Fails: 开展重点产品质量抽查686批次，抽查合格率914.02%。
Holds: 开展重点产品质量抽查686批次，抽查合格率约102%。
Silent: 省重点项目50个，投资完成率128.9%。小学在校学生2.7万人，小学毛入学率110.8%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.words import trim
from .grid import grid, head
from .relation import Relation

# In a table so many cells of a name keep to the bound for each that does not.
_OTHERS = 3
_NOTE = re.compile("[（(][^（()）]*[)）]|[%％\\s]")


@dataclass(frozen=True, slots=True)
class _Caps:
    """Endings of names with their strength, and the words that take a name out."""

    rates: tuple[tuple[tuple[str, ...], str], ...]
    rate_not: tuple[str, ...]
    wholes: tuple[str, ...]
    whole_not: tuple[str, ...]
    kinds: frozenset[str]
    units: frozenset[str]
    counts: tuple[str, ...]
    money: tuple[str, ...]
    fall_not: tuple[str, ...]


@cache
def _caps() -> _Caps:
    lex: dict[str, Any] = lexicon_of("gouji.checks", "percent_caps")
    share, fall = lex["share"], lex["fall"]
    return _Caps(
        tuple((tuple(entry["names"]), entry["strength"]) for entry in lex["rate"]),
        tuple(lex["rate_not"]["words"]),
        tuple(share["names"]),
        tuple(share["not"]),
        frozenset(fall["kinds"]),
        frozenset(fall["units"]),
        tuple(fall["names"]),
        tuple(fall["money"]),
        tuple(fall["not"]),
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every percentage above 100 whose name binds it."""
    for claim in reading.claims:
        if claim.figure.unit != "%" or claim.figure.value <= 100 or claim.figure.negative:
            continue
        found = _rate(claim) or _share(claim) or _fall(reading, claim)
        if found:
            strength, words = found
            yield Relation("percent_cap", {"percent": (claim,)}, strength, words)
    yield from _cells(reading)


def _cells(reading: Reading) -> Iterator[Relation]:
    """The same in tables, by the head of the column or the label of the row.

    A name over many cells above 100 names something else than it seems to; one among several stands out.
    """
    found = grid(reading)
    seen: set[int] = set()
    for table in found.tables:
        for group in found.groups(table):
            lists = [
                (
                    _of_name(head(table.columns[i])),
                    head(table.columns[i]),
                    [found.claim(r.row, i) for r in group.lines],
                )
                for i in group.values
            ]
            for line in group.lines:
                if line.level >= 0:
                    lists.append(
                        (_of_name(line.label), line.label, [found.claim(line.row, i) for i in group.values])
                    )
            for strength, name, cells in lists:
                percents = [c for c in cells if c is not None and c.figure.unit == "%"] if strength else []
                beyond = [c for c in percents if c.figure.value > 100 and not c.figure.negative]
                if strength and beyond and _OTHERS * len(beyond) <= len(percents):
                    for claim in beyond:
                        if claim.index in seen:
                            continue
                        seen.add(claim.index)
                        yield Relation("percent_cap", {"percent": (claim,)}, strength, (name,))


def _of_name(name: str) -> str | None:
    """The strength of the bound on a rate of this name; ``None`` without one."""
    caps = _caps()
    name = _NOTE.sub("", name)
    if not name or any(word in name for word in caps.rate_not):
        return None
    return next((strength for names, strength in caps.rates if name.endswith(names)), None)


def _rate(claim: Claim) -> tuple[str, tuple[str, ...]] | None:
    """The strength of a rate's bound: by the first entry that its name ends in."""
    # 满意度 ends in no 率, so that it is no rate by its form
    name = claim.object if claim.role == "rate" else trim(claim.before) if claim.role == "other" else ""
    strength = _of_name(name)
    return (strength, (name,)) if strength else None


def _share(claim: Claim) -> tuple[str, tuple[str, ...]] | None:
    """A share of a whole that holds nothing negative."""
    caps = _caps()
    name = claim.object.removesuffix("的") if claim.role == "share" else ""
    if not name.endswith(caps.wholes) or any(word in name + claim.label for word in caps.whole_not):
        return None
    return "logical", (*claim.words, name)


def _fall(reading: Reading, claim: Claim) -> tuple[str, tuple[str, ...]] | None:
    """A fall of what cannot be negative: logical for what is counted or measured, customary for money."""
    caps = _caps()
    if claim.role != "growth" or claim.direction != "down":
        return None
    before = reading.claims[claim.index - 1] if claim.index else None
    base = before if before is not None and claim.frame == before.frame and not claim.label else None
    name = claim.label or (base.label or base.noun if base is not None else "")
    if any(word in name + claim.words[0] for word in caps.fall_not):
        return None
    if base is not None and base.role == "value":
        if base.figure.kind in caps.kinds or base.figure.unit in caps.units:
            return "logical", (name, *claim.words)
        if base.figure.kind == "money" and name.endswith(caps.money):
            return "customary", (name, *claim.words)
    if claim.label.endswith(caps.counts):
        return "logical", (name, *claim.words)
    return ("customary", (name, *claim.words)) if claim.label.endswith(caps.money) else None
