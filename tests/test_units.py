"""The unit lexicon: every word matches itself, the longest wins, what continues a word blocks it."""

import pytest

from gouji.extract.units import UNITS

KINDS = {
    "count",
    "person_times",
    "money",
    "percent",
    "percentage_point",
    "multiple",
    "duration",
    "score",
    "area",
    "other",
}


def test_every_word_of_the_lexicon_is_found_where_it_stands() -> None:
    for word in UNITS.units:
        assert UNITS.match(f"5{word}，", 1) == word


def test_every_blocked_continuation_blocks_its_word() -> None:
    for word, stops in UNITS.blocked.items():
        assert word in UNITS.units, word
        for stop in stops:
            found = UNITS.match(f"5{word}{stop}，", 1)
            assert found != word, (word, stop)


def test_every_kind_is_a_kind_of_figure_and_counted_things_are_discrete() -> None:
    assert {u.kind for u in UNITS.units.values()} == KINDS
    assert all(u.discrete for u in UNITS.units.values() if u.kind in ("count", "person_times"))
    assert not any(u.discrete for u in UNITS.units.values() if u.kind not in ("count", "person_times"))


def test_chinese_numerals_count_only_words_of_the_lexicon() -> None:
    for word in UNITS.chinese | UNITS.one:
        assert word in UNITS.units, word


@pytest.mark.parametrize(
    ("printed", "base", "kind"),
    [
        ("件", "件", "count"),
        ("人次", "人次", "person_times"),
        ("圆", "元", "money"),
        ("元人民币", "元", "money"),
        ("港币", "港元", "money"),
        ("％", "%", "percent"),
        ("‰", "‰", "percent"),
        ("个百分点", "百分点", "percentage_point"),
        ("倍", "倍", "multiple"),
        ("个工作日", "工作日", "duration"),
        ("分", "分", "score"),
        ("㎡", "平方米", "area"),
        ("公顷", "公顷", "area"),
        ("吨标煤", "吨标准煤", "other"),
        ("千瓦时", "千瓦时", "other"),
        ("元/平方米", "元/平方米", "money"),
        ("元/月", "元/月", "money"),
        ("微克/立方米", "微克/立方米", "other"),
        ("μg/m³", "微克/立方米", "other"),
    ],
)
def test_units_have_base_forms(printed: str, base: str, kind: str) -> None:
    assert UNITS.compound(f"5{printed}。", 1) == printed
    assert (UNITS.unit(printed).base, UNITS.unit(printed).kind) == (base, kind)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("人民", ""),
        ("人均", ""),
        ("年度", ""),
        ("家园", ""),
        ("本级", ""),
        ("项目", "项目"),
        ("个体", "个"),
        ("", ""),
    ],
)
def test_a_word_that_goes_on_is_no_unit(text: str, word: str) -> None:
    assert UNITS.match("3" + text, 1) == word


def test_a_bare_number_has_an_empty_unit() -> None:
    assert UNITS.unit("").base == ""
