"""What every renderer asks of an audit: findings, counts, places, passages, notes.

Renderers differ in ink, not in judgement: whatever is said of a relation is worked out here once.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files

from ..checks.audit import Audit, Audited
from ..checks.relation import Judged
from ..extract.claim import Claim
from ..extract.document import Figure, Flow, Where
from .passage import Passage, passages, reading_copy
from .place import Places

VERDICTS = ("consistent", "truncated", "suspicious", "inconsistent", "unverified")
WEAK = Fraction(1, 2)
"""Below this power a pass says little and is shown as weak."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of ``checks.tsv``: name, formula, and the role that the formula computes (or "")."""

    name: str
    formula: str
    result: str


@cache
def checks() -> dict[str, Check]:
    """The checks by name, in the order of ``checks.tsv``."""
    lines = files("gouji.checks").joinpath("checks.tsv").read_text("utf-8").splitlines()[1:]
    found = {}
    for line in lines:
        name, _, roles, formula, *_ = line.split("\t")
        left = re.match(r"(\w+) =", formula)
        single = {role.strip() for role in roles.split(",") if "…" not in role}
        found[name] = Check(name, formula, left[1] if left and left[1] in single else "")
    return found


def formula(judged: Judged) -> str:
    """The formula of the relation's check, empty for a check that the table does not know."""
    check = checks().get(judged.relation.check)
    return check.formula if check else ""


def is_finding(judged: Judged) -> bool:
    """Whether the verdict is neither consistent nor unverified, accepted exceptions included."""
    return judged.verdict.verdict not in ("consistent", "unverified")


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the summary; ``errors`` and ``warnings`` leave accepted exceptions out."""

    documents: int
    figures: int
    checked: int
    unverified: int
    unrelated: int
    relations: int
    errors: int
    warnings: int


class View:
    """An audit with what renderers look up in it, computed once."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit

    @cached_property
    def audited(self) -> tuple[Audited, ...]:
        """The documents that were audited; earlier reports, known by their history, stand behind them."""
        return tuple(audited for audited in self.audit.documents if not audited.earlier)

    @cached_property
    def findings(self) -> tuple[Judged, ...]:
        """Findings that count, errors first, otherwise in the order of the audit."""
        found = [judged for judged in self.audit.relations if is_finding(judged) and not judged.suppressed]
        return tuple(sorted(found, key=lambda judged: judged.verdict.severity != "error"))

    @cached_property
    def suppressed(self) -> tuple[Judged, ...]:
        """Findings that someone has accepted as exceptions."""
        return tuple(judged for judged in self.audit.relations if is_finding(judged) and judged.suppressed)

    @cached_property
    def read_notes(self) -> tuple[tuple[int, str], ...]:
        """What a user should know of how files were read: index of the document, and a line."""
        return tuple(
            (index, line)
            for index, audited in enumerate(self.audit.documents)
            for line in audited.document.notes
        )

    @cached_property
    def counts(self) -> Counts:
        """The numbers of the summary."""
        states = Counter(
            audited.status.get(figure.id, ("unrelated", None))[0]
            for audited in self.audited
            for figure in audited.document.figures
        )
        severities = Counter(judged.verdict.severity for judged in self.findings)
        return Counts(
            documents=len(self.audited),
            figures=sum(states.values()),
            checked=states["checked"],
            unverified=states["unverified"],
            unrelated=states["unrelated"],
            relations=len(self.audit.relations),
            errors=severities["error"],
            warnings=severities["warning"],
        )

    @cached_property
    def detection_share(self) -> Fraction | None:
        """The documents' detection shares weighted by their figures; ``None`` where none is known."""
        known = [
            (audited.detection_share, len(audited.document.figures))
            for audited in self.audited
            if audited.detection_share is not None
        ]
        weight = sum(count for _, count in known)
        return sum((share * count for share, count in known), Fraction(0)) / weight if weight else None

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by figure id."""
        return {claim.figure.id: claim for audited in self.audit.documents for claim in audited.claims}

    @cached_property
    def figures(self) -> dict[str, tuple[int, Figure]]:
        """Figures by id, each with the index of its document."""
        return {
            figure.id: (index, figure)
            for index, audited in enumerate(self.audit.documents)
            for figure in audited.document.figures
        }

    @cached_property
    def ties(self) -> dict[str, list[Judged]]:
        """The relations that a figure stands in, by figure id."""
        found: dict[str, list[Judged]] = {}
        for judged in self.audit.relations:
            for identifier in dict.fromkeys(claim.figure.id for claim in judged.relation.claims()):
                found.setdefault(identifier, []).append(judged)
        return found

    @cached_property
    def _relations(self) -> dict[str, Judged]:
        return {judged.id: judged for judged in self.audit.relations}

    def joined(self, judged: Judged) -> list[Judged]:
        """The ties with which a relation fails although each of them holds alone."""
        return [self._relations[name] for name in judged.joint if name in self._relations]

    def state(self, audited: Audited, figure: Figure) -> tuple[str, str | None]:
        """How a figure is coloured: error, warning, checked, unverified or unrelated; and the reason."""
        status, reason = audited.status.get(figure.id, ("unrelated", None))
        severities = {
            judged.verdict.severity
            for judged in self.ties.get(figure.id, ())
            if is_finding(judged) and not judged.suppressed
        }
        if severities:
            return ("error" if "error" in severities else "warning"), reason
        return status, reason

    def tally(self) -> list[tuple[str, dict[str, int]]]:
        """How many ties of each check got each verdict, in the order of ``checks.tsv``."""
        count: dict[str, Counter[str]] = {}
        for judged in self.audit.relations:
            count.setdefault(judged.relation.check, Counter())[judged.verdict.verdict] += 1
        order = {name: place for place, name in enumerate(checks())}
        names = sorted(count, key=lambda name: (order.get(name, len(order)), name))
        return [(name, {verdict: count[name][verdict] for verdict in VERDICTS}) for name in names]

    def unverified(self) -> list[tuple[str, int]]:
        """Reason codes of the undecided ties with their numbers, most frequent first."""
        count = Counter(
            judged.verdict.reason or judged.relation.reason or "other"
            for judged in self.audit.relations
            if judged.verdict.verdict == "unverified"
        )
        return sorted(count.items(), key=lambda item: (-item[1], item[0]))

    def unrelated(self) -> list[tuple[str, int]]:
        """Reason codes of the figures that no relation decides, with their numbers, most frequent first."""
        count: Counter[str] = Counter()
        for audited in self.audited:
            for figure in audited.document.figures:
                status, reason = audited.status.get(figure.id, ("unrelated", None))
                if status == "unrelated":
                    count[reason or "no_relation"] += 1
        return sorted(count.items(), key=lambda item: (-item[1], item[0]))

    def document_of(self, claim: Claim) -> int:
        """The index of the document that a claim stands in."""
        found = self.figures.get(claim.figure.id)
        return found[0] if found else min(claim.document, len(self.audit.documents) - 1)

    def where(self, figure: Figure, index: int) -> Where:
        """The place of a figure of the document with that index."""
        return self._places[index].of(figure)

    @cached_property
    def _places(self) -> list[Places]:
        return [
            Places(audited.document, self.flow(index)) for index, audited in enumerate(self.audit.documents)
        ]

    def flow(self, index: int) -> Flow:
        """The reading copy of a document; its lines as they stand where it has none."""
        return self._flows[index]

    @cached_property
    def _flows(self) -> list[Flow]:
        return [reading_copy(audited.document) for audited in self.audit.documents]

    def primary(self, judged: Judged) -> Claim | None:
        """The claim that a relation is shown at: its result or total, else its last in reading order."""
        check = checks().get(judged.relation.check)
        terms = judged.relation.terms
        result = terms.get(check.result if check and check.result else "total", ())
        if result and not self.is_earlier(result[0]):
            return result[0]
        here = [claim for claim in judged.relation.claims() if not self.is_earlier(claim)]
        return max(here, key=lambda claim: (claim.document, claim.figure.start), default=None)

    def is_earlier(self, claim: Claim) -> bool:
        """Whether a claim stands in an earlier report that was not audited itself."""
        return self.audit.documents[self.document_of(claim)].earlier if self.audit.documents else False

    def source(self, passage: Passage) -> str:
        """Where a passage stands: the path of its document, for an earlier report with line, column and period."""
        document = self.audit.documents[passage.document].document
        if not document.pieces:
            return document.path
        figure = self.figures[next(piece.figure for piece in passage.pieces if piece.figure)][1]
        where = self.where(figure, passage.document)
        place = f"{document.path}:{where.line}:{where.column}"
        return f"{place} ({document.period})" if document.period else place

    def passages(self, judged: Judged) -> list[Passage]:
        """The sentences that hold the numbers of the relation, and of those that fail with it, in reading order, the numbers marked."""
        by_document: dict[int, dict[str, Figure]] = {}
        for claim in (c for j in (judged, *self.joined(judged)) for c in j.relation.claims()):
            by_document.setdefault(self.document_of(claim), {})[claim.figure.id] = claim.figure
        found: list[Passage] = []
        for index in sorted(by_document):
            found += passages(
                self.flow(index), self.audit.documents[index].document, index, by_document[index]
            )
        return found
