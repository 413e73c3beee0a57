"""Lists: counted items, copied figures, rankings, ratios member by member."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from .verify_date import number, over, split
from .verify_equation import equation
from .verify_formula import Undefined, image, sides, symbol, value
from .verify_span import Span, only
from .verify_tie import Found, Tie, box_of, values_of


def enumeration(tie: Tie) -> Found:
    """Judge a count against the number of items listed."""
    told = tie.terms["count"][0]
    listed = tie.items or len(tie.terms.get("item", ()))
    if not listed:
        raise Undefined("no items")
    recomputed = only(listed)
    found = Found(
        "inconsistent", None, told.printed, recomputed, told.gap(recomputed), told.power(recomputed)
    )
    if told.printed.meets(recomputed):
        return replace(found, verdict="consistent", basis="exact" if told.figure.plain else "hedged", gap=0)
    if not told.figure.plain and told.read("lenient").meets(recomputed):
        return replace(found, verdict="suspicious", basis="hedged")
    return found


def copies(tie: Tie) -> Found:
    """Judge two lists of unusual figures: that they are equal is what is suspicious."""
    first, second = tie.terms["first"], tie.terms["second"]
    if len(first) != len(second):
        raise Undefined("lists of different length")
    same = all(a.value == b.value for a, b in zip(first, second, strict=True))
    return Found("suspicious") if same else Found("consistent", "exact")


def order(tie: Tie) -> Found:
    """Judge a ranking: no item may be certainly greater than one before it."""
    items = tie.terms["item"]
    if len(items) < 2:
        raise Undefined("one item")
    gaps = [0]
    for i, item in enumerate(items):
        for before in items[:i]:
            limit = Span(None, before.printed.high, True, before.printed.high_open)
            if not item.printed.meets(limit):
                gaps.append(max(1, item.gap(limit)))
    if max(gaps):
        if tie.plain:
            return Found("inconsistent", gap=max(gaps))
        return Found("suspicious", "hedged", gap=max(gaps))
    falling = all(a.value >= b.value for a, b in pairwise(items))
    return Found("consistent", "hedged" if not tie.plain else "exact" if falling else "rounded")


def ratios(tie: Tie) -> Found:
    """A list of ratios, member by member; without a printed total the parts make it."""
    ratios, parts = tie.terms.get("ratio", []), tie.terms.get("part", [])
    if not parts and ratios:
        left, right, _ = sides("sum(share) = 100", (("share", len(ratios)),))
        return equation(replace(tie, check="percent_sum", terms={"share": ratios}), left, right)
    if not ratios or len(parts) != len(ratios):
        raise Undefined("parts and ratios differ in number")
    names = [symbol("part", i) for i in range(len(parts))]
    whole = symbol("total") if tie.terms.get("total") else sum(names[1:], names[0])
    each = [100 * name / whole for name in names]

    def fit(reading: str, ratio_reading: str) -> bool:
        box = box_of(tie, reading)
        return all(t.read(ratio_reading).meets(image(e, box)) for t, e in zip(ratios, each, strict=True))

    box, printed = box_of(tie, "fine"), [value(e, values_of(tie)) for e in each]
    images = [image(e, box) for e in each]
    gap = max(t.gap(i) for t, i in zip(ratios, images, strict=True))
    honest = sum(_nearest(v, t.ulp) for v, t in zip(printed, ratios, strict=True))
    if tie.plain and all(t.fine.holds(v) for t, v in zip(ratios, printed, strict=True)):
        return Found("consistent", "exact")
    within = all(abs(v - t.value) <= t.ulp for t, v in zip(ratios, printed, strict=True))
    if tie.plain and within and sum(t.value for t in ratios) == 100 and honest != 100:
        return Found("consistent", "balanced")
    if fit("fine", "fine"):
        return Found("consistent", "rounded" if tie.plain else "hedged")
    if fit("printed", "printed"):
        return Found("consistent", "coarse")
    if all(t.fine.meets(i) or t.read("cut").meets(i) for t, i in zip(ratios, images, strict=True)):
        return Found("consistent", "rounded") if tie.cuts else Found("truncated", gap=gap)
    return Found("inconsistent", gap=gap)


def _nearest(number: Fraction, ulp: Fraction) -> Fraction:
    """Rounded to whole last digits, an exact half away from 0."""
    whole = (abs(number) / ulp + Fraction(1, 2)) // 1 * ulp
    return whole if number >= 0 else -whole


def calendar(tie: Tie) -> Found:
    """Whether a date is a day at all, or not after another one; the gap counts days."""
    first, second = tie.terms.get("first", []), tie.terms.get("second", [])
    if len(first) != 1 or len(second) > 1:
        raise Undefined("no dates")
    one = split(first[0].value)
    late = number(*one) - number(*split(second[0].value)) if second else over(*one)
    if late > 0:
        return Found("inconsistent", None, None, None, late)
    return Found("consistent", "exact")


# Rates of one year lie apart by less than so much.
_SPREAD = Fraction(15, 100)


def exchange(tie: Tie) -> Found:
    """Whether sums in two currencies may have been converted at rates of one year; the gap counts percents."""
    pairs = list(zip(tie.terms.get("first", []), tie.terms.get("second", []), strict=True))
    if len(pairs) < 2:
        raise Undefined("one pair")
    lows, highs = [], []
    for own, other in pairs:
        if None in (own.fine.low, own.fine.high, other.fine.low, other.fine.high):
            raise Undefined("an open end")
        lows.append((own.fine.low or 0) / (other.fine.high or Fraction(1)))
        highs.append((own.fine.high or 0) / (other.fine.low or Fraction(1)))
    if max(lows) <= min(highs) * (1 + _SPREAD):
        return Found("consistent", "exact" if tie.plain else "hedged")
    printed = [own.value / other.value for own, other in pairs]
    apart = 100 * (max(printed) / min(printed) - 1)
    return Found("inconsistent", gap=max(1, int(apart)))
