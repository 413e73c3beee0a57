"""The ways in which people get a printed number wrong, undone: from a print to what may have been meant.

The mistakes are those of typists (F. J. Damerau, Communications of the ACM 7:3, 1964: one character wrong,
missing, extra, or two neighbours swapped; S. Scholtus, Automatic correction of simple typing errors,
Statistics Netherlands 09046, 2009, uses the same for figures), and a slipped decimal point.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Codes of mistakes, the most telling first: equally good explanations are listed in this order. A copied value
# has evidence elsewhere in the text; a swap or a doubled digit leaves one way back, a replaced or a lost digit
# leaves nine or ten at every place, so that it explains a gap by chance far more often.
CODES = (
    "copied",
    "stale",
    "restated",
    "exchanged",
    "direction",
    "percent_point",
    "unit",
    "swapped",
    "doubled",
    "point",
    "replaced",
    "lost",
    "added",
    "truncated",
)
RANK = {code: rank for rank, code in enumerate(CODES)}

TYPING = frozenset({"swapped", "doubled", "point", "replaced", "lost", "added"})

# A point slips by this many places at most.
_SLIPS = (1, 2)


class Print(NamedTuple):
    """A numeral: its digits as one whole number, and how many of them stand behind the point."""

    digits: int
    decimals: int


def variants(numeral: str, whole: bool) -> tuple[tuple[Print, str], ...]:
    """Return every print that one mistake turns into ``numeral``, each once with its most telling code.

    ``numeral`` holds ASCII digits and at most one point. ``whole`` numbers count things and have no decimals.
    """
    return _variants(numeral, whole)


@lru_cache(maxsize=4096)
def _variants(numeral: str, whole: bool) -> tuple[tuple[Print, str], ...]:
    integer, _, fraction = numeral.partition(".")
    digits, decimals = integer + fraction, len(fraction)
    found: dict[tuple[int, int], str] = {}
    now = int(digits), decimals
    for text, places, code in _edits(digits, decimals):
        if places < 0 or (whole and places) or len(text) <= places:
            continue
        if text[0] == "0" and len(text) - places > 1:
            continue  # nobody prints 0123
        meant = int(text), places
        if not meant[0] or meant == now:
            continue
        if code not in ("replaced", "lost", "added") and _same(meant, now):
            continue  # 3.0 for 3.00
        known = found.get(meant)
        if known is None or RANK[code] < RANK[known]:
            found[meant] = code
    return tuple((Print(*meant), code) for meant, code in found.items())


def _same(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return bool(one[0] * 10 ** two[1] == two[0] * 10 ** one[1])


def _edits(digits: str, decimals: int) -> Iterator[tuple[str, int, str]]:
    """Yield digits, decimals and code of every way back; some are no numerals."""
    length = len(digits)
    for i in range(length - 1):
        yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], decimals, "swapped"
    for i in range(length):
        before, after = digits[:i], digits[i + 1 :]
        doubled = digits[i : i + 1] in (digits[i - 1 : i], after[:1])
        yield before + after, decimals - (i >= length - decimals), "doubled" if doubled else "added"
        for other in "0123456789":
            if other != digits[i]:
                yield before + other + after, decimals, "replaced"
    for i in range(length + 1):
        for other in "0123456789":
            longer = digits[:i] + other + digits[i:]
            if i <= length - decimals:
                yield longer, decimals, "lost"
            if decimals and i >= length - decimals:
                yield longer, decimals + 1, "lost"
    for slip in _SLIPS:
        yield digits, decimals + slip, "point"
        if decimals >= slip:
            yield digits.lstrip("0") or "0", decimals - slip, "point"
        if decimals and length - decimals == 1:
            yield "0" * slip + digits, decimals + slip, "point"
