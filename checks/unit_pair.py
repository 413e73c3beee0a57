"""折算：one quantity printed in two units.

1000公顷（1.5万亩）, 折合1.5万亩: units that are multiples of one another by definition must agree. Currencies are
converted at rates that differ within one report (the year's average, the customs' monthly ones), so such a pair
is recomputed only at a rate that its sentence prints, and else seen and left open (:mod:`gouji.checks.exchange_rates` holds
several of them against each other).

Fails: 全年完成造林面积1000公顷（1.8万亩）。
Holds: 全年完成造林面积1000公顷（1.5万亩）。
Silent: 全年完成造林面积1000公顷，种草1.8万亩。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Claim, Reading
from .conversions import conversions
from .relation import Relation

# So many characters before a figure 1美元兑 begins at most.
_REACH = 16


def pairs(reading: Reading) -> Iterator[tuple[Claim, Claim, str]]:
    """Every figure with its other print right behind it, in a parenthesis or after 折合, and the words between."""
    known = conversions()
    text = reading.document.flow.text
    for first, second in pairwise(_without_rates(reading)):
        one, two = first.figure, second.figure
        if one.unit == two.unit or first.sentence != second.sentence or first.role == "table":
            continue
        money = one.unit in known.money and two.unit in known.money
        if not money and not known.alike(one.unit, two.unit):
            continue
        # 约合2.16万公顷: the hedge belongs to the figure
        hedge = two.text[: max(two.text.find(two.numeral), 0)]
        between = known.clause.sub("", text[one.flow_end : two.flow_start] + hedge).strip(" ")
        closed = between != "（" or text[two.flow_end : two.flow_end + 1] == "）"
        if not between or between in ("，", "、") or not closed or not known.between.match(between):
            continue
        yield first, second, between


def _without_rates(reading: Reading) -> Iterator[Claim]:
    """The claims but for rates of exchange: 1美元兑7.1429元 is no sum in two currencies."""
    known = conversions()
    text = reading.document.flow.text
    for c, after in pairwise((*reading.claims, None)):
        if c is None:
            continue
        one = c.figure.unit in known.money and c.figure.value == 1
        if (
            one
            and after is not None
            and known.rate.search(text, c.figure.flow_start, after.figure.flow_start)
        ):
            continue
        if c.figure.unit == known.own and known.rate.search(
            text, max(0, c.figure.flow_start - _REACH), c.figure.flow_start
        ):
            continue
        yield c


def relate(reading: Reading) -> Iterator[Relation]:
    """Every pair of prints; of two currencies with the rate that the sentence prints."""
    known = conversions()
    for first, second, between in pairs(reading):
        money = first.figure.unit in known.money
        rate = rate_of(reading, first, second) if money else None
        evidence = (first.label or first.noun or first.figure.text, between)
        if rate is not None:
            own, other = (first, second) if first.figure.unit == known.own else (second, first)
            terms: dict[str, tuple[Claim, ...]] = {"first": (own,), "second": (other,), "rate": (rate,)}
            yield Relation("unit_pair", terms, "customary", (*evidence, rate.before))
            continue
        yield Relation(
            "unit_pair",
            {"first": (first,), "second": (second,)},
            "customary",
            evidence,
            reason="no_rate" if money else None,
        )


def rate_of(reading: Reading, first: Claim, second: Claim) -> Claim | None:
    """What one of the foreign currency is worth, where the sentence prints it for these two."""
    known = conversions()
    foreign = second if first.figure.unit == known.own else first
    text = reading.document.flow.text
    for c in reading.claims[max(0, first.index - 4) : second.index + 5]:
        if c.sentence != first.sentence or c.figure.unit != known.own or c in (first, second):
            continue
        m = known.rate.search(text, max(0, c.figure.flow_start - _REACH), c.figure.flow_start)
        if m and m["unit"] == foreign.figure.unit:
            return c
    return None
