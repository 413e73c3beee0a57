"""Ties that hold singly but not together, verified by another way: unknowns are eliminated one by one.

After Fourier and Motzkin: an unknown that is bounded from either side by others leaves what these say of each other, and
a contradiction is left where nothing is. The formula is read from the file and cleared of its divisors with sympy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy  # type: ignore[import-untyped]

from .verify_figure import Print
from .verify_formula import Beyond, sides
from .verify_span import Span, only
from .verify_tie import Tie, named

# More bounds than this on the way are not followed.
_LIMIT = 20_000
# The greatest gap that an audit tells.
_MOST = 99


@dataclass(frozen=True)
class Bound:
    """``sum(coefficient * unknown) + constant <= 0``, without the 0 itself where ``strict``."""

    entries: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    strict: bool = False


def bound(entries: Mapping[str, Fraction], constant: Fraction, strict: bool = False) -> Bound:
    """Build a bound from coefficients, in one form for all its multiples."""
    kept = sorted((name, c) for name, c in entries.items() if c)
    scale = abs(kept[0][1]) if kept else Fraction(1)
    return Bound(tuple((name, c / scale) for name, c in kept), constant / scale, strict)


def possible(bounds: Iterable[Bound]) -> bool:
    """Whether numbers exist that keep all bounds. :class:`Beyond` where there are too many on the way."""
    left = _tightest(bounds)
    while True:
        if any(not b.entries and (b.constant > 0 or (b.strict and b.constant == 0)) for b in left):
            return False
        signs: dict[str, tuple[list[Bound], list[Bound]]] = {}
        for b in left:
            for name, c in b.entries:
                signs.setdefault(name, ([], []))[c > 0].append(b)
        if not signs:
            return True
        name = min(signs, key=lambda n: (len(signs[n][0]) * len(signs[n][1]), n))
        below, above = signs[name]
        made = [_without(name, one, two) for one in below for two in above]
        if len(made) + len(left) > _LIMIT:
            raise Beyond(name)
        used = {*below, *above}
        left = _tightest([*(b for b in left if b not in used), *made])


def _without(name: str, one: Bound, two: Bound) -> Bound:
    """What two bounds say together when an unknown, which they hold from either side, is taken out."""
    first, second = dict(one.entries), dict(two.entries)
    a, b = -first[name], second[name]
    entries = {n: first.get(n, Fraction(0)) * b + second.get(n, Fraction(0)) * a for n in {*first, *second}}
    return bound(entries, one.constant * b + two.constant * a, one.strict or two.strict)


def _tightest(bounds: Iterable[Bound]) -> list[Bound]:
    """Of bounds on the same sum only the one that says most; what always holds says nothing."""
    best: dict[tuple[tuple[str, Fraction], ...], Bound] = {}
    for b in bounds:
        known = best.get(b.entries)
        if known is None or (b.constant, b.strict) > (known.constant, known.strict):
            best[b.entries] = b
    return list(best.values())


@lru_cache(maxsize=256)
def _shape(formula: str, counts: tuple[tuple[str, int], ...]) -> tuple[str, Any, Any, Any]:
    """The sign of a formula, one unknown as factor (or 1), what it is multiplied by, and the rest."""
    left, right, sign = sides(formula, counts)
    top = sympy.expand(sympy.fraction(sympy.together(left - right))[0])
    names = sorted(top.free_symbols, key=str)
    if sympy.Poly(top, *names).total_degree() <= 1:
        return sign, sympy.Integer(1), sympy.Integer(0), top
    for name in names:
        times, rest = top.coeff(name, 1), top.coeff(name, 0)
        if all(
            side.is_number or sympy.Poly(side, *names).total_degree() <= 1 for side in (times, rest)
        ) and not times.has(name):
            return sign, name, times, rest
    raise Beyond(formula)


def bounds_of(tie: Tie, allowed: Mapping[str, Span]) -> Iterator[Bound]:
    """What a tie says of its figures; ``allowed`` is what each may truly be, by id."""
    if tie.check == "ratio_list":
        for p, r in zip(tie.terms.get("part", []), tie.terms["ratio"], strict=True):
            yield from _bounds(replace(tie, terms={**tie.terms, "part": [p], "ratio": [r]}), allowed)
        return
    yield from _bounds(tie, allowed)


def _bounds(tie: Tie, allowed: Mapping[str, Span]) -> Iterator[Bound]:
    counts = tuple((role, len(ts)) for role, ts in tie.terms.items())
    sign, factor, times, rest = _shape(tie.formula, counts)
    worth = {}
    for name, t in named(tie):
        turned = t.sign < 0 and not t.figure.negative
        worth[name] = t.figure.id, (-t.ulp if turned else t.ulp) / t.figure.ulp
    plus = _sum(rest, worth)
    if factor == 1:
        yield from _within(plus, only(0) if sign == "=" else Span(None, Fraction(0), True))
        return
    one, two = _sum(factor, worth), _sum(times, worth)
    x, y = _reach(one, allowed), _reach(two, allowed)
    for a, b in ((x.low, y.low), (x.high, y.high)):
        if a is not None and b is not None:
            yield from _within(_plus(_plus(plus, two, a), one, b), Span(None, a * b, True))
    for a, b in ((x.low, y.high), (x.high, y.low)):
        if a is not None and b is not None:
            yield from _within(_plus(_plus(plus, two, a), one, b), Span(a * b, None, False, True))


_Sum = tuple[dict[str, Fraction], Fraction]


def _sum(expression: Any, worth: Mapping[Any, tuple[str, Fraction]]) -> _Sum:
    entries: dict[str, Fraction] = {}
    constant = Fraction(0)
    for term, number in sympy.expand(expression).as_coefficients_dict().items():
        exact = Fraction(int(number.p), int(number.q))
        if term == 1:
            constant += exact
        else:
            name, scale = worth[term]
            entries[name] = entries.get(name, Fraction(0)) + exact * scale
    return entries, constant


def _plus(one: _Sum, two: _Sum, factor: Fraction) -> _Sum:
    entries = dict(one[0])
    for name, c in two[0].items():
        entries[name] = entries.get(name, Fraction(0)) + factor * c
    return entries, one[1] + factor * two[1]


def _reach(of: _Sum, allowed: Mapping[str, Span]) -> Span:
    found = only(of[1])
    for name, c in of[0].items():
        if c:
            found = found.plus(allowed[name].times(c))
    return found


def _within(of: _Sum, span: Span) -> Iterator[Bound]:
    entries, constant = of
    if span.high is not None:
        yield bound(entries, constant - span.high, span.high_open)
    if span.low is not None:
        yield bound({n: -c for n, c in entries.items()}, span.low - constant, span.low_open)


def allowed(figure: Print, digits: int, cut: bool) -> Span:
    """What a figure may truly be if it may be wrong by so many last digits; hedges bind on their near side."""
    span, approx = figure.span, figure.approx
    if approx == "about" or (figure.negative and not figure.plain):
        return Span(None, None, True, True)
    if approx == "over":
        return Span(span.low, None, span.low_open, True)
    if approx == "under":
        return Span(None, span.high, True, span.high_open)
    if not figure.plain or span.low is None or span.high is None:
        return span
    low, high = span.low, span.high
    open_ends = span.low_open, span.high_open
    if cut and not span.is_point:
        if figure.negative:
            low = min(low, -figure.value - figure.ulp)
        else:
            high = max(high, figure.value + figure.ulp)
    if (low, high) != (span.low, span.high) or digits:
        open_ends = False, False
    return Span(low - digits * figure.ulp, high + digits * figure.ulp, *open_ends)


def gap(ties: Sequence[Tie], loose: frozenset[str], cut: bool) -> int:
    """By how many last digits every figure would have to be wrong for all ties to hold together; 0 if they do."""
    figures = {t.figure.id: t.figure for tie in ties for t in tie.all}

    def hold(digits: int) -> bool:
        spans = {name: allowed(f, digits + (name in loose), cut) for name, f in figures.items()}
        every = [b for tie in ties for b in bounds_of(tie, spans)]
        for name, span in spans.items():
            every += _within(({name: Fraction(1)}, Fraction(0)), span)
        return possible(every)

    low, high = -1, 0
    while high < _MOST and not hold(high):
        low, high = high, min(max(1, 2 * high), _MOST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if hold(middle) else (middle, high)
    return high
