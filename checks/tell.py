"""What a reading tells to later reports: its claims with their keys, years and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from ..extract.identity import Results, caveat, identity, normal_name, normal_scope
from ..extract.periods import Periods
from . import carry_over
from .growth import base_of, prior_of
from .indicator import Key as Words
from .indicator import key
from .past import Key, Sentence, Source, Told

_END = re.compile("[。！？；\n]")
_BREAK = re.compile("\r\n|\r|\n")
# A sum over several years is no year's value.
_SUMMED = re.compile("累计|[三四五]年来|以来|任期|期间|时期")
_TELLING = frozenset(
    {"value", "rate", "share", "growth", "change", "points", "average", "contribution", "other"}
)


def source(reading: Reading) -> Source:
    """The report of a reading, as a source of what it tells."""
    document, who = reading.document, identity(reading.document)
    return Source(document.path, document.sha256, document.title, who.issuer, who.year)


class Teller:
    """A reading with what is needed to say of its claims when and what they tell."""

    def __init__(self, reading: Reading) -> None:
        """Find years, sections that look ahead, and lines, once for all claims."""
        self.reading = reading
        document = reading.document
        self.sure = int(identity(document).sure)
        self.source = source(reading)
        self._named = Periods(document.flow, "")
        self._results = Results(document, self.source.year)
        self._ends = [0, *(m.end() for m in _END.finditer(document.flow.text))]
        self._lines = [0, *(m.end() for m in _BREAK.finditer(document.text))]

    def period(self, claim: Claim) -> tuple[str, int]:
        """The year that a result is told of, and how sure that is; empty for what is no result of one year."""
        if not self._results.at(claim.figure.flow_start) or _SUMMED.search(claim.before):
            return "", 0
        named = self._named.at(claim.figure.flow_start)
        if not named:
            return self.source.year, self.sure
        # a year after that of the results is one of plans; what spans years is none
        return (named, 2) if named.isdigit() and named <= self.source.year else ("", 0)

    def sentence(self, claim: Claim) -> Sentence:
        """The sentence of a claim, in the document's own text."""
        flow, text = self.reading.document.flow, self.reading.document.text
        low = self._ends[bisect_right(self._ends, claim.figure.flow_start) - 1]
        at = bisect_right(self._ends, claim.figure.flow_end)
        high = self._ends[at] - 1 if at < len(self._ends) else len(flow.text)
        start, end = flow.span(low, max(high, low + 1))
        start, end = min(start, claim.figure.start), max(end, claim.figure.end)
        if end - start > LONGEST:
            # a table poured into text, or a paragraph without an end: what is near the figure is enough
            start, end = (
                max(start, claim.figure.start - LONGEST // 2),
                min(end, claim.figure.end + LONGEST // 2),
            )
        line = bisect_right(self._lines, start)
        return Sentence(text[start:end], start, line, start - self._lines[line - 1] + 1)

    def tell(self, kind: str, words: Key, period: str, sure: int, claim: Claim, place: Sentence) -> Told:
        """A claim as later reports find it."""
        own = period == self.source.year
        return Told(kind, words, period, own, sure, caveat(place.text), claim, self.source, place)

    def told(self) -> Iterator[Told]:
        """All that the reading tells of its own year and of years before."""
        reading = self.reading
        places: dict[int, Sentence] = {}

        def at(claim: Claim) -> Sentence:
            # a sentence stands in the store once for each claim, but is cut out once
            if claim.index not in places:
                places[claim.index] = self.sentence(claim)
            return places[claim.index]

        for claim in reading.claims:
            if claim.role == "table" or not claim.figure.interval:
                continue
            period, sure = self.period(claim)
            if claim.role == "growth":
                base = base_of(reading, claim)
                prior = prior_of(reading, claim, base) if base else None
                if base and prior and (words := name(reading, base)):
                    year, known = self.period(base)
                    if year:
                        yield self.tell("prior", words, str(int(year) - 1), known, prior, at(prior))
            if not period or claim.role not in _TELLING:
                continue
            kind, words = what(reading, claim)
            if kind or claim.figure.approx == "exact":
                yield self.tell(kind, words, period, sure, claim, at(claim))
        opened, closed = carry_over.balances(reading)
        for kind, found in (("opening", opened), ("closing", closed)):
            for (fund, scope, _), claim in found:
                period, sure = self.period(claim)
                if period:
                    yield self.tell(kind, (fund, normal_scope(scope)), period, sure, claim, at(claim))


# So many characters of a sentence are kept.
LONGEST = 400


def what(reading: Reading, claim: Claim) -> tuple[str, Key]:
    """What a claim tells, for finding it again: its kind and key; no kind where its words are too few."""
    if claim.role == "value" and not claim.item and (words := name(reading, claim)):
        return "value", words
    if claim.role == "share" and not claim.item:
        part, whole = normal_name(_part(reading, claim)), normal_name(claim.object)
        if len(part) >= SHARE and len(whole) >= SHARE:
            return "share", (normal_scope(claim.scope), part, whole)
    return "", ()


# Part and whole of a share must be named by so many characters.
SHARE = 4


def _part(reading: Reading, claim: Claim) -> str:
    """What a share is a share of something of: its own words, else the figure right before it."""
    if claim.label:
        return claim.label
    before = reading.claims[claim.index - 1] if claim.index else None
    same = before is not None and before.sentence == claim.sentence and before.frame == claim.frame
    return before.label if before is not None and same and before.role == "value" else ""


def name(reading: Reading, claim: Claim) -> Key:
    """What a value says, without words of scope and years; empty when its words are too few to tell."""
    words: Words | None = key(reading, claim)
    if words is None:
        return ()
    scope, above, top, label, unit = words
    bare = normal_name(label)
    if len(bare) < 2:
        return ()
    return (normal_scope(scope), normal_name(above), normal_name(top), bare, unit)
