"""比重合计：shares of a closed whole make 100.

A whole is closed when a lexicon of partitions says so, or when the text gives one list of shares for all its
parts (比重分别为…). Shares moved by their last digit to make 100 (配平) are honest.

Fails: 第一、二、三产业增加值占地区生产总值的比重分别为3.1%、35.0%和62.9%。
Holds: 第一、二、三产业增加值占地区生产总值的比重分别为3.1%、35.0%和61.9%。
Silent: 机电产品占68.8%，高新技术产品占22.1%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Claim, Reading
from ..extract.roles import lexicon
from .levels import breakdowns
from .partitions import partitions
from .ratio_list import ratio_lists
from .relation import Relation

_LIST = re.compile(
    "(?:比重|贡献率|占比|构成)(?:依次|分别)(?:为|是|达到?)\\Z|分别占[^，；]{0,20}(?:的|比重)?\\Z"
)
_NEXT = re.compile("\\A[、和及与]\\Z")
_THREE = re.compile("第?一[、产业]*第?二[、产业]*(?:和|、)?第?三(?:次)?产业|三次产业")


def relate(reading: Reading) -> Iterator[Relation]:
    """Shares of the parts of a complete breakdown, lists of shares of the three industries, and scales; each once."""
    seen: set[tuple[int, ...]] = set()
    for relation in _relate(reading):
        shares = tuple(c.index for c in relation.terms["share"])
        if shares not in seen:
            seen.add(shares)
            yield relation


def _relate(reading: Reading) -> Iterator[Relation]:
    for b in breakdowns(reading):
        if len(b.parts) < 2:
            continue
        name = b.closed
        shares = [
            next((c for c in reading.of(f) if c.role == "share" and c.figure.unit == "%"), None)
            for f in b.frames
        ]
        found = tuple(s for s in shares if s is not None)
        if name and len(found) == len(b.parts):
            yield Relation(
                "percent_sum", {"share": found}, "stated", (b.words, *(s.words[0] for s in found)), note=name
            )
        pulled = tuple(
            c
            for f in b.frames
            for c in reading.of(f)
            if c.role == "contribution" and c.figure.unit == "%" and "贡献率" in c.before and not c.item
        )
        if name and len(pulled) == len(b.parts):
            yield Relation("percent_sum", {"share": pulled}, "stated", (b.words, pulled[0].before), note=name)
    yield from _lists(reading)
    yield from _told_one_by_one(reading)
    yield from _scales(reading)
    for run in ratio_lists(reading):
        yield Relation("percent_sum", {"share": run}, "stated", (run[0].before,), note="industries")


def _told_one_by_one(reading: Reading) -> Iterator[Relation]:
    """税收收入占70.7%，非税收入占29.3%: shares whose names make a partition, in one sentence."""
    run: list[Claim] = []
    for c in (*reading.claims, None):
        if c is not None and c.role in ("points", "growth") and run and c.sentence == run[-1].sentence:
            continue  # 占比4.2%，下降0.3个百分点
        named = c is not None and c.role == "share" and c.figure.unit == "%" and c.label and not c.item
        if c is not None and named and (not run or c.sentence == run[-1].sentence):
            run.append(c)
            continue
        if len(run) > 1 and (name := partitions().closed_by(run)):
            yield Relation(
                "percent_sum", {"share": tuple(run)}, "stated", tuple(c.label for c in run), note=name
            )
        run = [c] if c is not None and named else []


def _scales(reading: Reading) -> Iterator[Relation]:
    """0—14岁…，占18.9%；15—59岁…，占61.4%；60岁及以上…，占19.7%: shares of a scale told from end to end, or to 其他.

    The parts may also make a partition by their names (居住在城镇的人口, 居住在乡村的人口).
    """
    run: list[tuple[Claim, Claim]] = []
    for c in (*reading.claims, None):
        if c is not None and (c.role != "share" or c.figure.unit != "%"):
            continue
        part = _part(reading, c) if c is not None else None
        if c is not None and part is not None and run:
            parent = reading.frames[c.frame].parent
            if parent >= 0 and reading.claims[parent].frame == run[-1][0].frame:
                continue  # a part of this part
        if c is not None and part is not None and (not run or _beside(reading, run[-1], (c, part))):
            run.append((c, part))
            continue
        parts = [p for _, p in run]
        if len(run) > 1 and (_ends([p.label for p in parts]) or _divided(reading, parts)):
            shares = tuple(s for s, _ in run)
            names = tuple(p.label for p in parts)
            yield Relation("percent_sum", {"share": shares}, "stated", names, note="scale")
        run = [(c, part)] if c is not None and part is not None else []


_BARE = re.compile("(?:总(?:人口|数|量|额)|全部)?的?")
_FIRST = re.compile("(?<![0-9])0[—–~～-]|及以上|及以下|以下")
_DIGIT = re.compile("[0-9]")
_LAST = re.compile("及以上|及以下|以下|以上")


def _part(reading: Reading, share: Claim) -> Claim | None:
    """What a bare share is of: itself where it has a name, else the value right before it."""
    if share.item or _BARE.fullmatch(share.object) is None:
        return None
    if share.label:
        return share
    part = reading.claims[share.index - 1] if share.index else None
    if part is None or part.role != "value" or part.sentence != share.sentence or part.frame != share.frame:
        return None
    return part if part.label else None


def _beside(reading: Reading, one: tuple[Claim, Claim], two: tuple[Claim, Claim]) -> bool:
    a, b = reading.frames[one[0].frame], reading.frames[two[0].frame]
    same = all(
        (x.sentence, x.block, x.role, x.depth) == (y.sentence, y.block, y.role, y.depth)
        for x, y in zip(one, two, strict=True)
    )
    return same and (a.level, a.parent) == (b.level, b.parent) and one[1].figure.unit == two[1].figure.unit


def _divided(reading: Reading, parts: list[Claim]) -> bool:
    """Whether values that stand under no printed whole make a partition; those under one are told with it."""
    if parts[0].role != "value" or reading.frames[parts[0].frame].parent >= 0:
        return False
    return bool(partitions().closed_by(parts))


def _ends(names: list[str]) -> bool:
    """Whether these classes run from one end of a scale to the other, or end with all others."""
    bounds = [m.group() for n in names if (m := _LAST.search(n))]
    if names[-1].startswith(tuple(lexicon()["level"]["others"])) and len(names) > 2:
        # 其他支出 is an item of its own beside many
        return not bounds and not names[-1].endswith(_ITEMS)
    first, last = _FIRST.search(names[0]), _LAST.search(names[-1])
    aged = {bool(_DIGIT.search(n)) for n in names}
    if first is None or last is None or len(aged) > 1 or (len(names) == 2 and aged == {False}):
        return False  # 35岁及以下, 本科及以上: two scales
    if aged == {True} and not _chained(names):
        return False
    # one open end, or one at each: a second 及以上 is a part of the first
    return first.group()[-1] != last.group()[-1] and len(bounds) == 1 + (first.group() in bounds)


def _chained(names: list[str]) -> bool:
    """Whether each class of numbers begins where the one before it ends: 0—14岁, 15—59岁, 60岁及以上."""
    ends = [[int(d) for d in _NUMBER.findall(n)] for n in names]
    return all(a and b and b[0] - a[-1] in (0, 1) for a, b in pairwise(ends))


_NUMBER = re.compile("[0-9]{1,9}")
_ITEMS = ("支出", "收入", "税收", "税", "资金", "费用", "贷款", "存款", "投资")


def _lists(reading: Reading) -> Iterator[Relation]:
    claims = reading.claims
    i = 0
    while i < len(claims):
        if claims[i].figure.unit == "%" and _LIST.search(claims[i].before):
            run = [claims[i]]
            while (
                i + 1 < len(claims) and claims[i + 1].figure.unit == "%" and _NEXT.match(claims[i + 1].before)
            ):
                i += 1
                run.append(claims[i])
            if len(run) == 3 and _THREE.search(_opening(reading, run[0])):
                yield Relation(
                    "percent_sum", {"share": tuple(run)}, "stated", (run[0].before,), note="industries"
                )
        i += 1


def three_industries(reading: Reading, first: Claim) -> bool:
    """Whether the words before a list name the three industries."""
    return bool(_THREE.search(_opening(reading, first)))


def _opening(reading: Reading, first: Claim) -> str:
    """The words of the clause that the list stands in, three industries named in them or not."""
    text = reading.document.flow.text
    start = max(text.rfind(stop, 0, first.figure.flow_start) for stop in "。；\n")
    return text[start + 1 : first.figure.flow_start][-60:]
