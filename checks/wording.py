"""措辞：words of degree against the numbers beside them.

略有下降 for a fall of a fifth is no arithmetic error, but a reader asks. The bounds are custom, with their
source in ``wordings.toml``; a contradiction is at most a warning.

Fails: 复议案件24件，与2015年30件相比，略有下降。
Holds: 复议案件29件，与2015年30件相比，略有下降。
Silent: 复议案件24件，略有下降，2015年制发意见书30份。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of
from .relation import Relation


@cache
def lexicon() -> tuple[re.Pattern[str], dict[str, tuple[int | None, int | None]]]:
    """The pattern of all words of degree, and the bounds (low, high) of each in percent."""
    lex = lexicon_of("gouji.checks", "wordings")
    bounds = {w: (e.get("low"), e.get("high")) for e in lex["wording"] for w in e["words"]}
    direction = any_of(lex["directions"]["up"] + lex["directions"]["down"])
    return re.compile(f"(?P<degree>{any_of(list(bounds))})(?P<direction>{direction})?"), bounds


def direction_of(words: str) -> int:
    """1 for 略有上升, -1 for 略有下降, 0 where no direction is named."""
    up, down = _directions()
    if words.endswith(up):
        return 1
    return -1 if words.endswith(down) else 0


@cache
def _directions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    directions = lexicon_of("gouji.checks", "wordings")["directions"]
    return tuple(directions["up"]), tuple(directions["down"])


def relate(reading: Reading) -> Iterator[Relation]:
    """Every value with a printed prior whose sentence goes on with a word of degree and no percentage."""
    pattern, _ = lexicon()
    text = reading.document.flow.text
    yield from _without_prior(reading)
    for frame in reading.frames:
        current: Claim | None = None
        for c in reading.of(frame):
            if c.role == "value":
                current = c
            elif c.role == "prior" and current is not None and c.figure.unit == current.figure.unit:
                if c.sentence != current.sentence or c.block != current.block:
                    continue
                after = (
                    reading.claims[c.index + 1].figure.flow_start
                    if c.index + 1 < len(reading.claims)
                    else len(text)
                )
                end = min(
                    (e for e in (text.find(s, c.figure.flow_end) for s in "。；\n") if e >= 0),
                    default=len(text),
                )
                m = pattern.search(text, c.figure.flow_end, min(end, after))
                if m:
                    yield Relation(
                        "wording",
                        {"current": (current,), "prior": (c,)},
                        "customary",
                        (m.group(), current.label or current.noun, *c.words),
                        note=m.group(),
                    )


_SAME = re.compile("，(?:同比|比上年|较上年|与上年相比|(?:较|比|与)[12][0-9]{3}年)(?:相比)?[^，；。0-9]{1,8}")


def _without_prior(reading: Reading) -> Iterator[Relation]:
    """受理329242件，同比基本持平: seen, but no prior is printed beside it."""
    pattern, _ = lexicon()
    text = reading.document.flow.text
    for claim, after in pairwise((*reading.claims, None)):
        if claim is None or claim.role != "value" or claim.item or not claim.figure.unit:
            continue
        end = min(
            (e for e in (text.find(s, claim.figure.flow_end) for s in "。；\n") if e >= 0), default=len(text)
        )
        if after is not None:
            end = min(end, after.figure.flow_start)
        m = _SAME.match(text, claim.figure.flow_end, end)
        if m and pattern.search(m.group()):
            yield Relation(
                "wording",
                {"current": (claim,)},
                "customary",
                (m.group(), claim.label or claim.noun),
                reason="no_prior",
            )
