"""Figures as records: exact values, units and the set of true values that each may stand for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.document import Block, Figure, Flow
from gouji.extract.figures import figures
from gouji.extract.flow import flow


def read(text: str) -> list[Figure]:
    """The figures of a text that is its own reading copy."""
    copy = Flow(text, list(range(len(text) + 1)), (Block(0, len(text), "text"),))
    return list(figures(copy, text)[0])


def interval(text: str) -> str:
    (figure,) = read(text)
    i = figure.interval
    low = "-inf" if i.low is None else str(i.low)
    high = "inf" if i.high is None else str(i.high)
    return f"{'(' if i.low_open else '['}{low}, {high}{')' if i.high_open else ']'}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # discrete things are points, without 万 and 亿
        ("704件", "[704, 704]"),
        ("三千人", "[3000, 3000]"),
        ("0.66人", "[131/200, 133/200]"),
        # any other: half a unit of the last printed digit
        ("3.5吨", "[69/20, 71/20]"),
        ("39.34亿元", "[3933500000, 3934500000]"),
        ("4000万元", "[39995000, 40005000]"),
        ("29万人次", "[285000, 295000]"),
        ("72117元", "[144233/2, 144235/2]"),
        ("6.1个百分点", "[121/20, 123/20]"),
        ("三十亿元", "[2950000000, 3050000000]"),
        ("-0.67‰", "[-27/40, -133/200]"),
        # 余, 多: up to the next unit of the last significant digit
        ("2.2万余人次", "[22000, 23000)"),
        ("20多家", "[20, 30)"),
        ("1500余名", "[1500, 1600)"),
        ("十余家", "[10, 20)"),
        ("3年多", "[3, 4)"),
        # 超, 超过, 逾, 突破: beyond, unbounded
        ("超5万元", "(50000, inf)"),
        ("超过20000次", "(20000, inf)"),
        ("逾300人", "(300, inf)"),
        ("突破百亿元", "(10000000000, inf)"),
        # 近, 不足, 不到: down to the previous unit, never more than a fifth away
        ("近150万", "[1400000, 1500000)"),
        ("近100项", "[80, 100)"),
        ("不足60名", "[50, 60)"),
        ("低于10%", "[8, 10)"),
        # 约, 左右: half a unit of the last significant digit, 5% at least, 20% at most
        ("约48%", "[228/5, 252/5]"),
        ("约100项", "[80, 120]"),
        ("3.5亿元左右", "[332500000, 367500000]"),
        ("约1234件", "[11723/10, 12957/10]"),
        # bounds
        ("400亿元以上", "[40000000000, inf)"),
        ("不低于60%", "[60, inf)"),
        ("至少3次", "[3, inf)"),
        ("5%以内", "(-inf, 5]"),
        ("不超过200人", "(-inf, 200]"),
        # numbers in words
        ("三分之二", "[19/30, 7/10]"),
        ("近三分之二", "[3/5, 2/3)"),
        ("近一半", "[2/5, 1/2)"),
        ("七成", "[65, 75]"),
        ("一半", "[19/40, 21/40]"),
        ("占比过半", "(1/2, inf)"),
        ("10倍", "[19/2, 21/2]"),
        ("翻两番", "[19/5, 21/5]"),
        ("百分之五", "[9/2, 11/2]"),
        # exactly all, unless it is a change
        ("100%", "[100, 100]"),
        ("增长100%", "[199/2, 201/2]"),
        # ranges
        ("3至5名", "[3, 5]"),
        ("3—5万元", "[30000, 50000]"),
        ("6.5%—7%", "[13/2, 7]"),
    ],
)
def test_admissible_values(text: str, expected: str) -> None:
    assert interval(text) == expected


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("1500余名", "over"),
        ("超过3件", "over"),
        ("近7万", "under"),
        ("不到2年", "under"),
        ("约3亿元", "about"),
        ("10%左右", "about"),
        ("3年以上", "at_least"),
        ("不少于5名", "at_least"),
        ("50万元以下", "at_most"),
        ("至多5次", "at_most"),
        ("3—5年", "range"),
        ("达3件", "exact"),
        ("达到3件", "exact"),
        ("签约3件", "exact"),
        ("附近3件", "exact"),
        ("近3年", "exact"),
    ],
)
def test_hedges(text: str, approx: str) -> None:
    (figure,) = read(text)
    assert figure.approx == approx


@pytest.mark.parametrize(
    ("text", "value", "unit", "printed", "kind"),
    [
        ("39.34亿元", "3934000000", "元", "亿元", "money"),
        ("2875.4亿元人民币", "287540000000", "元", "亿元人民币", "money"),
        ("4.07亿美元", "407000000", "美元", "亿美元", "money"),
        ("3.2万亩", "32000", "亩", "万亩", "area"),
        ("6.1个百分点", "61/10", "百分点", "个百分点", "percentage_point"),
        ("81.39%", "8139/100", "%", "%", "percent"),
        ("206元/月", "206", "元/月", "元/月", "money"),
        ("近7万", "70000", "", "万", "count"),
        ("1.2万亿元", "1200000000000", "元", "万亿元", "money"),
        ("230.13亿千瓦时", "23013000000", "千瓦时", "亿千瓦时", "other"),
        ("96.8分", "484/5", "分", "分", "score"),
        ("10倍", "10", "倍", "倍", "multiple"),
        ("三周年", "3", "周年", "周年", "duration"),
        ("三分之二", "2/3", "", "", "ratio"),
        ("七成", "70", "%", "%", "percent"),
        ("3478人次", "3478", "人次", "人次", "person_times"),
        ("20多万户", "200000", "户", "万户", "count"),
    ],
)
def test_values_and_units(text: str, value: str, unit: str, printed: str, kind: str) -> None:
    (figure,) = read(text)
    assert (figure.value, figure.unit, figure.printed_unit, figure.kind) == (
        Fraction(value),
        unit,
        printed,
        kind,
    )


def test_every_field_of_a_figure() -> None:
    text = "本年 约 1,234.50 万元。"
    copy = flow(text)
    (figure,), skipped = figures(copy, text)
    assert skipped == ()
    assert figure.id == "f1"
    assert text[figure.start : figure.end] == figure.text == "约 1,234.50 万元"
    assert figure.numeral == "1,234.50"
    assert text[figure.numeral_start :].startswith("1,234.50")
    assert copy.text[figure.flow_start : figure.flow_end] == "约1,234.50万元"
    assert figure.ulp == 100
    assert (figure.decimals, figure.discrete, figure.negative) == (2, False, False)


def test_what_layout_pulls_apart_keeps_a_short_span() -> None:
    text = "共办理" + "3" + "\u3000" * 30 + "件。"
    copy = flow(text)
    for figure in figures(copy, text)[0]:
        assert figure.end - figure.start <= 24
        assert text[figure.start : figure.end] == figure.text


def test_skipped_numbers_say_why() -> None:
    text = "2023年第三批"
    _, skipped = figures(Flow(text, list(range(8)), ()), text)
    assert [(s.text, s.reason) for s in skipped] == [("2023年", "year"), ("第三", "ordinal")]


@given(
    st.integers(0, 10**9),
    st.integers(0, 4),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["件", "元", "吨", "%", "公顷", "个百分点", "人次"]),
    st.sampled_from(["", "约", "近", "超过", "不低于", "不超过"]),
)
def test_the_printed_value_bounds_its_interval(
    n: int, places: int, multiplier: str, unit: str, hedge: str
) -> None:
    whole, after = divmod(n, 10**places)
    written = f"{hedge}{whole}" + (f".{after:0{places}}" if places else "") + multiplier + unit
    (figure,) = read(f"共{written}，")
    assert figure.text == written
    big = {"": 1, "万": 10**4, "亿": 10**8}[multiplier]
    assert figure.value == Fraction(n, 10**places) * big
    i = figure.interval
    assert i.low is None or i.low <= figure.value
    assert i.high is None or i.high >= figure.value
    inside = hedge in ("", "约", "不低于", "不超过")
    at_end = figure.value in (i.low, i.high)
    open_end = (figure.value == i.low and i.low_open) or (figure.value == i.high and i.high_open)
    assert inside != (at_end and open_end)
