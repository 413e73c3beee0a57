"""One number in Arabic digits: its multiplier, its 余 or 多, its unit, the other end of its range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from .found import LONGEST, Found, take_sign, widen
from .numerals import Reading, ascending, parse
from .units import UNITS

NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
SEP = r"(?:至|到|-{1,2}|—{1,2}|–{1,2}|~|～)"
_RANGE = re.compile(SEP)
_MULTIPLIER = re.compile(
    r"([余多几]?)((?:十|百(?!分)|千(?![瓦米克伏安帕卡赫焦乏字分]))?(?:万亿|万|个?亿)?)([余多几]?)"
)
MULTIPLIER_FIRST = frozenset("余多几十百千万亿")
_MIXED = re.compile(r"(?:[0-9]{1,4}(?:[百千]?[万亿]|[百千])){1,5}(?:[0-9]{1,8})?")
_TAIL = frozenset("0123456789")
YEARLIKE = re.compile(r"(?:19|20)[0-9]{2}(?![0-9,]|\.[0-9])")


@dataclass(slots=True)
class _Size:
    """A magnitude: its reading, where its digits and its multiplier end, the multiplier, and 余 or 多."""

    reading: Reading
    digits_end: int
    end: int
    multiplier: str
    soft: bool


_reading = lru_cache(maxsize=1 << 14)(parse)


def number(text: str, s: int, ne: int) -> Found:
    """Read the number whose digits are ``text[s:ne]``, with multiplier, unit, range, sign and hedges."""
    size = _size(text, s, ne)
    r, p = size.reading, size.end
    unit = UNITS.compound(text, p)
    if not unit and text[p : p + 1] == " " and text[p + 1 : p + 2] not in "0123456789":
        unit = UNITS.compound(text, p + 1)
        p += bool(unit)
    q = p + len(unit)
    value, ulp, decimals, big, num_end = r.value, r.ulp, r.decimals, r.big, size.digits_end
    multiplier = size.multiplier
    upper: Fraction | None = None
    if (
        text[q : q + 1]
        and text[q] in "至到-—–~～"
        and not size.soft
        and text[s - 1 : s] not in ("从", "由", "自")
    ):
        second = _upper(text, q, r, unit)
        if second is not None:
            value, upper, size, unit = second
            r2 = size.reading
            ulp = min(r2.ulp, ulp * (r2.big if big == 1 else 1))
            decimals, big = max(decimals, r2.decimals), r2.big
            num_end, q, multiplier = size.digits_end, size.end + len(unit), size.multiplier
    approx = "range" if upper is not None else "over" if size.soft else "exact"
    found = Found(s, q, s, num_end, value, ulp, decimals, big, unit, multiplier + unit, approx, size.soft)
    found.upper = upper
    take_sign(text, found)
    widen(text, found)
    return found


def _size(text: str, s: int, ne: int) -> _Size:
    """Read digits with the multiplier and the 余 or 多 behind them: 3万, 20余万, 2.2万余, 5万4千."""
    if text[ne : ne + 1] not in MULTIPLIER_FIRST and not text.startswith("个亿", ne):
        return _Size(_digits(text, s, ne, ""), ne, ne, "", False)
    m = _MULTIPLIER.match(text, ne)
    assert m is not None
    lead, word, tail = m[1], m[2].lstrip("个"), m[3]
    p = m.end()
    if word and not lead and not tail and text[p : p + 1] in _TAIL:
        mixed = _MIXED.match(text, s)
        if mixed and mixed.end() > p and text[mixed.end() : mixed.end() + 1] not in ("年", ".", ",", "月"):
            try:
                return _Size(_reading(mixed[0]), mixed.end(), mixed.end(), "", False)
            except ValueError:
                pass  # 1亿2025: two numbers
    if lead and tail:  # 20多万多: the second one belongs to what follows
        p -= 1
    return _Size(_digits(text, s, ne, word), ne, p, word, bool(lead or tail))


def _digits(text: str, s: int, ne: int, multiplier: str) -> Reading:
    return _reading(text[s:ne].replace(",", "").replace(" ", "") + multiplier)


def _upper(text: str, q: int, low: Reading, unit: str) -> tuple[Fraction, Fraction, _Size, str] | None:
    """Read the second half of a range that begins at ``q``: both ends, its size, the unit of both."""
    m = _RANGE.match(text, q)
    n = NUMBER.match(text, m.end()) if m else None
    if m is None or n is None or n.end() - n.start() > LONGEST:
        return None
    if (y := YEARLIKE.match(text, n.start())) and text[y.end() : y.end() + 1] == "年":
        return None
    size = _size(text, n.start(), n.end())
    unit2 = UNITS.compound(text, size.end)
    if size.soft or (unit and unit2 != unit) or (not unit2 and text[size.end : size.end + 1] in ("月", "日")):
        return None
    try:
        first, last = ascending(low, size.reading)
    except ValueError:
        return None
    return first, last, size, unit2
