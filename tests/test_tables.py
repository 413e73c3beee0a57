"""Tables: what their cells are, which units they have, and the ties between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.relation import Judged
from gouji.checks.run import audit
from gouji.extract import tables
from gouji.extract.document import Document
from gouji.extract.reader import load
from gouji.extract.tables import Table

BUDGET = """单位：万元

| 项目 | 2024年决算数 | 2025年 |  | 比较 |  |
|  |  | 预算数 | 执行数 | 比2024年决算数增长% | 完成2025年预算数的% |
| 一、税收收入 | 1200 | 1250 | 1290 | 7.5% | 103.2% |
|    增值税 | 700 | 730 | 750 | 7.1% | 102.7% |
|    契税 | 500 | 520 | 540 | 8.0% | 103.8% |
| 二、非税收入 | 400 | 420 | 410 | 2.5% | 97.6% |
|    专项收入 | 150 | 170 | 155 | 3.3% | 91.2% |
|    罚没收入 | 250 | 250 | 255 | 2.0% | 102.0% |
| 收入合计 | 1600 | 1670 | 1700 | 6.3% | 101.8% |
"""


def document(text: str, tmp_path: Path) -> Document:
    path = tmp_path / "t.txt"
    path.write_text(text, "utf-8")
    loaded = load(str(path))
    assert isinstance(loaded, Document)
    return loaded


def read(text: str, tmp_path: Path) -> list[Table]:
    loaded = document(text, tmp_path)
    return tables.of(loaded.flow, loaded.figures, loaded.text)


def ties(text: str, tmp_path: Path) -> list[Judged]:
    return [j for j in audit([document(text, tmp_path)]).relations if j.relation.note == "table"]


def failing(text: str, tmp_path: Path) -> list[tuple[str, str, str | None]]:
    return [
        (j.relation.check, j.relation.evidence[0], j.verdict.severity)
        for j in ties(text, tmp_path)
        if j.verdict.severity is not None
    ]


def test_heads_of_two_levels_are_paths(tmp_path: Path) -> None:
    (table,) = read(BUDGET, tmp_path)
    assert [c.heads for c in table.columns][1:4] == [
        ("2024年决算数",),
        ("2025年", "预算数"),
        ("2025年", "执行数"),
    ]
    assert [c.kind for c in table.columns] == ["label", *["value"] * 5]


def test_the_unit_of_the_caption_is_that_of_bare_cells_but_not_of_rates(tmp_path: Path) -> None:
    loaded = document(BUDGET, tmp_path)
    by_text = {f.text: f for f in loaded.figures}
    assert (by_text["1290"].unit, by_text["1290"].printed_unit) == ("元", "万元")
    assert by_text["1290"].value == 12_900_000
    assert not by_text["1290"].interval.is_point
    assert by_text["7.5%"].unit == "%"


def test_all_ties_of_an_honest_table_hold(tmp_path: Path) -> None:
    found = ties(BUDGET, tmp_path)
    assert {j.verdict.verdict for j in found} == {"consistent"}
    count = {check: sum(j.relation.check == check for j in found) for check in ("sum", "growth", "plan")}
    assert count == {"sum": 9, "growth": 7, "plan": 7}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "| 1290 |",
            "| 1190 |",
            {("sum", "税收收入"), ("growth", "税收收入"), ("plan", "税收收入"), ("sum", "收入合计")},
        ),
        ("| 155 |", "| 165 |", {("sum", "非税收入"), ("growth", "专项收入"), ("plan", "专项收入")}),
        ("8.0%", "3.0%", {("growth", "契税")}),
        ("| 1600 |", "| 1900 |", {("sum", "收入合计"), ("growth", "收入合计")}),
    ],
)
def test_a_wrong_cell_is_found(old: str, new: str, expected: set[tuple[str, str]], tmp_path: Path) -> None:
    assert {(check, label) for check, label, _ in failing(BUDGET.replace(old, new), tmp_path)} == expected


def test_a_column_that_means_something_else_is_told_once(tmp_path: Path) -> None:
    text = BUDGET
    for old, new in (("7.5%", "1.1%"), ("7.1%", "1.2%"), ("8.0%", "9.9%"), ("2.5%", "-3.1%")):
        text = text.replace(old, new)
    assert failing(text, tmp_path) == []
    reasons = [j.verdict.reason for j in ties(text, tmp_path) if j.verdict.reason]
    assert reasons == ["table_misread"]


def test_empty_zero_and_dash_are_told_apart(tmp_path: Path) -> None:
    (table,) = read(
        "单位：万元\n\n| 项目 | 甲 | 乙 |\n| 一 | 0 | — |\n| 二 | 3 |  |\n| 合计 | 3 | 5 |\n", tmp_path
    )
    assert [c.kind for row in table.rows for c in row.cells[1:]] == [
        "number", "nothing", "number", "empty", "number", "number",
    ]  # fmt: skip


def test_a_year_and_a_code_are_no_amounts(tmp_path: Path) -> None:
    (table,) = read(
        "| 科目编码 | 项目 | 2024年 | 2025年 |\n| 201 | 甲 | 5 | 6 |\n| 20101 | 乙 | 5 | 6 |\n| 合计 |  | 10 | 12 |\n",
        tmp_path,
    )
    assert table.columns[0].kind == "code"
    assert len(table.rows) == 3


def test_a_row_of_column_numbers_is_no_data(tmp_path: Path) -> None:
    (table,) = read(
        "| 项目 | 甲（万元） | 乙（万元） |\n| 栏次 | 1 | 2 |\n| 一 | 35 | 61 |\n| 二 | 3 | 7 |\n", tmp_path
    )
    assert [row.cells[0].text for row in table.rows] == ["一", "二"]


def test_what_is_taken_away_is_not_added(tmp_path: Path) -> None:
    text = "单位：元\n\n| 项目 | 2025年 | 2024年 |\n| 股本 | 100.00 | 100.00 |\n| 减：库存股 | 20.00 |  |\n| 盈余公积 | 30.00 | 25.00 |\n| 权益合计 | 110.00 | 125.00 |\n"
    assert failing(text, tmp_path) == []


def test_one_column_that_holds_bears_out_only_what_a_slip_explains(tmp_path: Path) -> None:
    rows = "| 国别 | 出口额（亿元） | 进口额（亿元） |\n| 合计 | 600.5 | {} |\n| 一、亚洲 | 300.2 | 210.7 |\n| 二、欧洲 | 200.1 | 150.6 |\n| 三、非洲 | 100.2 | 50.1 |\n"
    assert failing(rows.format("411.4"), tmp_path) == []
    assert failing(rows.format("413.7"), tmp_path) == []  # countries unknown
    assert failing(rows.format("471.4"), tmp_path) == [("sum", "合计", "error")]


def test_a_missing_row_keeps_its_total_from_being_told(tmp_path: Path) -> None:
    text = BUDGET.replace("|    契税 | 500 | 520 | 540 | 8.0% | 103.8% |", "|    契税 | 500 |")
    assert ("sum", "税收收入") not in {
        (j.relation.check, j.relation.evidence[0]) for j in ties(text, tmp_path)
    }


def test_percents_are_not_added(tmp_path: Path) -> None:
    text = "单位：万元\n\n| 项目 | 2024年 | 2025年 | 幅度 |\n| 公务接待费 | 100.5 | 97.4 | -3.08% |\n| 公务用车费 | 200.5 | 204.0 | 1.75% |\n| 合计 | 301.0 | 301.4 | 0.13% |\n"
    assert [j.relation.evidence[1] for j in ties(text, tmp_path) if j.relation.check == "sum"] == [
        "2024年",
        "2025年",
    ]


def test_totals_across_columns(tmp_path: Path) -> None:
    text = "单位：件\n\n| 项目 | 自然人 | 企业 | 其他 | 总计 |\n| 新收 | 301 | 53 | 61 | 415 |\n| 结转 | 34 | 7 | 2 | 43 |\n| 公开 | 128 | 21 | 50 | 199 |\n| 不予 | 44 | 9 | 11 | {} |\n"
    assert failing(text.format(64), tmp_path) == []
    assert failing(text.format(94), tmp_path) == [("sum", "不予", "error")]


def test_growth_at_constant_prices_is_left_alone(tmp_path: Path) -> None:
    text = "| 指标 | 2025年（亿元） | 2024年（亿元） | 比上年增长（%） |\n| 地区生产总值 | 110.0 | 100.0 | 5.0 |\n| 税收 | 11.0 | 10.0 | 10.0 |\n| 出口 | 22.0 | 20.0 | 10.0 |\n| 存款 | 33.0 | 30.0 | 10.0 |\n"
    found = {j.relation.evidence[0]: j.verdict.reason for j in ties(text, tmp_path)}
    assert found["地区生产总值"] == "real_terms"
    assert found["税收"] is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "—", "0", "12", "3.4", "7%", "合计", "其中：甲", "2025", "（1）", "a|b"]),
            min_size=1,
            max_size=6,
        ),
        max_size=8,
    )
)
def test_no_table_is_a_fault(rows: list[list[str]]) -> None:
    from gouji.extract.figures import figures
    from gouji.extract.flow import flow

    text = "单位：万元\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    reading = flow(text)
    numbers, _ = figures(reading, text)
    for table in tables.tables(reading, numbers, text):
        assert all(len(row.cells) == len(table.columns) or not row.whole for row in table.rows)
        tables.with_units(numbers, [table])


SHARES = """单位：万元

| 项目 | 金额 | 占比（%） |
| 工资 | 500 | 50.0 |
| 房租 | 300 | 30.0 |
| 水电 | 150 | 15.0 |
| 其他 | 50 | 5.0 |
| 合计 | 1000 | {hundred} |
"""


@pytest.mark.parametrize("hundred", ["", "—", "100.0"])
def test_shares_are_of_the_total_even_where_it_prints_no_100(hundred: str, tmp_path: Path) -> None:
    text = SHARES.format(hundred=hundred)
    found = [j for j in ties(text, tmp_path) if j.relation.check == "share"]
    assert len(found) == 4
    assert {j.verdict.verdict for j in found} == {"consistent"}
    wrong = failing(text.replace("| 150 | 15.0 |", "| 150 | 51.0 |"), tmp_path)
    assert ("share", "水电", "error") in wrong


def test_a_total_with_another_share_is_part_of_something_else(tmp_path: Path) -> None:
    text = SHARES.format(hundred="62.5")
    assert [j for j in ties(text, tmp_path) if j.relation.check == "share"] == []


def test_a_total_that_nothing_bears_out_is_left_open_and_said(tmp_path: Path) -> None:
    text = "| 项目 | 金额（万元） |\n| 甲类 | 310 |\n| 乙类 | 250 |\n| 丙类 | 90 |\n| 合计 | 880 |\n"
    found = ties(text, tmp_path)
    assert [(j.verdict.verdict, j.verdict.reason) for j in found] == [("unverified", "table_unborne")]
    audited = audit([document(text, tmp_path)]).documents[0]
    assert {state for state, _ in audited.status.values()} == {"unverified"}


@pytest.mark.parametrize("kind", ["小计", "合计", "项目"])
def test_the_work_grows_with_the_rows_not_with_their_square(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gouji.checks import table_sum

    calls = [0]
    plain = table_sum._depth

    def counted(*args: object) -> tuple[int, int]:
        calls[0] += 1
        return plain(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(table_sum, "_depth", counted)
    work = []
    for size in (1500, 3000):
        calls[0] = 0
        rows = [
            f"| {kind if i % 10 == 9 else '项'}{'' if i % 10 == 9 else i} | {i % 977} | {i % 883} |"
            for i in range(size)
        ]
        ties("| 项目 | 上年数 | 本年数 |\n| 一、总额 | 7 | 9 |\n" + "\n".join(rows) + "\n", tmp_path)
        work.append(calls[0])
    assert work[1] < 2.6 * work[0] + 400_000
    assert work[1] < 1_500 * 3000
