"""占比：a share equals component over whole.

占总量的 refers to the figure above; 占…的 names its whole; 占比 alone refers to the level that it stands in,
or to the whole of the same things in the place (全市5家). A named whole that is not printed leaves the
question whether a whole number could stand for it.

Fails: 共受理355197件，其中社区纠纷115572件，占总量的32.45%。
Holds: 共受理355197件，其中社区纠纷115572件，占总量的32.54%。
Silent: 共受理355197件，社区纠纷调解员占全部调解员的32.45%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from ..extract.claim import NEAR, Claim, Frame, Reading
from ..extract.roles import any_of, lexicon, scope_of
from ..extract.synonyms import canonical
from ..extract.words import listed_names, trim
from .growth import listed_base
from .levels import joined
from .once import Index, once
from .partitions import averages
from .relation import Relation
from .table_rate import shares


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list of shares with its parts named in order, and every share with a value in its frame."""
    listed: set[int] = set()
    yield from shares(reading)
    for run, names, name in share_lists(reading):
        listed.update(c.index for c in run)
        whole = _of_name(reading, run[0], name)
        if whole is None:
            continue
        for share, words in zip(run, names, strict=True):
            part = _of_name(reading, share, words)
            if part is not None and part.figure.unit == whole.figure.unit:
                yield Relation(
                    "share",
                    {"part": (part,), "whole": (whole,), "share": (share,)},
                    "stated",
                    (words, name, "分别"),
                )
    yield from _printed(reading)
    yield from _respectively(reading)
    yield from _named(reading)
    for claim in reading.claims:
        if claim.role != "share" or claim.figure.unit != "%":
            continue
        frame = reading.frames[claim.frame]
        if claim.index in listed or claim.item:
            continue
        part = _component(reading, frame, claim)
        if part is None:
            continue
        whole = _whole(reading, frame, claim, part)
        sure = whole is not None and not _of_outer(reading, frame, claim, whole)
        if whole is not None and whole.index == frame.parent and joined(reading, whole):
            sure = False  # 建议126件、提案218件，其中A类262件，占76.2%: of both
        if whole is None:
            whole = _total_meant(reading, frame, claim, part)
        if whole is None and not part.scope:
            whole = _of_any_scope(reading, claim, part)
        if whole is None and not (_COUNTED.search(claim.object) and part.figure.unit in claim.object):
            continue  # 占增加值的: a count is no part of an amount
        if whole is None and _net().search(claim.object):
            continue  # 占净增户数的120%: no whole number from the part upwards has to stand there
        if "预计" in part.before or "预计" in claim.before:
            continue  # an estimate is not held against the result
        terms: dict[str, tuple[Claim, ...]] = {
            "part": (part,),
            "whole": (whole,) if whole else (),
            "share": (claim,),
        }
        evidence = (claim.words[0], part.label or part.noun, *((whole.label or whole.noun,) if whole else ()))
        # a whole that leaves something out (不含储能) may not be the one that the share means
        open_whole = (
            whole is not None and "不含" in whole.aside and whole.aside not in share_words(reading, claim)
        )
        yield Relation(
            "share", terms, "stated", evidence, candidates=2 if open_whole or (whole and not sure) else 1
        )


def _printed(reading: Reading) -> Iterator[Relation]:
    """余额12.6亿元，占净资产36.18亿元的34.8%: part, whole and share right behind one another."""
    for whole in reading.claims[1:-1]:
        if not _in_share(reading, whole):
            continue
        part, share = reading.claims[whole.index - 1], reading.claims[whole.index + 1]
        near = part.sentence == whole.sentence and part.block == whole.block and not part.item
        if (
            near
            and part.role == "value"
            and part.figure.unit == whole.figure.unit
            and part.depth == whole.depth
        ):
            name = whole.label.removeprefix("占")
            yield Relation(
                "share",
                {"part": (part,), "whole": (whole,), "share": (share,)},
                "stated",
                (part.label or part.noun, name),
            )


_OF = re.compile("[，、；]?占")


def _in_share(reading: Reading, whole: Claim) -> bool:
    """Whether the value stands within the words of a share: 占净资产36.18亿元的34.8%."""
    if whole.role != "value" or not _OF.match(whole.before) or whole.index + 1 >= len(reading.claims):
        return False
    share = reading.claims[whole.index + 1]
    return share.before == "的" and share.figure.unit == "%" and share.sentence == whole.sentence


def _respectively(reading: Reading) -> Iterator[Relation]:
    """采矿业142个，制造业7218个，分别占1.9%和98.1%: a list of shares takes as many parts of one whole before it, in order."""
    for claim in reading.claims:
        if claim.role != "share" or not claim.item or claim.figure.unit != "%":
            continue
        if claim.object.strip("“”的") not in _no_name():
            continue
        part = listed_base(reading, claim)
        frame = reading.frames[part.frame] if part is not None else None
        if part is None or frame is None or frame.parent < 0 or reading.head(frame) is not part:
            continue
        if _of_several_wholes(reading, part):
            continue
        whole = reading.claims[frame.parent]
        if whole.figure.unit == part.figure.unit and not _of_outer(reading, frame, claim, whole):
            yield Relation(
                "share",
                {"part": (part,), "whole": (whole,), "share": (claim,)},
                "stated",
                (part.label or part.noun, whole.label or whole.noun, "分别"),
            )


def _of_several_wholes(reading: Reading, part: Claim) -> bool:
    """Whether one name has two figures, as of two wholes: A类186件和214件，分别占65.0%和62.6%."""
    after = part.index + 1
    return any(
        not (c.label or c.noun)
        and c.role == "value"
        and c.figure.unit == part.figure.unit
        and _NEXT.match(c.before)
        for c in (part, *reading.claims[after : after + 1])
    )


@cache
def _net() -> re.Pattern[str]:
    return re.compile(any_of(lexicon()["share"]["net"]))


def share_words(reading: Reading, share: Claim) -> str:
    """The clause of a share as printed, parentheses included."""
    text = reading.document.flow.text
    start = max(text.rfind(stop, 0, share.figure.flow_start) for stop in "，；。\n")
    return text[start + 1 : share.figure.flow_start]


def _named(reading: Reading) -> Iterator[Relation]:
    """第一产业增加值占地区生产总值比重为4.4%，第二产业增加值比重为67.3%: parts named in full, the whole once."""
    whole: Claim | None = None
    sentence = -1
    for claim in reading.claims:
        if claim.role != "share" or claim.figure.unit != "%" or claim.item:
            continue
        if claim.sentence != sentence:
            whole, sentence = None, claim.sentence
        if claim.object:
            name = trim(claim.object)
            whole = _of_name(reading, claim, name)
            if whole is not None and not _is_named(whole, name):
                whole = None  # 专项转移支付 is one of the 转移支付, not all
            whole = whole or _only_one(reading, claim, name)
        if len(claim.label) < 4 or whole is None:
            continue
        part = _of_name(reading, claim, claim.label)
        if part is not None and part.figure.unit == whole.figure.unit and part.index != whole.index:
            yield Relation(
                "share",
                {"part": (part,), "whole": (whole,), "share": (claim,)},
                "stated",
                (claim.words[0], part.label, whole.label),
            )


_LIST = re.compile(
    "(?P<names>[^，；。：]{4,60}?)占(?P<whole>[^，；。]{2,20}?)的?(?:比重|比例|份额)(?:依次|分别)(?:为|是|达到?)\\Z"
)
_NEXT = re.compile("\\A(?:[、和及与]|以及)\\Z")


def share_lists(reading: Reading) -> Iterator[tuple[list[Claim], list[str], str]]:
    """Lists of shares with as many names before them: (shares, names of the parts, name of the whole)."""
    claims = reading.claims
    for i, first in enumerate(claims):
        if first.role != "share" or first.figure.unit != "%":
            continue
        m = _LIST.search(first.before)
        if m is None:
            continue
        run = [first]
        for c in claims[i + 1 :]:
            if c.figure.unit != "%" or not _NEXT.match(c.before):
                break
            run.append(c)
        names = listed_names(m["names"])
        if len(names) == len(run) > 1:
            yield run, names, trim(m["whole"])


def _of_name(reading: Reading, claim: Claim, name: str) -> Claim | None:
    """The nearest value before the list whose indicator is exactly this name, in scope and period."""
    name = canonical(name)
    for c in reading.before(claim):
        if claim.block - c.block > 3:
            return None
        if (
            c.role == "value"
            and canonical(c.label).endswith(name)
            and averages(c) == averages(claim)
            and c.scope == claim.scope
            and c.period == claim.period
        ):
            return c
    return None


def _is_named(whole: Claim, name: str) -> bool:
    """Whether the figure is all of what the name says, not one kind of it that its name ends in."""
    return canonical(indicator_of(whole.label)) == canonical(indicator_of(name) or name)


def _named_whole(share: Claim) -> str:
    """The whole that a share names, without whose it is, under its first name: 占全市进出口总额的 names 进出口."""
    name = trim(share.object.strip("“”的"))
    scope = scope_of(name)
    return canonical(name if scope and scope != share.scope else indicator_of(name) or name)


def _only_one(reading: Reading, share: Claim, name: str) -> Claim | None:
    """The value before the share that alone in the report is the indicator of this name, of its scope and period."""
    name = canonical(indicator_of(name))
    told = _named_values(reading).get((share.scope, share.period, name, averages(share)))
    return told.last(share.index) if told is not None and told.one(share.index) else None


@once
def _named_values(reading: Reading) -> Index[tuple[str, str, str, bool]]:
    return Index(
        ((c.scope, c.period, canonical(indicator_of(c.label)), averages(c)), c)
        for c in reading.claims
        if c.role == "value" and not c.item
    )


# what a share of counts names as its unprinted whole
_COUNTED = re.compile(
    "(?:总数|总量|件数|人数|户数|案件|数量|个数|家数|全部|总户|总件)\\Z|(?:总数|总量|件数|人数|户数|案件|数量)的?\\Z"
)


def _component(reading: Reading, frame: Frame, share: Claim) -> Claim | None:
    """The value that the share speaks of: the last one before it in its frame and sentence, if no other subject is named."""
    for c in islice(reading.back(frame, share), NEAR):
        if c.sentence != share.sentence or c.block != share.block:
            return None
        if c.role == "value":
            # 税收收入1290.71亿元，税收占比80.9%: the part again, in short
            again = len(share.label) >= 2 and c.label.startswith(share.label)
            return c if not share.label or again else None
    return None


def _whole(reading: Reading, frame: Frame, share: Claim, part: Claim) -> Claim | None:
    name = _named_whole(share)
    parent = reading.claims[frame.parent] if frame.parent >= 0 else None
    if parent is not None and (parent.figure.unit != part.figure.unit or _average_count(parent, part)):
        parent = None
    reference = tuple(lexicon()["total"]["reference"])
    if not name or name in reference:
        return parent if parent is not None else _universe(reading, part) if not name else None
    short = name
    for r in reference:
        if name.endswith(r) and len(name) - len(r) >= 2:
            short = name.removesuffix(r)
            break
    if parent is not None and (parent.label.endswith((name, short)) or name.endswith(parent.label or "\0")):
        return parent
    for c in reading.before(part):
        if part.block - c.block > 60:
            return None
        if (
            c.role == "value"
            and not c.item
            and c.figure.unit == part.figure.unit
            and c.period == part.period
            and c.figure.kind != "ratio"
            and c.scope == part.scope
            and canonical(indicator_of(c.label)) in (name, short)
            and averages(c) == averages(part)
        ):
            # without a word of whose it is, only what stands close by can be meant
            named = bool(scope_of(part.label)) and bool(scope_of(c.label)) and "累计" not in part.before
            near = part.block - c.block <= (60 if named else 1)
            return c if near else None
    return None


def _average_count(whole: Claim, part: Claim) -> bool:
    """Whether a count stands under an average of counts: 人均办案121.6件，其中院领导办案386件."""
    return whole.figure.kind != "money" and averages(whole) and not averages(part)


def _of_outer(reading: Reading, frame: Frame, share: Claim, whole: Claim) -> bool:
    """Whether the share may be of what the figure above is a share of, by no word of its own.

    60岁及以上81万人，占19.7%，其中65岁及以上59万人，占14.2%: both are shares of all inhabitants.
    """
    if whole.index != frame.parent or share.object.strip("“”的") not in _no_name():
        return False
    after = whole.index + 1
    if after < len(reading.claims) and _in_share(reading, reading.claims[after]):
        return True
    return any(
        c.role == "share"
        and c.sentence == whole.sentence
        # 合计持股328股，占总股本的52.2%，其中甲持股186股，占29.7%: of the same, where the part's share has no word at all
        and (not share.object or c.object.strip("“”的") in _no_name())
        for c in reading.of(reading.frames[whole.frame])
        if c.index > whole.index
    )


@cache
def _no_name() -> frozenset[str]:
    return frozenset(("", *lexicon()["total"]["reference"]))


def _total_meant(reading: Reading, frame: Frame, share: Claim, part: Claim) -> Claim | None:
    """The total that a name in other words may mean: the figure above (占参观总人数的), or one that the name ends in.

    文物机构接待观众总数 after 接待观众140266万人次. Other words may mean another total: only told where it fits.
    """
    name = trim(share.object.strip("“”的"))
    reference = next((r for r in lexicon()["total"]["reference"] if name.endswith(r)), "")
    if not reference:
        return None
    parent = reading.claims[frame.parent] if frame.parent >= 0 else None
    if parent is not None:
        return parent if parent.figure.unit == part.figure.unit else None
    short = name.removesuffix(reference)
    for c in reading.before(part):
        if c.block != part.block:
            return None
        alike = len(c.label) >= 4 and short.endswith(c.label) and c.role == "value" and not c.item
        if alike and c.figure.unit == part.figure.unit and (c.scope, c.period) == (part.scope, part.period):
            return c
    return None


def _of_any_scope(reading: Reading, share: Claim, part: Claim) -> Claim | None:
    """The latest account of the named whole before a part that does not say whose it is (全年民生支出…占一般公共预算支出的…).

    Whose account is meant is left open by the words: such a tie is only told where it fits.
    """
    name = _named_whole(share)
    told = _accounts(reading).get((part.figure.unit, part.period, name))
    return told.last(part.index) if told is not None else None


@once
def _accounts(reading: Reading) -> Index[tuple[str, str, str]]:
    return Index(
        ((c.figure.unit, c.period, canonical(indicator_of(c.label))), c)
        for c in reading.claims
        if c.role == "value" and not c.item and c.account and c.scope.startswith(_WHOLE_PLACE)
    )


# words of a place as a whole, not of one level of its government
_WHOLE_PLACE = "全"

_OWNER = re.compile("\\A(?:[\u4e00-\u9fff]{1,6}?[省市区县州盟旗])?(?:本级)?(?:地方)?(?:累计)?(?:实现|完成)?")


def indicator_of(label: str) -> str:
    """A label without whose it is: 全市一般公共预算收入 is 一般公共预算收入."""
    scope = scope_of(label)
    rest = label.split(scope, 1)[1] if scope else label
    return trim(_OWNER.sub("", rest) if not scope else rest)


def _universe(reading: Reading, part: Claim) -> Claim | None:
    """All of the same things in the place: 全市5家戒毒所 for 4家戒毒所; one and only one may be named."""
    noun = part.noun[:3]
    if len(noun) < 2:
        return None
    found = [
        c
        for c in reading.claims
        if c.role == "value"
        and c.index != part.index
        and c.figure.unit == part.figure.unit
        and c.noun.startswith(noun)
        and c.before.endswith(_ALL)
    ]
    values = {c.figure.value for c in found}
    return found[0] if len(values) == 1 else None


_ALL = (
    "全市",
    "全省",
    "全区",
    "全县",
    "全国",
    "全部",
    "所有",
    "本市",
    "全系统",
    "全局",
    "共有",
    "现有",
    "辖区",
)
