"""Units that are multiples of one another by definition, and currencies, which are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ..extract.lexicons import lexicon_of


@dataclass(frozen=True, slots=True)
class Conversions:
    """``money`` are currencies, ``own`` that of the reports; ``spread`` is by how many percent rates of one year may lie apart.

    ``worth`` gives each unit its kind and how many of its kind's least unit it is worth.
    """

    between: re.Pattern[str]
    worth: dict[str, tuple[str, Fraction]]
    money: frozenset[str]
    own: str
    rate: re.Pattern[str]
    clause: re.Pattern[str]
    converted: tuple[str, ...]
    spread: int

    def factor(self, unit: str) -> Fraction:
        """What a unit is worth; 1 for a unit that no other is a multiple of."""
        return self.worth[unit][1] if unit in self.worth else Fraction(1)

    def alike(self, one: str, two: str) -> bool:
        """Whether two different units measure one thing by definition."""
        known = one in self.worth and two in self.worth and one != two
        return known and self.worth[one][0] == self.worth[two][0]


@cache
def conversions() -> Conversions:
    """The lexicon, read once."""
    lex = lexicon_of("gouji.checks", "conversions")
    return Conversions(
        re.compile(lex["words"]["between"]),
        {unit: (table["kind"], Fraction(n)) for table in lex["same"] for unit, n in table["worth"].items()},
        frozenset(lex["money"]["units"]),
        lex["money"]["own"],
        re.compile(lex["money"]["rate"]),
        re.compile(lex["money"]["clause"]),
        tuple(lex["money"]["converted"]),
        lex["money"]["spread"],
    )
