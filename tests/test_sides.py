"""Every word of ``sides.toml``: sides, what they leave, that they are even, what is carried over."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from .texts import audited

LEXICON: dict[str, Any] = tomllib.loads(
    files("gouji.checks").joinpath("sides.toml").read_text(encoding="utf-8")
)


def tied(text: str, check: str) -> list[str]:
    return [j.verdict.verdict for j in audited(text).relations if j.relation.check == check]


def pairs() -> list[tuple[str, str]]:
    side = LEXICON["side"]
    return [(i, "总支出") for i in side["income"]] + [("总收入", e) for e in side["expense"]]


@pytest.mark.parametrize(("income", "expense"), pairs())
@pytest.mark.parametrize(("left", "verdict"), [("3.25", "consistent"), ("3.52", "inconsistent")])
def test_what_the_two_sides_leave(income: str, expense: str, left: str, verdict: str) -> None:
    text = f"区级汇总，{income}112.60亿元，{expense}109.35亿元。收支相抵，年末结转结余{left}亿元。"
    assert tied(text, "difference") == [verdict]


@pytest.mark.parametrize("word", LEXICON["offset"]["words"])
def test_words_that_hold_the_sides_against_each_other(word: str) -> None:
    assert tied(f"总收入112.60亿元，总支出109.35亿元。{word}，年末结余3.25亿元。", "difference") == [
        "consistent"
    ]


@pytest.mark.parametrize("end", LEXICON["left"]["ends"])
def test_what_is_left(end: str) -> None:
    assert tied(f"总收入112.60亿元，总支出109.35亿元。收支相抵，{end}3.52亿元。", "difference") == [
        "inconsistent"
    ]


@pytest.mark.parametrize("word", LEXICON["left"]["not"])
def test_what_is_left_of_other_years_is_not_told_by_the_two_sides(word: str) -> None:
    assert not tied(f"总收入112.60亿元，总支出109.35亿元。收支相抵，{word}结余3.52亿元。", "difference")


@pytest.mark.parametrize("word", LEXICON["even"]["words"])
def test_even_sides(word: str) -> None:
    assert tied(f"国有资本经营预算总收入9.71亿元。总支出9.17亿元。{word}。", "balance") == ["inconsistent"]
    assert not tied("国有资本经营预算总收入9.71亿元。总支出9.17亿元。", "balance")


CLOSING = [(c, "上年结转") for c in LEXICON["carried"]["closing"]]
OPENING = [("滚存结余", o) for o in LEXICON["carried"]["opening"]]


@pytest.mark.parametrize(("closing", "opening"), CLOSING + OPENING)
def test_what_is_carried_over(closing: str, opening: str) -> None:
    text = (
        f"2025年，全市政府性基金预算收入86.86亿元，{closing}67.20亿元。"
        f"2026年，全市政府性基金预算收入92.15亿元，{opening}62.70亿元。"
    )
    assert tied(text, "carry_over") == ["inconsistent"]


@pytest.mark.parametrize("word", LEXICON["carried"]["not"])
def test_what_is_carried_over_of_one_purpose(word: str) -> None:
    text = (
        f"2025年，全市政府性基金预算收入86.86亿元，{word}滚存结余67.20亿元。"
        "2026年，全市政府性基金预算收入92.15亿元，上年结转62.70亿元。"
    )
    assert not tied(text, "carry_over")


@pytest.mark.parametrize("word", LEXICON["even"]["not_before"])
def test_a_heading_or_an_aim_does_not_say_that_sides_are_even(word: str) -> None:
    text = (
        f"收支平衡{word}国有资本经营预算总收入9.71亿元。国有资本经营预算总支出9.17亿元。收支平衡{word}说明。"
    )
    assert not tied(text, "balance")
