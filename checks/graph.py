"""The graph of ties: figures, the decided relations that they stand in, and how firmly each holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.document import Figure
from ..extract.record import changer
from .audit import Habits
from .connected import connected
from .engine import judge
from .relation import Judged, Relation
from .unprinted import possible

# A pass of this power vouches for its figures: 1 print in 100 would pass by chance.
STRONG = Fraction(99, 100)

_claim = changer(Claim)
_relation = changer(Relation)

Key = tuple[int, str]
FAILING = frozenset({"inconsistent", "suspicious"})


def key(claim: Claim) -> Key:
    """Name the figure of a claim in the audit."""
    return claim.document, claim.figure.id


@dataclass(frozen=True, slots=True)
class Patch:
    """What is changed about a figure: its print, or the direction that its words give it."""

    figure: Figure
    turned: bool = False

    def apply(self, claim: Claim) -> Claim:
        """Return the claim as it would be."""
        if not self.turned:
            return _claim(claim, figure=self.figure)
        direction = "up" if claim.direction == "down" else "down"
        return _claim(claim, figure=self.figure, direction=direction)


Patches = Mapping[Key, Patch]


@dataclass(frozen=True, slots=True)
class Tie:
    """A decided relation. ``probe`` is what a repair must satisfy: the relation, or the sum behind a bound."""

    index: int
    judged: Judged
    probe: Relation
    figures: tuple[Key, ...]
    failing: bool
    strong: bool
    order: tuple[object, ...]


class Graph:
    """All decided ties of an audit, the figures in them, and the way to judge them anew.

    What a truncated tie misses is explained already, two equal lists and two dates are no equation: none of them is in
    the graph. ``spent`` counts what judging has cost, in figures looked at. With ``cut`` a result that is
    cut off instead of rounded holds too.
    """

    def __init__(
        self, relations: Sequence[Judged], habits: Sequence[Habits], disclaimers: Sequence[bool]
    ) -> None:
        self.habits, self.disclaimers = habits, disclaimers
        self.ties: dict[int, Tie] = {}
        self.by_figure: dict[Key, list[int]] = defaultdict(list)
        self.claims: dict[Key, Claim] = {}
        self.spent = 0
        self.cut = False
        for index, judged in enumerate(relations):
            if judged.verdict.verdict in ("unverified", "truncated"):
                continue
            if judged.relation.check in ("duplicate", "stale", "dates"):
                continue
            tie = _tie(index, judged)
            self.ties[index] = tie
            for claim in judged.relation.claims():
                self.claims.setdefault(key(claim), claim)
            for name in tie.figures:
                self.by_figure[name].append(index)

    def of(self, names: Iterable[Key]) -> frozenset[int]:
        """Return the ties that any of the figures stands in."""
        return frozenset(index for name in names for index in self.by_figure.get(name, ()))

    def in_order(self, indices: Iterable[int]) -> list[int]:
        """Sort ties by what they say, so that the order of documents and relations does not matter."""
        return sorted(indices, key=lambda i: self.ties[i].order)

    def place(self, name: Key) -> tuple[object, ...]:
        """Sort figures the same way."""
        figure = self.claims[name].figure
        return (figure.start, figure.value, figure.text)

    def habits_of(self, index: int) -> Habits:
        """Return the habits of the document that states a tie."""
        home = self.ties[index].judged.relation.home
        return self.habits[home] if home < len(self.habits) else Habits()

    def holds(self, index: int, patches: Patches) -> bool:
        """Judge a tie anew as if its figures were printed otherwise."""
        tie = self.ties[index]
        relation = patched(tie.probe, patches)
        self.spent += 1 + len(tie.figures) // 4
        home = relation.home
        habits = self.habits_of(index)
        if relation.check in ("growth_feasible", "rate", "share"):
            found = possible(relation, habits)  # the verdict without its power, which is slow to count
            if found is not None:
                return found or (self.cut and bool(possible(relation, habits, cut=True)))
        verdict = judge(
            relation,
            habits,
            home < len(self.disclaimers) and self.disclaimers[home],
            tie.judged.verdict.basis == "balanced",
            brief=True,
        )
        return verdict.verdict == "consistent" or (self.cut and verdict.verdict == "truncated")

    def parts(self, links: Iterable[Sequence[int]]) -> Iterator[list[int]]:
        """Yield the connected parts of the failing ties; ``links`` are ties that belong together besides."""
        failing = {i: tie.figures for i, tie in self.ties.items() if tie.failing}
        for members in connected(failing, links):
            yield self.in_order(members)


def patched(relation: Relation, patches: Patches) -> Relation:
    """Return the relation with other figures."""
    terms = {
        role: tuple(patches[key(c)].apply(c) if key(c) in patches else c for c in claims)
        for role, claims in relation.terms.items()
    }
    return _relation(relation, terms=terms)


def _tie(index: int, judged: Judged) -> Tie:
    relation, verdict = judged.relation, judged.verdict
    failing = verdict.verdict in FAILING and verdict.basis != "joint"  # which holds alone
    probe = relation
    if relation.check == "sum_bound" and verdict.verdict == "suspicious":
        probe = replace(relation, check="sum")  # suspicious because it is almost a sum
    names = tuple(dict.fromkeys(key(claim) for claim in relation.claims()))
    power = verdict.power
    strong = not failing and verdict.basis != "chosen" and power is not None and power >= STRONG
    return Tie(index, judged, probe, names, failing, strong, _order(relation))


def _order(relation: Relation) -> tuple[object, ...]:
    said = sorted((c.figure.start, c.figure.value, c.figure.text) for c in relation.claims())
    return (tuple(said), relation.check, tuple(relation.terms))
