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

from ..extract.claim import Claim, Reading
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
    """Shares of the parts of a complete breakdown; and lists of shares of the three industries."""
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
