"""差额：a balance is what it says it is the difference of.

顺差 is exports less imports, 自然增长率 births less deaths, 当年收支结余 income less expenditure: by
definition, so the words alone bind. Accumulated balances (滚存结余) are another thing.

Fails: 出口1857.0亿元，进口1018.4亿元，贸易顺差838.9亿元。
Holds: 出口1857.0亿元，进口1018.4亿元，贸易顺差838.6亿元。
Silent: 收入92.15亿元，支出86.35亿元，年末滚存结余73亿元。
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..extract.claim import Claim, Reading
from .relation import Relation


@dataclass(frozen=True, slots=True)
class _Words:
    result: tuple[str, ...]
    minuend: tuple[str, ...]
    subtrahend: tuple[str, ...]
    excluded: tuple[str, ...]


@cache
def _lexicon() -> tuple[_Words, ...]:
    lex = tomllib.loads(files("gouji.checks").joinpath("differences.toml").read_text(encoding="utf-8"))
    return tuple(
        _Words(tuple(d["result"]), tuple(d["minuend"]), tuple(d["subtrahend"]), tuple(d.get("not", ())))
        for d in lex["difference"]
    )


def _name(claim: Claim) -> str:
    return claim.object if claim.role == "rate" else claim.label


def relate(reading: Reading) -> Iterator[Relation]:
    """Every balance of the lexicon with its two figures before it in the same paragraph."""
    for claim in reading.claims:
        if claim.role not in ("value", "rate"):
            continue
        name = _name(claim)
        for words in _lexicon():
            if not name.endswith(words.result) or any(w in claim.before for w in words.excluded):
                continue
            minuend = _before(reading, claim, words.minuend)
            subtrahend = _before(reading, claim, words.subtrahend)
            if minuend is not None and subtrahend is not None:
                yield Relation(
                    "difference",
                    {"minuend": (minuend,), "subtrahend": (subtrahend,), "difference": (claim,)},
                    "stated",
                    (name, _name(minuend), _name(subtrahend)),
                )
            break


def _before(reading: Reading, claim: Claim, words: tuple[str, ...]) -> Claim | None:
    """The nearest figure before it that the words name, at the same depth of breakdown."""
    level = reading.frames[claim.frame].level
    for c in reversed(reading.claims[: claim.index]):
        if c.block != claim.block:
            return None
        if (
            c.role == claim.role
            and c.figure.unit == claim.figure.unit
            and _name(c).endswith(words)
            and c.scope == claim.scope
            and c.period == claim.period
            and (reading.frames[c.frame].level == level or level < 0 or reading.frames[c.frame].level < 0)
        ):
            return c
    return None
