"""The search for repairs: every mistake undone in every figure of a failing tie, and what that does to all ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ..extract.claim import Claim
from .copies import Hints
from .flips import turned
from .formulas import FORMULAS
from .graph import Graph, Key, Patch, Patches, key, patched
from .habits import cuts_off
from .mistakes import RANK, TYPING, Print, variants
from .points import percent_points
from .repair import Repair
from .suggest import plain, with_multiple, with_print, with_sign, with_value
from .terms import SIGNED
from .windows import Window, windows

# Figures that are exchanged stand close together: so many figures apart in one document.
NEAR = 8
# Ties of so many figures are not searched for two parts that were exchanged.
LONGEST = 40
# Kinds of figures that are never printed with 万 or 亿.
_UNSCALED = frozenset({"percent", "percentage_point", "ratio", "multiple", "duration", "score"})
# Ties whose result is a change, so that its direction is told by the other figures.
SIGNS = frozenset({"difference", "growth", "growth_cross", "change", "sum"})
# Roles that must be equal, so that each may be the other's value.
EQUALS = frozenset({"restated", "carry_over"})


class Search:
    """The repairs of one connected part of the failing ties, given changes already settled.

    ``limit`` is what the graph may have spent when the search stops.
    """

    def __init__(self, graph: Graph, part: Sequence[int], hints: Hints, base: Patches, limit: int) -> None:
        self.graph, self.hints, self.base = graph, hints, dict(base)
        self.limit = limit
        self.failing = [i for i in part if not self.base or not graph.holds(i, self.base)]
        self.claims: dict[Key, Claim] = {}
        self.ties: dict[Key, list[int]] = defaultdict(list)
        self.windows: dict[Key, list[Window | None]] = defaultdict(list)
        for index in self.failing:
            relation = patched(graph.ties[index].probe, self.base)
            habits = graph.habits_of(index)
            images = windows(relation, habits)
            graph.spent += len(images)
            for claim in relation.claims():
                self.claims.setdefault(key(claim), claim)
            for name, image in images.items():
                figure = self.claims[name].figure
                self.ties[name].append(index)
                if image is None or figure.approx != "exact":
                    self.windows[name].append(None)
                    continue
                halves = 2 if graph.cut or cuts_off(habits) else 0 if figure.interval.is_point else 1
                self.windows[name].append(Window(figure, image, halves))
        self.names = sorted(self.claims, key=graph.place)

    @property
    def exhausted(self) -> bool:
        """Tell whether judging has cost more than it may."""
        return self.graph.spent > self.limit

    def repairs(self) -> list[Repair]:
        """Return every repair that mends at least one tie, breaks no strong one and gains something."""
        found: dict[tuple[object, ...], Repair] = {}
        for patches, suggestions, code in self._changes():
            if self.exhausted:
                break
            repair = self._tried(patches, suggestions, code)
            if repair is None:
                continue
            what = (repair.figures, suggestions)
            known = found.get(what)
            if known is None or RANK[code] < RANK[known.code]:
                found[what] = repair
        for repair in percent_points(self.graph, self.failing, self.base):
            found[repair.figures, repair.suggestions] = repair
        return sorted(self._signs_first(list(found.values())), key=lambda r: r.order)

    def _signs_first(self, repairs: list[Repair]) -> list[Repair]:
        """Drop typing errors that do no more than a turned direction or a difference taken the wrong way round.

        Nor more than the value that the report prints elsewhere under the same name.

        These two leave exactly one way back, and are looked for before typing errors (S. Scholtus, Algorithms
        for correcting sign errors and rounding errors, Statistics Netherlands 08015, 2008).
        """
        signs = [
            r
            for r in repairs
            if (r.code == "direction" and self._printed(r))
            or (r.code == "exchanged" and self._mirrored(r))
            or (r.code == "restated" and r.figures <= self.hints.elsewhere.keys())
        ]
        if not signs:
            return repairs
        return [
            repair
            for repair in repairs
            if repair.code not in TYPING
            or not any(repair.mended <= sign.mended and repair.gain <= sign.gain for sign in signs)
        ]

    def _bound(self, index: int) -> bool:
        formula = FORMULAS.get(self.graph.ties[index].probe.check)
        return formula is not None and formula.kind == "bound"

    def _printed(self, repair: Repair) -> bool:
        """Tell whether the ties print all that a change depends on: no unprinted prior, no mix of growths."""
        return all(self.graph.ties[i].probe.check in SIGNS for i in repair.mended)

    def _mirrored(self, repair: Repair) -> bool:
        """Tell whether an exchange turns a difference round."""
        return any(
            relation.check == "difference"
            and {key(c) for role in ("minuend", "subtrahend") for c in relation.terms[role]} == repair.figures
            for relation in (self.graph.ties[i].probe for i in repair.mended)
        )

    def _changes(self) -> Iterator[tuple[dict[Key, Patch], tuple[str, ...], str]]:
        for name in self.names:
            if self.exhausted:
                return
            claim = self.claims[name]
            for patch, suggestion, code in self._of_one(name, claim):
                yield {name: patch}, (suggestion,), code
        for one, two in self._pairs():
            a, b = self.claims[one].figure, self.claims[two].figure
            first, second = plain(b), plain(a)
            if first is None or second is None:
                continue
            made_a = with_print(a, Print(int(first.replace(".", "")), b.decimals))
            made_b = with_print(b, Print(int(second.replace(".", "")), a.decimals))
            yield {one: Patch(made_a), two: Patch(made_b)}, (made_a.text, made_b.text), "exchanged"

    def _of_one(self, name: Key, claim: Claim) -> Iterator[tuple[Patch, str, str]]:
        figure = claim.figure
        if name in self.hints.taken:
            yield from self._derived(name, claim, self.hints.taken[name])
        for other in self._equals(name):
            made = with_value(figure, other.figure.value)
            if made is not None:
                yield Patch(made), made.text, "restated"
        numeral = plain(figure)
        if numeral is None:
            return
        if self._signed(name):
            if claim.direction is not None:
                yield Patch(figure, turned=True), turned(claim), "direction"
            else:
                made = with_sign(figure)
                yield Patch(made), made.text, "direction"
        for word in self._multiples(name, claim):
            made_unit = with_multiple(figure, word)
            if made_unit is not None:
                yield Patch(made_unit), made_unit.text, "unit"
        ranges = self.windows[name]
        open_ended = any(window is None for window in ranges)
        whole = figure.discrete or (figure.interval.is_point and not figure.decimals and figure.unit != "%")
        prints = variants(numeral, whole)
        self.graph.spent += len(prints) * len(ranges) // 64
        for meant, code in prints if open_ended else _admitted(prints, [w for w in ranges if w]):
            made = with_print(figure, meant)
            yield Patch(made), made.text, code

    def _derived(self, name: Key, claim: Claim, code: str) -> Iterator[tuple[Patch, str, str]]:
        """Yield what the failing ties leave for a figure whose value belongs elsewhere."""
        figure = claim.figure
        if plain(figure) is None:
            return
        for window in self.windows[name]:
            if window is None:
                continue
            first, last = window.ends(figure.decimals)
            near = first if first is not None else last
            if near is None or near < 0 or (last is not None and first is not None and first > last):
                continue
            if first is not None and last is not None:
                near = (first + last) // 2
            made = with_print(figure, Print(near, figure.decimals))
            yield Patch(made), made.text if first == last else "", code

    def _equals(self, name: Key) -> Iterator[Claim]:
        for index in self.ties[name]:
            relation = self.graph.ties[index].probe
            if relation.check in EQUALS:
                yield from (c for c in relation.claims() if key(c) != name)
        yield from self.hints.elsewhere.get(name, ())

    def _signed(self, name: Key) -> bool:
        """Tell whether the figure stands somewhere where it may be negative."""
        return any(
            key(claim) == name and role in SIGNED
            for index in self.graph.by_figure[name]
            for role, claims in self.graph.ties[index].probe.terms.items()
            for claim in claims
        )

    def _multiples(self, name: Key, claim: Claim) -> list[str]:
        """Return what may stand before the unit: 亿 for 万, 万 for 亿 or nothing; nothing for 万 if all others have none."""
        figure = claim.figure
        if figure.kind in _UNSCALED or not figure.unit or figure.discrete or not figure.value:
            return []
        now = _multiple_word(figure.printed_unit)
        found = {"": ["万"], "万": ["亿"], "亿": ["万"]}.get(now, [])
        others = [
            _multiple_word(c.figure.printed_unit)
            for index in self.ties[name]
            for c in self.graph.ties[index].probe.claims()
            if key(c) != name and c.figure.unit == figure.unit
        ]
        if len(others) >= 2 and len(set(others)) == 1 and others[0] != now and others[0] not in found:
            found = [*found, others[0]]
        return found

    def _pairs(self) -> Iterator[tuple[Key, Key]]:
        """Yield figures that may have been exchanged: two roles of one tie, or neighbours that both fail."""
        seen: set[tuple[Key, Key]] = set()
        for index in self.failing:
            relation = self.graph.ties[index].probe
            names = self.graph.ties[index].figures
            if len(names) > LONGEST:
                continue
            role = {key(c): r for r, claims in relation.terms.items() for c in claims}
            variadic = FORMULAS[relation.check].variadic if relation.check in FORMULAS else frozenset()
            alike = relation.check in ("ratio_list",)
            for pair in combinations(sorted(names, key=self.graph.place), 2):
                same = role[pair[0]] == role[pair[1]] and role[pair[0]] in variadic and not alike
                if not same and pair not in seen and exchangeable(self.claims[pair[0]], self.claims[pair[1]]):
                    seen.add(pair)
                    yield pair
        for i, one in enumerate(self.names):
            for two in self.names[i + 1 : i + 1 + NEAR]:
                if (one, two) in seen or not near(self.claims[one], self.claims[two]):
                    continue
                if set(self.ties[one]) & set(self.ties[two]):
                    continue
                seen.add((one, two))
                yield one, two

    def _tried(self, patches: dict[Key, Patch], suggestions: tuple[str, ...], code: str) -> Repair | None:
        graph = self.graph
        both = {**self.base, **patches} if self.base else patches
        mended: set[int] = set()
        failing = frozenset(self.failing)
        touched = graph.of(patches)
        for index in graph.in_order(touched & failing):
            if graph.holds(index, both):
                mended.add(index)
        if not mended or (code == "restated" and all(self._bound(i) for i in mended)):
            return None  # many a number from elsewhere keeps within a bound
        broken: set[int] = set()
        holding = [i for i in graph.in_order(touched - failing) if not graph.ties[i].failing]
        holding.sort(key=lambda i: not graph.ties[i].strong)
        for index in holding:
            if not graph.holds(index, both):
                if graph.ties[index].strong:
                    return None
                broken.add(index)
                if len(broken) >= len(mended):
                    return None
        rank = RANK[code]
        if code == "exchanged" and all(self._bound(i) for i in mended):
            rank = len(RANK)  # the wrong way round is what every broken bound is: it tells nothing
        order = (rank, *(graph.place(name) for name in patches), suggestions)
        return Repair(tuple(patches.items()), suggestions, code, frozenset(mended), frozenset(broken), order)


def _admitted(prints: Iterable[tuple[Print, str]], ranges: Sequence[Window]) -> Iterator[tuple[Print, str]]:
    """Yield the prints that some window admits; its ends are asked for once, since hundreds of prints share them."""
    ends: dict[int, list[tuple[int | None, int | None]]] = {}
    for told in prints:
        digits, decimals = told[0]
        if decimals not in ends:
            ends[decimals] = [window.ends(decimals) for window in ranges]
        for first, last in ends[decimals]:
            if (first is None or first <= digits) and (last is None or digits <= last):
                yield told
                break


def exchangeable(one: Claim, two: Claim) -> bool:
    """Tell whether two figures could stand in each other's place: one unit, one shape, another value."""
    a, b = one.figure, two.figure
    return (
        a.printed_unit == b.printed_unit
        and a.discrete == b.discrete
        and a.value != b.value
        and a.approx == b.approx == "exact"
    )


def near(one: Claim, two: Claim) -> bool:
    """Tell whether two figures of one kind stand so close that they may have been exchanged."""
    return (
        one.document == two.document
        and abs(one.index - two.index) <= NEAR
        and one.role == two.role
        and exchangeable(one, two)
    )


def _multiple_word(unit: str) -> str:
    return unit[0] if unit[:1] in ("万", "亿") else ""
