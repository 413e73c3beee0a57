"""The detection share: how many one-digit errors the ties of a document would flag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..extract.claim import Claim
from ..extract.interval import Interval, point
from .audit import Habits
from .formula import Formula
from .formulas import FORMULAS
from .power import span
from .relation import Relation, Verdict
from .solve import FINE, VALUE, Undecidable, allowances, interval_of, solvable, solve
from .terms import Term, terms

_Range = tuple[int | None, int | None]
_Key = tuple[int, str]
_PLAIN = Habits()


def detection_share(claims: Sequence[Claim], judged: Iterable[tuple[Relation, Verdict]]) -> Fraction | None:
    """Return the share of one-digit errors that some tie would flag; ``None`` without a figure.

    Every digit of every figure's numeral is replaced by each of the nine others. A replacement is flagged
    when it lies outside what the other figures of some decided tie allow. Counted from the ends of the
    allowed range, not by judging again; an error that turns a divisor into 0 counts as flagged.
    """
    allowed = _allowed(judged)
    flagged = tried = 0
    for claim in claims:
        figure = claim.figure
        count = sum("0" <= character <= "9" for character in figure.numeral)
        if not count:
            continue
        tried += 9 * count
        ranges = allowed.get((claim.document, figure.id))
        if ranges:
            now = int(figure.value / figure.ulp)
            flagged += 9 * count - _unflagged(now, count, ranges)
    return Fraction(flagged, tried) if tried else None


def _unflagged(now: int, count: int, ranges: Sequence[_Range]) -> int:
    """Count the one-digit variants of ``now`` that lie within every range."""
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    passing = 0
    place = 1
    for _ in range(count):
        digit = now // place % 10
        base = now - digit * place
        first = 0 if low is None else max(0, -((base - low) // place))
        last = 9 if high is None else min(9, (high - base) // place)
        if first <= last:
            passing += last - first + 1 - (first <= digit <= last)
        place *= 10
    return passing


def _allowed(judged: Iterable[tuple[Relation, Verdict]]) -> dict[_Key, list[_Range]]:
    """Collect for every figure the ranges of prints, in last digits, that its decided ties allow."""
    found: dict[_Key, list[_Range]] = defaultdict(list)
    for relation, verdict in judged:
        formula = FORMULAS.get(relation.check)
        if formula is None or verdict.verdict == "unverified":
            continue
        if not all(relation.terms.values()):
            continue  # a count that is not printed fixes nothing
        read = terms(relation, _PLAIN)
        for role, members in read.items():
            for term, image in zip(members, _images(relation, formula, read, role), strict=True):
                if image is not None:
                    found[term.claim.document, term.claim.figure.id].append(span(term, image))
    return found


def _images(
    relation: Relation, formula: Formula, read: dict[str, list[Term]], role: str
) -> list[Interval | None]:
    """Return what the other figures of a tie allow each figure of a role to be; ``None`` for no range."""
    members = read[role]
    if formula.kind == "count" and role == formula.result:
        return [point(len(relation.items) or len(read.get("item", ())))]
    if formula.kind not in ("equation", "bound") or not solvable(formula, role):
        return [None] * len(members)
    try:
        if role not in formula.variadic:
            counts = all(t.halves == 0 for other, ts in read.items() if other != role for t in ts)
            images = [interval_of(solve(formula, read, role, VALUE if counts else FINE))]
        else:
            images = allowances(formula, read, role)
    except (Undecidable, ZeroDivisionError):
        return [None] * len(members)
    if formula.kind == "equation":
        return list(images)
    if role in formula.below:
        return [Interval(None, image.high, True, image.high_open) for image in images]
    return [Interval(image.low, None, image.low_open, True) for image in images]
