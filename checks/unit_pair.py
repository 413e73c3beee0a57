"""折算：one quantity printed in two units.

1000公顷（1.5万亩）, 折合1.5万亩: units that are multiples of one another by definition must agree. Currencies are
converted at rates that differ within one report (the year's average, the customs' monthly ones), so such a pair
is seen and left open.

Fails: 全年完成造林面积1000公顷（1.8万亩）。
Holds: 全年完成造林面积1000公顷（1.5万亩）。
Silent: 全年完成造林面积1000公顷，种草1.8万亩。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Reading
from .conversions import conversions
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every figure with its other print right behind it, in a parenthesis or after 折合."""
    known = conversions()
    text = reading.document.flow.text
    for first, second in pairwise(reading.claims):
        one, two = first.figure, second.figure
        if one.unit == two.unit or first.sentence != second.sentence or first.role == "table":
            continue
        money = one.unit in known.money and two.unit in known.money
        if not money and not known.alike(one.unit, two.unit):
            continue
        # 约合2.16万公顷: the hedge belongs to the figure
        hedge = two.text[: max(two.text.find(two.numeral), 0)]
        between = (text[one.flow_end : two.flow_start] + hedge).strip(" ")
        closed = between != "（" or text[two.flow_end : two.flow_end + 1] == "）"
        if not between or between == "，" or not closed or not known.between.match(between):
            continue
        yield Relation(
            "unit_pair",
            {"first": (first,), "second": (second,)},
            "customary",
            (first.label or first.noun or one.text, between),
            reason="no_rate" if money else None,
        )
