"""Exact numbers as text: for machines (``16277/200``) and for people (``90.776…%``).

Nothing here rounds silently: a decimal that does not end is cut off and shows ``…``; only
:func:`printed` rounds, half up, to the digits that a figure itself was printed with.
"""

from __future__ import annotations

from fractions import Fraction

from ..extract.document import Figure
from ..extract.interval import Interval

MINUS = "−"


def rational(number: Fraction) -> str:
    """``16277/200`` or ``704``: exact, for machines."""
    return str(number)


def interval(found: Interval | None) -> str | None:
    """``[16277/200, 16279/200)``: exact, with ``inf`` for an infinite end; ``None`` stays ``None``."""
    if found is None:
        return None
    low = "-inf" if found.low is None else rational(found.low)
    high = "inf" if found.high is None else rational(found.high)
    return f"{'(' if found.low_open else '['}{low}, {high}{')' if found.high_open else ']'}"


def exact_value(figure: Figure) -> str:
    """The unsigned value: ``22000``, ``81.39``, ``2/3``, or ``3..5`` for a range."""
    value = _ending(figure.value)
    return value if figure.upper is None else f"{value}..{_ending(figure.upper)}"


def share_number(share: Fraction | None) -> float | None:
    """A share as a JSON number, four decimals, downward: 0.99999 must not read as certainty."""
    return None if share is None else int(share * 10_000) / 10_000


def percent(share: Fraction) -> str:
    """A share of 0 to 1 as a whole percent, downward; above 99% with the decimals that tell it from 100%."""
    if share == 1 or share < Fraction(99, 100):
        return f"{int(share * 100)}%"
    hundredths = int(share * 10_000)
    return f"{decimal(Fraction(hundredths, 100), 2).rstrip('0').rstrip('.')}%"


def odds(chance: Fraction) -> str:
    """A small chance as ``1/2500``, a larger one as percent."""
    if chance <= 0:
        return "0"
    return percent(chance) if chance >= Fraction(1, 20) else f"1/{group(int(1 / chance))}"


def decimal(number: Fraction, digits: int) -> str:
    """``number`` with exactly ``digits`` decimals, rounded half up (away from zero)."""
    scaled = abs(number) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = str(whole).rjust(digits + 1, "0")
    if digits:
        text = f"{text[:-digits]}.{text[-digits:]}"
    return f"{MINUS if number < 0 and whole else ''}{text}"


def readable(number: Fraction, digits: int = 4) -> str:
    """A decimal for people: all of it where it ends within ``digits`` decimals, else cut off with ``…``."""
    scaled = abs(number) * 10**digits
    text = str(int(scaled)).rjust(digits + 1, "0")
    text = f"{text[:-digits]}.{text[-digits:]}"
    text = text.rstrip("0").rstrip(".") if scaled.denominator == 1 else f"{text}…"
    return f"{MINUS if number < 0 else ''}{text}"


def group(number: int) -> str:
    """``12345`` as ``12,345``."""
    return f"{number:,}"


def unit_scale(figure: Figure) -> Fraction:
    """How much of the base unit one printed unit is: 10^8 for 亿元."""
    scale = figure.ulp * 10**figure.decimals
    return scale if scale > 0 else Fraction(1)


def with_unit(number: str, figure: Figure) -> str:
    """A number followed by the figure's printed unit, spaced as the figure is."""
    unit = figure.printed_unit or figure.unit
    if not unit or unit in ("%", "‰"):
        return number + unit
    return f"{number}{' ' if ' ' in figure.text else ''}{unit}"


def printed(number: Fraction, figure: Figure) -> str:
    """``number`` (in the base unit) as it would stand in place of ``figure``: same decimals, same unit."""
    text = decimal(number / unit_scale(figure), figure.decimals)
    if "," in figure.numeral or "，" in figure.numeral:
        whole, point, rest = text.partition(".")
        text = f"{MINUS if whole.startswith(MINUS) else ''}{group(int(whole.lstrip(MINUS)))}{point}{rest}"
    return with_unit(text, figure)


def one_line(text: str) -> str:
    """Printed text with line breaks and runs of spaces made one space."""
    return " ".join(text.split())


def readable_interval(found: Interval, figure: Figure | None) -> str:
    """An interval for people, in the printed unit of ``figure``: ``[90.765, 90.775)%``."""
    scale = unit_scale(figure) if figure else Fraction(1)

    def end(number: Fraction | None, infinite: str) -> str:
        return infinite if number is None else readable(number / scale)

    if found.low is not None and found.low == found.high:
        text = end(found.low, "")
    else:
        left, right = "(" if found.low_open else "[", ")" if found.high_open else "]"
        text = f"{left}{end(found.low, '−∞')}, {end(found.high, '+∞')}{right}"
    return with_unit(text, figure) if figure else text


def _ending(number: Fraction) -> str:
    """A decimal where it ends, else a fraction."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    digits = max(twos, fives)
    if rest != 1:
        return str(number)
    scaled = abs(number.numerator) * 10**digits // number.denominator
    text = str(scaled).rjust(digits + 1, "0")
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return f"-{text}" if number < 0 else text
