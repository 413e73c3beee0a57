"""Earlier reports as documents of an audit: the sentences with the figures that ties name, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..extract.claim import Claim
from ..extract.document import Block, Document, Flow, Piece
from .audit import Audited, Habits
from .past import Source, Told
from .relation import Relation


class Shelf:
    """The earlier reports of an audit: numbered after its documents, and kept as far as ties name them."""

    def __init__(self, first: int) -> None:
        """Take ``first`` for the number of the first earlier report."""
        self.first = first
        self.audited: list[Audited] = []
        self._reports: dict[tuple[str, str], int] = {}
        self._told: dict[tuple[int, int], Told] = {}

    def placed(self, told: Told) -> Told:
        """The same with the number of its report in this audit, until :meth:`fill` a provisional one.

        Only what a history told is without a number; what reports of the run told one another stays as it is.
        """
        if told.claim.document >= 0:
            return told
        who = (told.source.path, told.source.sha256)
        number = self.first + self._reports.setdefault(who, len(self._reports))
        told = replace(told, claim=replace(told.claim, document=number))
        self._told[number, told.claim.index] = told
        return told

    def fill(self, stated: list[list[Relation]]) -> None:
        """Make documents of the earlier reports that relations name, and put their figures into the relations."""
        used: dict[int, dict[int, Told]] = {}
        for relation in (r for mine in stated for r in mine):
            for claim in relation.claims():
                if claim.document >= self.first:
                    used.setdefault(claim.document, {})[claim.index] = self._told[claim.document, claim.index]
        if not used:
            return
        order = sorted(used, key=lambda n: _order(next(iter(used[n].values())).source))
        claims: dict[tuple[int, int], Claim] = {}
        for place, number in enumerate(order):
            document, mine = abridged(used[number], self.first + place, f"h{place + 1}")
            self.audited.append(Audited(document, tuple(mine.values()), Habits(), None, {}, earlier=True))
            claims |= {(number, index): claim for index, claim in mine.items()}
        for relations in stated:
            for index, relation in enumerate(relations):
                if any(claim.document >= self.first for claim in relation.claims()):
                    terms = {
                        role: tuple(claims.get((c.document, c.index), c) for c in several)
                        for role, several in relation.terms.items()
                    }
                    relations[index] = replace(relation, terms=terms)


def _order(source: Source) -> tuple[str, str, str]:
    return (source.year, source.path, source.sha256)


def abridged(told: Mapping[int, Told], number: int, prefix: str) -> tuple[Document, dict[int, Claim]]:
    """A document of the sentences of some claims of one report, in its order, and the claims in it by index.

    ``number`` is that of the document in its audit; ids of figures begin with ``prefix``.
    """
    source = next(iter(told.values())).source
    text, pieces = "", []
    claims: dict[int, Claim] = {}
    figures = []
    stretches: list[tuple[int, int, str, int, int]] = []
    for index in sorted(told, key=lambda i: (told[i].place.start, told[i].claim.figure.start)):
        place = told[index].place
        end = place.start + len(place.text)
        if stretches and place.start < stretches[-1][1]:
            # two cuts out of one long sentence overlap: they are one stretch
            start, before, known, line, column = stretches[-1]
            longer = known + place.text[before - place.start :] if end > before else known
            stretches[-1] = (start, max(end, before), longer, line, column)
        else:
            stretches.append((place.start, end, place.text, place.line, place.column))
    for start, _, said, line, column in stretches:
        begin = len(text)
        text += said + "\n"
        pieces.append(Piece(begin, begin + len(said), start, line, column))
    for index in sorted(told, key=lambda i: told[i].claim.figure.start):
        claim = told[index].claim
        f = claim.figure
        piece = next(p for p in pieces if p.offset <= f.start < p.offset + p.end - p.start)
        shift = piece.start - piece.offset
        figure = replace(
            f,
            id=f"{prefix}{f.id}",
            start=f.start + shift,
            end=f.end + shift,
            numeral_start=f.numeral_start + shift,
            flow_start=f.start + shift,
            flow_end=f.end + shift,
        )
        figures.append(figure)
        claims[index] = replace(claim, figure=figure, document=number)
    blocks = tuple(Block(p.start, p.end, "text") for p in pieces)
    document = Document(
        path=source.path,
        sha256=source.sha256,
        text=text,
        title=source.title,
        issuer=source.issuer,
        period=source.year,
        flow=Flow(text, list(range(len(text) + 1)), blocks),
        figures=tuple(figures),
        pieces=tuple(pieces),
    )
    return document, claims
