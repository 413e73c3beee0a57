"""The audit: documents, relations, findings, ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.document import Document, Unread
from .relation import Judged


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document does with its last digits: decimals per printed unit, and rounded/truncated counts."""

    decimals: Mapping[str, int] = field(default_factory=dict)
    rounded: int = 0
    truncated: int = 0


@dataclass(frozen=True, slots=True)
class Audited:
    """One document with its claims and what was learnt of it.

    ``status`` maps a figure's id to (checked | unverified | unrelated, reason or None). ``earlier`` marks what is
    known of an earlier report by its history: sentences with the figures that ties name (see ``document.pieces``).
    """

    document: Document
    claims: tuple[Claim, ...]
    habits: Habits
    detection_share: Fraction | None
    status: Mapping[str, tuple[str, str | None]]
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything that a report prints; the documents of a history stand after those that were audited.

    ``weights`` are the severities that the house sets itself: a check's name or ``tail`` (尾差) with error,
    warning or off; empty where findings weigh what the design says.
    """

    documents: tuple[Audited, ...]
    relations: tuple[Judged, ...]
    unread: tuple[Unread, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
