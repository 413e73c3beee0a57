"""拉动合计：what all parts pull makes the growth of the whole.

三次产业分别拉动经济增长0.8、1.9和2.9个百分点 leaves out nothing, so that the points add up to the growth, each rounded
by itself.

Fails: 地区生产总值1000.00亿元，增长5.7%。三次产业分别拉动经济增长0.8、1.9和2.1个百分点。
Holds: 地区生产总值1000.00亿元，增长5.7%。三次产业分别拉动经济增长0.8、1.9和3.0个百分点。
Silent: 地区生产总值1000.00亿元，增长5.7%。工业、建筑业和金融业分别拉动经济增长0.8、1.9和2.1个百分点。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Reading
from .contribution import pull_lists
from .percent_sum import three_industries
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list of what the three industries pull, with the growth of the whole told before."""
    for run, growth, what in pull_lists(reading):
        if len(run) != _INDUSTRIES or not three_industries(reading, run[0]):
            continue
        if any(c.figure.interval.is_point for c in run):
            continue  # a whole number without its unit stands for itself alone: nobody meant that
        yield Relation(
            "pull_sum", {"growth": (growth,), "pull": tuple(run)}, "customary", (what, run[0].before)
        )


_INDUSTRIES = 3
