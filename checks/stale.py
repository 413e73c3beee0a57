"""沿用旧数：figures of an earlier report left standing in a newer one.

Two years rarely share two unusual figures, or an indicator to the fourth digit, and hardly ever a whole sentence of
results. Where they do, as the results of each report's own year, last year's text was probably not brought up to date. What stands for longer
than a year (areas, distances, standards, what a project is to cost) is no result of a year, and small or round
figures agree by chance.

Fails: 2016年受理医疗纠纷4261件，制作协议书3982份，赔付金额18236.5万元。 ‖ 2017年受理医疗纠纷4874件，制作协议书3982份，赔付金额18236.5万元。
Holds: 2016年受理医疗纠纷4261件，制作协议书3982份，赔付金额18236.5万元。 ‖ 2017年受理医疗纠纷4874件，制作协议书4120份，赔付金额19236.5万元。
Silent: 2016年受理医疗纠纷4261件，制作协议书3982份，赔付金额18236.5万元。 ‖ 2017年受理医疗纠纷4874件，2016年制作协议书3982份，赔付金额18236.5万元。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..extract.claim import Claim, Reading
from .before import Before
from .duplicate import DIGITS, TOGETHER, significant
from .past import Told
from .relation import Relation

# A whole sentence is left standing with two figures of so many digits together; one sum of money alone with so many.
SENTENCE = 5
ALONE = 4

# What a figure of these kinds and units measures does not change from year to year.
_LASTING_KINDS = frozenset({"area", "duration"})
_LASTING_UNITS = frozenset(
    {"公里", "千米", "米", "海里", "年", "岁", "度", "摄氏度", "℃", "分贝", "兆瓦", "千瓦"}
)
# Words of what a project is to be, of standards, of amounts that law fixes (税收返还: 国发〔1993〕85号), and of years before.
_LASTING = re.compile(
    "总投资|计划投资|投资额|总规模|全长|总长|面积|占地|标准|上年|去年|以来|累计|历年|期间|位于|始建|设计|总建筑|规划|目标|力争|不低于|注册资本|第[一二三四五六七八九十0-9]+次|返还"
)


def across(readings: Sequence[Reading], before: Before | None = None) -> Iterator[Relation]:
    """Sentences of results that share unusual figures with one sentence of an earlier report."""
    for reading in readings if before else ():
        if before is not None:
            yield from _left(reading, before)


def _left(reading: Reading, before: Before) -> Iterator[Relation]:
    source = before.source(reading)
    pairs: dict[tuple[int, str, int], list[tuple[Claim, Told]]] = defaultdict(list)
    for claim in reading.claims:
        if not _telling(claim) or before.year(reading, claim) != source.year:
            continue
        seen = set()
        for one in before.past.printed(claim, source):
            if one.kind in ("opening", "closing") or not _telling(one.claim):
                continue
            place = (claim.sentence, one.source.path, one.place.start)
            if place not in seen and _alike(claim, one.claim):
                seen.add(place)
                pairs[place].append((claim, one))
    best: dict[int, list[tuple[Claim, Told]]] = {}
    for (sentence, _, _), shared in sorted(pairs.items()):
        once = list({c.index: (c, t) for c, t in shared}.values())
        once = list({t.claim.index: (c, t) for c, t in once}.values())
        if not _unlikely(once, before.sentence(reading, once[0][0])):
            continue
        if _LASTING.search(once[0][1].place.text) or _LASTING.search(before.sentence(reading, once[0][0])):
            continue
        if sentence not in best or len(once) >= len(best[sentence]):
            best[sentence] = once
    for shared in best.values():
        shared.sort(key=lambda both: both[0].index)
        yield Relation(
            "stale",
            {
                "first": tuple(before.placed(t).claim for _, t in shared),
                "second": tuple(c for c, _ in shared),
            },
            "customary",
            tuple(dict.fromkeys(c.label or c.noun for c, _ in shared)),
        )


def _unlikely(shared: Sequence[tuple[Claim, Told]], sentence: str) -> bool:
    """Whether chance hardly makes these figures equal: enough digits for what else is equal beside them."""
    digits = sum(significant(claim) for claim, _ in shared)
    if len(shared) > 1:
        return digits >= (SENTENCE if sentence == shared[0][1].place.text else TOGETHER)
    ((claim, told),) = shared
    named = told.kind == "value" and claim.role == "value" and len(claim.label) >= ALONE
    return named and claim.label == told.claim.label and claim.figure.kind == "money" and digits >= ALONE


def _telling(claim: Claim) -> bool:
    figure = claim.figure
    return (
        figure.approx == "exact"
        and significant(claim) >= DIGITS
        and figure.kind not in _LASTING_KINDS
        and figure.unit not in _LASTING_UNITS
        and claim.role not in ("prior", "planned", "limit", "plan", "table", "target")
    )


def _alike(claim: Claim, other: Claim) -> bool:
    """Whether both figures are printed alike: the same digits in the same unit."""
    return (
        claim.figure.numeral == other.figure.numeral
        and claim.figure.printed_unit == other.figure.printed_unit
    )
