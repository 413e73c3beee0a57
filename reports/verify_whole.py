"""Ties that ask for a whole number nobody printed: found by trying numbers, not by a formula for them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .verify_formula import Undefined
from .verify_span import Span, only
from .verify_term import Term
from .verify_tie import Found, Tie

_LIMIT = 1 << 80
# So many numbers are listed one by one; of more the first and the last are told.
LISTED = 12

Value = Callable[[int], Fraction]


def fitting(value: Value, start: int, least: int, allowed: Span) -> tuple[int, int | None] | None:
    """The first and last whole number from ``least`` on whose ``value`` is allowed; ``None`` if there is none.

    ``value`` is monotone, so the fitting numbers stand together; ``start`` is next to the number whose value
    the report prints, and one of its neighbours (or ``least``) fits if any does. No last: they never end.
    """
    near = [n for n in range(start - 2, start + 3) if n >= least] or [least]
    seed = next((n for n in (*near, least) if allowed.holds(value(n))), None)
    if seed is None:
        return None
    return _edge(value, seed, -1, least, allowed) or least, _edge(value, seed, 1, least, allowed)


def _edge(value: Value, seed: int, way: int, least: int, allowed: Span) -> int | None:
    """The last fitting number in one direction, by steps that double and then halve."""

    def fits(n: int) -> bool:
        return n >= least and allowed.holds(value(n))

    reach = 1
    while fits(seed + way * reach):
        reach *= 2
        if reach > _LIMIT:
            return None
    low, high = reach // 2, reach
    while high - low > 1:
        middle = (low + high) // 2
        if fits(seed + way * middle):
            low = middle
        else:
            high = middle
    return seed + way * low


def span_of(value: Value, numbers: tuple[int, int | None], limit: Fraction) -> Span:
    """From the least to the greatest value over a run of numbers; ``limit`` is approached by one without end."""
    first, last = numbers
    if last is None:
        near = value(first)
        return Span(min(near, limit), max(near, limit), limit < near, limit > near)
    ends = (value(first), value(last))
    return Span(min(ends), max(ends))


def one_count(tie: Tie) -> Found:
    """A rate whose whole, or whose part, is not printed: some whole number must be able to stand there."""
    rates = tie.terms.get("rate") or tie.terms.get("share")
    known_part = bool(tie.terms.get("part"))
    counts = tie.terms.get("part") or tie.terms.get("whole")
    if not rates or not counts:
        raise Undefined("no count or no rate")
    rate, known = rates[0], counts[0]
    if known.measured or known.value <= 0 or not rate.figure.plain:
        raise Undefined("no exact count and rate")
    count = int(known.value)
    if known_part and (rate.printed.low is None or rate.printed.low <= 0):
        raise Undefined("a rate that may be 0")

    def stands(n: int) -> Fraction:
        return Fraction(100 * count, n) if known_part else Fraction(100 * n, count)

    start = int(100 * count / rate.value) if known_part else int(rate.value * count / 100)
    least = count if known_part else 0
    for reading in ("fine", "printed", "cut"):
        found = fitting(stands, start, least, rate.read(reading))
        if found is not None:
            recomputed = span_of(stands, found, Fraction(0))
            if reading != "cut":
                return Found("consistent", "exact", rate.fine, recomputed)
            if rate.measured:
                return Found("truncated", None, rate.fine, recomputed, max(1, rate.gap(recomputed)))
    near = min(
        (max(n, least, 1 if known_part else 0) for n in range(start - 1, start + 3)),
        key=lambda n: abs(stands(n) - rate.value),
    )
    return Found("inconsistent", None, rate.fine, only(stands(near)), max(1, rate.gap(only(stands(near)))))


def feasible(tie: Tie) -> Found:
    """A growth without its prior: some whole number must have grown so."""
    current, growth = tie.terms["current"][0], tie.terms["growth"][0]
    if not current.figure.plain or current.measured or current.value.denominator != 1 or current.value <= 0:
        raise Undefined("no exact count")
    count = int(current.value)

    def grown(p: int) -> Fraction:
        return 100 * (Fraction(count, p) - 1)

    def priors(reading: str) -> tuple[int, int | None] | None:
        allowed = growth.read(reading)
        if allowed.holds(Fraction(-100)):
            raise Undefined("a fall of 100%")
        if growth.value <= -100 and allowed.high is not None and allowed.high > -100:
            # no prior gives a fall of 100%; the least one that falls nearly so far is next to the other end
            return fitting(grown, int(100 * count / (100 + allowed.high)), 1, allowed)
        return fitting(grown, start, 1, allowed)

    start = int(100 * count / (100 + growth.value)) if growth.value > -100 else count
    near = min((p for p in range(start - 1, start + 3) if p >= 1), key=lambda p: abs(grown(p) - growth.value))
    missed = max(1, growth.gap(only(grown(near))))
    readings = [("fine", "consistent", "exact" if growth.figure.plain else "hedged")]
    if growth.fine != growth.printed:
        readings.append(("printed", "consistent", "coarse"))
    if not growth.figure.plain:
        readings.append(("lenient", "suspicious", "hedged"))
    elif growth.measured:
        readings.append(("cut", *(("consistent", "exact") if tie.cuts else ("truncated", ""))))
    for reading, verdict, basis in readings:
        found = priors(reading)
        if found is not None:
            shown = span_of(grown, found, Fraction(-100)) if reading != "lenient" else None
            gap = 0 if verdict == "consistent" else missed
            return Found(verdict, basis or None, growth.fine, shown, gap)
    if growth.value <= -100:
        return Found("inconsistent", None, growth.fine, gap=None)  # no prior comes nearest to a fall of all
    return Found("inconsistent", None, growth.fine, only(grown(near)), missed)


def numbers(tie: Tie, cut: bool) -> list[int] | None:
    """All whole numbers that an unprinted prior, whole or part can be; ``None`` where nobody asks for one.

    ``cut`` reads the percentage as cut off. More than :data:`LISTED` numbers are told by first and last.
    """
    known = _one(tie, "current") or _one(tie, "part") or _one(tie, "whole")
    told = _one(tie, "growth") or _one(tie, "rate") or _one(tie, "share")
    if known is None or told is None or known.measured or not known.figure.plain or known.value < 1:
        return None
    count, allowed = int(known.value), told.read("cut" if cut else "fine")
    if tie.check == "growth_feasible":
        if allowed.low is None or allowed.low <= -100 or allowed.high is None:
            return None
        found = fitting(
            lambda p: 100 * (Fraction(count, p) - 1), int(100 * count / (100 + told.value)), 1, allowed
        )
    elif (
        tie.check not in ("rate", "share")
        or bool(tie.terms.get("part")) == bool(tie.terms.get("whole"))
        or allowed.low is None
        or allowed.low <= 0
        or allowed.high is None
    ):
        return None
    elif tie.terms.get("part"):
        found = fitting(lambda n: Fraction(100 * count, n), int(100 * count / told.value), count, allowed)
    else:
        found = fitting(lambda k: Fraction(100 * k, count), int(told.value * count / 100), 0, allowed)
        if found is not None and found[0] > count:
            found = None
        elif found is not None and found[1] is not None:
            found = found[0], min(found[1], count)
    if found is None:
        return []
    first, last = found
    return None if last is None else list(range(first, last + 1)) if last - first < LISTED else [first, last]


def _one(tie: Tie, role: str) -> Term | None:
    members = tie.terms.get(role, [])
    return members[0] if len(members) == 1 else None
