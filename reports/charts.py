"""Pictures where people would rather look than read, as numbers that the template draws.

Coordinates are whole numbers of an SVG's own units; they are worked out for the eye only and nothing is
judged by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from ..checks.relation import Judged
from ..extract.claim import Claim
from ..extract.document import Figure
from .messages import Messages
from .note import name_of
from .view import View, is_finding
from .write import one_line, printed

STATES = ("error", "warning", "checked", "unverified", "unrelated")
WIDTH, HEIGHT = 420, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 280, 34, 126
_LINE = 17
"""Labels nearer to each other than this would be set over one another."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a bar of 1000: its state, how many, where it begins, how long it is."""

    state: str
    count: int
    x: int
    width: int


def bar(count: Counter[str], order: Iterable[str], total: int | None = None) -> list[Stretch]:
    """``count`` as stretches of a bar that ``total`` (by default all of them) would fill."""
    whole = sum(count.values()) if total is None else total
    found, done, at = [], 0, 0
    for state in order:
        done += count[state]
        end = done * 1000 // whole if whole else 0
        found.append(Stretch(state, count[state], at, end - at))
        at = end
    return found


def states(view: View, indices: Iterable[int]) -> Counter[str]:
    """How many figures of some documents have each state."""
    return Counter(
        view.state(audited, figure)[0]
        for audited in (view.audit.documents[index] for index in indices)
        for figure in audited.document.figures
    )


@dataclass(slots=True)
class Point:
    """One period of an indicator: the printed value, or what a stated growth would make of it."""

    period: str
    figure: Figure
    x: int = 0
    y: int = 0
    label: tuple[int, int] = (0, 0)
    wrong: bool = False


@dataclass(slots=True)
class Expected:
    """Where a point would stand if the growth that is printed for it were right."""

    text: str
    x: int
    y: int
    label: tuple[int, int]
    line: str


@dataclass(slots=True)
class Series:
    """An indicator over the periods of a run; ``expected`` are the points that a failing tie asks for."""

    name: str
    points: list[Point]
    line: str = ""
    expected: list[Expected] = field(default_factory=list)
    description: str = ""
    findings: list[str] = field(default_factory=list)


def series(view: View, words: Messages) -> list[Series]:
    """The indicators that ties connect across documents, those with a failing tie first."""
    chains: list[dict[str, Claim]] = []
    ties: list[list[Judged]] = []
    known: dict[str, int] = {}
    for judged in view.audit.relations:
        ends = _ends(view, judged)
        if ends is None:
            continue
        prior = ends[0]
        # a chain goes on where one of the tie's two numbers stands in it already
        place = next((known[c.figure.id] for c in ends if c.figure.id in known), None)
        if place is None or any(c.figure.unit != prior.figure.unit for c in chains[place].values()):
            place = len(chains)
            chains.append({})
            ties.append([])
        for claim in ends:
            chains[place][_period(view, claim)] = claim
            known[claim.figure.id] = place
        ties[place].append(judged)
    found = [_drawn(view, chain, mine, words) for chain, mine in zip(chains, ties, strict=True)]
    return sorted(found, key=lambda one: not one.expected)


def _ends(view: View, judged: Judged) -> tuple[Claim, Claim] | None:
    """The earlier and the later value of a decided tie between two documents."""
    terms = judged.relation.terms
    prior, current = terms.get("prior", ()), terms.get("current", ())
    if len(prior) != 1 or len(current) != 1 or judged.verdict.verdict == "unverified":
        return None
    before, after = prior[0], current[0]
    if view.document_of(before) == view.document_of(after) or before.figure.unit != after.figure.unit:
        return None
    return (before, after) if _period(view, before) != _period(view, after) else None


def _period(view: View, claim: Claim) -> str:
    return claim.period or view.audit.documents[view.document_of(claim)].document.period


def _drawn(view: View, chain: dict[str, Claim], ties: list[Judged], words: Messages) -> Series:
    points = [Point(period, chain[period].figure) for period in sorted(chain)]
    place = {point.figure.id: point for point in points}
    asked: list[tuple[Point, Point, Fraction]] = []
    findings = []
    for judged in ties:
        if not is_finding(judged):
            continue
        findings.append(judged.fingerprint)
        terms = judged.relation.terms
        before, after = place.get(terms["prior"][0].figure.id), place.get(terms["current"][0].figure.id)
        if before is None or after is None:
            continue
        after.wrong = True
        growth = terms.get("growth", ())
        if len(growth) == 1 and growth[0].figure.unit == "%":
            rate = growth[0].figure.value
            down = growth[0].figure.negative or growth[0].direction == "down"
            asked.append((before, after, before.figure.value * (100 + (-rate if down else rate)) / 100))
    values = [point.figure.value for point in points] + [value for _, _, value in asked]
    low, high = min(values), max(values)
    step = (_RIGHT - _LEFT) // max(1, len(points) - 1)

    def height(value: Fraction) -> int:
        return _BOTTOM - (int((_BOTTOM - _TOP) * (value - low) / (high - low)) if high > low else 40)

    for number, point in enumerate(points):
        point.x, point.y = _LEFT + number * step, height(point.figure.value)
        point.label = (point.x, point.y - 12)
    last = points[-1]
    last.label = (last.x + 11, last.y + 5)
    drawn = Series(name_of(chain[points[-1].period], words, ties[0].relation.check), points)
    drawn.line = " ".join(f"{point.x},{point.y}" for point in points)
    drawn.findings = findings
    said = [
        words("ui.series_point", period=point.period, text=one_line(point.figure.text)) for point in points
    ]
    for before, after, value in asked:
        y = height(value)
        if after is last:
            label, last.label = _apart(last.x + 11, y, last.y)
        else:
            label = (after.x, max(y, after.y) + 20)
        text = printed(value, after.figure)
        drawn.expected.append(Expected(text, after.x, y, label, f"{before.x},{before.y} {after.x},{y}"))
        said.append(words("ui.series_expected", period=after.period, text=text))
    drawn.description = words("ui.separator").join(said)
    return drawn


def _apart(x: int, asked: int, stated: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two labels beside the last point, each at its own height but never over one another."""
    middle, spread = (asked + stated) // 2, max(_LINE, abs(asked - stated)) // 2 + 1
    up, down = (x, middle - spread + 5), (x, middle + spread + 5)
    return (up, down) if asked < stated else (down, up)
