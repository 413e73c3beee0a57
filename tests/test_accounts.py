"""Labels that are short for an account of the budget, and which account a figure belongs to."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from gouji.extract.accounts import named
from gouji.extract.claim import Claim
from gouji.extract.claims import read
from gouji.extract.synonyms import canonical

from .texts import document

LEXICON: dict[str, Any] = tomllib.loads(
    files("gouji.extract").joinpath("accounts.toml").read_text(encoding="utf-8")
)
NAMES = [(name, account["names"][0]) for account in LEXICON["account"] for name in account["names"]]


def claims(text: str) -> dict[str, Claim]:
    found = read(document(f"# 某某市2025年预算执行情况报告\n\n{text}\n")).claims
    return {c.figure.numeral: c for c in found}


@pytest.mark.parametrize(("name", "first"), NAMES)
def test_a_short_label_takes_the_account_told_before_it(name: str, first: str) -> None:
    found = claims(f"全市{name}收入148.21亿元，支出300.55亿元。")
    assert found["300.55"].label == f"全市{name}支出"
    assert found["300.55"].account == first
    assert canonical(f"{name}支出") == f"{first}支出"


@pytest.mark.parametrize("side", LEXICON["elliptic"]["sides"])
def test_every_short_label_is_completed(side: str) -> None:
    label = claims(f"全市一般公共预算收入148.21亿元，{side}300.55亿元。")["300.55"].label
    assert label == f"全市一般公共预算{side.removeprefix('预算')}"


@pytest.mark.parametrize("fill", LEXICON["elliptic"]["fill"])
def test_words_between_whose_it_is_and_the_side(fill: str) -> None:
    found = claims(f"全市一般公共预算收入148.21亿元，{fill}支出300.55亿元。")
    assert found["300.55"].label.endswith("一般公共预算支出")


@pytest.mark.parametrize("level", LEXICON["whose"]["levels"])
def test_whose_account_it_is(level: str) -> None:
    assert claims(f"{level}一般公共预算收入8.21亿元，支出9.55亿元。")["9.55"].label.endswith(
        "一般公共预算支出"
    )


@pytest.mark.parametrize("word", LEXICON["whole"]["words"])
def test_a_total_is_not_short_for_the_account(word: str) -> None:
    assert "一般公共" not in claims(f"一般公共预算收入8.21亿元，支出{word}9.55亿元。")["9.55"].label


@pytest.mark.parametrize("end", LEXICON["sub"]["ends"])
def test_an_account_within_an_account(end: str) -> None:
    found = claims(f"全市社会保险基金预算收入48.21亿元。企业职工基本养老{end}收入33.10亿元，支出30.55亿元。")
    assert found["30.55"].label == f"企业职工基本养老{end}支出"
    assert found["30.55"].account == f"企业职工基本养老{end}"


@pytest.mark.parametrize("word", LEXICON["moved"]["words"])
def test_what_is_moved_between_accounts_names_none(word: str) -> None:
    assert named(f"{word}政府性基金预算收入") == ""


def test_the_heading_names_the_account() -> None:
    found = claims("## （二）政府性基金预算\n\n全市收入安排45.12亿元。\n\n支出122.93亿元。")
    assert (found["45.12"].label, found["122.93"].label) == ("全市政府性基金预算收入", "政府性基金预算支出")


@pytest.mark.parametrize(
    "text",
    [
        # another matter stands between
        "全市一般公共预算收入148.21亿元。整合资金36.41亿元，完成支出34.09亿元。",
        # whose spending is told cannot be said in short
        "建设银行某支行一般公共预算收入148.21亿元，支出34.09亿元。",
        # not a sum of money
        "全市一般公共预算收入148.21亿元，支出34.09万笔。",
    ],
)
def test_left_as_it_is_where_the_words_do_not_tell(text: str) -> None:
    assert "一般公共" not in claims(text)["34.09"].label


def test_too_far_from_the_account() -> None:
    paragraphs = "\n\n".join(["财政运行平稳。"] * 4)
    found = claims(f"全市一般公共预算收入148.21亿元。\n\n{paragraphs}\n\n支出34.09亿元。")
    assert found["34.09"].label == "支出"
    assert found["34.09"].account == ""
