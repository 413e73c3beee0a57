"""Which number is wrong (design, section 5): suspects for every failing tie, or why there are none.

Figures that stand in satisfied ties of power 0.99 and more are frozen as far as those ties would notice; among
the rest the ways in which people get a number wrong are tried, and the repairs are ranked by ties mended minus
ties broken. What all best repairs share is asserted, the rest are alternatives, and where no simple mistake
mends a tie that is said. The search is exact and deterministic, and depends on no order of the input: every
connected part of the failing ties has its own limits, beyond which it is ``entangled``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..extract.claim import Claim
from .audit import Habits
from .copies import Hints, copied_lists, elsewhere, evidence
from .formulas import FORMULAS
from .graph import Graph, Key, Patch
from .guard import Guard
from .mistakes import Print
from .pairs import pairs
from .relation import Judged, Suspect
from .repair import Repair
from .repairs import Search, near
from .solutions import Entangled, Solution, solutions
from .suggest import plain, with_print
from .unprinted import feasible

# So many alternatives are listed.
LISTED = 5
# A connected part of more failing ties, or more figures in them, is not searched.
TIES = 64
FIGURES = 600
# What judging may cost, in figures looked at: for one part, and for all parts together, where the smaller ones come
# first and leave what they do not need. Genuine reports need a few hundred.
EFFORT = 6_000
WHOLE_EFFORT = 10_000
TIE_EFFORT = 20  # and so much more for each failing tie,
TOLD = 500  # but for no more than so many of one document: a text made to fail everywhere is no report
# Less than this ends before it has told anything: where it does not reach for all parts, the first ones get it. No
# document of fewer failing ties than ``TOLD`` has to share so thinly.
LEAST = WHOLE_EFFORT // TOLD + TIE_EFFORT

_HALF = Fraction(1, 2)

Diagnosis = tuple[str, tuple[Suspect, ...]]


def diagnose(
    relations: Sequence[Judged],
    habits: Sequence[Habits] = (),
    disclaimers: Sequence[bool] = (),
    claims: Iterable[Claim] = (),
    fault: Callable[[Exception], None] | None = None,
) -> list[Judged]:
    """Fill in suspects, diagnosis and feasible ranges.

    ``habits`` and ``disclaimers`` (whether a note on rounding is printed) are those of the documents by their
    number. ``claims`` are all claims of the audit, where copies and leftovers are looked for. A fault of gouji
    is told to ``fault``, and what it was met over (one tie, one connected part) goes without; raised without one.
    """
    guard = Guard(fault)
    filled = list(relations)
    for index, judged in enumerate(relations):
        with guard:
            home = judged.relation.home
            cut = judged.verdict.verdict == "truncated"
            range_ = feasible(judged.relation, habits[home] if home < len(habits) else Habits(), cut)
            filled[index] = judged if range_ is None else replace(judged, feasible=range_)
    if any(j.verdict.verdict not in ("consistent", "unverified") for j in relations):
        found: dict[int, Diagnosis] = {}
        with guard:
            _diagnose(filled, habits, disclaimers, claims, found, guard)
        for index, (diagnosis, suspects) in found.items():
            filled[index] = replace(filled[index], diagnosis=diagnosis, suspects=suspects[:LISTED])
    return filled


def _diagnose(
    relations: Sequence[Judged],
    habits: Sequence[Habits],
    disclaimers: Sequence[bool],
    claims: Iterable[Claim],
    found: dict[int, Diagnosis],
    guard: Guard,
) -> None:
    """Put the diagnosis of every failing tie into ``found``."""
    graph = Graph(relations, habits, disclaimers)
    copied: dict[Key, str] = {}
    hints = Hints()
    claims = list(claims)
    with guard:
        lists, copied = copied_lists(graph, relations)
        found.update(lists)
    for index, judged in enumerate(relations):
        if judged.verdict.verdict == "truncated":
            with guard:
                found[index] = _cut_off(judged)
    with guard:
        hints = Hints(evidence(graph, claims), elsewhere(graph, claims))
    for index, tie in graph.ties.items():
        names = [name for name in tie.figures if name in copied]
        if tie.failing and names:
            # What was copied says nothing of what should stand there.
            found[index] = "asserted", tuple(Suspect(name[1], "", copied[name]) for name in names)
    parts = [[i for i in part if i not in found] for part in _parts(graph)]
    parts = sorted((part for part in parts if part), key=lambda part: (len(part), graph.ties[part[0]].order))
    failing = Counter(graph.ties[i].judged.relation.home for part in parts for i in part)
    end = graph.spent + WHOLE_EFFORT + TIE_EFFORT * sum(min(count, TOLD) for count in failing.values())
    for number, part in enumerate(parts):
        if graph.spent >= end:
            found.update(dict.fromkeys(part, ("entangled", ())))
            continue
        limit = min(EFFORT, max(LEAST, (end - graph.spent) // (len(parts) - number)))
        with guard:
            found.update(_part(graph, part, hints, limit))


def _parts(graph: Graph) -> Iterator[list[int]]:
    """Yield the connected parts; what only neighbours join is taken apart where it is too much to search."""
    apart: list[list[int]] | None = None
    for part in graph.parts(_neighbours(graph)):
        if not _too_much(graph, part):
            yield part
            continue
        if apart is None:
            apart = list(graph.parts(()))
        inside = set(part)
        yield from (smaller for smaller in apart if smaller[0] in inside)


def _too_much(graph: Graph, part: Sequence[int]) -> bool:
    return len(part) > TIES or len({n for i in part for n in graph.ties[i].figures}) > FIGURES


def _neighbours(graph: Graph) -> list[list[int]]:
    """Link failing ties whose figures may have been exchanged with one another."""
    failing = sorted(
        {name for tie in graph.ties.values() if tie.failing for name in tie.figures},
        key=lambda name: (graph.claims[name].document, graph.claims[name].index, name),
    )
    links = []
    for one, two in pairwise(failing):
        if near(graph.claims[one], graph.claims[two]):
            links.append([i for n in (one, two) for i in graph.by_figure[n] if graph.ties[i].failing])
    return links


def _cut_off(judged: Judged) -> Diagnosis:
    """Name the result that was cut off, with what it rounds to where that is one print."""
    relation, image = judged.relation, judged.verdict.recomputed
    formula = FORMULAS[relation.check]
    told = [role for role in formula.roles if relation.terms.get(role)]
    result = relation.terms.get(formula.result) or relation.terms[told[-1]]
    # Without a printed prior or whole another number may as well be meant.
    alone = judged.feasible is None
    if len(result) != 1 or (not alone and relation.check != "growth_feasible"):
        return "ambiguous", tuple(Suspect(c.figure.id, "", "truncated") for c in result)
    figure = result[0].figure
    text = ""
    if image is not None and image.low is not None and image.high is not None and plain(figure):
        low, high = (int(abs(end) / figure.ulp + _HALF) for end in (image.low, image.high))
        text = with_print(figure, Print(low, figure.decimals)).text if low == high else ""
    return "asserted" if alone else "ambiguous", (Suspect(figure.id, text, "truncated"),)


def _part(graph: Graph, part: list[int], hints: Hints, limit: int) -> dict[int, Diagnosis]:
    """Diagnose one connected part."""
    entangled: dict[int, Diagnosis] = dict.fromkeys(part, ("entangled", ()))
    if _too_much(graph, part):
        return entangled
    limit += graph.spent
    found: dict[int, Diagnosis] = {}
    base: dict[Key, Patch] = {}
    settled: list[Repair] = []
    left = part
    # A second mistake may show only when the first is mended. In a document that cuts off now and then the right
    # number may give a result that is cut off; in any other that is looked for last.
    cuts = any(graph.habits_of(i).truncated for i in part)
    before: object = None
    for graph.cut in (cuts, cuts, True):
        asked = (graph.cut, left, len(settled))
        if asked == before:
            continue  # nothing was told and nothing settled: the same search finds the same again
        before = asked
        search = Search(graph, left, hints, base, limit)
        repairs = search.repairs()
        try:
            if search.exhausted:
                raise Entangled
            best = solutions(graph, search.failing, repairs, base, limit)
        except Entangled:
            graph.cut = False
            return {**entangled, **found}
        for index in left:
            told = _told(index, best)
            if told is not None:
                others = [r for r in settled if r.figures & set(graph.ties[index].figures)]
                found[index] = _with(told, others)
        sure = _asserted(best)
        left = [i for i in left if i not in found]
        if not left:
            break
        settled += sure
        base.update({name: patch for repair in sure for name, patch in repair.patches})
    graph.cut = False
    for repair in pairs(graph, left, base, limit) if left else ():
        for index in repair.mended:
            known = found.get(index)
            both = _suspects(repair)
            found[index] = ("asserted", both) if known is None else ("ambiguous", (*known[1], *both))
    for index in left:
        found.setdefault(index, ("unexplained", ()))
    return found


def _told(index: int, best: Sequence[Solution]) -> Diagnosis | None:
    """Collect what the best sets say of one tie; ``None`` where none mends it."""
    repairs: list[Repair] = []
    everywhere = True
    together: list[Repair] = []
    for solution in best:
        mine = [group for group in solution.groups if index in group[0].mended]
        if not mine and index in solution.mended:
            # Mended only by several changes together.
            together = [r for group in solution.groups for r in group]
            mine = list(solution.groups)
        everywhere = everywhere and bool(mine)
        repairs += [r for group in mine for r in group if r not in repairs]
    if not repairs:
        return None
    repairs.sort(key=lambda r: r.order)
    suspects = tuple(s for repair in repairs for s in _suspects(repair))
    if everywhere and (len(repairs) == 1 or (len(best) == 1 and len(together) == len(repairs))):
        return "asserted", suspects
    return "ambiguous", suspects


def _with(told: Diagnosis, before: Sequence[Repair]) -> Diagnosis:
    extra = tuple(s for repair in before for s in _suspects(repair))
    return (told[0], (*told[1], *extra)) if told[0] == "asserted" else told


def _suspects(repair: Repair) -> tuple[Suspect, ...]:
    codes = repair.codes or (repair.code,) * len(repair.patches)
    return tuple(
        Suspect(name[1], suggestion, code)
        for (name, _), suggestion, code in zip(repair.patches, repair.suggestions, codes, strict=True)
    )


def _asserted(best: Sequence[Solution]) -> list[Repair]:
    """Return the repairs that every best set holds, without alternative."""
    if not best:
        return []
    sets = [{group[0] for group in solution.groups if len(group) == 1} for solution in best]
    common = set.intersection(*sets)
    return sorted(common, key=lambda r: r.order)
