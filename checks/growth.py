"""增长率：current against a prior value that is printed.

The prior stands in the same sentence (与2015年办案数21件相比, 由21件增加到31件, （上年21件）). Without one the
tie belongs to growth_feasible. Growth at constant prices is never recomputed.

Fails: 审理案件31件，与上年21件相比，上升约84%。
Holds: 审理案件31件，与上年21件相比，上升约48%。
Silent: 审理案件31件，上年下发意见书21份，案件上升约84%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from ..extract.claim import NEAR, Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon
from .compared import told_against, told_before
from .indicator import by_year, key
from .once import once
from .relation import Relation
from .since import since
from .table_rate import growths

# What a growth may speak of; a rate between it and a count takes the growth to itself.
_LEVELS = frozenset({"value", "rate", "share", "other", "limit", "planned", "table", "target"})
NEW = ("新增", "新建", "新认定", "新引进", "新培育", "新开", "净增", "累计")
_GENERIC = re.compile(
    "(?:第[一二三四五六七八九十]{1,3}次全国[\u4e00-\u9fff]{2,4}普查|同期|办?案件?数?量?|数量?|总数|总量|人数|件数|水平|执行数|决算数|完成数|实绩|的|为|是|共|有|全年|仅|只有|达到?)*"
)


def base_of(reading: Reading, growth: Claim) -> Claim | None:
    """The value that a growth speaks of, by words: the one right before it, if the growth names no other.

    A list of growths (28起，19人，分别下降15.15%、13.64%) takes as many values before it, in order. A growth
    after something newly added (新增46家，增长11.5%) may be that of the stock: nobody can tell, so none.
    Ten checks ask it of every growth, and it is looked for once.
    """
    if reading.claims[growth.index] is not growth:
        return _base(reading, growth)  # a claim made for the question
    known = _bases(reading)
    if growth.index not in known:
        known[growth.index] = _base(reading, growth)
    return known[growth.index]


@once
def _bases(reading: Reading) -> dict[int, Claim | None]:
    """The answers of :func:`base_of` by the index of the growth, as they are asked for."""
    return {}


def _base(reading: Reading, growth: Claim) -> Claim | None:
    """What :func:`base_of` answers."""
    if growth.item:
        return listed_base(reading, growth)
    if growth.label:
        return None
    for c in islice(reading.before(growth), NEAR):
        if c.sentence != growth.sentence or c.block != growth.block:
            return None
        if c.depth > growth.depth or c.role == "prior":
            continue
        if c.role == "change" and c.label:
            return None
        if told_against(reading, c) or told_before(reading, c):
            continue
        if c.role in _LEVELS:
            if c.role != "value" or c.item or c.frame != growth.frame or _in_parens(reading, c, growth):
                return None
            if c.label.startswith(NEW) or _RANK.search(c.label) or _counts_figures(c):
                return None
            if _interrupted(reading, c, growth):
                return None
            return c
    return None


def _interrupted(reading: Reading, base: Claim, growth: Claim) -> bool:
    """Whether a clause between base and growth speaks of something else: it holds words but no figure of theirs."""
    text = reading.document.flow.text
    end = growth.figure.flow_start - len(growth.before)
    starts = [c.figure.flow_start for c in reading.claims[base.index + 1 : growth.index]]
    at = base.figure.flow_end
    depth = 0
    for m in _CLAUSE.finditer(text, at, max(end, at)):
        part = m.group()
        depth += part.count("（") - part.count("）")
        own = any(m.start() <= s < m.end() for s in starts)
        if m.start() != at and depth == 0 and not own and len(_wordless().sub("", part)) >= 2:
            return True
    return False


_CLAUSE = re.compile("[^，；：。]+")


@cache
def _wordless() -> re.Pattern[str]:
    return re.compile(
        f"\\A{any_of(lexicon_of('gouji.checks', 'growths')['between']['same'])}.*|[（）“”、\\s]"
    )


def _counts_figures(claim: Claim) -> bool:
    """Whether a number counts the figures that were told (四项指标): it is none of them, and nothing of it grew."""
    return claim.noun.startswith(_FIGURES)


_FIGURES: tuple[str, ...] = tuple(lexicon()["level"]["figures"])
_RANK = re.compile("位居|位列|排名|居全|列全|居东|跃居")


def _in_parens(reading: Reading, base: Claim, growth: Claim) -> bool:
    """Whether a closing bracket stands between: what is inside is not what the growth speaks of."""
    text = reading.document.flow.text
    between = text[base.figure.flow_end : growth.figure.flow_start]
    return between.count("）") > between.count("（")


def listed_base(reading: Reading, growth: Claim) -> Claim | None:
    """The value that a member of a list (分别下降15.15%、13.64%) speaks of: as many stand right before the list, in order."""
    first = growth.index - growth.item + 1
    last = growth.index
    while last + 1 < len(reading.claims) and reading.claims[last + 1].item == reading.claims[last].item + 1:
        last += 1
    count = last - first + 1
    label = growth.label
    if first and _counts_figures(reading.claims[first - 1]):
        first -= 1  # 死亡97人，受伤140人，两项指标分别下降3%、5%
        label = "" if label in _FIGURES else label
    if label or first - count < 0 or count < 2:
        return None
    values = reading.claims[first - count : first]
    same = all(v.role == "value" and not v.item and v.sentence == growth.sentence for v in values)
    before = reading.claims[first - count - 1] if first > count else None
    more = before is not None and before.role == "value" and before.sentence == growth.sentence
    # 共1205件，其中网络742件，信函463件，分别占…: the figure above is none of them
    more = more and before is not reading.claims[reading.frames[values[0].frame].parent]
    return values[growth.item - 1] if same and not more else None


def prior_of(reading: Reading, growth: Claim, base: Claim) -> Claim | None:
    """The printed prior in the same frame and sentence, of the same unit; of several the one nearest to its value."""
    found = [
        c
        for c in reading.near(reading.frames[growth.frame], growth)
        if c.role == "prior"
        and c.sentence == growth.sentence
        and c.block == growth.block
        and c.figure.unit == base.figure.unit
        and same_matter(base, c)
        and not _years_apart(base, c, growth)
        # 甲3864件，下降9.8%，乙2186件，增长25.5%，上年分别为4286件、1742件: the first of the list is not of the last
        and c.item in (0, growth.item)
    ]
    return min(found, key=lambda c: (abs(c.clause - base.clause), abs(c.index - base.index)), default=None)


def _years_apart(base: Claim, prior: Claim, growth: Claim) -> bool:
    """Whether the growth is one over a year and the prior names an earlier one: 从2020年的168亿元到200亿元，同比增长5.3%."""
    year = _NAMED_YEAR.search(prior.before)
    return bool(
        year
        and since(growth) in ("year", "period")
        and base.period.isdigit()
        and int(year[0]) != int(base.period) - 1
    )


_NAMED_YEAR = re.compile("[12][0-9]{3}(?=年)")


def same_matter(base: Claim, prior: Claim) -> bool:
    """Whether the prior names nothing of its own (办案数21件), or what the base names."""
    own = _GENERIC.sub("", _YEAR.sub("", prior.label))
    if len(own) < 2 or own in base.label or (bool(base.label) and base.label in own):
        return True
    return own == _GENERIC.sub("", base.label)  # 一般公共预算 holds 共 itself


_YEAR = re.compile(
    "(?:[12][0-9]{3}年|上年|去年|“?十[一二三四五六]五”?)(?:同期|期间|时期|末|底|全年|度)?|^[与同比较由从]"
)


def real_terms(reading: Reading, base: Claim, growth: Claim) -> str | None:
    """``real_terms`` where the growth is at constant prices: by the indicator's nature or by words beside it."""
    text = reading.document.flow.text
    # 实际完成44.1亿元: the verb, which is no part of the label, says what 实际 means
    said = base.before if base.label in base.before else base.label
    words = said + base.noun + text[base.figure.flow_end : growth.figure.flow_start] + base.aside
    return "real_terms" if REAL.search(words) else None


REAL = re.compile(
    f"(?!{any_of(lexicon()['real_terms']['not'])}){any_of(lexicon()['real_terms']['indicators'])}"
)


def relate(reading: Reading) -> Iterator[Relation]:
    """Every growth whose current and prior values are printed in its sentence, or whose prior stands elsewhere.

    A prior elsewhere in the report is tied by its words (same scope, indicator and unit, one year before):
    custom, since a plan and a result may be counted differently.
    """
    earlier = by_year(reading)
    yield from growths(reading)
    for claim in reading.claims:
        if claim.role == "change" and claim.figure.unit == "倍" and claim.direction == "up":
            yield from _times(reading, claim)
            continue
        if claim.role != "growth" or claim.figure.unit != "%":
            continue
        base = base_of(reading, claim)
        if base is None:
            continue
        prior = prior_of(reading, claim, base)
        if prior is not None:
            yield _printed(reading, base, prior, claim, "stated")
        elif (k := key(reading, base)) is not None:
            # 比2020年增长 names the base itself; otherwise it is the year before
            year = _SINCE.search(claim.before)
            against = year["year"] if year else str(int(base.period) - 1)
            before = earlier.get((k, against), []) if against < base.period else []
            against_plan = any("预算" in w or "预计" in w for w in claim.words)
            if (
                real_terms(reading, base, claim) is None
                and not against_plan
                and len({c.figure.value for c in before}) == 1
                and before[0].figure.unit == base.figure.unit
            ):
                yield Relation(
                    "growth",
                    {"current": (base,), "prior": (before[0],), "growth": (claim,)},
                    "customary",
                    (base.label, before[0].period, *claim.words),
                    # a plan may grow from last year's plan as well as from its result
                    candidates=1 if year else 2,
                )


def _times(reading: Reading, claim: Claim) -> Iterator[Relation]:
    """由486万千瓦增加到1642万千瓦，增长2.4倍: by custom some say so of what is 2.4 times as much."""
    base = base_of(reading, claim)
    prior = prior_of(reading, claim, base) if base is not None else None
    if base is not None and prior is not None and not claim.object:
        yield _printed(reading, base, prior, claim, "customary")


def _printed(reading: Reading, current: Claim, prior: Claim, growth: Claim, strength: str) -> Relation:
    """The tie to a prior that the words tell beside the growth."""
    return Relation(
        "growth",
        {"current": (current,), "prior": (prior,), "growth": (growth,)},
        strength,
        (current.label or current.noun, *prior.words, *growth.words),
        reason=real_terms(reading, current, growth),
    )


_SINCE = re.compile("[比较与](?P<year>[12][0-9]{3})年")
