"""Where a stretch of a document begins and ends, for tools that open it there."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from ..checks.relation import Judged
from ..extract.claim import Claim
from ..extract.document import Figure
from .view import View

_BREAK = re.compile(r"\r\n|\n|\r")
_BARE = re.compile(r"[\d.,，．０-９]+")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the document with index ``document``: ``start`` to ``end`` (exclusive) in code points.

    Lines and columns count from 1; the end column is that after the last character. They and ``offset`` are those
    of the file, also where the document holds only some sentences of it.
    """

    document: int
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    offset: int


@dataclass(frozen=True, slots=True)
class Repair:
    """What should stand at ``region``, where one number is suspected and one print suggested."""

    region: Region
    text: str


class Regions:
    """Regions of the documents of an audit; line starts are worked out once for each document."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._starts: dict[int, list[int]] = {}

    def starts(self, document: int) -> list[int]:
        """The offsets at which the lines of a document start."""
        if document not in self._starts:
            text = self.view.audit.documents[document].document.text
            self._starts[document] = [0, *(match.end() for match in _BREAK.finditer(text))]
        return self._starts[document]

    def of(self, document: int, start: int, end: int) -> Region:
        """The region of a stretch."""
        starts, pieces = self.starts(document), self.view.audit.documents[document].document.pieces
        first, last = bisect_right(starts, start), bisect_right(starts, max(end - 1, start))
        column, end_column = start - starts[first - 1] + 1, end - starts[last - 1] + 1
        if not pieces:
            return Region(document, start, end, first, column, last, end_column, start)
        piece = pieces[max(bisect_right([p.start for p in pieces], start) - 1, 0)]
        home = bisect_right(starts, piece.start)
        shift, line = piece.column - (piece.start - starts[home - 1] + 1), piece.line - home
        column += shift if first == home else 0
        end_column += shift if last == home else 0
        offset = piece.offset + start - piece.start
        return Region(document, start, end, first + line, column, last + line, end_column, offset)

    def of_claim(self, claim: Claim) -> Region:
        """The region of a claim's figure."""
        return self.of(self.view.document_of(claim), claim.figure.start, claim.figure.end)

    def primary(self, judged: Judged) -> Region | None:
        """Where a relation is shown: at its result, its total, or its last number."""
        claim = self.view.primary(judged)
        return self.of_claim(claim) if claim else None

    def others(self, judged: Judged) -> list[tuple[str, Claim, Region]]:
        """The other numbers of a relation with their roles, each number once."""
        seen = {claim.figure.id for claim in (self.view.primary(judged),) if claim}
        found = []
        for role, claims in judged.relation.terms.items():
            for claim in claims:
                if claim.figure.id not in seen:
                    seen.add(claim.figure.id)
                    found.append((role, claim, self.of_claim(claim)))
        return found

    def repair(self, judged: Judged) -> Repair | None:
        """The one change that is suggested; ``None`` where there is none, or more than one."""
        found = self.repairs(judged)
        return found[0] if len(found) == 1 else None

    def repairs(self, judged: Judged) -> list[Repair]:
        """The changes that together mend a relation, by place; none where they are alternatives or not all known."""
        found = []
        for suspect in judged.suspects:
            if not suspect.suggestion or suspect.reason == "direction":
                return []  # a direction is a word before the number
            if judged.diagnosis == "ambiguous" or suspect.figure not in self.view.figures:
                return []
            document, figure = self.view.figures[suspect.figure]
            start, end = self._replaced(document, figure, suspect.suggestion)
            found.append(Repair(self.of(document, start, end), suspect.suggestion))
        found.sort(key=lambda repair: (repair.region.document, repair.region.start))
        apart = all(
            one.region.document != two.region.document or one.region.end <= two.region.start
            for one, two in pairwise(found)
        )
        return found if apart and (judged.diagnosis == "asserted" or len(found) == 1) else []

    def _replaced(self, document: int, figure: Figure, suggestion: str) -> tuple[int, int]:
        """What a suggestion replaces: hedge and unit stay where the suggestion does not print them."""
        text = self.view.audit.documents[document].document.text
        if not figure.start <= figure.numeral_start < figure.end or not figure.numeral:
            return figure.start, figure.end
        before = text[figure.start : figure.numeral_start]
        start = figure.start if before and suggestion.startswith(before) else figure.numeral_start
        if _BARE.fullmatch(suggestion):
            return start, min(figure.numeral_start + len(figure.numeral), figure.end)
        after = text[figure.numeral_start + len(figure.numeral) : figure.end]
        unit = figure.printed_unit or figure.unit
        at = after.find(unit) if unit else -1
        if at >= 0 and suggestion.endswith(unit):
            return start, figure.numeral_start + len(figure.numeral) + at + len(unit)
        return start, figure.end
