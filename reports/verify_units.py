"""Two prints of one quantity: every figure in one unit of its kind, by the definitions of the units."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from .verify_term import Term

# In 平方米, 公斤, 米, 升, 千瓦, 千瓦时 and 分钟.
_WORTH = {
    "公亩": Fraction(100),
    "亩": Fraction(2000, 3),
    "公顷": Fraction(10_000),
    "平方公里": Fraction(1_000_000),
    "毫克": Fraction(1, 1_000_000),
    "克": Fraction(1, 1000),
    "斤": Fraction(1, 2),
    "担": Fraction(50),
    "吨": Fraction(1000),
    "毫米": Fraction(1, 1000),
    "厘米": Fraction(1, 100),
    "公里": Fraction(1000),
    "海里": Fraction(1852),
    "毫升": Fraction(1, 1000),
    "立方米": Fraction(1000),
    "瓦": Fraction(1, 1000),
    "兆瓦": Fraction(1000),
    "吉瓦": Fraction(1_000_000),
    "兆瓦时": Fraction(1000),
    "吉瓦时": Fraction(1_000_000),
    "秒": Fraction(1, 60),
    "小时": Fraction(60),
}
# The audit prints bounds in the least unit of a kind: so many of them make one of the above.
_KINDS = (
    (3, ("平方米", "公亩", "亩", "公顷", "平方公里")),
    (1_000_000, ("毫克", "克", "斤", "公斤", "千克", "担", "吨")),
    (1000, ("毫米", "厘米", "米", "公里", "海里")),
    (1000, ("毫升", "升", "立方米")),
    (1000, ("瓦", "千瓦", "兆瓦", "吉瓦")),
    (60, ("秒", "分钟", "小时")),
)
_LEAST = {unit: least for least, units in _KINDS for unit in units}


def alike(term: Term) -> Term:
    """The figure in the least unit of its kind."""
    unit = term.figure.unit
    factor = _WORTH.get(unit, Fraction(1)) * _LEAST.get(unit, 1)
    return replace(
        term,
        value=term.value * factor,
        ulp=term.ulp * factor,
        printed=term.printed.times(factor),
        fine=term.fine.times(factor),
    )
