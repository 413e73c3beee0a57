"""A relation (勾稽关系) as a check states it, and the verdict that the engine gives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.interval import Interval

#: The note of a tie between files that tell one report together.
BUNDLE = "bundle"


@dataclass(frozen=True, slots=True)
class Relation:
    """A formula of ``checks.tsv`` bound to claims by words.

    ``terms`` maps each role to its claims in the order of the formula (a role with ``…`` has several).
    ``strength`` is stated, logical or customary. ``evidence`` are the words that tie the numbers.
    ``candidates`` counts the readings that the words left open (1 = none but this one).
    ``weaker`` are the ties that hold under every one of those readings; they are stated where this one is left open.
    ``order`` tells where the relation stands, for stable output.
    ``items`` are listed things that are no figures (enumeration).
    ``reason`` is set by a check that sees the tie but must not decide it (``real_terms`` …).
    """

    check: str
    terms: dict[str, tuple[Claim, ...]]
    strength: str
    evidence: tuple[str, ...] = ()
    candidates: int = 1
    weaker: tuple[Relation, ...] = ()
    reason: str | None = None
    note: str = ""
    items: tuple[str, ...] = ()

    @property
    def home(self) -> int:
        """The number of the document that makes the statement: that of the last role's figure."""
        return [c for role in self.terms.values() for c in role][-1].document

    def claims(self) -> list[Claim]:
        """All claims of the relation, role by role."""
        return [claim for role in self.terms.values() for claim in role]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What exact arithmetic says of a relation (design: "Verdicts").

    ``verdict``: consistent, truncated, suspicious, inconsistent, unverified; ``basis`` only for
    consistent and suspicious; ``reason`` only for unverified; ``severity``: error, warning or ``None``.
    ``gap`` counts last digits of the stated result (0 where the tie holds or there is none).
    ``power`` is the share of one-format alternatives that would have been caught, ``None`` if unknown.
    """

    verdict: str
    basis: str | None = None
    reason: str | None = None
    severity: str | None = None
    power: Fraction | None = None
    equation: str = ""
    stated: Interval | None = None
    recomputed: Interval | None = None
    gap: int = 0
    chance: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A number that is probably wrong: the claim's figure id, the suggested print, and why."""

    figure: str
    suggestion: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation with its verdict and its place in the audit.

    ``diagnosis`` tells how ``suspects`` are meant: ``asserted`` (every best explanation says so),
    ``ambiguous`` (alternatives, the first of them where there are many), ``unexplained`` (no simple mistake
    mends the tie), ``entangled`` (too many failing ties hang together to be searched); ``None`` where nothing
    failed. ``feasible`` holds what an unprinted prior, part or whole can be: its range, or all of them.
    ``joint`` are the ids of the ties with which this one fails, though each of them holds alone (basis ``joint``).
    """

    id: str
    relation: Relation
    verdict: Verdict
    fingerprint: str
    suspects: tuple[Suspect, ...] = ()
    suppressed: str | None = None
    diagnosis: str | None = None
    feasible: Interval | tuple[int, ...] | None = None
    joint: tuple[str, ...] = ()
