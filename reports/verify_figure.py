"""A figure of the JSON as the verifier reads it, checked against its own printed text.

The digits are read anew from the text, the admissible set from the rules on printed numbers. Numbers in
words (三分之二) cannot be read again here; of them only the set and the value are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .verify_date import faults as dated
from .verify_span import Span, around, parse

_NUMERAL = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?")
_FRACTION = re.compile(r"\d+/[1-9]\d*")
_PIECES = re.compile(r"\d[十百千万亿]+\d+[十百千万]")
# 千 and 百 before these belong to the unit: 千瓦, 千克, 百分点.
_MULTIPLE = re.compile(r"[余多几]?((?:十|百(?!分)|千(?![瓦米克伏安帕卡赫焦乏字分]))[万亿]*|[万亿]+)")
_MINUS = re.compile("[-−负]")
_WORTH = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NAMES = {1: "", 10**3: "千", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "亿", 10**12: "万亿"}
_ROUNDED_KINDS = frozenset({"percent", "percentage_point", "money"})


@dataclass(frozen=True)
class Print:
    """One figure: its unsigned value (and that of a range's far end), admissible set, sign and last digit.

    ``digits`` counts the printed digits (0 for a number in words), ``multiple`` is the worth of 1 as printed.
    """

    id: str
    document: int
    value: Fraction
    upper: Fraction | None
    span: Span
    ulp: Fraction
    decimals: int
    digits: int
    multiple: Fraction
    negative: bool
    unit: str
    approx: str
    kind: str
    direction: str | None
    suffix: str

    @property
    def plain(self) -> bool:
        """Whether no hedge and no range stands in it."""
        return self.approx == "exact"

    def habit(self, decimals: dict[str, int]) -> int | None:
        """The number of decimals that the document usually gives to this printed unit.

        A number that prints no unit of its own (a table's cell) has that of its multiple.
        """
        if self.suffix:
            return decimals.get(self.suffix, decimals.get(self.suffix.removeprefix("个")))
        name = _NAMES.get(int(self.multiple)) if self.multiple >= 1 else None
        return None if name is None else decimals.get(name + self.unit)


class Illegible(Exception):
    """A figure contradicts the contract; the argument names the key."""


def read(entry: dict[str, Any], document: int) -> Print:
    """Read one figure; :class:`Illegible` where its value or interval is no number."""
    try:
        first, _, second = entry["value"].partition("..")
        value, upper = Fraction(first), Fraction(second) if second else None
    except (ValueError, ZeroDivisionError) as error:
        raise Illegible("value") from error
    try:
        span = parse(entry["interval"])
    except ValueError as error:
        raise Illegible("interval") from error
    text, numerals = _digits(entry["text"])
    if entry["kind"] == "date":
        numerals = []  # year, month and day are one value
    number = numerals[0].replace(",", "") if numerals else ""
    decimals = len(number.partition(".")[2])
    multiple = value / Fraction(number) if number and Fraction(number) else Fraction(1)
    if numerals and not Fraction(number):
        multiple = Fraction(_multiple(text, numerals[0]) or 1)
    if number:
        ulp = multiple / 10**decimals
        digits = sum(map(len, re.findall(r"\d+", number)))
    elif entry["kind"] == "money" and span.is_point:
        ulp, digits = Fraction(1, 100), 0  # 壹佰元整 is exact to the 分
    else:
        ulp = _width(span) if entry["approx"] == "exact" else _last_of_words(text, entry["kind"], value)
        digits = 0
    # 不超过-3.1 is read of the size and reaches from -3.1 upwards
    negative = value > 0 and (
        (span.high is not None and span.high <= 0) or (span.low is not None and span.low < 0)
    )
    if not value:  # of a zero only its print tells
        negative = _MINUS.search(text[: text.index(numerals[0])] if numerals else text) is not None
    return Print(
        entry["id"],
        document,
        value,
        upper,
        span,
        ulp,
        decimals,
        digits,
        multiple,
        negative,
        entry["unit"],
        entry["approx"],
        entry["kind"],
        entry["direction"],
        text[text.index(numerals[0]) + len(numerals[0]) :] if numerals else "",
    )


def _digits(text: str) -> tuple[str, list[str]]:
    """The text without blanks in half-width signs, and its numerals.

    A fraction and a number in several pieces (2万5千) are read as words are: no numerals.
    """
    text = "".join(unicodedata.normalize("NFKC", text).split()).replace("\u2044", "/")
    words = _FRACTION.search(text) or _PIECES.search(text)
    return text, [] if words else _NUMERAL.findall(text)


def _last_of_words(text: str, kind: str, value: Fraction) -> Fraction:
    """The last digit of a number in words, whose hedge says nothing of it: 三百余万 counts in 万, 七成多 in tenths."""
    decimals = re.search("点([〇零一二三四五六七八九]+)", text)
    if kind == "percent" and "成" in text:
        return Fraction(10)
    if "番" in text or (value.denominator != 1 and not decimals):
        return value / 10
    runs = re.findall(r"\d([十百千万亿]+)", text) if _PIECES.search(text) else re.findall("[万亿]+", text)
    return _worth(runs[-1] if runs else "") * Fraction(1, 10 ** len(decimals[1]) if decimals else 1)


def _width(span: Span) -> Fraction:
    if span.low is None or span.high is None or span.is_point:
        return Fraction(1)
    return span.high - span.low


def _multiple(text: str, numeral: str) -> int | None:
    found = _MULTIPLE.match(text, text.index(numeral) + len(numeral))
    return None if found is None else _worth(found[1])


def _worth(signs: str) -> int:
    """What the signs of a multiple come to together: 千亿, 万亿."""
    worth = 1
    for sign in signs:
        worth *= _WORTH[sign]
    return worth


def faults(entry: dict[str, Any], figure: Print) -> Iterator[tuple[str, str, str]]:
    """What contradicts the printed text: (key, what the file says, what is found)."""
    if figure.kind == "date":
        yield from (("value", entry["value"], said) for said in dated(entry["text"], figure.value))
        return
    text, numerals = _digits(entry["text"])
    if (fraction := _FRACTION.search(text)) and figure.value != Fraction(fraction[0]):
        yield "value", entry["value"], fraction[0]
    if numerals:
        printed = Fraction(numerals[0].replace(",", ""))
        worth = _multiple(text, numerals[0])
        if (
            worth is None
            and figure.upper is not None
            and not text[len(numerals[0]) :].startswith(figure.unit)
        ):
            worth = _multiple(text[text.index(numerals[0]) + len(numerals[0]) :], numerals[-1])
        if worth is not None and figure.multiple not in (worth, 1 if figure.upper else worth):
            yield "value", entry["value"], str(printed * worth)
            return
        if not _power_of_ten(figure.multiple):
            yield "value", entry["value"], str(printed)
            return
    allowed = list(_admissible(figure, bool(numerals), not numerals and "点" not in text))
    mirrored = [span.times(Fraction(-1)) if figure.negative else span for span in allowed]
    if mirrored and figure.span not in mirrored:
        yield "interval", entry["interval"], str(mirrored[0])
    if not mirrored and not figure.span.holds(-figure.value if figure.negative else figure.value):
        yield "interval", entry["interval"], entry["value"]


def _power_of_ten(number: Fraction) -> bool:
    larger = number if number >= 1 else 1 / number if number else Fraction(0)
    return larger.denominator == 1 and re.fullmatch("10*", str(larger)) is not None


def _admissible(figure: Print, digits: bool, words: bool) -> Iterator[Span]:
    """The sets that the rules allow for this print, before its sign; none for numbers in words without a hedge."""
    value, ulp = figure.value, figure.ulp
    if figure.approx == "range":
        yield Span(value, figure.upper)
    elif figure.approx == "at_least":
        yield Span(value, None, False, True)
    elif figure.approx == "at_most":
        yield Span(None, value, True, False)
    elif figure.approx == "exact":
        if digits:
            if figure.kind not in _ROUNDED_KINDS or figure.value in (0, 100):
                yield Span(value, value)
            yield around(value, ulp / 2)
    else:
        yield from _hedged(figure.approx, value, ulp, words)


def _hedged(approx: str, value: Fraction, ulp: Fraction, words: bool) -> Iterator[Span]:
    step = _last_significant(value)
    if words:
        step = max(step, ulp)  # two thirds have no last digit: no finer than what the words count
    elif ulp < 1:
        step = min(step, ulp)
    if approx == "over":
        yield Span(value, None, True, True)  # 超
        yield Span(value, value + step, False, True)  # 余
    elif approx == "under":
        if value == 0:
            yield Span(None, value, True, True)
        yield Span(max(value - step, value * 4 / 5), value, False, True)
    elif approx == "about":
        yield around(value, min(max(step / 2, value / 20), value / 5))


def _last_significant(value: Fraction) -> Fraction:
    """The worth of the last digit that is not 0."""
    step = Fraction(1)
    if value == 0:
        return step
    while (value / step).denominator != 1 and step > Fraction(1, 10**12):
        step /= 10
    while (value / (step * 10)).denominator == 1:
        step *= 10
    return step
