"""What a document does with its last digits, inferred from its figures and its ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.interval import truncated
from .audit import Habits
from .relation import Relation, Verdict

# A habit of decimals needs so many figures of a unit, so large a part of them.
FIGURES = 5
DOMINANT = Fraction(3, 5)
# A habit of cutting off needs so many telling ties, so large a part of them.
TIES = 5
CUTTING = Fraction(4, 5)

_RESULTS = {
    "rate": "rate",
    "share": "share",
    "plan": "rate",
    "growth": "growth",
    "growth_cross": "growth",
    "growth_feasible": "growth",
    "change": "growth",
    "per_capita": "average",
}


def infer_habits(claims: Iterable[Claim], judged: Iterable[tuple[Relation, Verdict]] = ()) -> Habits:
    """Infer the habits of one document from its claims and, once there are verdicts, from its ties.

    Decimals: the number of decimals that at least 60% of at least five figures of a printed unit have.
    Rounding: how many rates, shares and growths only rounding explains, and how many only cutting off;
    a tie that both explain, or that was balanced, tells nothing.
    """
    return Habits(_decimals(claims), *_rounding(judged))


def cuts_off(habits: Habits) -> bool:
    """Tell whether the document cuts off: at least 5 telling ties, at least 80% of them cut off."""
    telling = habits.rounded + habits.truncated
    return telling >= TIES and habits.truncated >= CUTTING * telling


def _decimals(claims: Iterable[Claim]) -> dict[str, int]:
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for claim in claims:
        figure = claim.figure
        if figure.approx == "exact" and not figure.discrete and figure.printed_unit:
            counts[figure.printed_unit][figure.decimals] += 1
    habits = {}
    for unit, seen in sorted(counts.items()):
        decimals, most = max(seen.items(), key=lambda item: (item[1], item[0]))
        of = sum(seen.values())
        if of >= FIGURES and most >= DOMINANT * of:
            habits[unit] = decimals
    return habits


def _rounding(judged: Iterable[tuple[Relation, Verdict]]) -> tuple[int, int]:
    rounded = cut_off = 0
    for relation, verdict in judged:
        role = _RESULTS.get(relation.check)
        if role is None or role not in relation.terms:
            continue
        if verdict.verdict == "truncated":
            cut_off += 1
        elif verdict.verdict in ("consistent", "suspicious") and verdict.basis in ("exact", "rounded"):
            figure = relation.terms[role][0].figure
            if figure.interval.is_point or figure.approx != "exact":
                continue
            fits = bool(verdict.stated and verdict.recomputed and verdict.stated.meets(verdict.recomputed))
            cut = _cut(verdict, figure.ulp)
            rounded += fits and not cut
            cut_off += cut and not fits
    return rounded, cut_off


def _cut(verdict: Verdict, ulp: Fraction) -> bool:
    """Tell whether cutting off explains the result as well."""
    stated, recomputed = verdict.stated, verdict.recomputed
    if stated is None or stated.low is None or stated.high is None or recomputed is None:
        return False
    return truncated((stated.low + stated.high) / 2, ulp).meets(recomputed)
