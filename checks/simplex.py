"""Whether linear bounds can all hold at once, in exact arithmetic; and if not, which of them cannot.

The general simplex of B. Dutertre and L. de Moura (A Fast Linear-Arithmetic Solver for DPLL(T), CAV 2006) on
fractions: every variable and every row has bounds, a row that leaves its own is pivoted on the first variable that
can give way (R. G. Bland's rule, so that it ends), and one that none can help is a proof that its bounds
contradict each other. An open end is its value and an infinitely small step inwards, a second number beside
the first. No float and no tolerance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..extract.interval import Interval

# A value and how many infinitely small steps it lies beyond.
_Value = tuple[Fraction, Fraction]
_NONE = Fraction(0)


class Exhausted(Exception):
    """More steps were needed than were allowed."""


@dataclass(frozen=True, slots=True)
class Row:
    """``low <= sum(coefficient * variable) <= high``, as ``bounds``; ``tag`` names who says so."""

    coefficients: Mapping[int, Fraction]
    bounds: Interval
    tag: int


class Work:
    """What may still be spent, in fractions touched: counted, so that it is no matter of time."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def spend(self, steps: int) -> None:
        """Take steps off; raises :class:`Exhausted` when none are left."""
        self.left -= steps
        if self.left < 0:
            raise Exhausted


def conflict(boxes: Sequence[Interval], rows: Sequence[Row], work: Work) -> frozenset[int] | None:
    """Return the tags of rows that contradict each other within the boxes; ``None`` where all can hold.

    Variable ``i`` lies in ``boxes[i]``. The answer depends only on the order of variables and rows. It is
    no smallest set: the caller drops what is not needed. Raises :class:`Exhausted`.
    """
    return _Tableau(boxes, rows, work).solve()


class _Tableau:
    def __init__(self, boxes: Sequence[Interval], rows: Sequence[Row], work: Work) -> None:
        self.work = work
        self.first = len(boxes)
        self.tags = [row.tag for row in rows]
        every = [*boxes, *(row.bounds for row in rows)]
        self.low = [None if b.low is None else (b.low, Fraction(b.low_open)) for b in every]
        self.high = [None if b.high is None else (b.high, Fraction(-b.high_open)) for b in every]
        self.value: list[_Value] = [self._start(i) for i in range(self.first)]
        # basic variable -> nonbasic variable -> coefficient
        self.rows: dict[int, dict[int, Fraction]] = {}
        for at, row in enumerate(rows, self.first):
            entries = {i: c for i, c in row.coefficients.items() if c}
            self.rows[at] = entries
            work.spend(len(entries))
            self.value.append(
                (
                    sum((c * self.value[i][0] for i, c in entries.items()), _NONE),
                    sum((c * self.value[i][1] for i, c in entries.items() if self.value[i][1]), _NONE),
                )
            )

    def _start(self, i: int) -> _Value:
        """Begin in the middle, which is the printed value of what was rounded."""
        low, high = self.low[i], self.high[i]
        if low is None or high is None:
            return low or high or (_NONE, _NONE)
        if low[0] == high[0]:
            return low
        return (low[0] + high[0]) / 2, _NONE

    def solve(self) -> frozenset[int] | None:
        while True:
            found = self._violated()
            if found is None:
                return None
            basic, wanted, below = found
            entries = self.rows[basic]
            self.work.spend(len(entries))
            giving = next((j for j in sorted(entries) if self._gives(j, (entries[j] > 0) == below)), None)
            if giving is None:
                return frozenset(self.tags[i - self.first] for i in (basic, *entries) if i >= self.first)
            self._pivot(basic, giving, wanted)

    def _violated(self) -> tuple[int, _Value, bool] | None:
        """Return the first row outside its bounds, the bound, and whether the row lies below it."""
        for basic in sorted(self.rows):
            low, high, value = self.low[basic], self.high[basic], self.value[basic]
            if low is not None and value < low:
                return basic, low, True
            if high is not None and value > high:
                return basic, high, False
        return None

    def _gives(self, i: int, upwards: bool) -> bool:
        end = self.high[i] if upwards else self.low[i]
        return end is None or (self.value[i] < end if upwards else self.value[i] > end)

    def _pivot(self, basic: int, giving: int, wanted: _Value) -> None:
        """Bring ``basic`` to the value wanted by moving ``giving``, which takes its place."""
        entries = self.rows.pop(basic)
        pivot = entries.pop(giving)
        now = self.value[basic]
        step = (wanted[0] - now[0]) / pivot, (wanted[1] - now[1]) / pivot
        self.value[basic] = wanted
        self.value[giving] = _moved(self.value[giving], step, Fraction(1))
        turned = {j: -c / pivot for j, c in entries.items()}
        turned[basic] = 1 / pivot
        self.work.spend(len(turned))
        for other, row in self.rows.items():
            factor = row.pop(giving, None)
            if factor is None:
                continue
            self.work.spend(len(turned))
            self.value[other] = _moved(self.value[other], step, factor)
            for j, c in turned.items():
                made = row.get(j, _NONE) + factor * c
                if made:
                    row[j] = made
                else:
                    row.pop(j, None)
        self.rows[giving] = turned


def _moved(value: _Value, step: _Value, factor: Fraction) -> _Value:
    return (
        value[0] + factor * step[0],
        value[1] + factor * step[1] if step[1] else value[1],
    )
