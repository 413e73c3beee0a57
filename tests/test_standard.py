"""Standard tables: which is which, what ties them, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.checks.audit import Audit
from gouji.checks.packs import CHECKS, PROSE, families
from gouji.checks.relation import Judged
from gouji.checks.run import audit

from .test_tables import document

ACCOUNTS = """某局2024年度部门决算

收入支出决算总表
单位：万元

| 收入 |  | 支出 |  |
| 项目 | 决算数 | 项目 | 决算数 |
| 一、一般公共预算财政拨款收入 | 812.40 | 一、一般公共服务支出 | 640.25 |
| 二、其他收入 | 21.35 | 二、卫生健康支出 | 195.55 |
| 本年收入合计 | 833.75 | 本年支出合计 | 835.80 |
| 年初结转和结余 | 6.30 | 年末结转和结余 | 4.25 |
| 总计 | 840.05 | 总计 | 840.05 |

收入决算表
单位：万元

| 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入 |
| 201 | 一般公共服务支出 | 638.20 | 616.85 | 21.35 |
| 20103 | 办公厅室事务 | 638.20 | 616.85 | 21.35 |
| 2010301 | 行政运行 | 638.20 | 616.85 | 21.35 |
| 210 | 卫生健康支出 | 195.55 | 195.55 |  |
| 21011 | 行政事业单位医疗 | 195.55 | 195.55 |  |
| 2101101 | 行政单位医疗 | 195.55 | 195.55 |  |
| 合计 |  | 833.75 | 812.40 | 21.35 |

支出决算表
单位：万元

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| 201 | 一般公共服务支出 | 640.25 | 410.25 | 230.00 |
| 20103 | 办公厅室事务 | 640.25 | 410.25 | 230.00 |
| 2010301 | 行政运行 | 410.25 | 410.25 |  |
| 2010302 | 一般行政管理事务 | 230.00 |  | 230.00 |
| 210 | 卫生健康支出 | 195.55 | 195.55 |  |
| 21011 | 行政事业单位医疗 | 195.55 | 195.55 |  |
| 2101101 | 行政单位医疗 | 195.55 | 195.55 |  |
| 合计 |  | 835.80 | 605.80 | 230.00 |

一般公共预算财政拨款支出决算表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 201 | 一般公共服务支出 | 616.85 | 408.85 | 208.00 |
| 20103 | 办公厅室事务 | 616.85 | 408.85 | 208.00 |
| 2010301 | 行政运行 | 408.85 | 408.85 |  |
| 2010302 | 一般行政管理事务 | 208.00 |  | 208.00 |
| 210 | 卫生健康支出 | 195.55 | 195.55 |  |
| 21011 | 行政事业单位医疗 | 195.55 | 195.55 |  |
| 2101101 | 行政单位医疗 | 195.55 | 195.55 |  |
| 合计 |  | 812.40 | 604.40 | 208.00 |

一般公共预算财政拨款基本支出决算表
单位：万元

| 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |
| 301 | 工资福利支出 | 520.10 | 302 | 商品和服务支出 | 70.20 |
| 30101 | 基本工资 | 300.10 | 30201 | 办公费 | 40.20 |
| 30113 | 住房公积金 | 220.00 | 30217 | 公务接待费 | 30.00 |
| 303 | 对个人和家庭的补助 | 9.90 | 310 | 资本性支出 | 4.20 |
| 30302 | 退休费 | 9.90 | 31002 | 办公设备购置 | 4.20 |
| 人员经费合计 |  | 530.00 | 公用经费合计 |  | 74.40 |

一、收入支出决算总体情况说明

某局2024年度收入支出总计840.05万元。

二、收入决算情况说明

本年收入合计833.75万元，其中财政拨款收入812.40万元。

三、支出决算情况说明

本年支出合计835.80万元。

五、一般公共预算财政拨款支出决算情况说明

（三）具体情况

1.一般公共服务支出（类）办公厅室事务（款）行政运行（项）。年初预算为420.00万元，支出决算为408.85万元。

2.一般公共服务支出（类）办公厅室事务（款）一般行政管理事务（项）。年初预算为210.00万元，支出决算为208.00万元。

六、一般公共预算财政拨款基本支出决算情况说明

一般公共预算财政拨款基本支出604.40万元，人员经费530.00万元，公用经费74.40万元。机关运行经费支出70.20万元。
"""


def audited(text: str, tmp_path: Path) -> Audit:
    return audit([document(text, tmp_path)])


def errors(text: str, tmp_path: Path) -> list[tuple[str, set[str]]]:
    made = audited(text, tmp_path)
    shown = made.documents[0].document.text
    return [
        (j.relation.check, {shown[c.figure.start : c.figure.end] for c in j.relation.claims()})
        for j in made.relations
        if j.verdict.severity == "error"
    ]


def between(made: Audit, a: str, b: str) -> list[Judged]:
    """Ties of two roles whose evidence names tables beginning with ``a`` and ``b``."""
    return [
        j
        for j in made.relations
        if any(e.startswith(a + "·") for e in j.relation.evidence)
        and any(e.startswith(b + "·") for e in j.relation.evidence)
    ]


def test_an_honest_account_holds_everywhere(tmp_path: Path) -> None:
    made = audited(ACCOUNTS, tmp_path)
    assert not [j for j in made.relations if j.verdict.severity]
    for a, b in (
        ("收入支出决算总表", "收入决算表"),
        ("收入支出决算总表", "支出决算表"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算表"),
    ):
        assert between(made, a, b), (a, b)
    claims = made.documents[0]
    unrelated = {c.figure.text for c in claims.claims if claims.status[c.figure.id][0] == "unrelated"}
    assert "70.20万元" in unrelated  # 机关运行经费 is no 公用经费


@pytest.mark.parametrize(
    ("old", "new", "check", "figures"),
    [
        (
            "| 一、一般公共预算财政拨款收入 | 812.40 |",
            "| 一、一般公共预算财政拨款收入 | 821.40 |",
            "sum",
            {"821.40", "833.75"},
        ),
        (
            "| 总计 | 840.05 | 总计 | 840.05 |",
            "| 总计 | 840.05 | 总计 | 845.05 |",
            "balance",
            {"840.05", "845.05"},
        ),
        (
            "| 合计 |  | 835.80 | 605.80 | 230.00 |",
            "| 合计 |  | 885.80 | 605.80 | 230.00 |",
            "restated",
            {"835.80", "885.80"},
        ),
        ("总计840.05万元", "总计804.05万元", "restated", {"840.05", "804.05万元"}),
        ("支出决算为208.00万元", "支出决算为280.00万元", "restated", {"208.00", "280.00万元"}),
        ("人员经费530.00万元", "人员经费350.00万元", "restated", {"530.00", "350.00万元"}),
        ("| 人员经费合计 |  | 530.00 |", "| 人员经费合计 |  | 532.00 |", "sum", {"532.00", "520.10", "9.90"}),
    ],
)
def test_a_mistake_between_tables_is_found(
    old: str, new: str, check: str, figures: set[str], tmp_path: Path
) -> None:
    assert ACCOUNTS.count(old) == 1
    found = errors(ACCOUNTS.replace(old, new), tmp_path)
    assert any(name == check and figures <= shown for name, shown in found), found


@pytest.mark.parametrize(
    ("a", "b"),
    [("收入决算表", "支出决算表"), ("收入支出决算总表", "一般公共预算财政拨款支出决算表")],
)
def test_what_is_no_identity_is_not_tied(a: str, b: str, tmp_path: Path) -> None:
    # 收入 of an account need not be its 支出: 638.20 against 640.25 stands there
    assert between(audited(ACCOUNTS, tmp_path), a, b) == []


def test_prose_of_the_year_before_is_not_tied(tmp_path: Path) -> None:
    text = ACCOUNTS.replace("某局2024年度收入支出总计840.05万元。", "2023年度收入支出总计700.00万元。")
    assert errors(text, tmp_path) == []


def test_the_total_of_appropriations_is_not_that_of_everything(tmp_path: Path) -> None:
    text = ACCOUNTS.replace("某局2024年度收入支出总计840.05万元", "财政拨款收入支出总计812.40万元")
    assert errors(text, tmp_path) == []


def test_a_table_read_wrongly_is_told_once(tmp_path: Path) -> None:
    # the columns of the table of income have changed places
    text = ACCOUNTS.replace(
        "| 本年收入合计 | 财政拨款收入 | 其他收入 |", "| 财政拨款收入 | 其他收入 | 本年收入合计 |"
    )
    made = audited(text, tmp_path)
    assert len([j for j in made.relations if j.verdict.reason == "table_misread"]) >= 1
    assert [j for j in made.relations if j.verdict.severity == "error"] == []


UNITS = ACCOUNTS.replace("某局2024年度收入支出总计840.05万元。", "")


def test_a_department_of_two_units_pairs_each_with_its_own(tmp_path: Path) -> None:
    tables = ACCOUNTS[: ACCOUNTS.index("一、收入支出决算总体")]
    second = tables.replace("840.05", "940.05").replace("6.30", "106.30").replace("4.25 |\n", "104.25 |\n")
    assert errors(tables + "\n" + second, tmp_path) == []


DISCLOSURE = """某市2024年政府信息公开工作年度报告

三、收到和处理政府信息公开申请情况

| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） |  |  | 申请人情况 |  |  |  |
|  |  |  | 自然人 | 法人或其他组织 |  | 总计 |
|  |  |  |  | 商业企业 | 其他 |  |
| 一、本年新收政府信息公开申请数量 |  |  | 131 | 12 | 4 | 147 |
| 二、上年结转政府信息公开申请数量 |  |  | 6 | 0 | 0 | 6 |
| 三、本年度办理结果 | （一）予以公开 |  | 80 | 9 | 1 | 90 |
|  | （二）部分公开 |  | 15 | 0 | 0 | 15 |
|  | （三）不予公开 | 1.属于国家秘密 | 2 | 0 | 1 | 3 |
|  |  | 2.属于过程性信息 | 7 | 1 | 0 | 8 |
|  | （四）无法提供 | 1.本机关不掌握 | 24 | 2 | 2 | 28 |
|  | （七）总计 |  | 128 | 12 | 4 | 144 |
| 四、结转下年度继续办理 |  |  | 9 | 0 | 0 | 9 |

四、政府信息公开行政复议、行政诉讼情况

| 行政复议 |  |  |  |  | 行政诉讼 |  |  |  |  |  |  |  |  |  |
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 |  |  |  |  | 复议后起诉 |  |  |  |  |
|  |  |  |  |  | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
| 7 | 2 | 3 | 1 | 13 | 4 | 0 | 0 | 1 | 5 | 2 | 0 | 1 | 0 | 3 |

一、总体情况

2024年，全市新收政府信息公开申请147件。
"""


def test_a_disclosure_report_holds(tmp_path: Path) -> None:
    made = audited(DISCLOSURE, tmp_path)
    assert not [j for j in made.relations if j.verdict.severity]
    checks = [j.relation.check for j in made.relations]
    assert checks.count("two_breakdowns") == 4
    assert "restated" in checks


@pytest.mark.parametrize(
    ("old", "new", "check", "figures"),
    [
        ("| 131 | 12 | 4 | 147 |", "| 113 | 12 | 4 | 147 |", "two_breakdowns", {"113", "6", "128", "9"}),
        ("| 24 | 2 | 2 | 28 |", "| 24 | 2 | 2 | 23 |", "sum", {"23", "24"}),
        ("| 7 | 2 | 3 | 1 | 13 |", "| 7 | 2 | 3 | 1 | 0 |", "sum", {"7", "2", "3", "1", "0"}),
        ("| 4 | 0 | 0 | 1 | 5 |", "| 4 | 0 | 0 | 1 | 8 |", "sum", {"4", "0", "1", "8"}),
        ("全市新收政府信息公开申请147件", "全市新收政府信息公开申请174件", "restated", {"174件"}),
    ],
)
def test_a_mistake_in_a_disclosure_report_is_found(
    old: str, new: str, check: str, figures: set[str], tmp_path: Path
) -> None:
    assert DISCLOSURE.count(old) == 1
    found = errors(DISCLOSURE.replace(old, new), tmp_path)
    assert any(name == check and figures <= shown for name, shown in found), found


@pytest.mark.parametrize("who", ["市政府办公室", "", "市本级"])
def test_another_scope_is_not_told_to_be_wrong(who: str, tmp_path: Path) -> None:
    text = DISCLOSURE.replace("全市新收政府信息公开申请147件", f"{who}新收政府信息公开申请17件")
    assert errors(text, tmp_path) == []


BUDGET = """某局2025年部门预算

收入预算：2025年，某局收入预算501.23万元。

“卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）”120.00万元，主要用于缴费。

2025年部门收入预算总表
编制部门：某局 单位：元

| 类 | 款 | 项 | 科目名称 | 合计 | 财政拨款收入 |
| 201 |  |  | 一般公共服务支出 | 3,812,345.00 | 3,812,345.00 |
| 201 | 06 |  | 财政事务 | 3,812,345.00 | 3,812,345.00 |
| 201 | 06 | 01 | 行政运行 | 3,812,345.00 | 3,812,345.00 |
| 210 |  |  | 卫生健康支出 | 1,200,000.00 | 1,200,000.00 |
| 210 | 11 |  | 行政事业单位医疗 | 1,200,000.00 | 1,200,000.00 |
| 210 | 11 | 01 | 行政单位医疗 | 1,200,000.00 | 1,200,000.00 |
| 合计 |  |  |  | 5,012,345.00 | 5,012,345.00 |

2025年部门支出预算总表
编制部门：某局 单位：元

| 类 | 款 | 项 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 201 |  |  | 一般公共服务支出 | 3,812,345.00 | 3,000,000.00 | 812,345.00 |
| 201 | 06 |  | 财政事务 | 3,812,345.00 | 3,000,000.00 | 812,345.00 |
| 201 | 06 | 01 | 行政运行 | 3,812,345.00 | 3,000,000.00 | 812,345.00 |
| 210 |  |  | 卫生健康支出 | 1,200,000.00 | 1,200,000.00 |  |
| 210 | 11 |  | 行政事业单位医疗 | 1,200,000.00 | 1,200,000.00 |  |
| 210 | 11 | 01 | 行政单位医疗 | 1,200,000.00 | 1,200,000.00 |  |
| 合计 |  |  |  | 5,012,345.00 | 4,200,000.00 | 812,345.00 |

2025年部门一般公共预算支出功能分类预算表
编制部门：某局 单位：元

| 类 | 款 | 项 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 201 |  |  | 一般公共服务支出 | 3,812,345.00 | 3,000,000.00 | 812,345.00 |
| 201 | 06 |  | 财政事务 | 3,812,345.00 | 3,000,000.00 | 812,345.00 |
| 201 | 06 | 01 | 行政运行 | 3,812,345.00 | 3,000,000.00 | 812,345.00 |
| 210 |  |  | 卫生健康支出 | 1,200,000.00 | 1,200,000.00 |  |
| 210 | 11 |  | 行政事业单位医疗 | 1,200,000.00 | 1,200,000.00 |  |
| 210 | 11 | 01 | 行政单位医疗 | 1,200,000.00 | 1,200,000.00 |  |
| 合计 |  |  |  | 5,012,345.00 | 4,200,000.00 | 812,345.00 |
"""


def test_in_a_budget_income_and_expenditure_of_an_account_agree(tmp_path: Path) -> None:
    made = audited(BUDGET, tmp_path)
    assert not [j for j in made.relations if j.verdict.severity]
    assert between(made, "2025年部门收入预算总表", "2025年部门支出预算总表")
    wrong = BUDGET.replace(
        "| 行政单位医疗 | 1,200,000.00 | 1,200,000.00 |\n| 合",
        "| 行政单位医疗 | 1,210,000.00 | 1,210,000.00 |\n| 合",
        1,
    )
    assert any(check == "restated" and "1,210,000.00" in shown for check, shown in errors(wrong, tmp_path))


def test_prose_in_万元_agrees_with_a_table_in_元(tmp_path: Path) -> None:
    assert errors(BUDGET, tmp_path) == []
    assert ("restated", {"1,200,000.00", "1200.00万元"}) in errors(
        BUDGET.replace("）”120.00万元", "）”1200.00万元"), tmp_path
    )
    item = errors(
        BUDGET.replace("（款）行政单位医疗（项）”120.00", "（款）事业单位医疗（项）”999.00"), tmp_path
    )
    assert item == []  # no such account in the table


def test_every_tie_of_every_family_is_well_formed() -> None:
    for family in families():
        ids = {table.id for table in family.tables}
        assert len(ids) == len(family.tables)
        for tie in family.ties:
            assert tie.check in CHECKS
            assert tie.tables() <= ids
            assert tie.tables(), tie
            assert tie.by in ("", "code", "label")
            starred = {cell.row for _, cells in tie.roles for cell in cells if cell.row.startswith("*")}
            several = {cell.table for _, cells in tie.roles for cell in cells if cell.row.startswith("*")}
            assert not starred or len(several) == 1 or tie.by, tie
            for _, cells in tie.roles:
                assert all(cell.table == PROSE for cell in cells) or all(
                    cell.table != PROSE for cell in cells
                )
