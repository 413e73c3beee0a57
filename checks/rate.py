"""率：a rate equals part over whole.

The name of the rate says which stages it compares (调解成功率: 调解成功 of 受理). Both are looked for in
the rate's own frame, then upwards and back in its section. Where only one of them is printed, the tie asks
whether a whole number could stand for the other.

Fails: 受理704件，调解成功573件，调解成功率为81.93%。
Holds: 受理704件，调解成功573件，调解成功率为81.39%。
Silent: 受理704件，调解成功573件，群众满意率为99.12%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from ..extract.claim import Claim, Frame, Reading
from ..extract.ladders import ladders
from ..extract.roles import lexicon, scope_of
from .levels import ends_list, stage_of
from .named_rates import bare, counts_of, told_beside
from .once import Index, once
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every named rate of two stages whose part and whole the words can find."""
    lex = ladders()
    terms: dict[str, tuple[Claim, ...]]
    for claim in reading.claims:
        if bare(claim):
            if both := counts_of(reading, claim):
                terms = {"part": both[:1], "whole": both[1:], "rate": (claim,)}
                yield Relation("rate", terms, "stated", (claim.label, *(c.label for c in both)))
            continue
        if claim.role != "rate" or claim.figure.unit != "%":
            continue
        if _elsewhere(claim):
            continue
        named = lex.rate(claim.object)
        frame = reading.frames[claim.frame]
        part: Claim | None
        whole: Claim | None
        beside = told_beside(reading, claim)
        if beside is not None:
            part, whole = beside
        elif named is not None:
            part = _find(reading, frame, claim, named.part)
            whole = _find(reading, frame, part or claim, named.whole) or _above(reading, frame, named.whole)
            if part is not None and whole is None:
                whole = _twin_whole(reading, part, named.whole)
            if part is not None and whole is not None and not _countable(part, whole):
                continue  # 查出问题金额15.94亿元，整改问题214个: an amount is no whole of a count
        elif counts := counts_of(reading, claim):
            part, whole = counts
        else:
            part, whole = _reduction(reading, frame, claim), None
        if part is None and (whole is None or not _of_matter(claim, whole)):
            continue
        terms = {
            "part": (part,) if part else (),
            "whole": (whole,) if whole else (),
            "rate": (claim,),
        }
        evidence = tuple(c.label or c.noun for c in (part, whole) if c is not None)
        # 受理12864件，办结12912件（含上年结转86件），办结率99.7%: the rate may be of all that there was to do
        more = part is not None and whole is not None and _carried(reading, part)
        if named is not None and beside is None and whole is not None and whole.index == frame.parent:
            more = more or ends_list(reading, frame)  # of the last part or of all?
        yield Relation("rate", terms, "stated", (claim.object, *evidence), candidates=2 if more else 1)


def _of_matter(rate: Claim, whole: Claim) -> bool:
    """Whether the rate's name says of no other matter than the whole's: 首次信访化解率 is not of all 来信来访."""
    named = ladders().rate(rate.object)
    front = rate.object
    for end in named.names if named else ():
        front = front.removesuffix(end)
    front = ladders().subject(front)
    own = whole.label + whole.noun
    return len(front) < 2 or any(front[i : i + 2] in own for i in range(len(front) - 1))


def _carried(reading: Reading, part: Claim) -> bool:
    """Whether the part is said, right behind it, to hold cases from an earlier period."""
    text = reading.document.flow.text
    return text.startswith("（", part.figure.flow_end) and bool(
        ladders().carried.search(text, part.figure.flow_end, part.figure.flow_end + 16)
    )


def _countable(part: Claim, whole: Claim) -> bool:
    """Whether one can be a share of the other: both amounts, or both counts of cases and the like (八类 are none)."""
    units = ladders().case_units
    one, other = part.figure, whole.figure
    return (one.kind == "money") == (other.kind == "money") and (
        one.unit == other.unit or {one.unit, other.unit} <= units or one.kind == "money"
    )


def _elsewhere(claim: Claim) -> bool:
    """Whether the rate's name says another period, place or whole: 上年调解成功率, 全省办结率, 审限内结案率."""
    named = ladders().rate(claim.object)
    front = claim.object
    for end in named.names if named else ():
        front = front.removesuffix(end)
    if ladders().due.search(front) or claim.object.startswith(_WITHIN):
        return True
    if named is not None and "concluded" in named.part and front.endswith(ladders().outcomes):
        return True  # 调解结案率 is one outcome of those concluded
    return bool(_OTHER_PERIOD().search(front)) or scope_of(front) in _BEYOND


# 7日内答复率: the days are a figure of their own, and the rate is one of those due
_WITHIN = "内"


@cache
def _OTHER_PERIOD() -> re.Pattern[str]:
    return re.compile(lexicon()["target"]["other_period"])


# whose rate is hardly ever the report's own
_BEYOND = frozenset({"全国", "全省"})


def _above(reading: Reading, frame: Frame, stages: Sequence[str]) -> Claim | None:
    """The figure that the frame's 其中 stands under, when it is of one of these stages."""
    above = reading.claims[frame.parent] if frame.parent >= 0 else None
    return above if above is not None and above.stage in stages else None


def _find(reading: Reading, frame: Frame, before: Claim, stages: Sequence[str]) -> Claim | None:
    """The nearest value of the first of these stages in the frame, printed before ``before``."""
    for stage in stages:
        for c in reading.back(frame, before):
            if c.noun.endswith("率"):
                continue  # 八类主要刑事案件破案率: the number belongs to the rate's name
            if c.role == "value" and stage_of(reading, frame, c) == stage and not _outcome(c):
                return c
    return None


def _outcome(claim: Claim) -> bool:
    """Whether the value is one outcome of what was concluded (终止212件): no rate is of it, whatever it stands under."""
    if claim.stage:
        return False
    return claim.label.startswith(ladders().outcomes) or claim.label in lexicon()["level"]["others"]


def _twin_whole(reading: Reading, part: Claim, stages: Sequence[str]) -> Claim | None:
    """The whole of the same part told earlier: an equal value under a figure of the right stage.

    调解终止124件，化解率51.2% may come sentences after 审结242件，其中调解124件: the same count is named
    again, and what it stood under is its whole. Only one such place may exist.
    """
    found: list[Claim] = []
    equal = _equal(reading).get((part.figure.value, part.figure.unit))
    for c in equal.claims if equal is not None else ():
        if c.index >= part.index or len(found) > 1:
            break
        if not set(c.label) & set(part.label):
            continue
        parent = reading.frames[c.frame].parent
        if parent >= 0 and reading.claims[parent].stage in stages:
            found.append(reading.claims[parent])
    return found[0] if len(found) == 1 else None


@once
def _equal(reading: Reading) -> Index[tuple[Fraction, str]]:
    return Index(((c.figure.value, c.figure.unit), c) for c in reading.claims if c.role == "value")


def _reduction(reading: Reading, frame: Frame, rate: Claim) -> Claim | None:
    """The change that a 精简率 is a share of: the count right before it, said to be taken away."""
    for names, words in ladders().reductions:
        if rate.object.endswith(names):
            for c in reading.back(frame, rate):
                if c.sentence != rate.sentence:
                    break
                if (
                    c.figure.discrete
                    and any(w in c.before for w in words)
                    and not c.before.endswith(("至", "到"))
                ):
                    return c
    return None
