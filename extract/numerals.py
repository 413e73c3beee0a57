"""The exact value of one written number, in any style that reports use.

Arabic digits with grouping marks, Chinese numerals in everyday and in formal (壹贰叁) characters, the
two mixed (5万4千6百), decimals, signs, fractions (三分之二), per-hundreds (百分之五), tenths (七成),
sums of money (壹拾壹元壹角). Everything is exact: the value is a :class:`fractions.Fraction`.

A text that is not understood whole is refused with :class:`ValueError`, never guessed. Refused on purpose
are spellings with two readings: 三五 (35, or 3 to 5), 1万6 (16000, or 10006).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{"○": 0, "两": 2, "俩": 2, "幺": 1, "弌": 1, "弍": 2, "弎": 3},
}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_HEAPS = {"廿": "二十", "卅": "三十", "卌": "四十"}

# Traditional and variant characters that occur in written numbers; the reading copy of a document is
# Simplified already, a number given alone may not be.
_SAME = str.maketrans(
    "萬億兩倆負點貳參叄陸餘幾圓圆０１２３４５６７８９．，％－−元",
    "万亿两俩负点贰叁叁陆余几元元0123456789.,%--元",
)

MAX_LENGTH = 80
"""Longest text that is read as one number, in characters; anything longer is a code or damage."""

_ARABIC = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,20}(?:\.[0-9]{1,40})?(?![0-9.,])|[0-9]{1,40}(?:\.[0-9]{1,40})?(?![0-9.,])"
)
_GROUPS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:[ \u2009\u202f\u00a0][0-9]{3}){1,8}(?![0-9])")
_GAPS = re.compile(
    r"(?<=[^\x00-\x7f])[ \u2009\u202f\u00a0\u3000]{1,8}|[ \u2009\u202f\u00a0\u3000]{1,8}(?=[^\x00-\x7f])"
)
_PARTS = re.compile(r"(百|千|万|[^分]{1,30})分之(.{1,40})", re.S)
_MONEY = re.compile(r"([^元角分]{1,60})元(?:([^元角分])角)?(?:零?([^元角分])分)?[整正]?")
_TENTHS = re.compile(r"([一二三四五六七八九十1-9])成([一二三四五六七八九半])?")
_UNITS = re.compile(r"个?百分点|%|‰")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written number says.

    ``value`` is signed and exact. ``ulp`` is the worth of its last printed digit, ``decimals`` how many
    digits follow the point, ``big`` the multiplier at its end (10000 for 万, 1 where there is none).
    """

    value: Fraction
    ulp: Fraction
    decimals: int
    big: int


@dataclass(frozen=True, slots=True)
class _Token:
    """``kind`` is d (a Chinese digit), a (Arabic), s (十百千), b (万亿兆), . (点) or 0 (零)."""

    kind: str
    value: Fraction
    text: str


def read(text: str) -> Fraction:
    """The exact value of the number written in ``text`` and nothing else.

    万 and 亿 are applied; percent stays in percent (81.39% is 81.39); 三分之二 is 2/3, 千分之二 1/500;
    七成 is 70 (percent); a hedge inside (余, 多, 几) leaves the near end of what it stands for. Raises
    :class:`ValueError` for anything that is not understood whole.
    """
    s = _simplify(text)
    sign = 1
    if s[:1] == "负" or s[:1] == "-":
        sign, s = -1, s[1:]
    elif s[:1] == "+":
        s = s[1:]
    if s == "一半" or s == "半":
        return sign * Fraction(1, 2)
    if m := _TENTHS.fullmatch(s):
        half = 5 if m[2] == "半" else int((m[2] and _plain(m[2]).value) or 0)
        return sign * (_plain(m[1]).value * 10 + half)
    if m := _PARTS.fullmatch(s):
        top = _plain(m[2]).value
        if m[1] == "百":
            return sign * top
        bottom = _plain(m[1]).value
        if not bottom:
            raise ValueError(f"a fraction of nothing: {text!r}")
        return sign * top / bottom
    if "元" in s and (m := _MONEY.fullmatch(s)):
        value = _plain(m[1]).value
        for group, worth in ((m[2], Fraction(1, 10)), (m[3], Fraction(1, 100))):
            if group:
                value += _digit(group) * worth
        return sign * value
    if (m := _UNITS.search(s)) and m.end() == len(s):
        s = s[: m.start()]
    return sign * _plain(_without_hedge(s)).value


def read_range(text: str) -> tuple[Fraction, Fraction]:
    """Both ends of a written range (3至5, 3—5, 三到五万); equal ends for a single number.

    The first end takes the multiplier of the second when it has none and would otherwise be no smaller
    only by that (3至5万 is 30000 to 50000). Raises :class:`ValueError` when the ends do not ascend.
    """
    parts = re.split(r"至|到|—{1,2}|–|~|～|(?<=[0-9万亿%])-(?=[0-9])", text.strip())
    if len(parts) == 1:
        value = read(text)
        return value, value
    if len(parts) != 2:
        raise ValueError(f"not a range: {text!r}")
    low, high = parse(_UNITS.sub("", parts[0])), parse(_UNITS.sub("", parts[1]))
    return ascending(low, high)


def ascending(low: Reading, high: Reading) -> tuple[Fraction, Fraction]:
    """The ends of a range from its two readings; see :func:`read_range` for the shared multiplier."""
    first = low.value
    if low.big == 1 and high.big > 1 and first < high.value / high.big:
        first *= high.big
    if not first < high.value:
        raise ValueError("the ends of a range must ascend")
    return first, high.value


def parse(text: str) -> Reading:
    """Like :func:`read` for plain numbers (no fractions, no money), with the worth of the last digit."""
    s = _simplify(text)
    if s[:1] in ("负", "-"):
        r = _plain(s[1:])
        return Reading(-r.value, r.ulp, r.decimals, r.big)
    return _plain(s)


def significant_unit(value: Fraction) -> Fraction:
    """The worth of the last digit of ``value`` that is not 0: 100 for 1500, 1/10 for 2.2; 1 for zero."""
    if not value:
        return Fraction(1)
    value = abs(value)
    top, bottom = value.numerator, value.denominator
    unit = Fraction(1)
    if bottom == 1:
        while top % 10 == 0:
            top //= 10
            unit *= 10
        return unit
    for _ in range(400):
        top *= 10
        unit /= 10
        if top % bottom == 0:
            return unit
    return unit


def _simplify(text: str) -> str:
    """Half width, Simplified, without the spaces that layout leaves inside a number."""
    s = text.strip().translate(_SAME)
    if not s or len(s) > MAX_LENGTH:
        raise ValueError(f"not a number: {text[:MAX_LENGTH]!r}")
    s = _GAPS.sub("", s)
    s = _GROUPS.sub(lambda m: re.sub(r"\D", "", m[0]), s)
    for heap, plain in _HEAPS.items():
        s = s.replace(heap, plain)
    return s


def _without_hedge(s: str) -> str:
    """Drop one 余, 多 or 几 that stands for an unknown digit inside or after the number."""
    hedges = sum(s.count(c) for c in "余多几")
    if not hedges:
        return s
    if hedges > 1 or s[0] in "余多几":
        raise ValueError(f"not a number: {s!r}")
    i = next(i for i, c in enumerate(s) if c in "余多几")
    head, tail = s[:i], s[i + 1 :]
    if any(c not in BIG for c in tail):
        raise ValueError(f"a hedge in the middle of a number: {s!r}")
    return head.rstrip("零〇") + tail


def _digit(text: str) -> Fraction:
    if text in DIGITS:
        return Fraction(DIGITS[text])
    if len(text) == 1 and "0" <= text <= "9":
        return Fraction(int(text))
    raise ValueError(f"not a digit: {text!r}")


def _plain(text: str) -> Reading:
    """A number of digits, multipliers and a point, without sign, unit or hedge."""
    if m := _ARABIC.match(text):  # the common case: digits, perhaps with one multiplier
        tail = text[m.end() :]
        if not tail or tail in BIG or tail in SMALL or tail == "万亿":
            digits = m[0].replace(",", "")
            _, _, after = digits.partition(".")
            big = 10**12 if tail == "万亿" else BIG.get(tail) or SMALL.get(tail) or 1
            # Fraction.__new__ on strings is slow: integers and a power of ten instead
            ulp = Fraction(big, 10 ** len(after))
            return Reading(int(digits.replace(".", "")) * ulp, ulp, len(after), big)
    tokens = _tokens(text)
    value, ulp, decimals = _value(tokens)
    big = int(tokens[-1].value) if tokens[-1].kind == "b" else 1
    if big > 1 and len(tokens) > 1 and tokens[-2].kind == "b":
        big *= int(tokens[-2].value)
    return Reading(value, ulp, decimals, big)


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    i = 0
    while i < len(text):
        c = text[i]
        if c in BIG:
            out.append(_Token("b", Fraction(BIG[c]), c))
        elif c in SMALL:
            out.append(_Token("s", Fraction(SMALL[c]), c))
        elif c in DIGITS:
            out.append(_Token("0" if DIGITS[c] == 0 else "d", Fraction(DIGITS[c]), c))
        elif c == "点":
            out.append(_Token(".", Fraction(0), c))
        elif m := _ARABIC.match(text, i):
            out.append(_Token("a", Fraction(m[0].replace(",", "")), m[0].replace(",", "")))
            i = m.end()
            continue
        else:
            raise ValueError(f"not a number: {text!r}")
        i += 1
    if not out:
        raise ValueError("an empty number")
    return out


def _value(t: list[_Token]) -> tuple[Fraction, Fraction, int]:
    """Value, worth of the last digit, decimals, by splitting at the largest multiplier."""
    big = max((x.value for x in t if x.kind == "b"), default=Fraction(0))
    if big:
        at = max(i for i, x in enumerate(t) if x.kind == "b" and x.value == big)
        left, right = t[:at], t[at + 1 :]
        twice = [i for i, x in enumerate(left) if x.kind == "b" and x.value == big]
        if twice and twice != [len(left) - 1]:  # 万万 is a word, 三万五万 is two numbers
            raise ValueError("the same multiplier twice")
        return _joined(left, big, right)
    point = [i for i, x in enumerate(t) if x.kind == "."]
    if point:
        if len(point) > 1 or point[0] == 0 or point[0] == len(t) - 1:
            raise ValueError("a misplaced point")
        whole, _, decimals = _value(t[: point[0]])
        if decimals:
            raise ValueError("two points")
        after = "".join(x.text if x.kind == "a" else str(x.value) for x in t[point[0] + 1 :])
        if not after.isdigit() or any(x.kind == "s" for x in t[point[0] + 1 :]):
            raise ValueError("only digits follow a point")
        ulp = Fraction(1, 10 ** len(after))
        return whole + int(after) * ulp, ulp, len(after)
    return _below_ten_thousand(t)


def _joined(left: list[_Token], unit: Fraction, right: list[_Token]) -> tuple[Fraction, Fraction, int]:
    """``left`` times ``unit`` plus ``right``; where something follows, it must be less than ``unit``."""
    value, ulp, decimals = _value(left) if left else (Fraction(1), Fraction(1), 0)
    value, ulp = value * unit, ulp * unit
    if not right:
        return value, ulp, decimals
    if right[0].kind == ".":
        if decimals or len(right) == 1:
            raise ValueError("a misplaced point")
        after, last, places = _value([_Token("0", Fraction(0), "零"), *right])
        return value + after, last, places
    if decimals:
        raise ValueError("digits after a rounded multiple")
    rest = right
    zero = False
    while rest and rest[0].kind == "0":
        rest, zero = rest[1:], True
    if not rest:
        if len(right) == 1 and right[0].kind == "0":
            raise ValueError("a zero at the end")
        raise ValueError("zeros at the end")
    if len(rest) == 1 and rest[0].kind == "d" and not zero:  # 九万四 is 94000, 四百五 is 450
        return value + rest[0].value * unit / 10, unit / 10, 0
    if len(rest) == 1 and rest[0].kind == "a" and not zero and len(rest[0].text) == 1 and unit > 10:
        raise ValueError("two readings: a tenth of the multiplier, or units")
    more, last, places = _value(rest)
    if more >= unit:
        raise ValueError("a part as large as what stands before it")
    return value + more, last, places


def _below_ten_thousand(t: list[_Token]) -> tuple[Fraction, Fraction, int]:
    """A section without 万, 亿: digits with 千百十, an Arabic number, or digits in a row (二〇二五)."""
    small = max((x.value for x in t if x.kind == "s"), default=Fraction(0))
    if small:
        at = next(i for i, x in enumerate(t) if x.kind == "s" and x.value == small)
        left, right = t[:at], t[at + 1 :]
        if any(x.kind == "s" and x.value == small for x in right):
            raise ValueError("the same multiplier twice")
        if len(left) > 1 or (left and left[0].kind not in "da"):
            raise ValueError("a multiplier takes one digit")
        return _joined(left, small, right)
    if len(t) == 1:
        x = t[0]
        if x.kind == "a":
            places = len(x.text.partition(".")[2])
            return x.value, Fraction(1, 10**places), places
        return x.value, Fraction(1), 0
    if any(x.kind not in "d0" for x in t):
        raise ValueError("not a number")
    zeros = sum(x.kind == "0" for x in t)
    if len(t) < 4 and not zeros:
        raise ValueError("digits in a row have two readings")
    if any(x.text in "两俩" for x in t):
        raise ValueError("not a digit in a row")
    return Fraction(int("".join(str(x.value) for x in t))), Fraction(1), 0
