"""差额：a balance is what it says it is the difference of.

顺差 is exports less imports, 自然增长率 births less deaths, 当年收支结余 income less expenditure: by
definition, so the words alone bind. Accumulated balances (滚存结余) are another thing.

Fails: 出口1857.0亿元，进口1018.4亿元，贸易顺差838.9亿元。
Holds: 出口1857.0亿元，进口1018.4亿元，贸易顺差838.6亿元。
Silent: 收入92.15亿元，支出86.35亿元，年末滚存结余73亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon
from .account_words import TOLD
from .account_words import words as side_words
from .closings import holds_left, remains, side_of
from .growth import same_matter
from .relation import Relation
from .sides import Sides, lead_in, total_side
from .since import since


@dataclass(frozen=True, slots=True)
class _Words:
    result: tuple[str, ...]
    minuend: tuple[str, ...]
    subtrahend: tuple[str, ...]
    excluded: tuple[str, ...]
    bare: tuple[str, ...]
    near: bool


@cache
def _lexicon() -> tuple[_Words, ...]:
    lex = lexicon_of("gouji.checks", "differences")
    return tuple(
        _Words(
            tuple(d["result"]),
            tuple(d["minuend"]),
            tuple(d["subtrahend"]),
            tuple(d.get("not", ())),
            tuple(d.get("bare", ())),
            d.get("near", False),
        )
        for d in lex["difference"]
    )


def _name(claim: Claim) -> str:
    return claim.object if claim.role == "rate" else claim.label


def relate(reading: Reading) -> Iterator[Relation]:
    """Every balance of the lexicon with its two figures before it in the same paragraph, and what totals leave."""
    yield from _changes(reading)
    told: set[int] = set()
    for relation in _remainders(reading):
        told.add(relation.terms["difference"][0].index)
        yield relation
    for claim in reading.claims:
        if claim.role not in ("value", "rate") or claim.index in told:
            continue
        name = _name(claim)
        for words in _lexicon():
            if not name.endswith(words.result) or any(w in claim.before for w in words.excluded):
                continue
            subtrahend = _before(reading, claim, words.subtrahend, words.bare)
            minuend = _before(reading, claim, words.minuend, words.bare, subtrahend)
            if (
                minuend is not None
                and subtrahend is not None
                and (not words.bare or _top(reading, minuend, subtrahend, claim))
                and (not words.near or _in_a_row(minuend, subtrahend, claim))
                and not _totals_between(reading, minuend, claim)
            ):
                yield Relation(
                    "difference",
                    {"minuend": (minuend,), "subtrahend": (subtrahend,), "difference": (claim,)},
                    "stated",
                    (name, _name(minuend), _name(subtrahend)),
                )
            break


def _changes(reading: Reading) -> Iterator[Relation]:
    """比上年的3.08人减少0.47人, 由21件增加到31件，增加10件: two printed values and what lies between them."""
    for change in reading.claims[2:]:
        if change.role != "change" or change.item or change.object or change.label or since(change):
            continue
        one, two = reading.claims[change.index - 2 : change.index]
        if {one.role, two.role} != {"value", "prior"} or one.item or two.item:
            continue
        current, prior = (one, two) if two.role == "prior" else (two, one)
        same = {(c.block, c.sentence, c.frame, c.figure.unit, c.depth) for c in (current, prior, change)}
        if len(same) > 1 or current.figure.kind == "duration" or not same_matter(current, prior):
            continue
        if current is two and (change.clause - two.clause > 1 or not _moves().match(change.before)):
            continue
        yield Relation(
            "difference",
            {"minuend": (current,), "subtrahend": (prior,), "difference": (change,)},
            "stated",
            (current.label or current.noun, prior.before, change.before),
        )


@cache
def _moves() -> re.Pattern[str]:
    """Nothing but a movement in front of the change, right behind the value that it led to: ，净增加了."""
    direction = lexicon()["direction"]
    return re.compile(f"\\A，?[净共]?{any_of(direction['up'] + direction['down'])}(?:了|约|近)?\\Z")


def _remainders(reading: Reading) -> Iterator[Relation]:
    """收入总计…，支出总计…。收支相抵，年终结转…: what remains of the two totals of one account."""
    lex = side_words()
    sides = Sides()
    for claim in reading.claims:
        side = total_side(claim)
        if side:
            sides.add(claim, side)
            continue
        if claim.role not in TOLD or not claim.label.endswith(lex.left):
            continue
        lead = lead_in(reading, claim)
        m = lex.offset.search(lead)
        if m is None or len(lead) - m.end() > 30 or lex.not_left.search(lead, m.end()):
            continue
        both = sides.both(claim)
        if both is None or holds_left(reading, both[1]) or claim.figure.unit != both[0].figure.unit:
            continue
        yield Relation(
            "difference",
            {"minuend": (both[0],), "subtrahend": (both[1],), "difference": (claim,)},
            "stated",
            (m.group(), both[0].label or both[0].before, both[1].label or both[1].before, claim.label),
            # in the form of a final account what is left is an item of 支出总计, which makes it 收入总计
            candidates=2 if both[0].figure.value == both[1].figure.value else 1,
        )
        sides = Sides()


def _totals_between(reading: Reading, first: Claim, result: Claim) -> bool:
    """Whether totals stand in between that leave this balance themselves (收支相抵 after 支出总计)."""
    between = [c for c in reading.claims[first.index : result.index] if side_of(c) == "支出"]
    return bool(between) and remains(reading, between[-1])


def _top(reading: Reading, *claims: Claim) -> bool:
    """Whether no side is a part that the balance stands outside of: 总财力…，包括：区级收入…；总支出…，包括：区级支出…。当年结余…."""
    return len({reading.frames[c.frame].level for c in claims}) == 1


def _in_a_row(*claims: Claim) -> bool:
    """Whether these figures stand one after the other in one sentence."""
    first = claims[0]
    return all(c.index == first.index + n and c.sentence == first.sentence for n, c in enumerate(claims))


def _one_depth(reading: Reading, minuend: Claim, subtrahend: Claim) -> bool:
    """Whether both figures are wholes, or parts under one whole: the last fund of a list is not the side of them all."""
    one, other = (reading.frames[c.frame].level for c in (minuend, subtrahend))
    return one == other or (one >= 0 and other >= 0)


def _alike(minuend: Claim, subtrahend: Claim) -> bool:
    """Whether both are named alike but for their side: 服务出口 and 服务进口."""
    one, other = _name(minuend), _name(subtrahend)
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _before(
    reading: Reading,
    claim: Claim,
    words: tuple[str, ...],
    bare: tuple[str, ...],
    beside: Claim | None = None,
) -> Claim | None:
    """The nearest figure before it that the words name, at the same depth of breakdown as it and as ``beside``.

    A side told anew without its account (收入预算安排195.30亿元) is nearer, and of what nobody knows: then none.
    """
    level = reading.frames[claim.frame].level
    for c in reading.before(claim):
        if c.block != claim.block or (c.label in bare and not side_of(c)):
            return None
        if (
            c.role == claim.role
            and c.figure.unit == claim.figure.unit
            and _name(c).endswith(words)
            and c.scope == claim.scope
            and c.period == claim.period
            and (reading.frames[c.frame].level == level or level < 0 or reading.frames[c.frame].level < 0)
            and (beside is None or _one_depth(reading, c, beside) or _alike(c, beside))
        ):
            return c
    return None
