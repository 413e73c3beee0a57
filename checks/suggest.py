"""Figures as they would stand if another number were printed in their place, in their own style."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction

from ..extract.document import Figure
from ..extract.hedges import admissible
from ..extract.record import changer
from ..extract.units import UNITS
from .mistakes import Print

_figure = changer(Figure)

_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MULTIPLES = {"": 1, "万": 10**4, "亿": 10**8}
_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def plain(figure: Figure) -> str | None:
    """Return the numeral in ASCII digits; ``None`` for words, ranges and mixed numbers (5万4千)."""
    if figure.upper is not None or figure.approx == "range" or figure.kind == "ratio":
        return None
    numeral = figure.numeral
    if not numeral.isascii():
        numeral = unicodedata.normalize("NFKC", numeral)
    numeral = numeral.replace(",", "").replace("，", "").replace(" ", "")
    return numeral if _NUMERAL.fullmatch(numeral) else None


def multiple(figure: Figure) -> Fraction:
    """Return the worth of 1 as printed, in the base unit: 100,000,000 for 亿元."""
    return figure.ulp * Fraction(10**figure.decimals)


def with_print(figure: Figure, meant: Print) -> Figure:
    """Return the figure with other digits, all else kept: hedge, unit, thousands separators, width."""
    scale = multiple(figure)
    return _remade(figure, meant, scale, _restyled(figure, meant))


def with_multiple(figure: Figure, word: str) -> Figure | None:
    """Return the figure with 万, 亿 or nothing before its unit; ``None`` where its print has no place for it."""
    numeral = plain(figure)
    at = _numeral_at(figure)
    old = next((w for w in ("万", "亿") if figure.printed_unit.startswith(w)), "")
    if numeral is None or at is None or word == old or _MULTIPLES[old] != multiple(figure):
        return None
    end = at + len(figure.numeral)
    rest = figure.text[end:]
    space = rest[: len(rest) - len(rest.lstrip())]
    rest = rest[len(space) :]
    if old and not rest.startswith(old):
        return None
    text = figure.text[:end] + space + word + rest[len(old) :]
    base = figure.printed_unit[len(old) :]
    made = _remade(
        replace(
            figure,
            printed_unit=word + base,
            discrete=not word and not figure.decimals and UNITS.unit(UNITS.match(base, 0)).discrete,
        ),
        Print(int(numeral.replace(".", "")), figure.decimals),
        Fraction(_MULTIPLES[word]),
        text,
    )
    return made


def with_value(figure: Figure, value: Fraction) -> Figure | None:
    """Return the figure with another magnitude, if its own decimals can print it."""
    steps = value / figure.ulp
    if plain(figure) is None or steps.denominator != 1 or value < 0:
        return None
    return with_print(figure, Print(int(steps), figure.decimals))


def with_sign(figure: Figure) -> Figure:
    """Return the figure with the other sign."""
    made = replace(figure, negative=not figure.negative, interval=-figure.interval)
    if figure.negative:
        return replace(made, text=figure.text.lstrip("-－−–—"))
    return replace(made, text=f"-{figure.text}")


def _remade(figure: Figure, meant: Print, scale: Fraction, text: str) -> Figure:
    ulp = scale / 10**meant.decimals
    value = meant.digits * ulp
    # 100% is exactly all; any other percentage in its place was rounded.
    all_of_it = figure.unit == "%" and figure.value == 100
    pointed = figure.discrete if figure.approx != "exact" or all_of_it else figure.interval.is_point
    if scale != multiple(figure):
        pointed = figure.discrete
    interval = admissible(
        value,
        ulp,
        figure.approx,
        soft=figure.approx == "over" and figure.interval.high is not None and not figure.negative,
        point=pointed and not meant.decimals,
        negative=figure.negative,
    )
    return _figure(
        figure,
        text=text,
        value=value,
        interval=interval,
        numeral=written(figure, meant),
        decimals=meant.decimals,
        ulp=ulp,
    )


def written(figure: Figure, meant: Print) -> str:
    """Write digits in the style of a figure: its thousands separators, its width."""
    digits = str(meant.digits).rjust(meant.decimals + 1, "0")
    whole, rest = (digits[: -meant.decimals], digits[-meant.decimals :]) if meant.decimals else (digits, "")
    if "," in figure.numeral or "，" in figure.numeral:
        whole = f"{int(whole):,}"
    text = f"{whole}.{rest}" if rest else whole
    if any("０" <= character <= "９" for character in figure.numeral):
        text = text.translate(_FULL_WIDTH)
    return text


def _numeral_at(figure: Figure) -> int | None:
    """Where the numeral begins in the figure's own text."""
    at = figure.numeral_start - figure.start
    if at >= 0 and figure.text.startswith(figure.numeral, at):
        return at
    found = figure.text.find(figure.numeral)
    return found if found >= 0 and figure.numeral else None


def _restyled(figure: Figure, meant: Print) -> str:
    at = _numeral_at(figure)
    new = written(figure, meant)
    if at is None:
        return new + figure.printed_unit
    return figure.text[:at] + new + figure.text[at + len(figure.numeral) :]
