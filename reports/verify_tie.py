"""A relation of an audit, ready for the verifier, and the verdict that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .verify_formula import Undefined, image, symbol
from .verify_span import Span
from .verify_term import Term

# Roles that a result is measured by; a negative one turns its meaning round.
_BASES = frozenset({"prior", "plan", "whole", "base", "start"})


@dataclass(frozen=True)
class Tie:
    """A relation of the file with what its document does: cut off digits, print a note, balance a list."""

    check: str
    formula: str
    terms: dict[str, list[Term]]
    items: int = 0
    cuts: bool = False
    disclaimed: bool = False
    balanced: bool = False
    bound: Span | None = None

    @property
    def all(self) -> list[Term]:
        """All terms, role by role."""
        return [t for members in self.terms.values() for t in members]

    @property
    def plain(self) -> bool:
        """Whether no figure is hedged."""
        return all(t.figure.plain for t in self.all)


@dataclass(frozen=True)
class Found:
    """The verifier's verdict; ``None`` where there is nothing to compare."""

    verdict: str
    basis: str | None = None
    stated: Span | None = None
    recomputed: Span | None = None
    gap: int | None = 0
    power: Fraction | None = None


def named(tie: Tie) -> list[tuple[Any, Term]]:
    """Every term with its unknown in the formula."""
    return [(symbol(role, i), t) for role, ts in tie.terms.items() for i, t in enumerate(ts)]


def box_of(tie: Tie, reading: str) -> dict[Any, Span]:
    """The admissible set of every unknown under one way to read the prints."""
    return {name: t.read(reading) for name, t in named(tie)}


def values_of(tie: Tie) -> dict[Any, Fraction]:
    """The printed value of every unknown."""
    return {name: t.value for name, t in named(tie)}


def check_bases(tie: Tie) -> None:
    """Refuse a negative base and a prior that may be 0 (:class:`Undefined`)."""
    for role in _BASES & tie.terms.keys():
        for t in tie.terms[role]:
            if t.printed.high is not None and t.printed.high < 0:
                raise Undefined("a negative base")
            if role == "prior" and (t.printed.low is None or t.printed.low <= 0):
                raise Undefined("a prior that may be 0")
    if tie.check == "change":
        current, change = symbol("current"), symbol("change")
        prior = image(current - change, box_of(tie, "printed"))
        if prior.low is None or prior.low <= 0:
            raise Undefined("a prior that may be 0")
