"""Every entry of ``percent_caps.toml`` binds or frees a percentage, shown in a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gouji.reports.json import contract
from gouji.reports.verify import verify

from .test_cases import Case, cases
from .test_lexicon_entries import all_work, lexicon
from .texts import audited, document, of, printed

CAPS = lexicon("checks/percent_caps")
SURE, LOOSE = "error", "warning"


def weighs(text: str) -> str | None:
    """What the finding on the percentage above 100 weighs; ``None`` without one."""
    found = of(audited(f"# 某某市2025年统计公报\n\n{text}\n"), "percent_cap")
    return found[0].verdict.severity if found else None


@pytest.mark.parametrize("number", range(len(CAPS["rate"])))
def test_rates_that_are_part_of_a_whole(number: int) -> None:
    entry: dict[str, Any] = CAPS["rate"][number]
    weight = SURE if entry["strength"] == "logical" else LOOSE
    assert entry["source"]
    all_work("cap rate", entry["names"], lambda w: weighs(f"全年{w}达到123.4%。") == weight)


def test_words_that_free_a_rate() -> None:
    all_work("cap rate not", CAPS["rate_not"]["words"], lambda w: weighs(f"全年{w}覆盖率123.4%。") is None)


def test_wholes_of_a_share() -> None:
    all_work("cap share", CAPS["share"]["names"], lambda w: weighs(f"妇女占全部{w}的123.4%。") == SURE)
    all_work("cap share not", CAPS["share"]["not"], lambda w: weighs(f"占{w}总数的123.4%。") is None)


def test_falls_of_what_is_counted() -> None:
    fall = CAPS["fall"]
    all_work("cap fall unit", fall["units"], lambda w: weighs(f"全年用量36{w}，下降123.4%。") == SURE)
    all_work("cap fall name", fall["names"], lambda w: weighs(f"全年{w}同比下降123.4%。") == SURE)
    all_work("cap fall money", fall["money"], lambda w: weighs(f"全年{w}3亿元，下降123.4%。") == LOOSE)
    all_work("cap fall not", fall["not"], lambda w: weighs(f"全年{w}面积36亩，下降123.4%。") is None)


@pytest.mark.parametrize(("kind", "unit"), [("count", "件"), ("person_times", "人次"), ("area", "公顷")])
def test_kinds_of_units(kind: str, unit: str) -> None:
    assert kind in CAPS["fall"]["kinds"]
    assert weighs(f"全年受理36{unit}，同比下降123.4%。") == SURE


def test_every_kind_of_units_is_shown() -> None:
    assert set(CAPS["fall"]["kinds"]) == {"count", "person_times", "area"}


# --- sums in formal numerals --------------------------------------------------------------------------------

CAPITALS = lexicon("checks/capitals")["between"]


def same(text: str) -> bool:
    return [j.verdict.verdict for j in of(audited(text), "capitals")] == ["consistent"]


def test_marks_of_a_sum_told_twice() -> None:
    def works(word: str) -> bool:
        return same(f"中标价人民币贰拾伍万元整{word}250000.00元{'）' if word == '（' else ''}。")

    all_work("capital marks", CAPITALS["marks"], works)
    assert not of(audited("中标价人民币贰拾伍万元整、250000.00元。"), "capitals")


def test_words_beside_a_mark() -> None:
    def works(word: str) -> bool:
        stops = word in "\n"
        text = f"中标价人民币贰拾伍万元整{'，' if stops else ''}{word}小写250000.00元。"
        return same(text)

    all_work("capital words", CAPITALS["words"], works)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("壹佰贰拾叁万元整", "1230000"),
        ("伍拾陆万柒仟捌佰玖拾元伍角贰分", "14197263/25"),
        ("壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖圆正", "123456789"),
        ("壹佰元零伍分", "2001/20"),
        ("玖佰元整", "900"),
    ],
)
def test_formal_numerals_are_exact(written: str, value: str) -> None:
    (found,) = document(f"中标价人民币{written}，公示期满。").figures
    assert (found.text, str(found.value), found.unit) == (written, value, "元")
    assert found.interval.is_point


@pytest.mark.parametrize("text", ["补助壹佰元正式启动", "伍佰元整改完毕"])
def test_words_that_begin_with_the_end_of_a_sum(text: str) -> None:
    (found,) = document(text).figures
    assert found.text.endswith("元")


@pytest.mark.parametrize(
    "check", ["capitals", "dates", "exchange_rates", "multiple", "percent_cap", "unit_pair"]
)
def test_every_case_verifies(check: str) -> None:
    for parameters in cases():
        case = parameters.values[0]
        assert isinstance(case, Case)
        if case.check == check:
            data = json.loads(json.dumps(contract(audited(case.texts), "zh")))
            assert verify(data).faults == (), case.fields["name"]


# --- ratios with a name of their own --------------------------------------------------------------------------

MULTIPLES = lexicon("checks/multiples")


def ratio(text: str) -> bool:
    """Whether 2.17 is tied to 52559 and 24184."""
    wanted = {"current": ["52559"], "base": ["24184"], "multiple": ["2.17"]}
    return any(printed(j) == wanted for j in of(audited(text), "multiple"))


@pytest.mark.parametrize("number", range(len(MULTIPLES["ratio"])))
def test_named_ratios(number: int) -> None:
    entry: dict[str, Any] = MULTIPLES["ratio"][number]
    name, end = entry["name"][0], entry["ends"][0]
    current, base = entry["current"][0], entry["base"][0]

    def told(current: str, base: str, name: str) -> bool:
        return ratio(f"{current}52559元，{base}24184元，{name}为2.17。")

    all_work("ratio name", entry["name"], lambda w: told(current, base, w + end))
    all_work("ratio end", entry["ends"], lambda w: told(current, base, name + w))
    all_work("ratio current", entry["current"], lambda w: told(w, base, name + end))
    all_work("ratio base", entry["base"], lambda w: told(current, w, name + end))


def test_ratios_that_move() -> None:
    text = "城镇居民人均可支配收入52559元；农村居民人均可支配收入24184元。城乡居民收入比{0}2.17。"
    moves = MULTIPLES["moves"]
    all_work("moves", moves["words"], lambda w: ratio(text.format(w)))
    all_work("moves from", moves["from"], lambda w: ratio(text.format(f"{w}上年的2.31缩小为")))
    all_work("moves from alone", moves["from"], lambda w: not ratio(text.format(f"{w}上年的")))


# --- one quantity in two units --------------------------------------------------------------------------------

CONVERSIONS = lexicon("checks/conversions")


@pytest.mark.parametrize("table", CONVERSIONS["same"], ids=lambda table: str(table["kind"]))
def test_units_of_one_kind(table: dict[str, Any]) -> None:
    """Every unit is told in the least of its kind; one more is a finding, and the verifier agrees."""
    worth = table["worth"]
    least = min(worth, key=worth.get)
    others = [unit for unit in worth if worth[unit] != worth[least] or unit != least]

    def works(unit: str) -> bool:
        told, wrong = (
            f"总量60{unit}（{60 * worth[unit] // worth[least] + more}{least}）。"
            for more in (0, 60 * worth[unit])
        )
        for text, verdict in ((told, "consistent"), (wrong, "inconsistent")):
            found = audited(text)
            data = json.loads(json.dumps(contract(found, "zh")))
            if [j.verdict.verdict for j in of(found, "unit_pair")] != [verdict] or verify(data).faults:
                return False
        return True

    all_work(f"units of {table['kind']}", others, works)


def test_words_of_a_conversion() -> None:
    money = CONVERSIONS["money"]
    text = "进出口720亿元，{0}100亿{1}。外资300亿元，{0}10亿{1}。"
    others = [unit for unit in money["units"] if unit != money["own"]]
    all_work("currencies", others, lambda w: len(of(audited(text.format("折合", w)), "exchange_rates")) == 1)

    def works(word: str) -> bool:
        return len(of(audited(text.format(f"{word}为", "美元")), "exchange_rates")) == 1

    all_work("converted", money["converted"], works)


@pytest.mark.parametrize(
    ("end", "verdict"), [("114.9", "consistent"), ("115", "consistent"), ("115.2", "inconsistent")]
)
def test_the_spread_of_a_year(end: str, verdict: str) -> None:
    assert CONVERSIONS["money"]["spread"] == 15
    text = f"进出口100.0亿元，折合10亿美元。外资{end}亿元，折合10亿美元。"
    (judged,) = of(audited(text.replace("10亿美元", "10.0000亿美元")), "exchange_rates")
    assert judged.verdict.verdict == verdict
