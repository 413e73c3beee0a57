"""汇率一致：one year has one level of exchange rate.

Each sum that is printed in two currencies (2875.4亿元，折合401.9亿美元) implies a rate. Rates of one year differ: by month, on
the average, at its end; by how much at most is in ``conversions.toml``. Where two conversions of one period imply rates
further apart than that, one of their four sums is wrong. Custom, so that it is asked and not asserted.

Fails: 全年进出口总额2875.4亿元，折合401.9亿美元。实际使用外资1148亿元，折合16.06亿美元。
Holds: 全年进出口总额2875.4亿元，折合401.9亿美元。实际使用外资1148亿元，折合160.6亿美元。
Silent: 全年进出口总额2875.4亿元，折合401.9亿美元。实际使用外资1148亿元，其中外商直接投资16.06亿美元。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .conversions import conversions
from .relation import Relation
from .unit_pair import pairs, rate_of


def relate(reading: Reading) -> Iterator[Relation]:
    """All conversions of one period between the own currency and another, where there are several."""
    known = conversions()
    groups: dict[tuple[str, str], list[tuple[Claim, Claim]]] = {}
    words: dict[tuple[str, str], list[str]] = {}
    for first, second, between in pairs(reading):
        if not any(word in between for word in known.converted):
            continue
        if rate_of(reading, first, second) is not None:
            continue  # unit_pair holds it against the rate that its own sentence prints
        own, other = (first, second) if first.figure.unit == known.own else (second, first)
        foreign = other.figure.unit
        if own.figure.unit != known.own or foreign not in known.money:
            continue
        groups.setdefault((own.period, foreign), []).append((own, other))
        words.setdefault((own.period, foreign), []).append(between)
    for key, found in groups.items():
        if len(found) > 1:
            own_sums, others = zip(*found, strict=True)
            yield Relation(
                "exchange_rates", {"first": own_sums, "second": others}, "customary", (key[1], *words[key])
            )
