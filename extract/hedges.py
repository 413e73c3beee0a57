"""Words around a number that say how it stands to the true value, and the set of values it may stand for.

The words are data (``hedges.toml``). The arithmetic follows the design, section 3: the near end of a hedge
is exact, the far end is custom and therefore bounded as the design says. The inclusion of the number itself
in 以上, 以下, 以内 and its exclusion from 超过, 不满 follow article 1259 of the Civil Code.
"""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from .interval import Interval
from .numerals import significant_unit

_DATA = tomllib.loads(files(__package__).joinpath("hedges.toml").read_text(encoding="utf-8"))


def _words(table: dict[str, object]) -> dict[str, str]:
    return {w: kind for kind, words in table.items() if isinstance(words, str) for w in words.split()}


BEFORE = _words(_DATA["before"])
AFTER = _words(_DATA["after"])
INSIDE = frozenset(_DATA["inside"]["over"].split())
ONLY_ROUND = frozenset(_DATA["before"]["only_round"]["words"].split())
_BEFORE_NOT: dict[str, frozenset[str]] = {w: frozenset(s.split()) for w, s in _DATA["before"]["not"].items()}
_AFTER_NOT: dict[str, tuple[str, ...]] = {w: tuple(s.split()) for w, s in _DATA["after"]["not"].items()}
_GROWTH = tuple(_DATA["growth"]["words"].split())
_LAST = frozenset(w[-1] for w in BEFORE)
_FIRST = frozenset(w[0] for w in AFTER)
_LONGEST_BEFORE = max(map(len, BEFORE))
_LONGEST_AFTER = max(map(len, AFTER))


def before(text: str, at: int) -> str:
    """The longest hedge word that ends in ``text`` at ``at``; empty where there is none (签约 is none)."""
    if not at or text[at - 1] not in _LAST:
        return ""
    for length in range(min(_LONGEST_BEFORE, at), 0, -1):
        word = text[at - length : at]
        if word in BEFORE:
            stops = _BEFORE_NOT.get(word)
            if stops and at > length and text[at - length - 1] in stops:
                return ""
            return word
    return ""


def after(text: str, at: int) -> str:
    """The longest hedge word that begins in ``text`` at ``at``; empty where there is none."""
    if at >= len(text) or text[at] not in _FIRST:
        return ""
    for length in range(_LONGEST_AFTER, 0, -1):
        word = text[at : at + length]
        if word in AFTER:
            stops = _AFTER_NOT.get(word)
            if stops and text.startswith(stops, at + length):
                return ""
            return word
    return ""


def changes(text: str, at: int) -> bool:
    """Whether a word of change (增长, 提高) stands in the few characters before ``at``."""
    return any(w in text[max(0, at - 5) : at] for w in _GROWTH)


@lru_cache(maxsize=1 << 14)
def admissible(
    value: Fraction,
    ulp: Fraction,
    approx: str,
    *,
    soft: bool = False,
    point: bool = False,
    spread: Fraction | None = None,
    upper: Fraction | None = None,
    negative: bool = False,
) -> Interval:
    """The true values that a printed number may stand for.

    ``value`` (≥ 0) and ``ulp`` are in the base unit. ``soft`` is an ``over`` that stays within the next unit
    of the last significant digit (余, 多). ``point`` says that an unhedged number is exactly itself.
    ``spread`` replaces half an ulp for numbers in words (三分之二, 七成). ``negative`` mirrors the result.
    """
    if approx == "range" and upper is not None:
        ends: tuple[Fraction | None, Fraction | None, bool, bool] = (value, upper, False, False)
    else:
        ends = _magnitudes(value, ulp, approx, soft, point, spread)
    low, high, low_open, high_open = ends
    if negative:
        low, high = (None if high is None else -high), (None if low is None else -low)
        low_open, high_open = high_open, low_open
    return Interval(low, high, low_open, high_open)


def _magnitudes(
    value: Fraction, ulp: Fraction, approx: str, soft: bool, point: bool, spread: Fraction | None
) -> tuple[Fraction | None, Fraction | None, bool, bool]:
    if approx == "exact":
        half = Fraction(0) if point else ulp / 2 if spread is None else spread
        return value - half, value + half, False, False
    if approx == "at_least":
        return value, None, False, True
    if approx == "at_most":
        return None, value, True, False
    step = significant_unit(value)
    if spread is not None:  # two thirds have no last digit: no finer than what the words count
        step = max(step, 2 * spread)
    elif ulp < 1 and ulp < step:  # 2.0 has a significant zero
        step = ulp
    if approx == "over":
        return (value, value + step, False, True) if soft else (value, None, True, True)
    if approx == "under":
        far = max(value - step, value * Fraction(4, 5))
        if far >= value:  # under zero: nothing bounds it
            return None, value, True, True
        return far, value, False, True
    if approx == "about":
        half = min(max(step / 2, value / 20), value / 5)
        return value - half, value + half, False, False
    raise ValueError(f"unknown hedge {approx!r}")
