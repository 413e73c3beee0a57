"""The formulas of an audit, read from its own text and evaluated with sympy.

A formula is a claim of the file, so it is never run as Python: only names, whole numbers, ``+ - * / **``,
brackets and ``sum`` are read, everything else is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

import sympy  # type: ignore[import-untyped]

from .verify_span import Span, only

Box = Mapping[Any, Span]
# A formula of more unknowns in one inseparable term than this is not evaluated: it has 2**n corners.
_UNKNOWNS = 10
_FAR = sympy.Symbol("far", positive=True)
_MOST_YEARS = 200


class Beyond(Exception):
    """The verifier cannot recompute this; the argument says what it does not know."""


class Undefined(Exception):
    """A divisor may be 0."""


def symbol(role: str, index: int = 0) -> Any:
    """The unknown for member ``index`` of a role."""
    return _symbols(f"{role}__{index}")


@lru_cache(maxsize=4096)
def _symbols(name: str) -> Any:
    return sympy.Symbol(name, real=True)


@lru_cache(maxsize=1024)
def sides(formula: str, counts: tuple[tuple[str, int], ...]) -> tuple[Any, Any, str]:
    """The two sides of a formula for so many members per role, and its sign: ``=`` or ``<=``.

    A role that the relation leaves out counts as the factor 1, a change that it leaves out as none.
    """
    text = formula.partition(": ")[2] or formula
    sign = "<=" if " <= " in text else "="
    left, found, right = text.partition(f" {sign} ")
    if not found:
        raise Beyond(formula)
    members = dict(counts)
    return _read(left, members), _read(right, members), sign


def _read(text: str, members: Mapping[str, int]) -> Any:
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise Beyond(text) from error
    return _build(tree.body, members, 0)


def _build(node: ast.expr, members: Mapping[str, int], index: int) -> Any:
    if isinstance(node, ast.Constant) and type(node.value) is int and abs(node.value) <= 10_000:
        return sympy.Integer(node.value)
    if isinstance(node, ast.Name):
        role, own = node.id.removesuffix("_i"), index if node.id.endswith("_i") else 0
        return symbol(role, own) if members.get(role) else sympy.Integer(0 if role == "change" else 1)
    if isinstance(node, ast.BinOp):
        left, right = _build(node.left, members, index), _build(node.right, members, index)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
            case ast.Pow():
                return left**right
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_build(node.operand, members, index)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        (inside,) = node.args
        if isinstance(inside, ast.Name) and not inside.id.endswith("_i"):
            return sympy.Add(*(symbol(inside.id, i) for i in range(members.get(inside.id, 0))))
        roles = {n.id.removesuffix("_i") for n in ast.walk(inside) if isinstance(n, ast.Name)}
        count = min(members.get(role, 0) for role in roles)
        return sympy.Add(*(_build(inside, members, i) for i in range(count)))
    raise Beyond(ast.unparse(node))


@lru_cache(maxsize=1024)
def solved(left: Any, right: Any, unknown: Any) -> Any:
    """The equation solved for one unknown, by sympy."""
    if left == unknown and unknown not in right.free_symbols:
        return right
    if right == unknown and unknown not in left.free_symbols:
        return left
    answers = sympy.solve(sympy.Eq(left, right), unknown)
    if len(answers) != 1:
        raise Beyond(f"{left} = {right}")
    return answers[0]


def value(expression: Any, values: Mapping[Any, Fraction]) -> Fraction:
    """The number that printed values give; :class:`Undefined` where a divisor is 0."""
    found = expression.subs({name: _rational(number) for name, number in values.items()})
    if not found.is_Rational:
        raise Undefined(str(expression))
    return _fraction(found)


def image(expression: Any, box: Box) -> Span:
    """All values that the expression takes over the box: an exact set, its ends open where not attained.

    Terms that share no unknown are added up; what remains is evaluated at the corners of the box, which
    is enough because it is a quotient of expressions of first degree in every unknown, so that it is
    monotone along every edge.
    """
    if not expression.free_symbols:
        return only(_fraction(expression))
    factor, rest = expression.as_coeff_Mul()
    if factor != 1:
        return image(rest, box).times(_fraction(factor))
    if expression.is_Add:
        groups = list(_separate(expression.args))
        if len(groups) > 1:
            spans = [image(sympy.Add(*group), box) for group in groups]
            total = spans[0]
            for span in spans[1:]:
                total = total.plus(span)
            return total
    if expression.is_Symbol:
        return box[expression]
    if expression.is_Mul:
        expression, box = _folded(expression, box)
    return _corners(expression, box)


def _folded(product_: Any, box: Box) -> tuple[Any, Box]:
    """A product with every factor's sum taken as one unknown, where no other factor shares its unknowns."""
    factors, wider = [], dict(box)
    for factor in product_.args:
        base, exponent = factor.as_base_exp()
        others = {name for other in product_.args if other is not factor for name in other.free_symbols}
        if base.is_Add and not base.free_symbols & others:
            name = _symbols(f"fold({base})")
            wider[name] = image(base, box)
            factor = name**exponent
        factors.append(factor)
    return sympy.Mul(*factors), wider


def _separate(terms: Sequence[Any]) -> Iterator[list[Any]]:
    """Terms in groups that have no unknown in common."""
    groups: list[tuple[set[Any], list[Any]]] = []
    for term in terms:
        names, together = set(term.free_symbols), [term]
        apart = []
        for group in groups:
            if names and group[0] & names:
                names, together = names | group[0], group[1] + together
            else:
                apart.append(group)
        groups = [*apart, (names, together)]
    return (members for _, members in groups)


@lru_cache(maxsize=1024)
def _quotient(expression: Any) -> tuple[Any, tuple[Any, ...], bool]:
    """The divisor, the unknowns in order, and whether all of them are of first degree."""
    top, bottom = sympy.fraction(sympy.together(expression))
    names = tuple(sorted(expression.free_symbols, key=str))
    top, bottom = sympy.expand(top), sympy.expand(bottom)
    plain = all(sympy.degree(side, name) <= 1 for side in (top, bottom) for name in names)
    return bottom, names, plain


def _corners(expression: Any, box: Box) -> Span:
    bottom, names, plain = _quotient(expression)
    if not plain or len(names) > _UNKNOWNS:
        raise Beyond(str(expression))
    if bottom.free_symbols:
        divisor = image(bottom, box)
        if divisor.holds(Fraction(0)):
            raise Undefined(str(bottom))
    ends: list[tuple[Any, bool]] = []
    for corner in product(*(_ends(box[name]) for name in names)):
        ends.append(_at(expression, list(zip(names, corner, strict=True))))
    low = min(end for end, _ in ends)
    high = max(end for end, _ in ends)
    return Span(
        None if low == -sympy.oo else _fraction(low),
        None if high == sympy.oo else _fraction(high),
        not any(attained for end, attained in ends if end == low),
        not any(attained for end, attained in ends if end == high),
    )


# One end of an unknown: where it lies, whether it is left out, from which side it is approached.
_End = tuple[Any, bool, str]


def _ends(span: Span) -> tuple[_End, ...]:
    if span.is_point:
        return ((_rational(span.low or Fraction(0)), False, "+"),)
    low = -sympy.oo if span.low is None else _rational(span.low)
    high = sympy.oo if span.high is None else _rational(span.high)
    return (low, span.low_open, "+"), (high, span.high_open, "-")


def _at(expression: Any, corner: Sequence[tuple[Any, _End]]) -> tuple[Any, bool]:
    """The value at a corner, and whether it is attained: ends left out do not matter where nothing varies."""
    left = expression.subs({name: at for name, (at, is_open, _) in corner if not is_open})
    attained = not left.free_symbols
    far: dict[Any, Any] = {}
    for name, (at, _, side) in corner:
        if name not in left.free_symbols:
            continue
        if at.is_infinite:
            far[name] = _FAR if at > 0 else -_FAR
        else:
            near = left.subs(name, at)
            left = (
                near
                if near.is_finite is not False and not near.has(sympy.zoo, sympy.nan)
                else _limit(left, name, at, side)
            )
    if far:
        # several unknowns without end go there together; where one goes alone is another corner
        left = sympy.limit(left.subs(far), _FAR, sympy.oo)
    return left, attained


def _limit(expression: Any, name: Any, at: Any, side: str) -> Any:
    if expression.free_symbols != {name}:
        raise Undefined(str(expression))
    return sympy.limit(expression, name, at, side)


def _rational(number: Fraction) -> Any:
    return sympy.Rational(number.numerator, number.denominator)


def _fraction(number: Any) -> Fraction:
    if not number.is_Rational:
        raise Beyond(str(number))
    return Fraction(int(number.p), int(number.q))


def power_image(base: Span, years: Fraction) -> Span:
    """All ``years``-th powers of what is not negative; :class:`Beyond` for anything else."""
    if years.denominator != 1 or not 1 <= years <= _MOST_YEARS or base.low is None or base.low < 0:
        raise Beyond(f"({base})**{years}")
    n = int(years)
    return Span(base.low**n, None if base.high is None else base.high**n, base.low_open, base.high_open)
