"""合计：a total equals the sum of its parts.

A total printed above a complete breakdown claims that they agree. Complete is what a lexicon of
partitions, or the text itself, says is complete; everything else under 其中 is only bounded (sum_bound).

Fails: 受理申请302件，其中受理252件，不予受理35件。
Holds: 受理申请302件，其中受理267件，不予受理35件。
Silent: 办理事项302件，其中律师类252件，公证类35件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Claim, Frame, Reading
from .closings import closings
from .levels import breakdowns
from .relation import Relation
from .subset import ADMIN, whole_place
from .table_sum import sums


def relate(reading: Reading) -> Iterator[Relation]:
    """Every run that a closing total ends, every complete breakdown, and the same breakdown of each later stage of the whole."""
    for c in closings(reading):
        yield Relation(
            "sum",
            {"total": (c.total,), "part": c.items},
            "stated",
            (c.total.before, *(i.label or i.noun for i in c.items)),
            note="closing",
        )
    yield from _rest(reading)
    yield from _accumulated(reading)
    yield from sums(reading)
    for b in breakdowns(reading):
        if not b.closed:
            continue
        name = b.closed
        evidence = (b.words, *(p.label or p.noun for p in b.parts))
        yield Relation("sum", {"total": (b.whole,), "part": b.parts}, "stated", evidence, note=name)
        frame = reading.frames[b.whole.frame]
        for total in reading.of(frame):
            if total.index == b.whole.index or total.role != "value" or not total.stage:
                continue
            parts = [_at_stage(reading, f, total) for f in b.frames]
            if all(p is not None for p in parts):
                yield Relation(
                    "sum",
                    {"total": (total,), "part": tuple(p for p in parts if p is not None)},
                    "stated",
                    (*evidence, total.label),
                    note=name,
                )


_BEGAN = ("上年结转", "上年结余", "年初结余", "上年滚存结余")
_YEAR_LEFT = re.compile("(?:当年|本年|年度)[^，；。]{0,8}结余\\Z")


def _accumulated(reading: Reading) -> Iterator[Relation]:
    """上年结转67.20亿元…滚存结余73亿元…当年预算结余5.80亿元: what was there and what was added make what is left."""
    begun: Claim | None = None
    left: Claim | None = None
    block = -1
    for c in reading.claims:
        if c.block != block:
            begun = left = None
            block = c.block
        if c.role != "value":
            continue
        if c.label.endswith(_BEGAN):
            begun = c
        elif c.label.endswith("滚存结余"):
            left = c
        elif _YEAR_LEFT.search(c.before) and begun is not None and left is not None:
            if begun.figure.unit == left.figure.unit == c.figure.unit:
                yield Relation(
                    "sum",
                    {"total": (left,), "part": (begun, c)},
                    "stated",
                    (left.label, begun.label, c.before),
                    note="accumulated",
                )
            begun = left = None


def _rest(reading: Reading) -> Iterator[Relation]:
    """12个区级窗口建成，其余4个区落实场所: what is named and the rest are all of the place's districts."""
    wholes = {kind: c for c in reading.claims if (kind := whole_place(c))}
    for first, rest in pairwise(reading.claims):
        m = ADMIN.match(rest.noun)
        total = wholes.get(m.group()) if m else None
        if (
            total is not None
            and rest.before.endswith(("其余", "剩余"))
            and first.role == rest.role == "value"
            and first.figure.unit == rest.figure.unit == total.figure.unit
            and first.sentence == rest.sentence
            and first.noun.startswith(m.group() if m else "\0")
        ):
            yield Relation(
                "sum", {"total": (total,), "part": (first, rest)}, "stated", (rest.before, rest.noun[:4])
            )


def _at_stage(reading: Reading, frame: Frame, total: Claim) -> Claim | None:
    for c in reading.of(frame):
        if c.role == "value" and c.stage == total.stage and c.figure.unit == total.figure.unit:
            return c
    return None
