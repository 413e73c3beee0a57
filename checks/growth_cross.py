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

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..extract.claim import Claim, Reading
from .before import Before
from .growth import base_of, prior_of, real_terms
from .growth_mix import growth_of
from .levels import Breakdown, breakdowns
from .relation import Relation


def across(readings: Sequence[Reading], before: Before | None = None) -> Iterator[Relation]:
    """Every growth whose indicator stands, one year earlier and only once, in another report of the issuer."""
    for reading in readings if before else ():
        for growth in reading.claims:
            if before and (found := _told(reading, growth, before)):
                yield found
    yield from _of_parts(readings)


def _told(reading: Reading, growth: Claim, before: Before) -> Relation | None:
    """The tie of one growth to what the report of the year before told."""
    if growth.role != "growth" or growth.figure.unit != "%" or _OTHER_BASE.search(growth.before):
        return None
    base = base_of(reading, growth)
    if base is None or prior_of(reading, growth, base) is not None:
        return None
    year = before.year(reading, base)
    found = before.value(reading, base, str(int(year) - 1)) if year else None
    if found is None:
        return None
    one, reason = found
    return Relation(
        "growth_cross",
        {"current": (base,), "prior": (one.claim,), "growth": (growth,)},
        "customary",
        (base.label, one.claim.label, *growth.words),
        reason=real_terms(reading, base, growth) or reason,
    )


# A growth against a plan, a month or another year than the one before.
_OTHER_BASE = re.compile(
    "预算|预计|计划|目标|任务|环比|两年|三年|五年|年均|比[12][0-9]{3}年|较[12][0-9]{3}年|是"
)


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
