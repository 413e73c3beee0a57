"""Ties of the further checks, word by word of their lexicons, and as properties of their arithmetic."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from importlib.resources import files
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.conversions import conversions

from .texts import FINDINGS, audited, of


def lexicon(name: str) -> dict[str, Any]:
    return tomllib.loads(files("gouji.checks").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def verdicts(check: str, text: str) -> list[str]:
    return [j.verdict.verdict for j in of(audited([text]), check)]


# --- limits of debt --------------------------------------------------------------------------------

LEVELS = lexicon("debts")["level"]


@pytest.mark.parametrize(
    "word", [w for name in ("whole", "own", "lower") for w in LEVELS[name] if "（" not in w]
)
def test_a_limit_binds_the_balance_of_its_level(word: str) -> None:
    told = "2025年末{}政府债务限额345.60亿元，{}政府债务余额{}亿元。"
    assert verdicts("ceiling", told.format(word, word, "334.20")) == ["consistent"]
    assert verdicts("ceiling", told.format(word, word, "354.20")) == ["inconsistent"]
    for name in ("whole", "own", "lower"):
        if word not in LEVELS[name]:
            assert verdicts("ceiling", told.format(word, LEVELS[name][0], "354.20")) == []


@pytest.mark.parametrize("word", lexicon("debts")["not"]["words"])
def test_what_is_no_whole_limit_binds_nothing(word: str) -> None:
    assert verdicts("ceiling", f"2025年末全市{word}政府债务限额45.60亿元，全市政府债务余额334.20亿元。") == []


@pytest.mark.parametrize("word", lexicon("debts")["hold"]["words"])
def test_words_that_hold_a_balance_against_its_limit(word: str) -> None:
    found = of(audited([f"2025年末全市政府债务余额354.20亿元，{word}政府债务限额345.60亿元。"]), "ceiling")
    assert [(j.verdict.verdict, j.relation.strength) for j in found] == [("inconsistent", "logical")]


# --- units -----------------------------------------------------------------------------------------

PAIRS = [
    (one, two) for table in lexicon("conversions")["same"] for one, two in permutations(table["worth"], 2)
]


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_units_of_one_kind_are_converted(one: str, two: str) -> None:
    worth = conversions()
    many = Fraction(3000) * worth.factor(one) / worth.factor(two)
    if many < 1 or (many * 100).denominator != 1:
        return
    told = f"全年合计3000{one}（{{}}{two}）。"
    exact = f"{float(many):.2f}" if many.denominator > 1 else str(many)
    assert verdicts("unit_pair", told.format(exact)) == ["consistent"]
    assert verdicts("unit_pair", told.format(int(many * 2))) == ["inconsistent"]


@given(st.integers(100, 999_999))
@settings(max_examples=25, deadline=None)
def test_fifteen_mu_are_a_hectare(hectares: int) -> None:
    assert verdicts("unit_pair", f"造林面积{hectares}公顷（{15 * hectares}亩）。") == ["consistent"]
    assert set(verdicts("unit_pair", f"造林面积{hectares}公顷（{17 * hectares}亩）。")) <= FINDINGS


# --- averages --------------------------------------------------------------------------------------


@given(st.integers(1100, 9900), st.integers(3, 12), st.integers(101, 160))
@settings(max_examples=25, deadline=None)
def test_years_that_are_named_count_as_years_that_are_printed(start: int, years: int, percent: int) -> None:
    end = start * percent // 100
    chinese = "零一二三四五六七八九十"
    count = chinese[years] if years <= 10 else f"十{chinese[years - 10]}"
    front = f"企业从2009年的{start}家增加到{2009 + years}年的{end}家，"
    named = of(audited([f"{front}年均增长3.0%。"]), "growth_average")
    printed = of(audited([f"{front}{count}年年均增长3.0%。"]), "growth_average")
    assert [j.verdict.verdict for j in named] == [j.verdict.verdict for j in printed] != []
    assert [j.verdict.gap for j in named] == [j.verdict.gap for j in printed]


NUMBERS = lexicon("spans")["plan"]["numbers"]


@pytest.mark.parametrize("number", [n for n in NUMBERS if n and NUMBERS[n] < 2040])
def test_ends_of_plans_are_years(number: str) -> None:
    after = next(n for n, year in NUMBERS.items() if year == NUMBERS[number] + 5)
    told = "一般公共预算收入从“十{}五”末的639.3亿元增长至“十{}五”末的730.0亿元，年均增长{}%。"
    assert verdicts("growth_average", told.format(number, after, "2.7")) == ["consistent"]
    assert verdicts("growth_average", told.format(number, after, "4.7")) == ["inconsistent"]


# --- lists that say their order ---------------------------------------------------------------------

RANKINGS = lexicon("rankings")


@pytest.mark.parametrize("word", RANKINGS["down"]["words"] + RANKINGS["up"]["words"])
def test_words_of_order(word: str) -> None:
    listed = ["东区58起", "西区47起", "南区35起"]
    if word in RANKINGS["up"]["words"]:
        listed.reverse()
    assert verdicts("order", f"各区案件{word}依次为{'、'.join(listed)}。") == ["consistent"]
    assert verdicts("order", f"各区案件{word}依次为{'、'.join(reversed(listed))}。") == ["inconsistent"]


@pytest.mark.parametrize("side", ["most", "least"])
def test_words_for_the_greatest_and_the_least(side: str) -> None:
    told = "全年受理纠纷1570件，其中邻里纠纷{}件{}，婚姻家庭纠纷540件，物业纠纷310件。"
    right, wrong = (720, 120) if side == "most" else (120, 720)

    def found(value: int, words: str) -> list[str]:
        return verdicts("order", told.format(value, words))

    for word in RANKINGS[side]["words"]:
        assert found(right, f"，数量{word}") == ["consistent"], word
        assert found(wrong, f"，数量{word}") == ["inconsistent"], word
        assert found(right, f"，全市{word}") == [], word
    for measure in RANKINGS["measure"]["words"]:
        assert found(right, f"，{measure}{RANKINGS[side]['words'][0]}") == ["consistent"], measure
    for named in RANKINGS["measure"]["named"]:
        text = (
            f"全年受理纠纷1570件，其中{RANKINGS[side]['words'][0]}{named}邻里纠纷{right}件，物业纠纷310件。"
        )
        assert verdicts("order", text) == ["consistent"], named


# --- contributions, averages per head ----------------------------------------------------------------


@pytest.mark.parametrize("names", lexicon("pulls")["whole"]["same"], ids="、".join)
def test_a_whole_is_pulled_under_each_of_its_names(names: list[str]) -> None:
    for name in names:
        told = f"{names[0]}增长6.0%。民营企业贡献率为{{}}%，拉动{name}增长3.4个百分点。"
        assert verdicts("contribution", told.format("56.7")) == ["consistent"], name
        assert verdicts("contribution", told.format("65.7")) == ["inconsistent"], name


@pytest.mark.parametrize(
    ("word", "unit"), [(w, u) for w, us in lexicon("averages")["per"].items() for u in us]
)
def test_averages_are_taken_over_their_units(word: str, unit: str) -> None:
    told = f"发放资金28.80万元，惠及1200{unit}，{word}{{}}元。"
    assert verdicts("per_capita", told.format(240)) == ["consistent"]
    assert verdicts("per_capita", told.format(420)) == ["inconsistent"]


@given(st.integers(1000, 9999), st.integers(100, 999), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_a_product_per_head_is_of_the_mean_population(product: int, people: int, change: int) -> None:
    mean = Fraction(2 * people + change, 2)
    average = round(Fraction(product * 10_000) / mean)
    told = f"全市地区生产总值{product}.00亿元。人均地区生产总值{{}}元。年末全市常住人口{people}.00万人，比上年末减少{change}.00万人。"
    assert verdicts("per_capita", told.format(average)) == ["consistent"]
    assert verdicts("per_capita", told.format(average + average // 5)) == ["inconsistent"]
