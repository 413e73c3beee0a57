"""The ways in which people get a printed number wrong, one slip of each kind for a number.

A slip replaces a stretch of the text that holds one numeral (and, for a wrong unit, the characters after
it). Slips that leave the value as it was, or that nobody would let stand (``.5``, ``5.``, ``05``), are not
made. Which digit a slip hits is drawn from a generator that is seeded by the place and the kind, so that
the same text gives the same slips whatever else is asked for.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

KINDS = ("replaced", "swapped", "lost", "doubled", "point", "unit")

NUMERAL = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_CHINESE = "一二三四五六七八九"
_UNIT = re.compile(r"\s*([万亿萬億]元|[万亿萬億]|元)")
_UNITS = {
    "万元": (("亿元", 10**4), ("元", Fraction(1, 10**4))),
    "亿元": (("万元", Fraction(1, 10**4)),),
    "萬元": (("億元", 10**4), ("元", Fraction(1, 10**4))),
    "億元": (("萬元", Fraction(1, 10**4)),),
    "元": (("万元", 10**4),),
    "万": (("亿", 10**4),),
    "亿": (("万", Fraction(1, 10**4)),),
    "萬": (("億", 10**4),),
    "億": (("萬", Fraction(1, 10**4)),),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One wrong print: ``text[start:end]`` becomes ``new``.

    ``numeral`` is the numeral after the slip, as digits with at most one point; ``factor`` is what the
    slip does to the worth of one unit. ``digits`` counts the digits of the numeral before it.
    """

    kind: str
    start: int
    end: int
    old: str
    new: str
    numeral: str
    factor: Fraction
    digits: int


def plain(numeral: str) -> str:
    """Digits and point of a printed numeral, in half width and without separators."""
    chinese = _CHINESE.find(numeral) + 1 if len(numeral) == 1 else 0
    if chinese:
        return str(chinese)
    return "".join("." if c in ".．" else str(int(c)) for c in numeral if c not in ",，")


def slips(text: str, start: int, end: int, seed: int = 0) -> Iterator[Slip]:
    """Make one slip of every kind that the numeral ``text[start:end]`` can suffer."""
    printed = text[start:end]
    if len(printed) == 1 and printed in _CHINESE:
        new = random.Random(f"{seed}/{start}/chinese").choice([c for c in _CHINESE if c != printed])
        yield Slip("replaced", start, end, printed, new, plain(new), Fraction(1), 1)
        return
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    for kind in KINDS:
        draw = random.Random(f"{seed}/{start}/{kind}")
        if kind == "unit":
            found = _UNIT.match(text, end)
            if found:
                unit, factor = draw.choice(_UNITS[found[1]])
                stop = found.end()
                new = text[start : found.start(1)] + unit
                yield Slip(
                    kind, start, stop, text[start:stop], new, plain(printed), Fraction(factor), len(digits)
                )
            continue
        worth = Fraction(plain(printed))
        options = [
            new
            for new in _options(kind, printed, digits, draw)
            if _prints(new) and Fraction(plain(new)) != worth
        ]
        if options:
            new = draw.choice(options)
            yield Slip(kind, start, end, printed, new, plain(new), Fraction(1), len(digits))


def digits_replaced(text: str, start: int, end: int) -> Iterator[Slip]:
    """Replace every digit of the numeral ``text[start:end]`` by each of the others."""
    printed = text[start:end]
    places = [i for i, c in enumerate(printed) if c.isdigit()]
    for place in places:
        for digit in "0123456789":
            new = printed[:place] + digit + printed[place + 1 :]
            if _prints(new) and plain(new) != plain(printed):
                yield Slip("replaced", start, end, printed, new, plain(new), Fraction(1), len(places))


def _options(kind: str, printed: str, digits: list[int], draw: random.Random) -> Iterator[str]:
    if kind == "replaced":
        place = draw.choice(digits)  # one digit first, so that each is as likely as any other
        for digit in "0123456789":
            yield printed[:place] + digit + printed[place + 1 :]
    elif kind == "swapped":
        for one, two in pairwise(digits):
            changed = list(printed)
            changed[one], changed[two] = changed[two], changed[one]
            yield "".join(changed)
    elif kind == "lost":
        for place in digits:
            yield printed[:place] + printed[place + 1 :]
    elif kind == "doubled":
        for place in digits:
            yield printed[:place] + printed[place] + printed[place:]
    elif kind == "point":
        point = next((i for i, c in enumerate(printed) if c in ".．"), -1)
        if point >= 0:
            rest = printed[:point] + printed[point + 1 :]
            yield rest
            yield rest[: point - 1] + "." + rest[point - 1 :]
            yield rest[: point + 1] + "." + rest[point + 1 :]


def _prints(numeral: str) -> bool:
    """Whether somebody could print this: no zero in front of a digit, digits on both sides of a point."""
    digits = "".join(c for c in numeral if c not in ",，").replace("．", ".")
    return re.fullmatch(r"(?:0|[1-9０-９][0-9０-９]*)(?:\.[0-9０-９]+)?", digits) is not None
