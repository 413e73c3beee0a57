"""Copies and leftovers: which of two equal lists was copied, and which figures look taken from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.ladders import bare
from .duplicate import DIGITS, significant
from .graph import FAILING, Graph, Key, key
from .relation import Judged, Suspect

# A name with more values than this names no one thing.
PLACES = 3


@dataclass(frozen=True, slots=True)
class Hints:
    """What the texts tell of figures that fail: values taken from elsewhere, and what stands elsewhere instead."""

    taken: Mapping[Key, str] = field(default_factory=dict)
    elsewhere: Mapping[Key, Sequence[Claim]] = field(default_factory=dict)


def copied_lists(
    graph: Graph, relations: Sequence[Judged]
) -> tuple[dict[int, tuple[str, tuple[Suspect, ...]]], dict[Key, str]]:
    """Diagnose the relations that find two equal lists.

    Returns for each its diagnosis and suspects, and the figures that are known to be copies, with the code.
    Of two lists in one report the copy is the one whose own ties fail, or else the one that no firm tie
    vouches for while one vouches for the other. Of two reports the newer one left last year's numbers.
    """
    told: dict[int, tuple[str, tuple[Suspect, ...]]] = {}
    known: dict[Key, str] = {}
    for index, judged in enumerate(relations):
        relation = judged.relation
        if relation.check not in ("duplicate", "stale") or judged.verdict.verdict not in FAILING:
            continue
        first, second = relation.terms.get("first", ()), relation.terms.get("second", ())
        code = "copied" if relation.check == "duplicate" else "stale"
        side = second if relation.check == "stale" else _copy(graph, first, second)
        if side is None:
            both = [claim for pair in zip(first, second, strict=False) for claim in pair]
            told[index] = "ambiguous", tuple(Suspect(c.figure.id, "", code) for c in both)
            continue
        told[index] = "asserted", tuple(Suspect(c.figure.id, "", code) for c in side)
        known.update({key(c): code for c in side})
    return told, known


def _copy(graph: Graph, first: Sequence[Claim], second: Sequence[Claim]) -> Sequence[Claim] | None:
    fails = [any(graph.ties[i].failing for i in graph.of(map(key, side))) for side in (first, second)]
    if fails[0] != fails[1]:
        return first if fails[0] else second
    firm = [any(graph.ties[i].strong for i in graph.of(map(key, side))) for side in (first, second)]
    if not any(fails) and firm[0] != firm[1]:
        return second if firm[0] else first
    return None


def evidence(graph: Graph, claims: Iterable[Claim]) -> dict[Key, str]:
    """Find figures of failing ties that repeat an unusual figure of the same name.

    In an earlier report, or as the printed prior of the same tie: last year's value left standing
    (``stale``). Of another subject in the same report, where no tie of that other figure fails: ``copied``.
    """
    suspects = [
        (name, graph.claims[name])
        for name in graph.claims
        if any(graph.ties[i].failing for i in graph.by_figure[name])
    ]
    if not suspects:
        return {}
    wanted = {_print(claim) for _, claim in suspects if significant(claim) >= DIGITS}
    # By print and name: the first period of each report and subject, the subjects of each report that no tie doubts.
    # A text may print one number under one name thousands of times; asking each of the other is asked of these.
    periods: dict[object, dict[int, str]] = defaultdict(dict)
    subjects: dict[object, set[str]] = defaultdict(set)
    for claim in claims:
        said = claim.indicator or claim.label
        if not said or (what := _print(claim)) not in wanted:
            continue
        if claim.period:
            first = periods[what, said, bare(claim.subject)]
            first[claim.document] = min(claim.period, first.get(claim.document, claim.period))
        if not any(graph.ties[i].failing for i in graph.by_figure.get(key(claim), ())):
            subjects[what, said, claim.document].add(bare(claim.subject))
    found: dict[Key, str] = {}
    for name, claim in suspects:
        if any(_left(graph, i, name) for i in graph.by_figure[name]):
            found[name] = "stale"
            continue
        what, said = _print(claim), claim.indicator or claim.label
        earlier = periods.get((what, said, bare(claim.subject)), {})
        if any(period < claim.period for home, period in earlier.items() if home != claim.document):
            found[name] = "stale"
        elif subjects.get((what, said, claim.document), set()) - {bare(claim.subject)}:
            found[name] = "copied"
    return found


def elsewhere(graph: Graph, claims: Iterable[Claim]) -> dict[Key, list[Claim]]:
    """Find what the same report prints elsewhere under the name of a figure of a failing tie.

    Same indicator or label, subject, scope, period, unit and role, another value of as many digits or more that
    count: a total that was not brought up to date where a part was, or a number mistyped in one place of two.
    """
    failing = {
        name: claim
        for name, claim in graph.claims.items()
        if any(graph.ties[i].failing for i in graph.by_figure[name])
    }
    wanted = {_named(claim) for claim in failing.values()} - {None}
    told: dict[object, dict[Fraction, Claim]] = defaultdict(dict)
    for claim in claims:
        name = _named(claim)
        if name in wanted and claim.figure.approx == "exact" and significant(claim) >= DIGITS:
            told[name].setdefault(claim.figure.value, claim)
    found = {}
    for name, claim in failing.items():
        known = told.get(_named(claim), {})
        tied = {c.figure.value for i in graph.by_figure[name] for c in graph.ties[i].probe.claims()}
        if len(known) > PLACES + len(tied):
            continue  # more than PLACES remain, however many there are
        others = [c for value, c in known.items() if value not in tied]
        if 0 < len(others) <= PLACES:
            found[name] = others
    return found


def _named(claim: Claim) -> tuple[object, ...] | None:
    said = claim.indicator or claim.label
    if not said:
        return None
    figure = claim.figure
    return (
        claim.document,
        said,
        bare(claim.subject),
        claim.scope,
        claim.period,
        claim.object,
        claim.item,
        figure.unit,
        claim.role,
    )


def _print(claim: Claim) -> tuple[object, ...]:
    figure = claim.figure
    return figure.value, figure.unit, figure.decimals, claim.role


def _left(graph: Graph, index: int, name: Key) -> bool:
    """Tell whether a failing tie prints the same number for this year and for last year."""
    tie = graph.ties[index]
    current, prior = tie.probe.terms.get("current", ()), tie.probe.terms.get("prior", ())
    if not tie.failing or len(current) != 1 or len(prior) != 1 or key(current[0]) != name:
        return False
    return current[0].figure.value == prior[0].figure.value and significant(current[0]) >= DIGITS
