"""Ties that hold singly but not together (basis ``joint``).

A total that agrees with its parts and with its share may still not do both: each tie asks for a true value behind the
rounded print, and no one value serves them all. The ties of one report that share rounded figures are laid
out as linear bounds and tried exactly; where they contradict each other, a set is named of which none can be
left out. Only what is certain is told: hedges bind on their near side alone, a report that cuts off now and then may
have done so anywhere, lists that were made to add up or a printed note on rounding allow one last digit more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from ..extract.document import Figure
from ..extract.interval import Interval
from .audit import Habits
from .connected import connected
from .formulas import FORMULAS
from .graph import FAILING, Graph, Key, Patch, key
from .guard import Guard
from .linear import Bound, admitted, bounds
from .mistakes import RANK, variants
from .relation import Judged, Relation, Suspect
from .severity import one_report, severity
from .simplex import Exhausted, Row, Work, conflict
from .suggest import plain, with_print
from .windows import Window, windows

# What trying the ties of one connected part may cost, in fractions touched, and all parts together.
EFFORT = 100_000
WHOLE_EFFORT = 400_000
# So many alternatives are listed.
LISTED = 5
# So many contradictions are told of one connected part.
TOLD = 3
# A contradiction that an error of so many last digits in every figure does not explain is told as this many.
MOST = 99

_KEPT = frozenset({"exact", "rounded", "coarse", "hedged", "balanced", "disclaimed"})
_LOOSE = frozenset({"balanced", "disclaimed"})


class _Prints:
    """What each figure may truly be, the more the more last digits are allowed for."""

    def __init__(self, figures: Mapping[Key, Figure], loose: frozenset[Key], cut: frozenset[Key]) -> None:
        self.printed, self.loose, self.cut = figures, loose, cut
        self.figures = dict(figures)
        self.digits = 0
        self.known: dict[Key, Interval] = {}

    def allow(self, digits: int) -> None:
        """Allow for an error of so many last digits in every figure."""
        self.digits, self.known = digits, {}

    def put(self, name: Key | None, figure: Figure | None = None) -> None:
        """Read a figure as if it were printed otherwise; without a name every figure as it is printed."""
        if name is None or figure is None:
            self.figures, self.known = dict(self.printed), {}
            return
        self.figures[name] = figure
        self.known.pop(name, None)

    def box(self, name: Key) -> Interval:
        found = self.known.get(name)
        if found is None:
            digits = self.digits + (name in self.loose)
            found = self.known[name] = admitted(self.figures[name], digits, name in self.cut)
        return found


def joint(
    relations: Sequence[Judged],
    habits: Sequence[Habits] = (),
    disclaimers: Sequence[bool] = (),
    fault: Callable[[Exception], None] | None = None,
) -> list[Judged]:
    """Return the relations, with what fails together told of the last tie of each smallest set.

    ``habits`` and ``disclaimers`` (whether a note on rounding is printed) are those of the documents by their
    number. A fault of gouji is told to ``fault``, and the part that it was met over goes without; raised
    without one.
    """
    guard = Guard(fault)
    found = list(relations)
    with guard:
        _join(relations, habits, disclaimers, found, guard)
    return found


def _join(
    relations: Sequence[Judged],
    habits: Sequence[Habits],
    disclaimers: Sequence[bool],
    found: list[Judged],
    guard: Guard,
) -> None:
    ties = {
        index: judged.relation
        for index, judged in enumerate(relations)
        if judged.verdict.verdict == "consistent"
        and judged.verdict.basis in _KEPT
        and one_report(judged.relation)
    }
    failing = {
        key(claim)
        for judged in relations
        if judged.verdict.verdict in FAILING
        for claim in judged.relation.claims()
    }
    ties = {i: r for i, r in ties.items() if not any(key(c) in failing for c in r.claims())}
    prints = _prints(relations, ties, habits, disclaimers)
    graph: Graph | None = None
    parts = list(_parts(ties, prints, habits))
    for part in parts:
        work = Work(min(EFFORT, WHOLE_EFFORT // len(parts)))
        with (
            guard,
            suppress(Exhausted),
        ):  # nothing is known then: every tie keeps the verdict that it has alone
            for together in _contradictions(part, ties, prints, habits, work):
                gap = _gap(together, ties, prints, habits, work)
                graph = graph or Graph(relations, habits, disclaimers)
                _tell(found, together, gap, _mended(together, ties, prints, graph))


def _prints(
    relations: Sequence[Judged],
    ties: Mapping[int, Relation],
    habits: Sequence[Habits],
    disclaimers: Sequence[bool],
) -> _Prints:
    figures: dict[Key, Figure] = {}
    loose: set[Key] = set()
    cut: set[Key] = set()
    for index, relation in ties.items():
        home = relation.home
        names = {key(claim): claim.figure for claim in relation.claims()}
        figures.update(names)
        noted = home < len(disclaimers) and disclaimers[home]
        if noted or relations[index].verdict.basis in _LOOSE:
            loose.update(names)
        if home < len(habits) and habits[home].truncated:
            cut.update(names)
    return _Prints(figures, frozenset(loose), frozenset(cut))


def _order(relation: Relation) -> tuple[object, ...]:
    """Sort ties by where they stand, so that the order of relations and roles does not matter."""
    said = sorted(((c.figure.start, c.figure.value, c.figure.text) for c in relation.claims()), reverse=True)
    return (relation.home, said, relation.check)


def _habits(relation: Relation, habits: Sequence[Habits]) -> Habits:
    return habits[relation.home] if relation.home < len(habits) else Habits()


def _parts(
    ties: Mapping[int, Relation], prints: _Prints, habits: Sequence[Habits]
) -> Iterator[dict[int, list[Bound]]]:
    """Yield the connected parts of the ties, as bounds on the figures that several ties share.

    A figure that stands for one value connects nothing, and what stands in one tie only gives way to it:
    both are taken into the bound. A bound that the boxes of its figures keep anyway is dropped.
    """
    laid = {}
    for index in sorted(_sharing(ties, prints), key=lambda i: _order(ties[i])):
        made = bounds(ties[index], _habits(ties[index], habits), prints.box)
        if made:
            laid[index] = made
    while True:
        shared = Counter(name for made in laid.values() for name in {n for b, _ in made for n in b})
        kept = {}
        for index, made in laid.items():
            folded = [_folded(bound, shared, prints) for bound in made]
            told = [bound for bound in folded if bound is not None]
            if told:
                kept[index] = told
        if len(kept) == len(laid):
            break
        laid = kept
    named = {index: {n for b, _ in made for n in b} for index, made in kept.items()}
    for part in connected(named):
        if len(part) > 1:
            yield {index: kept[index] for index in part}


def _sharing(ties: Mapping[int, Relation], prints: _Prints) -> list[int]:
    """Return the ties that share a rounded figure with another, or are the way from one such tie to the next."""
    names = {
        index: {key(claim) for claim in relation.claims() if not prints.box(key(claim)).is_point}
        for index, relation in ties.items()
        if (formula := FORMULAS.get(relation.check)) is not None and formula.linear is not None
    }
    shared = Counter(name for mine in names.values() for name in mine)
    return [index for index, mine in names.items() if any(shared[name] > 1 for name in mine)]


def _folded(bound: Bound, shared: Mapping[Key, int], prints: _Prints) -> Bound | None:
    coefficients, limits = bound
    kept: dict[Key, Fraction] = {}
    for name, coefficient in coefficients.items():
        box = prints.box(name)
        if box.is_point or shared[name] < 2:
            limits = limits - box * coefficient
        else:
            kept[name] = coefficient
    if not kept or (limits.low is None and limits.high is None):
        return None
    reach = Interval(Fraction(0), Fraction(0))
    for name, coefficient in kept.items():
        reach = reach + prints.box(name) * coefficient
    return None if _inside(reach, limits) else (kept, limits)


def _inside(one: Interval, two: Interval) -> bool:
    """Tell whether an interval lies in another."""
    return one.meet(two) == one


def _fails(laid: Mapping[int, Iterable[Bound]], prints: _Prints, work: Work) -> frozenset[int] | None:
    """Return ties that contradict each other, or ``None``."""
    numbers: dict[Key, int] = {}
    rows = [
        Row({numbers.setdefault(n, len(numbers)): c for n, c in coefficients.items()}, limits, index)
        for index, made in laid.items()
        for coefficients, limits in made
    ]
    return conflict([prints.box(name) for name in numbers], rows, work)


def _contradictions(
    part: Mapping[int, list[Bound]],
    ties: Mapping[int, Relation],
    prints: _Prints,
    habits: Sequence[Habits],
    work: Work,
) -> Iterator[list[int]]:
    """Yield sets of ties that fail together and of which none can be left out, in order of the text.

    Where trying ends before all were left out once, the set may be greater than need be; it is a proof still.
    """
    left = dict(part)
    for _ in range(TOLD):
        found = _fails(left, prints, work)
        if found is None:
            return
        # The full bounds of the ties, so that the set alone is a proof.
        whole = {i: bounds(ties[i], _habits(ties[i], habits), prints.box) or [] for i in left if i in found}
        with suppress(Exhausted):
            for index in list(whole):
                fewer = {i: made for i, made in whole.items() if i != index}
                smaller = _fails(fewer, prints, work) if index in whole else None
                if smaller is not None:
                    whole = {i: made for i, made in fewer.items() if i in smaller}
        together = sorted(whole, key=lambda i: _order(ties[i]))
        yield together
        del left[together[-1]]


def _gap(
    together: Sequence[int],
    ties: Mapping[int, Relation],
    prints: _Prints,
    habits: Sequence[Habits],
    work: Work,
) -> int:
    """Return the error in last digits, in every figure at once, that would let the ties hold together.

    1, which weighs least, where trying ends before it is known.
    """

    def fails(digits: int) -> bool:
        prints.allow(digits)
        laid = {i: bounds(ties[i], _habits(ties[i], habits), prints.box) or [] for i in together}
        return _fails(laid, prints, work) is not None

    try:
        low, high = 0, 1
        while high < MOST and fails(high):
            low, high = high, min(2 * high, MOST)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fails(middle) else (low, middle)
        return high
    except Exhausted:
        return 1
    finally:
        prints.allow(0)


def _mended(
    together: Sequence[int], ties: Mapping[int, Relation], prints: _Prints, graph: Graph
) -> tuple[str, tuple[Suspect, ...]]:
    """Return what one mistake in one figure lets the ties hold together, and every other tie of the figure alone."""
    work = Work(EFFORT)
    of = {i: _habits(ties[i], graph.habits) for i in together}
    ranges: dict[Key, list[Window]] = defaultdict(list)
    for i in together:
        for name, image in windows(ties[i], of[i]).items():
            if image is not None:
                ranges[name].append(Window(prints.figures[name], image, 2))
    repairs: list[tuple[tuple[object, ...], Suspect]] = []
    try:
        for name in sorted(ranges, key=graph.place):
            figure = prints.figures[name]
            numeral = plain(figure)
            if numeral is None or figure.approx != "exact":
                continue
            whole = figure.discrete or (figure.interval.is_point and not figure.decimals)
            for meant, code in variants(numeral, whole and figure.unit != "%"):
                if not all(window.admits(meant.digits, meant.decimals) for window in ranges[name]):
                    continue
                made = with_print(figure, meant)
                prints.put(name, made)
                laid = {i: bounds(ties[i], of[i], prints.box) or [] for i in together}
                if _fails(laid, prints, work) is None and all(
                    graph.holds(i, {name: Patch(made)}) for i in graph.of([name])
                ):
                    order = (RANK[code], graph.place(name), made.text)
                    repairs.append((order, Suspect(name[1], made.text, code)))
            prints.put(name, figure)
    except Exhausted:
        return "entangled", ()
    finally:
        prints.put(None)
    repairs.sort(key=lambda repair: repair[0])
    if not repairs:
        return "unexplained", ()
    return "asserted" if len(repairs) == 1 else "ambiguous", tuple(s for _, s in repairs[:LISTED])


def _tell(
    found: list[Judged], together: Sequence[int], gap: int, told: tuple[str, tuple[Suspect, ...]]
) -> None:
    """Make a finding of the last tie of a set."""
    last = found[together[-1]]
    weakest = "stated"
    for index in together:
        if found[index].relation.strength == "customary":
            weakest = "customary"
    weight = severity(replace(last.relation, strength=weakest), "inconsistent", gap)
    verdict = replace(
        last.verdict,
        verdict="inconsistent",
        basis="joint",
        severity=weight,
        power=None,
        stated=None,
        recomputed=None,
        gap=gap,
        chance=None,
    )
    others = tuple(found[index].id for index in together[:-1])
    found[together[-1]] = replace(last, verdict=verdict, joint=others, diagnosis=told[0], suspects=told[1])
