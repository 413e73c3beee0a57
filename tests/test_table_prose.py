"""Prose against table: which figure of the text is which row, and when two unequal ones are an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.checks.relation import Judged
from gouji.checks.run import audit

from .test_tables import document

REPORT = """某市2025年统计公报

一、农业

全市粮食产量211.28万吨，比上年增长1.4%。蔬菜种植产量191.49万吨，比上年增长2.2%。水果产量31.20万吨，下降0.4%。

表1 2025年主要农产品产量及其增长速度

| 指标 | 单位 | 产量 | 比上年增长（%） |
| 粮食 | 万吨 | 211.28 | 1.4 |
| 其中：夏粮 | 万吨 | 117.41 | 0.1 |
| 蔬菜种植 | 万吨 | 191.49 | 2.2 |
| 水果 | 万吨 | 31.20 | -0.4 |

二、其他

全年快递业务收入18.32亿元，比上年增长6.5%。

表2 2025年邮电业务及其增长速度

| 指标 | 绝对数（亿元） | 比上年增长（%） |
| 邮电业务总量 | 71.10 | 7.7 |
| 快递业务收入 | 18.32 | 6.5 |
"""


def told(text: str, tmp_path: Path) -> list[Judged]:
    made = audit([document(text, tmp_path)])
    return [j for j in made.relations if j.relation.check == "restated" and j.relation.note == "table"]


def shown(found: list[Judged]) -> list[tuple[str, ...]]:
    return [tuple(c.figure.text for c in j.relation.claims()) for j in found]


def test_a_figure_and_its_growth_are_found_in_the_table(tmp_path: Path) -> None:
    found = told(REPORT, tmp_path)
    assert {j.verdict.verdict for j in found} == {"consistent"}
    assert sorted(shown(found)) == sorted(
        [
            ("211.28", "211.28万吨"),
            ("1.4", "1.4%"),
            ("191.49", "191.49万吨"),
            ("2.2", "2.2%"),
            ("31.20", "31.20万吨"),
            ("18.32", "18.32亿元"),
            ("6.5", "6.5%"),
        ]
    )


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("快递业务收入18.32亿元", "快递业务收入13.82亿元", "error"),
        ("比上年增长6.5%。", "比上年增长5.6%。", "error"),
        ("蔬菜种植产量191.49万吨", "蔬菜种植产量119.49万吨", "error"),
        ("水果产量31.20万吨", "水果产量13.20万吨", None),  # a short name may be another one's
        ("快递业务收入18.32亿元", "快递业务收入约17亿元", None),
    ],
)
def test_unequal_figures_of_one_name_are_an_error(
    old: str, new: str, severity: str | None, tmp_path: Path
) -> None:
    assert REPORT.count(old) == 1
    found = told(REPORT.replace(old, new), tmp_path)
    assert {j.verdict.severity for j in found} == {None, severity} if severity else {None}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("全年快递业务收入18.32亿元", "上年快递业务收入13.82亿元"),
        ("全年快递业务收入18.32亿元", "2024年快递业务收入13.82亿元"),
        ("全年快递业务收入18.32亿元", "2026年计划快递业务收入23.82亿元"),
        ("全年快递业务收入18.32亿元", "全年快递业务量18.32亿件"),
        ("表2 2025年邮电", "表2 2024年邮电"),
        ("全年快递业务收入18.32亿元", "全市企业收入90.00亿元，其中快递业务收入13.82亿元"),
    ],
)
def test_another_year_plan_unit_or_whole_is_not_tied(old: str, new: str, tmp_path: Path) -> None:
    assert REPORT.count(old) == 1
    found = shown(told(REPORT.replace(old, new), tmp_path))
    assert not any(pair[0] == "18.32" for pair in found)


def test_a_name_of_two_rows_is_not_tied(tmp_path: Path) -> None:
    text = REPORT.replace("| 邮电业务总量 | 71.10 | 7.7 |", "| 快递业务收入 | 71.10 | 7.7 |")
    assert not any(pair[0] == "18.32" for pair in shown(told(text, tmp_path)))


def test_two_columns_of_amounts_leave_open_which(tmp_path: Path) -> None:
    text = REPORT.replace(
        "| 指标 | 绝对数（亿元） | 比上年增长（%） |", "| 指标 | 绝对数（亿元） | 总量（亿元） |"
    )
    assert not any(pair[0] == "18.32" for pair in shown(told(text, tmp_path)))
