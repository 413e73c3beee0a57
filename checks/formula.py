"""A row of ``checks.tsv`` with its formula solved for each role; the rows are in ``formulas``, generated.

The solved functions run on :class:`~fractions.Fraction` (printed values) and on ``Interval`` (admissible
values) alike. Every argument occurs once in each, so the interval of a result is exactly the set of the
values that some choice of admissible arguments gives (R. E. Moore, Interval Analysis, 1966, ch. 3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from ..extract.interval import Interval, point

Value = TypeVar("Value", Fraction, Interval)


def added(values: Sequence[Value]) -> Value:
    """Add up at least one value; ``sum`` would start from an ``int`` and hide the type."""
    result = values[0]
    for value in values[1:]:
        result = result + value
    return result


def without(value: Value, others: Sequence[Value]) -> Value:
    """Take all ``others`` (perhaps none) from ``value``: one part of a sum, given the rest."""
    for other in others:
        value = value - other
    return value


def complement(whole: int, parts: Sequence[Value]) -> Value:
    """Take all ``parts`` (perhaps none: then a point) from a constant."""
    exact = Fraction(whole)
    made: Any = exact if parts and isinstance(parts[0], Fraction) else point(exact)
    for part in parts:
        made = made - part
    return made  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a sum whose members are computed: part_i/(1 + part_growth_i/100).

    ``roles`` are the roles that make a member, ``value`` gives a member from them in that order. ``whole`` gives
    the sum from the formula's other arguments; ``solve[role]`` gives a role from its member and from the other
    roles of that member.
    """

    roles: tuple[str, ...]
    value: Callable[..., Any]
    whole: Callable[..., Any]
    solve: Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Linear:
    """A formula cleared of its divisors: ``factor * times + plus = 0``, for a bound ``<= 0``.

    ``times`` and ``plus`` are sums, a whole coefficient for each role and "" for the constant; a role of several
    figures stands for their sum. ``factor`` is a role, or "" where the formula is linear as it stands.
    """

    factor: str
    times: Mapping[str, int]
    plus: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """One kind of tie.

    ``kind`` says how the engine decides it:

    - ``equation``: ``solve[role]`` gives a role from all others, in the order of ``arguments``; for a role
      of several figures its first argument is the sequence of the other members;
    - ``each``: an equation that holds member by member (a list of ratios);
    - ``bound``: ``solve[role]`` gives the limit of a role; roles in ``below`` must not exceed it,
      the others must not fall short of it;
    - ``integer``: an equation with one more unknown, which must be a whole number from 1;
    - ``count``: the result is the number of items listed;
    - ``order``: each item is at least the next;
    - ``rates``: quotients that lie within a spread of one another;
    - ``days``: a date is not after another one, or, alone, in the calendar at all;
    - ``tuple``: two lists that are copies of one another, which is the finding;
    - ``custom``: no equation; ``reason`` says why.

    ``members`` tells of a sum of computed members, whose roles no function of ``solve`` gives.
    ``result`` is the role that the gap, the power and the rounding are told of: the left side.
    ``variadic`` roles hold several figures. ``linear`` is the same equation or bound for reasoning on several
    ties together; ``None`` where it is not of that shape.
    """

    check: str
    name: str
    text: str
    kind: str
    strength: str
    roles: tuple[str, ...]
    arguments: tuple[str, ...]
    variadic: frozenset[str]
    result: str
    solve: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    below: frozenset[str] = frozenset()
    linear: Linear | None = None
    reason: str = ""
    members: Members | None = None
