"""Every word of the lexicons of gaps and pulls does what it says, shown in a sentence."""

from __future__ import annotations

import pytest

from .test_lexicon_entries import all_work, lexicon, tied
from .texts import audited, of

GAPS = lexicon("checks/gaps")


@pytest.mark.parametrize(("key", "gap"), [("above", "4.3"), ("below", "2.2")])
def test_words_before_what_a_growth_is_compared_with(key: str, gap: str) -> None:
    other = "3.1" if key == "above" else "9.6"

    def works(word: str) -> bool:
        text = f"全年粮食产量增长7.4%，增速{word}全省（{other}%）{gap}个百分点。"
        return tied(text, "growth_gap", gap=gap, growth="7.4", other_growth=other)

    all_work(key, GAPS["compare"][key], works)


@pytest.mark.parametrize(("key", "gap"), [("higher", "4.3"), ("lower", "2.2")])
def test_words_behind_what_a_growth_is_compared_with(key: str, gap: str) -> None:
    other = "3.1" if key == "higher" else "9.6"

    def works(word: str) -> bool:
        text = f"全年粮食产量增长7.4%，增速比全省（{other}%）{word}{gap}个百分点。"
        return tied(text, "growth_gap", gap=gap, growth="7.4", other_growth=other)

    all_work(key, GAPS["compare"][key], works)


@pytest.mark.parametrize(("key", "gap"), [("greater", "4.3"), ("less", "2.2")])
def test_words_of_a_growth_that_moves(key: str, gap: str) -> None:
    other = "3.1" if key == "greater" else "9.6"

    def works(word: str) -> bool:
        text = f"全年粮食产量增长7.4%，增速比上年（{other}%）{word}{gap}个百分点。"
        return tied(text, "growth_gap", gap=gap, growth="7.4", other_growth=other)

    all_work(key, GAPS["move"][key], works)


def test_what_is_compared() -> None:
    def growth(word: str) -> bool:
        text = f"全年粮食产量增长7.4%，{word}比上年（3.1%）扩大4.3个百分点。"
        return tied(text, "growth_gap", gap="4.3", growth="7.4", other_growth="3.1")

    def fall(word: str) -> bool:
        text = f"全年粮食产量下降7.4%，{word}比上年（3.1%）扩大4.3个百分点。"
        found = of(audited(text), "growth_gap")
        return [j.verdict.verdict for j in found] == ["consistent"]

    all_work("growth", GAPS["measure"]["growth"], growth)
    all_work("fall", GAPS["measure"]["fall"], fall)


def test_the_year_before() -> None:
    def works(word: str) -> bool:
        text = f"2024年粮食产量增长3.1%。2025年粮食产量增长7.4%，增速比{word}加快4.3个百分点。"
        return tied(text, "growth_gap", gap="4.3", growth="7.4", other_growth="3.1")

    all_work("last", GAPS["move"]["last"], works)


def test_names_of_what_a_growth_is_compared_with() -> None:
    def works(name: str) -> bool:
        whole = next(names for names in GAPS["whole"]["same"] if name in names)[0]
        text = f"全年{whole}增长3.1%。粮食产量增长7.4%，增速高于{name}增速4.3个百分点。"
        return tied(text, "growth_gap", gap="4.3", growth="7.4", other_growth="3.1")

    all_work("same", [name for names in GAPS["whole"]["same"] for name in names], works)
    all_work(
        "filler",
        GAPS["whole"]["filler"],
        lambda word: tied(
            f"全年地区生产总值增长3.1%。粮食产量增长7.4%，快于GDP{word}4.3个百分点。",
            "growth_gap",
            gap="4.3",
            growth="7.4",
            other_growth="3.1",
        ),
    )


def test_wholes_that_grow_at_constant_prices() -> None:
    def works(whole: str) -> bool:
        text = f"全市{whole}增长12.9%。甲县增长13.9%，占全市的43.7%，拉动{whole}增长5.7个百分点。"
        return [j.verdict.reason for j in of(audited(text), "pull")] == ["real_terms"]

    all_work("real", lexicon("checks/pulls")["whole"]["real"], works)
