"""How grave a finding is (design: "Severity of inconsistent")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .relation import BUNDLE, Relation, Verdict

ERROR = "error"
WARNING = "warning"

# Nothing here has a last digit that could have been rounded: a day too many, a 分 more than written is as wrong as ten.
WITHOUT_TAIL = frozenset({"dates", "capitals"})


def one_report(relation: Relation) -> bool:
    """Tell whether all figures stand in one report of one document, or in files that tell one report together."""
    return (
        relation.note == BUNDLE or len({(claim.document, claim.report) for claim in relation.claims()}) <= 1
    )


def severity(relation: Relation, verdict: str, gap: int) -> str | None:
    """Return what a verdict weighs.

    An error is an inconsistency of a stated or logical tie within one report by more than one last digit
    of the result (强制性); every other finding is a warning (核实性, 尾差, 跨期).
    """
    if verdict in ("consistent", "unverified"):
        return None
    if verdict != "inconsistent" or (gap <= 1 and relation.check not in WITHOUT_TAIL):
        return WARNING
    return ERROR if relation.strength in ("stated", "logical") and one_report(relation) else WARNING


def escalate(relations: Sequence[Relation], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Make an error of two customary or suspicious findings on one number.

    Only arithmetic raises errors: of the findings that meet on a number, the inconsistent ones are raised,
    or the first where all are suspicious. Ties to another report stay warnings.
    """
    doubts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, (relation, verdict) in enumerate(zip(relations, verdicts, strict=True)):
        customary = verdict.verdict == "inconsistent" and relation.strength == "customary"
        if (customary or verdict.verdict == "suspicious") and one_report(relation):
            for claim in {(c.document, c.figure.id) for c in relation.claims()}:
                doubts[claim].append(index)
    raised: set[int] = set()
    for together in doubts.values():
        if len(together) > 1:
            failed = [i for i in together if verdicts[i].verdict == "inconsistent"]
            raised.update(failed or together[:1])
    return [
        replace(verdict, severity=ERROR) if index in raised else verdict
        for index, verdict in enumerate(verdicts)
    ]


def doubted(relations: Sequence[Relation], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Leave open what fails on a number that may have been misread from a picture (``doubtful_reading``).

    The page would be accused of what the reading did. A tie that holds stands: a wrong digit would hardly
    make it hold.
    """
    return [
        Verdict("unverified", reason="doubtful_reading", equation=verdict.equation)
        if verdict.verdict not in ("consistent", "unverified")
        and any(claim.figure.doubtful for claim in relation.claims())
        else verdict
        for relation, verdict in zip(relations, verdicts, strict=True)
    ]
