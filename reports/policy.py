"""What findings weigh in this house: severity by check, and what a miss of one last digit (尾差) weighs.

A finding that is switched off is never dropped: it is marked with the setting that did it, shown, and not counted.
"""

from __future__ import annotations

from dataclasses import replace

from ..checks.audit import Audit
from ..checks.relation import Judged
from ..checks.severity import WITHOUT_TAIL, one_report
from .config import Config
from .view import is_finding


def apply(audit: Audit, config: Config) -> Audit:
    """The audit with the severities of ``config``; the setting of a check goes before that of 尾差."""
    if config.tail_errors == "warning" and not config.severity:
        return audit
    weights = dict(sorted(config.severity.items()))
    if config.tail_errors != "warning":
        weights["tail"] = config.tail_errors
    relations = tuple(_weighed(judged, config) for judged in audit.relations)
    return replace(audit, relations=relations, weights=weights)


def is_tail(judged: Judged) -> bool:
    """Whether a tie that the report states or logic demands misses by no more than one last digit."""
    verdict, relation = judged.verdict, judged.relation
    return (
        verdict.verdict == "inconsistent"
        and verdict.gap <= 1
        and relation.check not in WITHOUT_TAIL
        and relation.strength in ("stated", "logical")
        and one_report(relation)
    )


def _weighed(judged: Judged, config: Config) -> Judged:
    if not is_finding(judged):
        return judged
    check = judged.relation.check
    weight, setting = config.severity.get(check, "default"), f"severity.{check} = off"
    if weight == "default" and is_tail(judged):
        weight, setting = config.tail_errors, "tail_errors = off"
    if weight == "off":
        return replace(judged, suppressed=judged.suppressed or setting)
    if weight == "default":
        return judged
    return replace(judged, verdict=replace(judged.verdict, severity=weight))
