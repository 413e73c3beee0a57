"""拉动与贡献率：the rate of contribution is the points pulled over the growth of the whole.

贡献率33.0%、拉动1.9个百分点 and the growth 5.7% of the whole are tied by definition, member by member where both
are lists. Points are not recomputed from share and growth of a part: that takes last year's share, which is
seldom printed.

Fails: 地区生产总值1000.00亿元，增长5.7%。三次产业对经济增长的贡献率分别为14.2%、53.0%和32.8%，分别拉动经济增长0.8、1.9和2.9个百分点。
Holds: 地区生产总值1000.00亿元，增长5.7%。三次产业对经济增长的贡献率分别为14.2%、33.0%和52.8%，分别拉动经济增长0.8、1.9和3.0个百分点。
Silent: 社会消费品零售总额600.00亿元，增长5.7%。三次产业对经济增长的贡献率分别为14.2%、33.0%和52.8%，分别拉动经济增长0.8、1.1和3.0个百分点。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import PERCENT, POINTS, any_of
from .growth import base_of
from .naming import bare_name
from .once import Index, once
from .relation import Relation

_NEXT = re.compile("\\A(?:、|和|及|与|以及)\\Z")
# Points told without their unit but in the list's last member (0.8、1.9和3.0个百分点).
_LOOSE = frozenset({"", "个", POINTS})


@dataclass(frozen=True, slots=True)
class _Words:
    rate: re.Pattern[str]
    pull: re.Pattern[str]
    down: re.Pattern[str]
    real: frozenset[str]
    owner: re.Pattern[str]
    same: dict[str, tuple[str, ...]]


@cache
def _lexicon() -> _Words:
    lex = lexicon_of("gouji.checks", "pulls")
    return _Words(
        re.compile(any_of(lex["words"]["rate"])),
        re.compile(lex["words"]["pull"]),
        re.compile(lex["words"]["down"]),
        frozenset(lex["whole"]["real"]),
        re.compile(lex["words"]["owner"]),
        {name: tuple(names) for names in lex["whole"]["same"] for name in names},
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list of rates beside a list of as many points, where the growth of the whole is printed before."""
    lex = _lexicon()
    runs = list(_runs(reading, lex))
    for (one, what), (two, other) in pairwise(runs):
        if bool(what) == bool(other) or len(one) != len(two) or two[0].index != one[-1].index + 1:
            continue
        if one[0].sentence != two[0].sentence or one[0].block != two[0].block:
            continue
        pulls, rates = (one, two) if what else (two, one)
        whole = lex.owner.sub("", what or other)
        growth = whole_growth(reading, one[0], lex.same.get(whole, (whole,)))
        if growth is None:
            continue
        for pull, rate in zip(pulls, rates, strict=True):
            if pull.figure.interval.is_point or pull.direction == "down":
                continue  # a whole number without its unit stands for itself alone: nobody meant that
            yield Relation(
                "contribution",
                {"growth": (growth,), "contribution": (rate,), "weight": (pull,)},
                "customary",
                (whole, rates[0].before, pulls[0].before),
            )


def _runs(reading: Reading, lex: _Words) -> Iterator[tuple[list[Claim], str]]:
    """Lists of rates of contribution (with ''), and of points pulled (with what they pull)."""
    claims = reading.claims
    at = 0
    while at < len(claims):
        first = claims[at]
        at += 1
        percent = first.figure.unit in PERCENT
        if not percent and first.figure.unit not in _LOOSE:
            continue
        m = None if percent else lex.pull.search(first.before)
        if m is None and not (percent and lex.rate.search(first.before)):
            continue
        run = [first]
        units = PERCENT if percent else _LOOSE
        while at < len(claims) and claims[at].figure.unit in units and _NEXT.match(claims[at].before):
            if claims[at].sentence != first.sentence:
                break
            run.append(claims[at])
            at += 1
        if percent:
            yield run, ""
        elif m is not None and run[-1].figure.unit == POINTS:
            yield run, m["what"]


def pulls(claim: Claim) -> tuple[str, tuple[str, ...], bool] | None:
    """What these points pull, all names of it, and whether they pull it down; ``None`` where they pull nothing."""
    lex = _lexicon()
    m = lex.pull.search(claim.before)
    down = m is None
    if m is None:
        m = lex.down.search(claim.before)
    if m is None:
        return None
    what = lex.owner.sub("", m["what"])
    return what, lex.same.get(what, (what, bare_name(what))), down


def real_whole(what: str) -> bool:
    """Whether this whole grows at constant prices by its nature (规模以上工业)."""
    return what in _lexicon().real


def pull_lists(reading: Reading) -> Iterator[tuple[list[Claim], Claim, str]]:
    """Every list of points pulled with the growth of the whole, where that is printed before it."""
    lex = _lexicon()
    for run, what in _runs(reading, lex):
        if not what or len(run) < 2:
            continue
        whole = lex.owner.sub("", what)
        growth = whole_growth(reading, run[0], lex.same.get(whole, (whole,)))
        if growth is not None:
            yield run, growth, whole


def whole_growth(reading: Reading, before: Claim, names: tuple[str, ...]) -> Claim | None:
    """The first growth of the whole in the report, of this period; the headline stands first."""
    found = [t.claims[0] for name in names if (t := _growths(reading).get((before.period, name))) is not None]
    first = min(found, key=lambda c: c.index, default=None)
    return first if first is not None and first.index < before.index else None


@once
def _growths(reading: Reading) -> Index[tuple[str, str]]:
    found = (
        (c, c.label or _before(reading, c))
        for c in reading.claims
        if c.role == "growth" and c.figure.unit == "%" and not c.item
    )
    return Index(((c.period, bare_name(label)), c) for c, label in found if "人均" not in label)


def _before(reading: Reading, growth: Claim) -> str:
    """What a growth without a name of its own speaks of: its base, or the value right before it in its sentence."""
    base = base_of(reading, growth)
    if base is None and growth.index:
        last = reading.claims[growth.index - 1]
        base = last if last.role == "value" and last.sentence == growth.sentence and not last.item else None
    return base.label if base is not None else ""
