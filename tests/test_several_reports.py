"""A file with the reports of two years: each figure is of its own year, and ties between them accuse nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.checks.audit import Audit
from gouji.checks.relation import Relation
from gouji.checks.run import audit
from gouji.checks.severity import severity
from gouji.extract.document import Document
from gouji.extract.reader import load

TITLE = "青禾市{}年国民经济和社会发展统计公报\n\n"
BODY = "一、综合\n\n全市社会消费品零售总额{}亿元，增长4.6%。\n\n二、农业\n\n全市粮食总产量{}万吨。\n\n"


def audited(text: str, tmp_path: Path) -> Audit:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    loaded = load(str(tmp_path / "a.txt"))
    assert isinstance(loaded, Document)
    return audit([loaded])


def periods(found: Audit) -> dict[str, tuple[str, int]]:
    return {claim.figure.text: (claim.period, claim.report) for claim in found.documents[0].claims}


def test_figures_have_the_year_of_their_own_report(tmp_path: Path) -> None:
    text = (
        TITLE.format(2024)
        + BODY.format("1428.63", "102.48")
        + TITLE.format(2023)
        + BODY.format("1365.8", "99.1")
    )
    found = audited(text, tmp_path)
    told = periods(found)
    assert told["1428.63亿元"] == told["102.48万吨"] == ("2024", 0)
    assert told["1365.8亿元"] == told["99.1万吨"] == ("2023", 1)
    assert [judged for judged in found.relations if judged.relation.check == "restated"] == []


@pytest.mark.parametrize(
    "text",
    [
        TITLE.format(2024) + TITLE.format(2023) + BODY.format("1428.63", "102.48"),  # links to other years
        TITLE.format(2024) + BODY.format("1428.63", "102.48") + TITLE.format(2023),
        TITLE.format(2024) + BODY.format("1428.63", "102.48") + TITLE.format(2024) + BODY.format("1", "2"),
        TITLE.format(2024)
        + BODY.format("1428.63", "102.48")
        + "青禾市2023年预算执行情况报告\n\n"
        + BODY.format("1", "2"),
    ],
)
def test_what_is_no_second_report(text: str, tmp_path: Path) -> None:
    told = periods(audited(text, tmp_path))
    assert told["1428.63亿元"] == ("2024", 0)
    assert {report for _, report in told.values()} == {0}


def test_a_tie_between_two_reports_of_a_file_is_a_warning(tmp_path: Path) -> None:
    found = audited(TITLE.format(2024) + BODY.format("1428.63", "102.48"), tmp_path)
    first, *_, second = found.documents[0].claims
    relation = Relation("restated", {"first": (first,), "second": (second,)}, "stated")
    assert severity(relation, "inconsistent", 9) == "error"
    apart = Relation("restated", {"first": (first,), "second": (replace(second, report=1),)}, "stated")
    assert severity(apart, "inconsistent", 9) == "warning"
