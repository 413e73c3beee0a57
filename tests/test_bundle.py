"""Files that tell one report together: what is the same there must be equal, and nothing else is held together."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from gouji.checks.run import audit
from gouji.extract.reader import load
from gouji.reports.cli import cli

REPORT = """# 青禾市2025年国民经济和社会发展统计公报

青禾市统计局

2025年全市社会消费品零售总额1428.63亿元，同比增长4.6%。年末全市常住人口480.36万人。全市粮食总产量102.48万吨。
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*texts: str, bundle: bool = True) -> list[tuple[str, str, str | None]]:
    """Printed values, verdict and severity of the ties between files that were given together."""
    names = []
    for number, text in enumerate(texts):
        names.append(f"{number}.txt")
        Path(names[-1]).write_text(text, "utf-8")
    return sorted(
        (
            " ".join(claim.figure.text for claim in judged.relation.claims()),
            judged.verdict.verdict,
            judged.verdict.severity,
        )
        for judged in audit(map(load, names), bundle=bundle).relations
        if len({claim.document for claim in judged.relation.claims()}) > 1
    )


PRESS = (
    "# 2025年青禾市经济运行情况\n\n2025年，全市社会消费品零售总额{}亿元，同比增长{}%。全市常住人口{}万人。\n"
)


def test_what_differs_in_one_bundle_is_an_error() -> None:
    assert found(REPORT, PRESS.format("1482.63", "4.6", "480.36")) == [
        ("1428.63亿元 1482.63亿元", "inconsistent", "error"),
        ("4.6% 4.6%", "consistent", None),
    ]
    assert ("4.6% 6.4%", "inconsistent", "error") in found(REPORT, PRESS.format("1428.63", "6.4", "480.36"))


def test_without_the_word_that_they_belong_together_they_do_not() -> None:
    assert found(REPORT, PRESS.format("1482.63", "4.6", "480.36"), bundle=False) == []


def test_a_press_release_may_round() -> None:
    ties = found(REPORT, PRESS.format("1429", "4.6", "480.4"))
    assert ("1428.63亿元 1429亿元", "consistent", None) in ties
    assert all(severity is None for _, _, severity in ties)


@pytest.mark.parametrize(
    "other",
    [
        "# 2025年情况\n\n2024年，全市社会消费品零售总额1482.63亿元。\n",  # another year
        "# 2024年情况\n\n全市社会消费品零售总额1482.63亿元。\n",
        "# 2025年情况\n\n全省社会消费品零售总额1482.63亿元。\n",  # another place
        "# 2025年情况\n\n预计全市社会消费品零售总额1482.63亿元。\n",  # a plan
        "# 2025年情况\n\n全市社会消费品零售总额超过1482.63亿元。\n",  # a bound
        "# 2025年情况\n\n其中社会消费品零售总额1482.63亿元。\n",  # a part
        "# 2025年情况\n\n全市限额以上社会消费品零售总额1482.63亿元。\n",  # another thing
        "# 2025年情况\n\n全市社会消费品零售总额1482.63亿元。全市社会消费品零售总额1428.63亿元。\n",  # two values
        "# 2025年情况\n\n全市社会消费品零售总额148263家。\n",  # another unit
    ],
)
def test_what_is_not_surely_the_same_is_left_alone(other: str) -> None:
    assert found(REPORT, other) == []


def annex(value: float) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2025年主要经济指标"])
    sheet.append(["指标", "单位", "绝对数", "比上年增长（%）"])
    sheet.append(["社会消费品零售总额", "亿元", value, 4.6])
    sheet.append(["常住人口", "万人", 480.36, 0.2])
    sheet.append(["粮食总产量", "万吨", 102.48, 1.1])
    book.save("附表.xlsx")


@pytest.mark.parametrize(("value", "status"), [(1428.63, 0), (1482.63, 1)])
def test_an_annex_workbook(value: float, status: int) -> None:
    Path("公报.txt").write_text(REPORT, "utf-8")
    annex(value)
    done = CliRunner().invoke(cli, ["audit", "公报.txt", "附表.xlsx", "--bundle", "--format", "json"])
    assert done.exit_code == status, done.output
    ties = [one for one in json.loads(done.stdout)["relations"] if one.get("bundle")]
    assert len(ties) == 3  # 常住人口 is too short a name to be sure of
    assert [one["severity"] for one in ties if one["severity"]] == ["error"] * status


def test_an_audit_of_a_bundle_can_be_verified() -> None:
    pytest.importorskip("sympy")
    Path("公报.txt").write_text(REPORT, "utf-8")
    Path("新闻稿.txt").write_text(PRESS.format("1482.63", "4.6", "480.36"), "utf-8")
    files = ["公报.txt", "新闻稿.txt"]
    told = CliRunner().invoke(cli, ["audit", *files, "--bundle", "--lang", "zh"])
    assert told.exit_code == 1
    assert "同一报告的不同文件" in told.stdout
    assert "跨期" not in told.stdout
    CliRunner().invoke(cli, ["audit", *files, "--bundle", "--format", "json", "-o", "a.json"])
    assert CliRunner().invoke(cli, ["verify", "a.json"]).exit_code == 0
