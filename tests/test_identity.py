"""Whose report a document is and of which year; where it tells results. Every word of the lexicon is shown to work."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from gouji.extract.document import Document
from gouji.extract.identity import (
    Results,
    bucket,
    caveat,
    core,
    identity,
    normal_name,
    normal_scope,
    same_issuer,
)

from .texts import document

WORDS: dict[str, Any] = tomllib.loads(
    files("gouji.extract").joinpath("identity.toml").read_text(encoding="utf-8")
)


def report(text: str, path: str = "report.txt") -> Document:
    return document(text, path)


def words(table: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("word", WORDS[table])


@words("review")
def test_a_heading_that_looks_back_names_the_year(word: str) -> None:
    found = identity(
        report(f"# 报告\n\n## 一、2019年工作{word}\n\n完成投资12亿元。\n\n## 二、其他\n\n没有。\n")
    )
    assert (found.year, found.sure) == ("2019", True)


@words("next_year")
def test_a_heading_that_looks_ahead_names_the_year_after(word: str) -> None:
    found = identity(report(f"# 报告\n\n完成投资12亿元。\n\n## 二、2020年{word}\n\n完成投资13亿元。\n"))
    assert (found.year, found.sure) == ("2019", True)


@words("outlook")
def test_a_section_that_looks_ahead_tells_no_results(word: str) -> None:
    text = f"# 报告\n\n## 一、工作总结\n\n完成投资12亿元。\n\n## 二、{word}\n\n完成投资13亿元。\n\n### （一）投资\n\n完成14亿元。\n"
    read = report(text)
    results = Results(read, "2019")
    money = [f for f in read.figures if f.unit == "元"]
    assert [results.at(f.flow_start) for f in money] == [True, False, False]


def test_a_section_of_a_later_year_tells_no_results() -> None:
    read = report(
        "# 报告\n\n## 一、2019年\n\n投资12亿元。\n\n## 二、2020年\n\n投资13亿元。\n\n## 三、2019年决算\n\n投资11亿元。\n"
    )
    results = Results(read, "2019")
    assert [results.at(f.flow_start) for f in read.figures] == [True, False, True]


@words("begins")
def test_a_report_given_when_a_year_begins_tells_of_the_year_before(word: str) -> None:
    assert identity(report("完成投资12亿元。", f"某某县_2022_{word}.txt")).year == "2021"
    assert identity(report("完成投资12亿元。", "某某县_2022_统计公报.txt")).year == "2022"


@words("kinds")
def test_the_kind_of_report_is_no_part_of_the_issuer(word: str) -> None:
    assert identity(report("完成投资12亿元。", f"某某县_2022_{word}.txt")).issuer == "某某县"


@words("bodies")
def test_a_body_is_named_by_what_it_governs(word: str) -> None:
    assert core(f"某某县{word}") == ("某某", "县")


@words("levels")
def test_a_level_tells_places_apart(word: str) -> None:
    assert core(f"某某{word}") == ("某某", word)
    other = "市" if word != "市" else "县"
    assert not same_issuer(f"某某{word}", f"某某{other}")
    assert same_issuer(f"某某{word}", "某某")


@words("whole")
def test_a_scope_of_all_is_none(word: str) -> None:
    assert normal_scope(word) == ""
    assert normal_name(f"{word}一般公共预算收入") == "一般公共预算收入"


@words("revised")
def test_a_word_of_another_basis_is_told(word: str) -> None:
    assert caveat(f"收入12亿元，{word}增长5%") in WORDS["revised"]
    assert not caveat("收入12亿元，增长5%")


def test_names_of_one_issuer_share_their_bucket() -> None:
    for one, other in (
        ("甲乙丙丁县人民政府", "丙丁县"),
        ("甲省丙丁", "丙丁"),
        ("甲市丙丁区", "丙丁区管委会"),
    ):
        assert same_issuer(one, other)
        assert bucket(one) == bucket(other)
    assert not same_issuer("丙丁县", "甲乙县")
    assert not same_issuer("", "甲乙县")


def test_the_title_goes_before_the_file_unless_the_file_names_an_office() -> None:
    text = "# 某某市统计局2021年统计公报\n\n完成投资12亿元。\n"
    assert identity(report(text, "甲乙市_2021_公报.txt")).issuer == "某某市统计局"
    text = "# 某某市2021年部门预算\n\n收入12亿元。\n"
    assert identity(report(text, "某某市审计办_2021_部门预算.txt")).issuer == "某某市审计办"
    assert identity(report(text, "somewhere_2021_budget.txt")).issuer == "某某市"


def test_a_file_name_without_year_or_kind_names_nobody() -> None:
    assert identity(report("完成投资12亿元。", "某某县.txt")).issuer == ""
    assert identity(report("完成投资12亿元。", "2017.txt")).issuer == ""
