"""跨期衔接：current value and growth here against the prior value that another report printed.

Figures are matched by what they say: same issuer, scope, indicator and head, one year apart. Values are
revised honestly, so a gap is a warning (跨期): the printed growth fits another prior, and the range of
priors that would fit is part of the finding. Real-terms growth is never compared.

A complete breakdown told in both years gives the growth a second time: the parts of both years, added up.

Fails: 2017年受理纠纷355197件，同比增长5.27%。 ‖ 2016年受理纠纷329242件。
Holds: 2017年受理纠纷355197件，同比增长7.88%。 ‖ 2016年受理纠纷329242件。
Silent: 2017年受理医疗纠纷355197件，同比增长5.27%。 ‖ 2016年受理消费纠纷329242件。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..extract.claim import Claim, Reading
from .growth import base_of, prior_of, real_terms
from .growth_mix import growth_of
from .indicator import Key, key
from .levels import Breakdown, breakdowns
from .relation import Relation


def across(readings: Sequence[Reading]) -> Iterator[Relation]:
    """Every growth whose indicator stands, one year earlier and only once, in another report of the issuer."""
    values: dict[tuple[Key, str], list[tuple[Reading, Claim]]] = defaultdict(list)
    for reading in readings:
        for claim in reading.claims:
            if claim.role == "value" and (k := key(reading, claim)):
                values[k, claim.period].append((reading, claim))
    for reading in readings:
        for growth in reading.claims:
            if growth.role != "growth" or growth.figure.unit != "%":
                continue
            base = base_of(reading, growth)
            if base is None or prior_of(reading, growth, base) is not None:
                continue
            k = key(reading, base)
            if k is None:
                continue
            before = values.get((k, str(int(base.period) - 1)), [])
            before = [
                (r, c)
                for r, c in before
                if r.number != reading.number and r.document.issuer == reading.document.issuer
            ]
            if len({(c.figure.value, c.figure.unit) for _, c in before}) != 1:
                continue
            yield Relation(
                "growth_cross",
                {"current": (base,), "prior": (before[0][1],), "growth": (growth,)},
                "customary",
                (base.label, before[0][1].label, *growth.words),
                reason=real_terms(reading, base, growth),
            )
    yield from _of_parts(readings)


def _of_parts(readings: Sequence[Reading]) -> Iterator[Relation]:
    """The growth of a whole against the same complete breakdown of the year before."""
    known: dict[tuple[str, str, str, str], list[Breakdown]] = defaultdict(list)
    told: list[tuple[Reading, Breakdown, tuple[str, str, str, str]]] = []
    for reading in readings:
        for b in breakdowns(reading):
            if b.closed and b.whole.period.isdigit() and len(b.whole.label) >= LABEL:
                k = (reading.document.issuer, b.closed, b.whole.label, b.whole.figure.unit)
                known[(*k[:3], b.whole.period)].append(b)
                told.append((reading, b, k))
    for reading, b, k in told:
        growth = growth_of(reading, reading.frames[b.whole.frame], b.whole)
        before = known.get((*k[:3], str(int(b.whole.period) - 1)), [])
        before = [o for o in before if o.whole.figure.unit == k[3] and o.whole.document != reading.number]
        if growth is None or len(before) != 1 or len(before[0].parts) != len(b.parts):
            continue
        yield Relation(
            "growth_cross",
            {"current": b.parts, "prior": before[0].parts, "growth": (growth,)},
            "customary",
            (b.closed, *(p.label or p.noun for p in b.parts), *growth.words),
            reason=real_terms(reading, b.whole, growth),
        )


# A whole must be named by so many characters to be found again in another year.
LABEL = 4
