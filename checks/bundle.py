"""One report told in several files: itself, its annexes, the press release, the summary (``gouji audit --bundle``).

What is printed of one indicator, one unit and one year must be the same in all of them. That they belong together
is said by whoever gives the files; so what differs may be an error, which across reports it never is. Only what
is named surely is held together: the whole place, no aside, no plan, a name that stands for one value only in its
file and is broken down from the same total. With a value goes the growth that both print right after it. All else
is left alone: two files of one report say many things that only sound alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..extract.claim import Claim, Reading
from ..extract.tables import words
from ..extract.words import trim
from .grid import grid
from .relation import BUNDLE, Relation
from .standard import recognised
from .table_prose import SURE, bare, growth_after, named_alone, rows
from .tell import Teller

Key = tuple[str, str, str]  # name, unit, and the name of what it is a part of


@dataclass(frozen=True, slots=True)
class Said:
    """An indicator as one file tells it: its value, and the growth after it."""

    value: Claim
    growth: Claim | None
    name: str


def bundled(readings: Sequence[Reading]) -> Iterator[Relation]:
    """Hold each file against the first one that tells the same indicator."""
    tellers = [Teller(reading) for reading in readings]
    # a file without a year of its own, as annexes are, is of the year of the first that has one
    # (and where none has, all of them are)
    year = next((teller.source.year for teller in tellers if teller.source.year), "")
    scopes = Counter(c.scope for r in readings for c in r.claims if c.scope in words()["whole_places"])
    own = scopes.most_common(1)[0][0] if scopes else ""
    first: dict[Key, Said] = {}
    for reading, teller in zip(readings, tellers, strict=True):
        for key, said in _said(reading, teller, year, own).items():
            before = first.setdefault(key, said)
            if before.value.document == said.value.document:
                continue
            yield _restated(before.value, said.value, said.name)
            if before.growth is not None and said.growth is not None:
                yield _restated(before.growth, said.growth, said.name)


def _restated(first: Claim, second: Claim, name: str) -> Relation:
    return Relation("restated", {"first": (first,), "second": (second,)}, "stated", (name,), note=BUNDLE)


def _said(reading: Reading, teller: Teller, year: str, own: str) -> dict[Key, Said]:
    """What one file tells surely of ``year`` and of ``own``, the whole that most is told of (全市).

    A name with two values is left out.
    """
    found: dict[Key, Said] = {}
    again: set[Key] = set()

    def keep(key: Key, said: Said) -> None:
        known = found.setdefault(key, said)
        if known.value.figure.interval != said.value.figure.interval:
            again.add(key)

    for claim in reading.claims:
        if claim.role != "value" or claim.item or claim.scope not in ("", own) or not named_alone(claim):
            continue
        told, _ = teller.period(claim)
        if (told or ("" if teller.source.year else year)) == year:
            key = bare(claim.label), claim.figure.unit, _above(reading, claim)
            keep(key, Said(claim, growth_after(reading, claim), claim.label))
    found_tables = grid(reading)
    if teller.source.year in ("", year) and found_tables.tables and not recognised(found_tables):
        for (name, unit), row in rows(found_tables, year).items():
            # the names of prose come without 总额 and the like at their end
            known = bare(trim(name))
            if len(known) >= SURE:
                keep((known, unit, ""), Said(row.cell, row.growth, row.label))
    return {key: said for key, said in found.items() if key not in again}


def _above(reading: Reading, claim: Claim) -> str:
    """The name of the total that an indicator is a part of; empty where it stands for itself."""
    parent = reading.frames[claim.frame].parent
    return bare(reading.claims[parent].label) if parent >= 0 else ""
