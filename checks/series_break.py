"""量级突变：a series that leaps by powers of ten.

Earlier reports tell an indicator of two years or more within a factor of two of one another, and the new report
prints one that is ten, a hundred or ten thousand times as large or as small: a unit or a point has probably slipped.
Indicators do leap, so this is only suspicious; a value that the report itself explains by its growth is left alone.

Fails: 2015年全市办理法律援助案件3012件。 ‖ 2016年全市办理法律援助案件3247件。 ‖ 2017年全市办理法律援助案件35180件。
Holds: 2015年全市办理法律援助案件3012件。 ‖ 2016年全市办理法律援助案件3247件。 ‖ 2017年全市办理法律援助案件3518件。
Silent: 2015年全市办理法律援助案件3012件。 ‖ 2016年全市办理法律援助案件247件。 ‖ 2017年全市办理法律援助案件35180件。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..extract.claim import Reading
from .before import Before
from .growth import NEW, base_of
from .relation import Relation

# So far apart may the earlier values of a steady series be.
STEADY = 2
# Ties of large things: small counts leap.
LEAST = 10


def across(readings: Sequence[Reading], before: Before | None = None) -> Iterator[Relation]:
    """Every value whose indicator the two years before told within a factor of two."""
    if before is None:
        return
    for reading in readings:
        explained = {
            base.index for c in reading.claims if c.role == "growth" and (base := base_of(reading, c))
        }
        for claim in reading.claims:
            if claim.role != "value" or claim.item or claim.index in explained:
                continue
            if claim.label.startswith(NEW) or not before.only(reading, claim):
                continue  # what is newly added leaps, and two values of one name are of two things
            year = before.year(reading, claim)
            if year != before.source(reading).year:
                continue
            told = [before.value(reading, claim, str(int(year) - back)) for back in (1, 2)]
            values = [one for one in told if one is not None and one[1] is None]
            if len(values) < 2:
                continue
            sizes = [one.claim.figure.value for one, _ in values]
            if min(sizes) < LEAST or max(sizes) > STEADY * min(sizes):
                continue
            yield Relation(
                "series_break",
                {"prior": (values[0][0].claim,), "current": (claim,)},
                "customary",
                (claim.label, values[0][0].source.year, values[1][0].source.year),
            )
