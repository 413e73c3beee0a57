"""Written numbers: every accepted style reads back exactly; what is not a number is refused."""

import contextlib
import json
import os
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.numerals import parse, read, read_range, significant_unit

SHARED = Path(os.environ.get("GOUJI_SHARED") or Path(__file__).resolve().parents[2] / "shared")
PUBLIC = SHARED / "numerals" / "expected.jsonl"
OWN = Path(__file__).parent / "data" / "numerals.jsonl"

PLAIN = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"


# --- writers, one per style ------------------------------------------------------------------------


def chinese(n: int, digits: str = PLAIN, units: str = "十百千", zero: str = "零") -> str:
    """Write ``n`` < 10^16 in Chinese numerals, section by section."""
    if n == 0:
        return zero
    out = ""
    gap = False
    for power, name in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        section = n // 10**power % 10**4
        if not section:
            gap = bool(out)
            continue
        if out and (gap or section < 1000):
            out += zero
        gap = False
        # 万亿 is 万 of 亿: where an 亿 section follows, the 亿 is written once, behind it
        name = "万" if power == 12 and n // 10**8 % 10**4 else name
        out += _section(section, digits, units, zero) + name
    return out


def _section(n: int, digits: str, units: str, zero: str) -> str:
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if not digit:
            gap = bool(out)
            continue
        out += (zero if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return out


@given(st.integers(0, 10**16 - 1))
def test_chinese_numerals_read_back(n: int) -> None:
    assert read(chinese(n)) == n


@given(st.integers(0, 10**16 - 1))
def test_formal_numerals_read_back(n: int) -> None:
    assert read(chinese(n, FORMAL, "拾佰仟")) == n


@given(st.integers(0, 10**12), st.text("0123456789", min_size=1, max_size=8))
def test_chinese_decimals_read_back(n: int, after: str) -> None:
    written = chinese(n) + "点" + "".join(PLAIN[int(d)] for d in after)
    assert read(written) == n + Fraction(int(after), 10 ** len(after))


@given(st.integers(0, 10**15), st.integers(0, 6), st.sampled_from(["", "万", "亿", "万亿"]), st.booleans())
def test_arabic_numbers_read_back(n: int, places: int, multiplier: str, negative: bool) -> None:
    big = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[multiplier]
    whole, after = divmod(n, 10**places)
    for grouped in (f"{whole}", f"{whole:,}"):
        written = ("-" if negative else "") + grouped + (f".{after:0{places}}" if places else "") + multiplier
        reading = parse(written)
        assert reading.value == Fraction(-n if negative else n, 10**places) * big
        assert reading.ulp == Fraction(big, 10**places)
        assert reading.decimals == places
        assert read(written) == reading.value


@given(st.integers(1000, 10**15))
def test_thin_space_groups_read_back(n: int) -> None:
    assert read(f"{n:,}".replace(",", "\u2009")) == n


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_mixed_styles_read_back(a: int, b: int, c: int) -> None:
    assert read(f"{a}万{b}千{c}百") == a * 10**4 + b * 10**3 + c * 100
    assert read(f"{a}亿{b}千{c}百万") == a * 10**8 + (b * 1000 + c * 100) * 10**4


@given(st.integers(1, 99), st.integers(2, 99))
def test_fractions_read_back(top: int, bottom: int) -> None:
    if bottom != 100:
        assert read(f"{chinese(bottom)}分之{chinese(top)}") == Fraction(top, bottom)
    assert read(f"百分之{chinese(top)}") == top


@given(st.integers(1, 10**8), st.integers(1, 9), st.integers(1, 9))
def test_sums_of_money_read_back(yuan: int, jiao: int, fen: int) -> None:
    written = chinese(yuan, FORMAL, "拾佰仟")
    assert read(written + "元整") == yuan
    assert read(f"{written}元{FORMAL[jiao]}角{FORMAL[fen]}分") == yuan + Fraction(10 * jiao + fen, 100)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_ranges_ascend_or_are_refused(low: int, high: int) -> None:
    for mark in ("至", "—", "-", "~"):
        if low < high:
            assert list(read_range(f"{low}{mark}{high}")) == [low, high]
        else:
            with pytest.raises(ValueError, match="ascend"):
                read_range(f"{low}{mark}{high}")


def test_the_first_end_of_a_range_shares_the_multiplier_of_the_second() -> None:
    assert list(read_range("3至5万")) == [30000, 50000]
    assert list(read_range("6000至1万")) == [6000, 10000]
    assert list(read_range("三到五")) == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "件",
        "三五",
        "1万6",
        "五万三万",
        "一百二百",
        "十零",
        "点五",
        "五点",
        "一点二点三",
        "1.2.3",
        "1,23",
        "12,34万",
        "1 23",
        "--3",
        "1e5",
        "约三",
        "百分之",
        "三分之零零一分",
        "零分之一",
        "3.5万2千",
        "千千",
        "0x10",
        "九" * 200,
        "1" * 10**6,
    ],
)
def test_what_is_no_number_or_has_two_readings_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


@given(st.text("零一二两三九十百千万亿点分之成半余多几壹元角负-,. 0159%", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = read(text)
    except ValueError:
        return
    assert isinstance(value, Fraction)


@given(st.integers(1, 10**9), st.integers(0, 6))
def test_the_significant_unit_divides_the_value_and_ten_of_it_do_not(n: int, places: int) -> None:
    value = Fraction(n, 10**places)
    unit = significant_unit(value)
    assert (value / unit).denominator == 1
    assert value / unit % 10 != 0


@pytest.mark.parametrize(
    "line", [json.loads(x) for x in OWN.read_text("utf-8").splitlines()], ids=lambda x: x["text"]
)
def test_our_own_list(line: dict[str, str]) -> None:
    assert read(line["text"]) == Fraction(line["value"])


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public list of numerals is not beside the clone")
def test_the_public_list_has_no_wrong_value_and_hardly_a_refusal() -> None:
    lines = [json.loads(x) for x in PUBLIC.read_text("utf-8").splitlines() if x]
    refused = 0
    for line in lines:
        try:
            value = read(line["text"])
        except ValueError:
            refused += 1
            continue
        assert value == Fraction(line["value"]), line
    assert refused <= len(lines) // 50


def test_reading_takes_no_longer_on_hostile_input() -> None:
    start = time.perf_counter()
    for text in ("1," * 10**6, "一" * 10**6, "千" * 79, "零" * 79, "分之" * 39, "1万" * 39, "9 " * 39):
        with contextlib.suppress(ValueError):
            read(text)
    assert time.perf_counter() - start < 1
