"""A figure in a role of a formula, and the ways in which its print may be read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .verify_figure import Print
from .verify_span import Span, around, steps_apart

# Roles in which a word of falling makes the number negative, and roles that formulas hold in percent.
_GROWTHS = frozenset({"growth", "part_growth", "other_growth", "total_growth"})
_SIGNED = _GROWTHS | {"change", "part_change", "difference", "share_change", "gap", "pull"}
_PERCENT = _GROWTHS | {"rate", "share", "contribution"}

READINGS = ("fine", "printed", "cut", "wide", "lenient")


@dataclass(frozen=True)
class Term:
    """A figure with its signed value and admissible set, in the unit of the formula.

    ``fine`` is the set at the document's habit of decimals, ``printed`` the set as printed.
    """

    figure: Print
    role: str
    sign: int
    value: Fraction
    ulp: Fraction
    printed: Span
    fine: Span

    @property
    def measured(self) -> bool:
        """Whether it was rounded, so that it stands for more than one value."""
        return not self.printed.is_point

    @property
    def _free(self) -> bool:
        return self.figure.plain and self.measured

    def read(self, reading: str) -> Span:
        """The admissible set under one of :data:`READINGS`."""
        match reading:
            case "fine":
                return self.fine
            case "cut" if self._free:
                far = self.value + self.ulp * self.sign
                return Span(self.value, far, False, True) if self.sign > 0 else Span(far, self.value, True)
            case "wide" if self._free:
                return around(self.value, self.ulp)
            case "lenient":
                return self._lenient()
        return self.printed

    def _lenient(self) -> Span:
        """Without the ends that are custom only: both of 约, the far one of 余 and 近."""
        approx, span = self.figure.approx, self.printed
        if approx == "about":
            return Span(None, None, True, True)
        if approx == ("over" if self.sign > 0 else "under"):
            return Span(span.low, None, span.low_open, True)
        if approx == ("under" if self.sign > 0 else "over"):
            return Span(None, span.high, True, span.high_open)
        return span

    def agreeing(self, allowed: Span) -> tuple[int | None, int | None]:
        """How many last digits the print's magnitude may move, at least and at most, to meet ``allowed``."""
        mirror = Fraction(self.sign)
        return steps_apart(self.printed.times(mirror), self.ulp, allowed.times(mirror))

    def gap(self, allowed: Span) -> int:
        """By how many last digits it misses what is allowed."""
        least, most = self.agreeing(allowed)
        if least is not None and least > 0:
            return least
        return -most if most is not None and most < 0 else 0

    def power(self, allowed: Span) -> Fraction | None:
        """The part of the prints with as many digits that would not agree; ``None`` for words and ranges."""
        if not self.figure.digits or self.figure.upper is not None:
            return None
        at = abs(self.value) / self.ulp
        every = 10**self.figure.digits
        least, most = self.agreeing(allowed)
        inside = [
            0 if least is None else max(Fraction(0), at + least),
            every - 1 if most is None else min(Fraction(every - 1), at + most),
        ]
        first, last = -((-inside[0]) // 1), inside[1] // 1
        return 1 - Fraction(max(0, int(last - first) + 1), every)


def term(figure: Print, role: str, decimals: dict[str, int]) -> Term:
    """Put a figure into a role; ``decimals`` is the habit of the document that makes the statement."""
    scale = _scale(figure, role)
    sign = -1 if figure.negative or (figure.direction == "down" and role in _SIGNED) else 1
    printed = figure.span if figure.negative else figure.span.times(Fraction(sign))
    value, ulp, printed = sign * figure.value * scale, figure.ulp * scale, printed.times(scale)
    fine, habit = printed, figure.habit(decimals)
    if habit is not None and habit > figure.decimals and figure.plain and figure.digits:
        half = ulp / 10 ** (habit - figure.decimals) / 2
        if not printed.is_point:
            fine = around(value, half)
    return Term(figure, role, sign, value, ulp, printed, fine)


def _scale(figure: Print, role: str) -> Fraction:
    if role in _PERCENT:
        if figure.unit == "‰":
            return Fraction(1, 10)
        if figure.unit == "成":
            return Fraction(10)
        if (figure.unit == "" and figure.kind == "ratio") or (figure.unit == "倍" and role == "growth"):
            return Fraction(100)
    elif role in ("multiple", "weight") and figure.unit == "%":
        return Fraction(1, 100)
    return Fraction(1)
