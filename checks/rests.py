"""其余: what is told apart and the rest make the whole.

118项民生实事完成116项，其余2项正在推进; 共11项，其中2项已完成，其余9项已启动. Under 其中 the whole is the figure above;
elsewhere the first figure of the sentence in that unit may be the whole or a part beside the others (东区10个、西区8个，
其余5个在南区), so that the tie is told only where it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.roles import any_of
from ..extract.roles import lexicon as roles
from .listed import lexicon
from .relation import Relation

_ALIKE = re.compile("[、；]|以及|[和及与]\\Z")


def rests(reading: Reading) -> Iterator[Relation]:
    """Every figure that is called the rest, with what it is the rest of."""
    for rest in reading.claims:
        if rest.role != "value" or not rest.figure.unit or not _rest().search(rest.before):
            continue
        before = _before(reading, rest)
        if len(before) < 2:
            continue
        if _opened(reading, before):
            yield _relation(before[0], (*before[1:], rest), 1)
        elif not _listed(reading, before):
            yield _relation(before[0], (*before[1:], rest), 2)


@cache
def _rest() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(lexicon()['rest']['words'])})的?\\Z")


def _before(reading: Reading, rest: Claim) -> list[Claim]:
    """The values of the rest's unit before it in its sentence, with nothing else of that unit between."""
    found: list[Claim] = []
    for i in range(rest.index - 1, -1, -1):
        c = reading.claims[i]
        if c.sentence != rest.sentence or c.block != rest.block:
            break
        if c.figure.unit == rest.figure.unit:
            if c.role != "value" or c.depth or c.figure.approx != "exact":
                return []
            found.append(c)
    return found[::-1]


def _opened(reading: Reading, claims: list[Claim]) -> bool:
    """Whether 其中 opens what the first of them is made of."""
    text = reading.document.flow.text
    between = text[claims[0].figure.flow_end : claims[1].figure.flow_start]
    return any(word in between for word in roles()["level"]["inside"])


def _listed(reading: Reading, claims: list[Claim]) -> bool:
    """Whether the first of them stands beside the second in a list: then it is no whole."""
    text = reading.document.flow.text
    first, second = claims[0].figure, claims[1].figure
    return _ALIKE.search(text, first.flow_end, second.flow_start) is not None


def _relation(whole: Claim, parts: tuple[Claim, ...], candidates: int) -> Relation:
    return Relation(
        "sum",
        {"total": (whole,), "part": parts},
        "stated",
        (whole.label or whole.noun, *(c.before for c in parts)),
        candidates=candidates,
        note="rest",
    )
