"""分项与总增速：the growth of a whole is that of its parts, weighed by their size.

Where a complete breakdown prints values and growths of all parts, last year's parts add up to last year's
whole, and the whole's growth follows. Where it prints growths alone, or growth is in real terms, the
whole's growth can only lie between the least and the greatest of the parts'. Growth is often measured
against a revised year before, so a gap is a warning.

Fails: 邮电业务收入353.03亿元，增长8.9%，其中电信业务收入166.77亿元，增长3.8%；邮政业务收入186.26亿元，增长7.6%。
Holds: 邮电业务收入353.03亿元，增长5.8%，其中电信业务收入166.77亿元，增长3.8%；邮政业务收入186.26亿元，增长7.6%。
Silent: 出口总额1857.0亿元，增长4.2%，其中机电产品1278.0亿元，增长9.8%，高新技术产品410.7亿元，增长7.1%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Frame, Reading
from .change_sum import one_time
from .growth import real_terms
from .growth_lists import growth_lists
from .levels import breakdowns
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every complete breakdown with a growth of the whole and of each part, and lists of growths alone."""
    for told in growth_lists(reading):
        if not one_time((told.total, *told.parts)):
            continue
        yield Relation(
            "growth_mix",
            {"total": (), "growth": (told.total,), "part": (), "part_growth": told.parts},
            "customary",
            (told.whole, *(p.label for p in told.parts)),
            note=told.closed,
        )
    for b in breakdowns(reading):
        if not b.closed or len(b.parts) < 2:
            continue
        total = growth_of(reading, reading.frames[b.whole.frame], b.whole)
        growths = [growth_of(reading, f, p) for f, p in zip(b.frames, b.parts, strict=True)]
        found = tuple(g for g in growths if g is not None)
        if total is None or len(found) != len(b.parts) or not one_time((total, *found)):
            continue
        real = any(
            real_terms(reading, base, growth)
            for base, growth in ((b.whole, total), *zip(b.parts, found, strict=True))
        )
        evidence = (b.words, *(p.label or p.noun for p in b.parts), *total.words)
        terms: dict[str, tuple[Claim, ...]] = {"total": (b.whole,), "growth": (total,), "part": b.parts}
        if real:
            # constant prices weigh the parts otherwise than the printed values do: only the bounds are sure
            terms = {"total": (), "growth": (total,), "part": ()}
        yield Relation("growth_mix", {**terms, "part_growth": found}, "customary", evidence, note=b.closed)


def growth_of(reading: Reading, frame: Frame, base: Claim) -> Claim | None:
    """The growth of this value: the first of its frame after it, in its sentence, that names nothing else."""
    for c in reading.of(frame):
        if c.index <= base.index:
            continue
        if c.role == "growth" and c.figure.unit == "%" and c.sentence == base.sentence and not c.item:
            return c if not c.label else None
        if c.role == "value":
            return None
    return None
