"""Tables that run over pages, tables of accounts by code, tables of one row."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.extract.pdf_tables import Table as Drawn
from gouji.extract.pdf_tables import goes_on, unite

from .test_tables import document, failing, read, ties

HEADS = """| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
"""
FIRST = """| 301 | 工资支出 | 900.00 | 900.00 |  |
| 30101 | 基本工资 | 500.00 | 500.00 |  |
| 30102 | 津贴 | 400.00 | 400.00 |  |
"""
SECOND = """| 302 | 办公支出 | 350.00 | 150.00 | 200.00 |
| 30201 | 印刷 | 120.00 | 120.00 |  |
| 30203 | 咨询 | 230.00 | 30.00 | 200.00 |
| 合计 |  | 1250.00 | 1050.00 | 200.00 |
"""
TITLE = "某局支出明细表\n单位：万元\n\n"
WHOLE = TITLE + HEADS + FIRST + SECOND


def test_accounts_are_the_sums_of_those_below_them(tmp_path: Path) -> None:
    found = ties(WHOLE, tmp_path)
    assert {j.verdict.verdict for j in found} == {"consistent"}
    down = [j.relation.evidence[0] for j in found if j.relation.evidence[1:3] == ("合计", "工资支出")]
    assert down == ["合计"]
    accounts = [j.relation.evidence[2:] for j in found if j.relation.evidence[:2] == ("办公支出", "合计")]
    assert ("印刷", "咨询") in accounts


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| 400.00 | 400.00 |", "| 410.00 | 410.00 |", {"工资支出"}),
        ("| 1250.00 | 1050.00 |", "| 1350.00 | 1050.00 |", {"合计"}),
        ("| 230.00 | 30.00 | 200.00 |", "| 230.00 | 30.00 | 200.01 |", set()),
    ],
)
def test_a_wrong_account_is_found(old: str, new: str, expected: set[str], tmp_path: Path) -> None:
    assert old in WHOLE
    found = failing(WHOLE.replace(old, new), tmp_path)
    assert {label for _, label, severity in found if severity == "error"} == expected


def test_a_table_of_which_most_accounts_fail_is_told_once(tmp_path: Path) -> None:
    text = WHOLE.replace("500.00 | 500.00", "50.00 | 50.00").replace("120.00 | 120.00", "12.00 | 12.00")
    text = text.replace("1250.00 | 1050.00", "9250.00 | 9050.00").replace("| 200.00 |", "| 210.00 |", 1)
    found = [j for j in ties(text, tmp_path) if j.verdict.reason == "table_misread"]
    assert len(found) == 1


def test_codes_are_no_figures(tmp_path: Path) -> None:
    loaded = document(WHOLE, tmp_path)
    assert not {f.text for f in loaded.figures} & {"301", "30101", "302"}
    assert {s.text for s in loaded.skipped if s.reason == "code"} >= {"301", "30101", "302"}


def test_a_code_in_pieces_gets_its_lost_zeros_back(tmp_path: Path) -> None:
    text = TITLE + "| 类 | 款 | 科目名称 | 合计 | 基本支出 |\n" + FIRST + SECOND
    text = text.replace("| 30101 |", "| 301 | 01 |").replace("| 30102 |", "| 301 | 2 |")
    text = text.replace("| 30201 |", "| 302 | 01 |").replace("| 30203 |", "| 302 | 3 |")
    for code in ("301", "302"):
        text = text.replace(f"| {code} | 工", f"| {code} |  | 工").replace(
            f"| {code} | 办", f"| {code} |  | 办"
        )
    text = "\n".join(
        line.rsplit(" |", 2)[0] + " |" if line.startswith("| 3") else line for line in text.split("\n")
    )
    text = text.replace("| 合计 |  | 1250.00 | 1050.00 | 200.00 |", "| 合计 |  |  | 1250.00 | 1050.00 |")
    found = ties(text, tmp_path)
    assert {j.relation.evidence[0] for j in found} == {"工资支出", "办公支出", "合计"}
    assert {j.verdict.verdict for j in found} == {"consistent"}


@pytest.mark.parametrize(
    "between", ["\n\f", "\n\f" + HEADS, "\n续表\n\n" + HEADS, "\n\f某局支出明细表\n单位：万元\n\n" + HEADS]
)
def test_a_table_goes_on_over_the_page(between: str, tmp_path: Path) -> None:
    tables = read(TITLE + HEADS + FIRST + between + SECOND, tmp_path)
    assert len(tables) == 1
    assert len(tables[0].rows) == 7
    assert tables[0].title == "某局支出明细表"


@pytest.mark.parametrize(
    "between", ["\n\n", "\n\f某局收入决算表\n\n" + HEADS, "\n\f| 项目 | 年初 | 年末 | 增减 | 比例 |\n"]
)
def test_another_table_does_not_go_on(between: str, tmp_path: Path) -> None:
    assert len(read(TITLE + HEADS + FIRST + between + SECOND, tmp_path)) == 2


def test_after_the_total_the_same_heads_begin_another_account(tmp_path: Path) -> None:
    text = TITLE + HEADS + FIRST + SECOND + "\n\f" + HEADS + FIRST + SECOND
    assert len(read(text, tmp_path)) == 2


SINGLE = """三公经费预算表
单位：万元

| 三公经费预算数 |  |  |  |  |
| 合计 | 出国费 | 接待费 | 用车费 |  |
|  |  |  | 小计 | 运行费 |
| 12.50 | 3.00 | 1.50 | 8.00 | 8.00 |
"""


def test_a_table_may_have_one_row(tmp_path: Path) -> None:
    (table,) = read(SINGLE, tmp_path)
    assert [c.kind for c in table.columns] == ["value"] * 5
    assert table.unit == "万元"
    assert [(j.relation.check, j.verdict.verdict) for j in ties(SINGLE, tmp_path)] == [("sum", "consistent")]


def test_one_row_of_numbers_below_prose_is_no_table(tmp_path: Path) -> None:
    assert read("全年情况如下。\n\n| 12.50 | 3.00 | 1.50 |\n", tmp_path) == []


def test_who_filled_in_a_table_is_not_its_unit(tmp_path: Path) -> None:
    (table,) = read("编制单位：某市某局单位：元\n\n" + HEADS + FIRST + SECOND, tmp_path)
    assert table.unit == "元"


def test_pages_of_one_drawn_table_have_the_same_columns() -> None:
    xs = (0.0, 50.0, 100.0, 150.0, 200.0)
    first = Drawn([["a", "1", "2"]], 0, 10, xs, (["a", "", "1", "2"],))
    second = Drawn([["b", "7", "3"]], 0, 10, (0.5, 50.2, 100.4, 150.0, 199.0), (["b", "7", "3", ""],))
    assert goes_on(first, second)
    unite([first, second])
    assert (first.rows, second.rows) == ([["a", "", "1", "2"]], [["b", "7", "3", ""]])


def test_drawn_tables_with_other_borders_do_not_go_on() -> None:
    first = Drawn([["a", "1"]], 0, 10, (0.0, 50.0, 200.0), (["a", "1"],))
    other = Drawn([["a", "1"]], 0, 10, (0.0, 90.0, 200.0), (["a", "1"],))
    assert not goes_on(first, other)
    assert not goes_on(first, Drawn([["a", "1"]], 0, 10))


PEOPLE = """表1 年末人口及其构成

| 指标 | 年末数（人） | 男性数（人） |
| 总人口 | 4899 | 2400 |
| #城镇 | 1654 | 800 |
| 乡村 | 3245 | 1600 |
| #少年 | 1136 | 500 |
| 成年 | 3017 | 1500 |
| 老年 | 746 | 400 |
| #本地 | 3900 | 1700 |
| 外来 | 990 | 700 |
"""


def test_a_total_may_be_broken_down_more_than_once(tmp_path: Path) -> None:
    found = {j.relation.evidence[2:]: j.verdict.verdict for j in ties(PEOPLE, tmp_path)}
    assert found == {("城镇", "乡村"): "consistent", ("少年", "成年", "老年"): "consistent"}


def test_a_wrong_part_of_a_further_breakdown_is_found(tmp_path: Path) -> None:
    found = failing(PEOPLE.replace("| 成年 | 3017 |", "| 成年 | 3071 |"), tmp_path)
    assert found == [("sum", "总人口", "error")]


COUNTIES = """县区支出表
单位：万元

| 项目 | 合计 | 甲县 | 乙县 | 丙县 |
|  | 决算数 |  |  |  |
| 教育支出 | 610 | 210 | 230 | 170 |
| 交通支出 | 355 | 105 | 150 | 100 |
| 农业支出 | 432 | 132 | 180 | 120 |
| 住房支出 | 268 | 98 | 90 | 80 |
"""


def test_a_total_may_stand_over_another_head(tmp_path: Path) -> None:
    assert len(ties(COUNTIES, tmp_path)) == 4
    wrong = COUNTIES.replace("| 432 | 132 |", "| 432 | 123 |")
    assert failing(wrong, tmp_path) == [("sum", "农业支出", "error")]


def test_a_head_may_name_total_and_result_at_once(tmp_path: Path) -> None:
    text = COUNTIES.replace("| 合计 |", "| 合计决算数 |").replace("|  | 决算数 |  |  |  |\n", "")
    assert len(ties(text, tmp_path)) == 4


def test_budgets_of_parts_are_not_added_up_to_a_result(tmp_path: Path) -> None:
    text = """单位：万元

| 项目 | 合计 |  | 甲县 |  | 乙县 |  |
|  | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |
| 教育支出 | 600 | 610 | 300 | 350 | 300 | 260 |
| 交通支出 | 350 | 355 | 150 | 155 | 200 | 200 |
| 农业支出 | 430 | 432 | 230 | 240 | 200 | 192 |
| 住房支出 | 260 | 268 | 130 | 150 | 130 | 118 |
"""
    found = ties(text, tmp_path)
    assert len(found) == 8
    assert {j.verdict.verdict for j in found} == {"consistent"}
    assert {e.removeprefix("合计") for j in found for e in j.relation.evidence[1:2]} == {"预算数", "决算数"}


def test_a_bracket_inside_a_label_is_no_unit(tmp_path: Path) -> None:
    text = COUNTIES.replace("住房支出", "文化馆[站]免费开放").replace("| 教育支出", "| 学生数（人）")
    units = {f.text: f.printed_unit for f in document(text, tmp_path).figures}
    assert (units["268"], units["610"]) == ("万元", "人")
