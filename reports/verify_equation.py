"""Equations: some choice of admissible values satisfies them, or none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .verify_chance import chance_of_gap
from .verify_formula import Beyond, Undefined, image, power_image, solved, symbol, value
from .verify_span import Span, only
from .verify_term import Term
from .verify_tie import Found, Tie, box_of, check_bases, named, values_of

# Results that may be cut off; sums, whose rounding errors add up.
CUTTABLE = frozenset(
    {
        "rate",
        "share",
        "ratio_list",
        "plan",
        "growth",
        "growth_cross",
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
SUMS = frozenset({"sum", "two_breakdowns", "difference", "percent_sum", "change_sum", "pull_sum"})
# A rounding gap less likely than this is not put down to rounding.
_UNLIKELY = Fraction(1, 1000)


def equation(tie: Tie, left: Any, right: Any) -> Found:
    """Judge ``left = right`` by the first reading of the prints under which both sides can meet."""
    check_bases(tie)
    left, right = _result_left(tie, left, right)
    hidden: dict[Any, Any] = {}
    if not left.is_Symbol and not (left.is_Add and all(a.is_Symbol for a in left.args)):
        # the stated side is itself computed: solved for its first role, the other side taken as one unknown
        first, other = named(tie)[0][0], symbol("other side")
        left, right, hidden = first, solved(left, other, first), {other: right}
    results = [t for name, t in named(tie) if name in left.free_symbols]
    alone = left.is_Symbol

    def boxed(reading: str) -> dict[Any, Span]:
        box = box_of(tie, reading)
        return box | {name: image(side, box) for name, side in hidden.items()}

    def meets(reading: str) -> bool:
        box = boxed(reading)
        return image(left, box).meets(image(right, box))

    box, values = boxed("fine"), values_of(tie)
    values |= {name: value(side, values) for name, side in hidden.items()}
    stated, recomputed = image(left, box), image(right, box)
    told, allowed = results[0], recomputed
    if not alone:
        told = max(results, key=lambda t: t.ulp)
        name = next(name for name, t in named(tie) if t is told)
        allowed = image(solved(left, right, name), box)
    printed = value(right, values)
    exact = stated.holds(printed) if alone else value(left, values) == printed
    cuttable = tie.check in CUTTABLE and len(results) == 1 and results[0].measured
    gap, power = told.gap(allowed), told.power(allowed)
    found = Found("inconsistent", None, stated, recomputed, gap, power)

    def say(verdict: str, basis: str | None = None) -> Found:
        return replace(found, verdict=verdict, basis=basis, gap=0 if verdict == "consistent" else max(1, gap))

    if tie.cuts and cuttable and tie.plain:
        cut = results[0].read("cut")
        if cut.holds(printed):
            return say("consistent", "exact")
        if cut.meets(recomputed):
            return say("consistent", "rounded")
        return say("suspicious", "rounded") if stated.meets(recomputed) else say("inconsistent")
    if tie.plain and exact:
        return say("consistent", "exact")
    if tie.balanced and abs(printed - results[0].value) <= results[0].ulp:
        return say("consistent", "balanced")
    if stated.meets(recomputed):
        if not tie.plain:
            return say("consistent", "hedged")
        unlikely = _unlikely(tie, results, value(left, values) - printed)
        return say("suspicious" if unlikely else "consistent", "rounded")
    if meets("printed"):
        return say("consistent", "coarse")
    if tie.disclaimed and tie.check in SUMS and meets("wide"):
        return say("consistent", "disclaimed")
    if cuttable and results[0].read("cut").meets(recomputed):
        return say("truncated")
    if tie.cuts and tie.check in SUMS and meets("cut"):
        return say("consistent", "rounded")
    if not tie.plain and _leniently(meets):
        return say("suspicious", "hedged")
    return say("inconsistent")


def _leniently(meets: Any) -> bool:
    try:
        return bool(meets("lenient"))
    except Undefined:
        return True


def _result_left(tie: Tie, left: Any, right: Any) -> tuple[Any, Any]:
    """The stated side first: of two equal figures the coarser one."""
    if left.is_Symbol and right.is_Symbol:
        ulps = {name: t.ulp for name, t in named(tie)}
        if ulps[right] > ulps[left]:
            return right, left
    elif right.is_Symbol and not left.is_Symbol:
        return right, left
    return left, right


def _unlikely(tie: Tie, results: Sequence[Term], missed: Fraction) -> bool:
    if tie.check not in SUMS:
        return False
    errors, gap = [t.ulp for t in tie.all if t.measured], abs(missed)
    if len(results) == 1 and results[0].measured:
        errors.remove(results[0].ulp)
        gap -= results[0].ulp / 2
    chance = chance_of_gap(errors, gap) if errors else None
    return chance is not None and chance < _UNLIKELY


def average(tie: Tie) -> Found:
    """An average growth: the start, grown so many years, must be able to reach the end."""
    try:
        growth = tie.terms["growth"][0]
        # years that no figure tells are counted by the items
        years = tie.terms["years"][0].value if "years" in tie.terms else Fraction(tie.items)
        told = _told(tie)
    except (KeyError, IndexError) as error:
        raise Undefined("a figure is missing") from error
    check_bases(tie)

    def side(reading: str, growth_reading: str, digits: int = 0) -> int:
        """-1 where the growth, moved by so many last digits, falls short of the end, 0 where it reaches it."""
        moved = growth.read(growth_reading).plus(only(digits * growth.ulp))
        factor = moved.times(Fraction(1, 100)).plus(only(1))
        if factor.high is not None and factor.high < 0:
            return -1  # nothing falls by more than all
        if factor.low is None or factor.low < 0:
            factor = replace(factor, low=Fraction(0), low_open=False)
        grown, ratio = power_image(factor, years), told(reading)
        if ratio.low is None or ratio.low <= 0:
            raise Beyond("an average growth without bounds")
        if ratio.meets(grown):
            return 0
        return -1 if grown.high is not None and grown.high <= ratio.low else 1

    def say(verdict: str, basis: str | None = None) -> Found:
        if verdict == "consistent":
            return Found(verdict, basis)
        return Found(verdict, basis, gap=max(1, _missed(lambda digits: side("fine", "printed", digits))))

    cuttable = tie.plain and growth.measured
    if tie.cuts and cuttable:
        if not side("fine", "cut"):
            return say("consistent", "rounded")
        return say("inconsistent") if side("fine", "fine") else say("suspicious", "rounded")
    if not side("fine", "fine"):
        return say("consistent", "rounded" if tie.plain else "hedged")
    if not side("printed", "printed"):
        return say("consistent", "coarse")
    if cuttable and not side("fine", "cut"):
        return say("truncated")
    if not tie.plain and _leniently(lambda reading: not side(reading, reading)):
        return say("suspicious", "hedged")
    return say("inconsistent")


def _told(tie: Tie) -> Callable[[str], Span]:
    """What the end is of the start: of both, of the end and the change between them, or of the growth in all."""
    if "total_growth" in tie.terms:
        total = tie.terms["total_growth"][0]
        return lambda reading: total.read(reading).times(Fraction(1, 100)).plus(only(1))
    end = tie.terms["end"][0]
    other = tie.terms["start" if "start" in tie.terms else "change"][0]
    first, second = symbol("end"), symbol("other")
    # each figure once: end/start, and 1/(1 - change/end)
    quotient = first / second if "start" in tie.terms else second / first

    def ratio(reading: str) -> Span:
        box = {first: end.read(reading), second: other.read(reading)}
        found = image(quotient, box)
        if "start" in tie.terms:
            return found
        rest = found.times(Fraction(-1)).plus(only(1))
        name = symbol("rest")
        return image(1 / name, {name: rest})

    return ratio


def _missed(side: Callable[[int], int]) -> int:
    """By how many last digits a growth misses: the least move that no longer falls short, or overshoots."""
    start = side(0)
    if not start:
        return 0
    low, high = 0, 1
    while side(-start * high) == start:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if side(-start * middle) == start else (low, middle)
    return high
