"""The verifier's own verdict on one relation of an audit (design: "Verdicts")."""

from __future__ import annotations

from collections.abc import Callable

from .verify_bound import between, bound, wording
from .verify_equation import average, equation
from .verify_formula import Undefined, sides
from .verify_lists import calendar, copies, enumeration, exchange, order, ratios
from .verify_tie import Found, Tie, named
from .verify_whole import feasible, one_count

_KINDS: dict[str, Callable[[Tie], Found]] = {
    "growth_feasible": feasible,
    "enumeration": enumeration,
    "duplicate": copies,
    "stale": copies,
    "wording": wording,
    "series_break": wording,
    "order": order,
    "ratio_list": ratios,
    "growth_average": average,
    "dates": calendar,
    "growth_compound": average,
    "average_change": average,
    "exchange_rates": exchange,
}


def judge(tie: Tie) -> Found:
    """Decide whether admissible values exist; :class:`Undefined` or :class:`Beyond` where nobody can."""
    if not tie.all:
        raise Undefined("no figures")
    if tie.check in ("rate", "share") and bool(tie.terms.get("part")) != bool(tie.terms.get("whole")):
        return one_count(tie)
    if tie.check == "rate_mix" or (tie.check == "growth_mix" and not tie.terms.get("part")):
        return between(tie)
    if tie.check in _KINDS:
        return _KINDS[tie.check](tie)
    left, right, sign = sides(tie.formula, tuple((role, len(ts)) for role, ts in tie.terms.items()))
    unknown = (left.free_symbols | right.free_symbols) - {s for s, _ in named(tie)}
    if unknown or not left.free_symbols | right.free_symbols:
        raise Undefined(f"no figure for {sorted(map(str, unknown))}")
    return bound(tie, left, right) if sign == "<=" else equation(tie, left, right)
