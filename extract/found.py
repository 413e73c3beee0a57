"""What the scanner hands on: a number found or passed over, and what both kinds of numeral share."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files

from . import hedges
from .units import UNITS

DATA = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
LONGEST = 24
CN = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
MARK_AFTER = frozenset("\n。；：，、！|）”* ")
ORDINAL_LIST = re.compile(f"[0-9{CN}]+(?:[、和至到—-]第?[0-9{CN}]+)*")
LEVELS = frozenset(DATA["counted"]["levels_before"])
CN_TENTH_NOT = tuple("立为效果员本绩功交品熟长就都型套年人分了不的才因份活体群风语对")


@dataclass(slots=True)
class Found:
    """A number in the flow, before it becomes a figure. Offsets are in the flow.

    ``start``/``end`` include hedges, sign and unit; ``num_start``/``num_end`` hold the digits alone.
    ``unit`` is the unit word without its multiplier, ``printed`` with it. ``form`` is ``plain``, or
    ``fraction``, ``tenth``, ``percent`` (百分之), ``doubling``, ``capital`` (壹佰元整) for numbers in words.
    ``naming`` is a number that says which things are counted (see ``classes.py``).
    """

    start: int
    end: int
    num_start: int
    num_end: int
    value: Fraction
    ulp: Fraction
    decimals: int
    big: int
    unit: str
    printed: str
    approx: str = "exact"
    soft: bool = False
    negative: bool = False
    upper: Fraction | None = None
    form: str = "plain"
    naming: bool = False


@dataclass(slots=True)
class Passed:
    """A number in the flow that is no figure, with a reason code. Offsets are in the flow."""

    start: int
    end: int
    reason: str


def worded(text: str, s: int, e: int, value: Fraction, form: str, unit: str = "") -> Found:
    """Make a number written in words, with the hedges around it."""
    found = Found(s, e, s, e, value, Fraction(1), 0, 1, unit, unit, form=form)
    widen(text, found)
    return found


# Characters that a 负 of sign may follow: 为负3.2%, 是负数.
_BEFORE_MINUS = frozenset("为是达到至从由和与、")


def take_sign(text: str, found: Found) -> None:
    """Take a printed minus sign into ``found``; a hyphen between two words or numbers is none."""
    s = found.start
    sign = text[s - 1 : s]
    if sign in ("-", "−", "负"):
        before = text[s - 2 : s - 1]
        if sign == "负" and "\u4e00" <= before <= "\u9fff" and before not in _BEFORE_MINUS:
            return  # 减负35.79亿元 takes a burden away, nothing is negative
        if sign != "-" or (not (before.isascii() and before.isalnum()) and before not in ("%", "）", "-")):
            found.start -= 1
            found.negative = True


def widen(text: str, found: Found) -> None:
    """Widen a number by the hedge words around it."""
    if word := hedges.before(text, found.start):
        kind = hedges.BEFORE[word]
        lasts = kind == "under" and word == "近" and UNITS.unit(found.unit).kind == "duration"
        if word not in hedges.ONLY_ROUND and not lasts and found.upper is None:
            found.start -= len(word)
            found.approx, found.soft = kind, False
    if word := hedges.after(text, found.end):
        kind = hedges.AFTER[word]
        if len(word) > 1 or UNITS.unit(found.unit).kind in ("duration", "multiple") or word == "许":
            found.end += len(word)
            if found.approx == "exact":
                found.approx = kind
                found.soft = kind == "over" and word not in ("以外", "开外")


def in_title(text: str, s: int) -> bool:
    """Tell whether ``s`` lies inside 《》: the number belongs to the name of a document."""
    floor = max(0, s - 60)
    at = text.rfind("《", floor, s)
    return at >= 0 and text.rfind("》", at, s) < 0 and text.rfind("\n", at, s) < 0
