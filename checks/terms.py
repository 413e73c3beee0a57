"""A figure in its role: its signed values in the unit of the formula, under each way to read it.

A claim "下降 2.0%" is the growth −2.0; a rate of 三分之二 is 66.67 percent; a count is itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.document import Figure
from ..extract.interval import EVERYTHING, Interval, point, rounded, truncated
from .audit import Habits
from .conversions import conversions
from .relation import Relation

# Roles whose claims carry a direction, so that "down" means a negative value.
SIGNED = frozenset(
    {
        "growth",
        "part_growth",
        "other_growth",
        "total_growth",
        "change",
        "part_change",
        "difference",
        "share_change",
        "gap",
        "pull",
    }
)
# Roles that the formulas hold in percent.
PERCENT = frozenset(
    {"rate", "share", "growth", "part_growth", "other_growth", "total_growth", "contribution"}
)
# Formulas of a growth that is averaged over years; years that no figure tells are counted by the items.
AVERAGES = frozenset({"growth_average", "growth_compound", "average_change"})

_DIGITS = re.compile(r"[\d.．,，\s]+")
_PER_MILLE = Fraction(1, 10)
_HUNDRED = Fraction(100)
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Term:
    """One figure in one role.

    ``value`` is the printed value, ``ulp`` the worth of its last digit, ``printed`` its interval as printed,
    ``fine`` the interval at the document's precision habit (narrower where zeros were dropped, else the
    same). ``sign`` and ``scale`` lead from the figure's magnitude to the value. ``halves`` are the half
    digits that the print reaches either way: 0 for a point, 1 for a rounded value, ``None`` for any other
    shape (a hedge, a range, a fraction).
    """

    claim: Claim
    role: str
    value: Fraction
    ulp: Fraction
    printed: Interval
    fine: Interval
    sign: int
    scale: Fraction
    halves: int | None

    @property
    def exact(self) -> bool:
        """Tell whether no hedge and no range stands in the print."""
        return self.claim.figure.approx == "exact"

    @property
    def measured(self) -> bool:
        """Tell whether the print stands for more than one value, so that it was rounded."""
        return not self.printed.is_point

    def cut(self) -> Interval:
        """Read the print as cut off after its last digit; a count or a hedged figure stays as it is."""
        if not self.exact or self.printed.is_point:
            return self.printed
        return truncated(self.value, self.ulp) if self.value else _cut_zero(self.sign, self.ulp)

    def wide(self, digits: int) -> Interval:
        """Read the print with an error of so many last digits either way; a count stays as it is."""
        if not self.exact or self.printed.is_point:
            return self.printed
        return rounded(self.value, 2 * digits * self.ulp)

    def lenient(self) -> Interval:
        """Drop the ends that are custom: the far end of a hedge, both ends of 约."""
        approx = self.claim.figure.approx
        if approx == "about":
            return EVERYTHING
        if approx not in ("over", "under"):
            return self.printed
        outward = (approx == "over") == (self.sign > 0)
        if outward:
            return Interval(self.printed.low, None, self.printed.low_open, True)
        return Interval(None, self.printed.high, True, self.printed.high_open)


def _cut_zero(sign: int, ulp: Fraction) -> Interval:
    """Cut-off 0.0% keeps the sign that its words give."""
    zero = Fraction(0)
    return Interval(zero, ulp, False, True) if sign > 0 else Interval(-ulp, zero, True, False)


def term(claim: Claim, role: str, habits: Habits) -> Term:
    """Put a claim into a role."""
    figure = claim.figure
    scale = _scale(claim, role)
    sign = -1 if figure.negative or (claim.direction == "down" and role in SIGNED) else 1
    printed = figure.interval
    if sign < 0 and not figure.negative:
        printed = -printed
    value = figure.value if sign > 0 else -figure.value
    ulp = figure.ulp
    if scale is not _ONE:
        printed, value, ulp = printed * scale, value * scale, ulp * scale
    fine = printed
    habit = habits.decimals.get(figure.printed_unit)
    if (
        habit is not None
        and habit > figure.decimals
        and figure.approx == "exact"
        and not figure.discrete
        and not printed.is_point
        and _DIGITS.fullmatch(figure.numeral)  # 2万5千 ends in thousands, not in its unit
    ):
        fine = rounded(value, ulp / 10 ** (habit - figure.decimals))
    return Term(claim, role, value, ulp, printed, fine, sign, scale, _halves(printed, value, ulp))


def _halves(printed: Interval, value: Fraction, ulp: Fraction) -> int | None:
    low, high = printed.low, printed.high
    if low is None or high is None:
        return None
    if low is high or low == high:
        return 0 if low == value else None
    # In whole numbers, which is faster: high - value == ulp/2 == value - low, both ends closed.
    one, of = value.numerator, value.denominator
    up = 2 * (high.numerator * of - one * high.denominator) * ulp.denominator
    down = 2 * (one * low.denominator - low.numerator * of) * ulp.denominator
    even = up == ulp.numerator * high.denominator * of and down == ulp.numerator * low.denominator * of
    return 1 if even and not printed.low_open and not printed.high_open else None


def _scale(claim: Claim, role: str) -> Fraction:
    figure = claim.figure
    if role in PERCENT:
        if figure.unit == "‰":
            return _PER_MILLE
        if figure.unit == "" and figure.kind == "ratio":
            return _HUNDRED  # 三分之二, 一半
        if figure.unit == "倍" and role == "growth":
            return _HUNDRED  # 增长 3 倍 is 300%
        if figure.unit == "成":
            return Fraction(10)
    elif role in ("multiple", "weight") and figure.unit == "%":
        return 1 / _HUNDRED  # 是上年的 250%; a share used as weight
    return _ONE


def terms(relation: Relation, habits: Habits) -> dict[str, list[Term]]:
    """Put all claims of a relation into their roles; years that no figure tells are counted by its items."""
    read = {role: [term(claim, role, habits) for claim in claims] for role, claims in relation.terms.items()}
    if relation.check in AVERAGES and relation.items and not read.get("years"):
        read["years"] = [term(_years(len(relation.items)), "years", habits)]
    if relation.check == "unit_pair" and not read.get("rate"):
        read = {role: [_worth(t) for t in found] for role, found in read.items()}
    return read


def _worth(told: Term) -> Term:
    """A figure in the least unit of its kind: 公顷 and 亩 both in thirds of a 平方米."""
    factor = conversions().factor(told.claim.figure.unit)
    return replace(
        told,
        value=told.value * factor,
        ulp=told.ulp * factor,
        printed=told.printed * factor,
        fine=told.fine * factor,
        scale=told.scale * factor,
    )


def _years(count: int) -> Claim:
    """So many years, as a print would tell them (从2020年…到2025年 prints five)."""
    value = Fraction(count)
    years = Figure("", 0, 0, "", value, "年", "exact", point(value), "duration", "年", str(count))
    return Claim(years, -1)
