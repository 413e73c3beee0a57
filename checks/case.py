"""A relation made ready for judging, and what a judge finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from operator import methodcaller
from typing import Any

from ..extract.interval import Interval, point
from .equation import Units
from .formula import Formula
from .relation import Relation
from .solve import Pick, Undecidable
from .terms import Term

# Kinds of result that may have been cut off instead of rounded: rates, shares, growths, averages.
TRUNCATES = frozenset(
    {
        "rate",
        "share",
        "ratio_list",
        "plan",
        "growth",
        "growth_cross",
        "growth_feasible",
        "growth_average",
        "growth_compound",
        "average_change",
        "pull",
        "growth_mix",
        "change",
        "contribution",
        "per_capita",
    }
)
# Sums of printed figures: rounding errors add up, a printed note may excuse them.
SUMS = frozenset({"sum", "two_breakdowns", "difference", "percent_sum", "change_sum", "pull_sum"})
# Roles that a result is measured by; a negative one turns its meaning round.
BASES = frozenset({"prior", "plan", "whole", "base", "start"})

ZERO = Fraction(0)

# Further ways to read a print, beside those of ``solve``.
CUT: Pick = methodcaller("cut")
LENIENT: Pick = methodcaller("lenient")
ONE_DIGIT: Pick = methodcaller("wide", 1)


@dataclass(frozen=True, slots=True)
class Case:
    """A relation made ready for judging.

    ``brief`` asks for verdict and basis alone: no equation is written, and gap and power are left uncounted.
    """

    relation: Relation
    formula: Formula
    terms: dict[str, list[Term]]
    units: Units
    disclaimer: bool
    balanced: bool
    cuts: bool
    brief: bool = False

    @property
    def all(self) -> list[Term]:
        """All terms, role by role."""
        return [term for members in self.terms.values() for term in members]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kind of judge found, before severity and candidates are weighed."""

    verdict: str
    basis: str | None
    equation: str
    stated: Interval | None = None
    recomputed: Interval | None = None
    gap: int = 0
    power: Fraction | None = None
    chance: Fraction | None = None


Judge = Callable[[Case], Outcome]


def check_bases(case: Case) -> None:
    """Refuse a base that is negative, or 0 for a growth."""
    for role in BASES & case.terms.keys():
        for term in case.terms[role]:
            low, high = term.printed.low, term.printed.high
            if high is not None and high < 0:
                raise Undecidable("negative_base")
            if role == "prior" and (low is None or low <= 0):
                raise Undecidable("zero_prior" if high is None or high >= 0 else "negative_base")
    if case.formula.check == "change" and case.terms.get("current") and case.terms.get("change"):
        prior = case.terms["current"][0].printed - case.terms["change"][0].printed
        if prior.low is None or prior.low <= 0:
            negative = prior.high is not None and prior.high < 0
            raise Undecidable("negative_base" if negative else "zero_prior")


def interval(value: Interval | Fraction | int) -> Interval:
    """Turn a number into its point."""
    return value if isinstance(value, Interval) else point(value)


def single(right: Callable[[Pick], Any], pick: Pick) -> Fraction | None:
    """Evaluate at the printed values; ``None`` where that is no single number."""
    try:
        value = right(pick)
    except ZeroDivisionError:
        return None
    if isinstance(value, Interval):
        return value.low if value.is_point else None
    return Fraction(value)


def POINT(term: Term) -> Interval:
    """Read a print as exactly its value."""
    return point(term.value)


def nearest(value: Fraction, ulp: Fraction) -> Fraction:
    """Round to whole last digits, an exact half away from 0."""
    steps = (abs(value) / ulp + Fraction(1, 2)).__floor__()
    return steps * ulp if value >= 0 else -steps * ulp
