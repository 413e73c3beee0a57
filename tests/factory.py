"""Claims for tests: ``claim("704", "件")``, ``claim("下降6.9", "%", "growth")``."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

from gouji.extract.claim import Claim
from gouji.extract.document import Figure
from gouji.extract.interval import Interval, rounded

_NUMBER = count(1)
_MULTIPLES = {"万": 10**4, "亿": 10**8}
_DISCRETE = frozenset("件人个家份起")


def figure(
    numeral: str, unit: str = "", approx: str = "exact", upper: str | None = None, id: str | None = None
) -> Figure:
    """A figure as the scanner reads it; 万 and 亿 before the unit multiply, 件 人 个 are discrete."""
    negative = numeral.startswith("-")
    plain = numeral.lstrip("-").replace(",", "")
    multiple, base = 1, unit
    if unit[:1] in _MULTIPLES:
        multiple, base = _MULTIPLES[unit[0]], unit[1:]
    decimals = len(plain.partition(".")[2])
    value = Fraction(plain) * multiple
    ulp = Fraction(multiple, 10**decimals)
    discrete = base in _DISCRETE and multiple == 1
    signed = -value if negative else value
    interval = Interval(signed, signed) if discrete else rounded(signed, ulp)
    if approx == "over":
        interval = Interval(value, value * 2, approx == "over", True)
    elif approx == "under":
        interval = Interval(value * Fraction(4, 5), value, False, True)
    elif approx == "about":
        interval = Interval(value * Fraction(19, 20), value * Fraction(21, 20))
    elif approx == "at_least":
        interval = Interval(value, None)
    elif approx == "at_most":
        interval = Interval(None, value)
    elif approx == "range":
        interval = Interval(value, Fraction(upper or plain) * multiple)
    kind = {"%": "percent", "元": "money", "倍": "multiple", "年": "duration"}.get(base, "other")
    return Figure(
        id=id or f"f{next(_NUMBER)}",
        start=0,
        end=1,
        text=numeral + unit,
        value=value,
        unit=base,
        approx=approx,
        interval=interval,
        kind="count" if discrete else kind,
        printed_unit=unit,
        numeral=plain,
        decimals=decimals,
        ulp=ulp,
        discrete=discrete,
        upper=None if upper is None else Fraction(upper) * multiple,
        negative=negative,
    )


def claim(
    numeral: str,
    unit: str = "",
    role: str = "value",
    approx: str = "exact",
    document: int = 0,
    direction: str | None = None,
    **more: str,
) -> Claim:
    """A claim of one figure; 下降 before the numeral is direction down."""
    if numeral.startswith("下降"):
        numeral, direction = numeral[2:], "down"
    made = figure(numeral, unit, approx, **more)
    return Claim(figure=made, index=0, document=document, role=role, direction=direction)
