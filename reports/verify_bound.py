"""What must not exceed something else: bounds, and the bounds of words of degree."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from .verify_formula import Undefined, image, symbol
from .verify_span import Span, only
from .verify_tie import Found, Tie, box_of, check_bases, named

# One typing error explains a gap only where so few gaps as large have such an explanation.
_COINCIDENCE = Fraction(1, 100)


def bound(tie: Tie, left: Any, right: Any) -> Found:
    """Judge ``left <= right``: it holds when some admissible values keep to it."""
    below = left.is_Symbol
    (told,) = [t for name, t in named(tie) if name == (left if below else right)]

    def allowed(box: dict[Any, Span]) -> Span:
        other = image(right if below else left, box)
        if below:
            return Span(None, other.high, True, other.high_open)
        return Span(other.low, None, other.low_open, True)

    limit = allowed(box_of(tie, "fine"))
    points = {name: only(t.value) for name, t in named(tie)}
    found = Found("inconsistent", None, told.fine, limit, told.gap(limit), told.power(limit))
    if tie.plain and allowed(points).holds(told.value):
        found = replace(found, verdict="consistent", basis="exact")
    elif told.fine.meets(limit):
        found = replace(found, verdict="consistent", basis="rounded" if tie.plain else "hedged")
    elif told.printed.meets(allowed(box_of(tie, "printed"))):
        found = replace(found, verdict="consistent", basis="coarse")
    elif not tie.plain and told.read("lenient").meets(allowed(box_of(tie, "lenient"))):
        found = replace(found, verdict="suspicious", basis="hedged")
    if tie.check == "sum_bound" and found.verdict == "consistent" and tie.plain:
        total = image(left, box_of(tie, "fine"))
        if not told.fine.meets(total) and _one_slip(tie):
            return replace(found, verdict="suspicious", gap=told.gap(total))
    return replace(found, gap=0) if found.verdict == "consistent" else found


def _one_slip(tie: Tie) -> bool:
    """Whether one digit mistyped, or two neighbours swapped, in one figure parts the total from its parts."""
    if len(tie.terms["part"]) < 2:
        return False
    greatest = max(abs(t.value) / t.ulp for t in tie.all)
    places = sum(t.figure.digits or len(str(int(abs(t.value) / t.ulp))) for t in tie.all)
    if 10 * places > _COINCIDENCE * 2 * greatest:
        return False
    total, parts = tie.terms["total"][0], tie.terms["part"]
    for told in tie.all:
        spans = [t.fine for t in parts if t is not told]
        rest = spans[0]
        for span in spans[1:]:
            rest = rest.plus(span)
        allowed = rest if told is total else total.fine.plus(rest.times(Fraction(-1)))
        now = int(abs(told.value) / told.ulp)
        least, most = told.agreeing(allowed)
        for other in _slips(now, told.figure.digits or len(str(now))):
            if (least is None or other - now >= least) and (most is None or other - now <= most):
                return True
    return False


def _slips(number: int, digits: int) -> set[int]:
    written = str(number).rjust(digits, "0")
    found = {
        int(written[:i] + other + written[i + 1 :]) for i in range(len(written)) for other in "0123456789"
    }
    for i in range(len(written) - 1):
        found.add(int(written[:i] + written[i + 1] + written[i] + written[i + 2 :]))
    return found - {number}


def wording(tie: Tie) -> Found:
    """Words of degree: their bounds are custom, so the file's own bound is taken as it stands."""
    if tie.bound is None:
        raise Undefined("no bound")
    if tie.terms.get("growth"):
        change = tie.terms["growth"][0].printed
    elif not tie.terms.get("prior"):
        change = tie.terms["current"][0].printed  # there was none: the count itself
    else:
        check_bases(tie)
        current, prior = symbol("current"), symbol("prior")
        change = image(100 * current / prior - 100, box_of(tie, "printed"))
    holds = change.meets(tie.bound)
    basis = "exact" if tie.plain else "hedged"
    return Found("consistent" if holds else "suspicious", basis if holds else None, change, tie.bound)


def between(tie: Tie) -> Found:
    """Judge the growth or rate of a whole by those of its parts alone: it lies between them."""
    growth = tie.terms.get("growth") or tie.terms.get("rate") or []
    parts = tie.terms.get("part_growth") or tie.terms.get("part_rate") or []
    if len(growth) != 1 or len(parts) < 2:
        raise Undefined("no growths of parts")
    lows = [t.fine.low for t in parts if t.fine.low is not None]
    highs = [t.fine.high for t in parts if t.fine.high is not None]
    low = min(lows) if len(lows) == len(parts) else None
    high = max(highs) if len(highs) == len(parts) else None
    allowed = Span(low, high, low is None, high is None)
    told = growth[0]
    if told.fine.meets(allowed):
        basis = "exact" if tie.plain else "hedged"
        return Found("consistent", basis, told.fine, allowed, 0, told.power(allowed))
    return Found("inconsistent", None, told.fine, allowed, max(1, told.gap(allowed)), told.power(allowed))
