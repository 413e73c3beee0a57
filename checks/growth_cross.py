"""跨期衔接：current value and growth here against the prior value that another report printed.

Figures are matched by what they say: same issuer, scope, indicator and head, one year apart. Values are
revised honestly, so a gap is a warning (跨期): the printed growth fits another prior, and the range of
priors that would fit is part of the finding. Real-terms growth is never compared.

Fails: 2017年受理纠纷355197件，同比增长5.27%。 ‖ 2016年受理纠纷329242件。
Holds: 2017年受理纠纷355197件，同比增长7.88%。 ‖ 2016年受理纠纷329242件。
Silent: 2017年受理医疗纠纷355197件，同比增长5.27%。 ‖ 2016年受理消费纠纷329242件。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..extract.claim import Claim, Reading
from .growth import base_of, prior_of, real_terms
from .indicator import Key, key
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
