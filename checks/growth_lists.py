"""Lists of growths alone that divide a whole completely, and the growth of that whole.

固定资产投资增长5.6%。分产业看，第一产业投资下降37.3%，第二产业投资增长6.1%，第三产业投资增长6.5%: no values are printed.
A list is complete when a partition says so. Its whole is told before it: by the first growth of its own
sentence, or of an earlier sentence of the paragraph where the name is one of those that are divided so
(``growths.toml``). The names of the parts, less the words that make them parts, say of what they are parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon, scope_of
from .growth import base_of
from .levels import same_end
from .naming import bare_name
from .partitions import Partition, partitions

# So many paragraphs before a list its whole may stand: a chart's title may come between.
_REACH = 3
# No partition has more parts.
_MOST = 10
# So many characters of a sentence, and so many wholes before a list, are looked at.
_LEAD = 600
_HEADS = 64
# 分产业看， and 按消费形态分，
_BY = "(?:从|分|按)[一-鿿、]{1,14}(?:来看|看|分|划分|分组)(?=[，：])"
# 在规模以上工业中，…: the words name the whole.
_WITHIN = re.compile("(?:\\A|[，；：])在?(?P<whole>[一-鿿]{2,16})[中里]，")


@dataclass(frozen=True, slots=True)
class GrowthList:
    """A whole's growth and its parts' growths, with the partition's name and the whole's."""

    total: Claim
    parts: tuple[Claim, ...]
    closed: str
    whole: str


@dataclass(frozen=True, slots=True)
class _Words:
    measure: re.Pattern[str]
    above: re.Pattern[str]
    terms: re.Pattern[str]
    average: re.Pattern[str]
    general: tuple[str, ...]
    under: dict[str, tuple[frozenset[str], tuple[str, ...]]]
    opens: re.Pattern[str]


@cache
def _words() -> _Words:
    lex = lexicon_of("gouji.checks", "growths")
    words = lex["words"]
    measure = re.compile(any_of(words["measure"]) + "\\Z")

    def stems(names: list[str]) -> tuple[str, ...]:
        return tuple(measure.sub("", name) for name in names)

    return _Words(
        measure,
        re.compile(any_of(words["above"])),
        re.compile(any_of(words["terms"])),
        re.compile(any_of(words["average"])),
        stems(lex["whole"]["general"]),
        {entry["parts"]: (frozenset(entry["rests"]), stems(entry["wholes"])) for entry in lex["under"]},
        re.compile(f"{any_of(lexicon()['level']['inside'])}|{_BY}"),
    )


def _stem(name: str) -> str:
    return _words().measure.sub("", name)


def growth_lists(reading: Reading, role: str = "growth") -> Iterator[GrowthList]:
    """Every complete list of growths under the growth of its whole, in the order of the text.

    With role ``change`` the same of amounts by which something changed.
    """
    heads: list[tuple[Claim, str]] = []
    run: list[Claim] = []
    block = sentence = -1
    for c in (*reading.claims, None):
        listed = c is not None and _told(c, role) and bool(c.label)
        if run and (c is None or not listed or c.sentence != run[-1].sentence):
            yield from _closed(reading, run, heads)
            run = []
        if c is None:
            return
        if c.block != block:
            heads = [(h, name) for h, name in heads if c.block - h.block <= _REACH]
            block = c.block
        if _told(c, role) and (name := named(reading, c)):
            # a part may be divided in its turn, where nothing else can be meant: 其中规模以上工业增加值增长7.3%
            if (c.sentence != sentence and not _opened(reading, c)) or _divided(bare_name(name)):
                heads = [*heads[-_HEADS:], (c, name)]
            sentence = c.sentence
        if listed:
            run.append(c)


def _told(c: Claim, role: str) -> bool:
    return c.role == role and (c.figure.unit == "%") == (role == "growth") and not c.item


def _divided(name: str) -> bool:
    """Whether a name is one that a partition's parts are always told under."""
    return any(_stem(name) in names for _, names in _words().under.values())


def _lead(reading: Reading, c: Claim) -> str:
    """The words of a growth's sentence in front of it."""
    return lead_of(reading.document.flow.text, c.figure.flow_start)


def lead_of(text: str, at: int, stops: str = "。！？\n") -> str:
    """The words of a sentence in front of a place; of an endless one the last few hundred."""
    floor = max(0, at - _LEAD)
    start = max(text.rfind(stop, floor, at) for stop in stops)
    return text[max(start + 1, floor) : at]


def _opened(reading: Reading, c: Claim) -> bool:
    """Whether 其中, 分产业看 or 在…中 stands before this growth in its sentence: then it is a part's."""
    lead = _lead(reading, c)
    return bool(_words().opens.search(lead) or _WITHIN.search(lead))


def named(reading: Reading, growth: Claim) -> str:
    """The label of what grows: the growth's own, or that of the value before it in its sentence."""
    if growth.label:
        return growth.label
    base = base_of(reading, growth)
    if base is None:
        for c in reversed(reading.claims[max(0, growth.index - 2) : growth.index]):
            if c.sentence != growth.sentence or c.role not in ("value", "change") or c.item:
                break
            if c.role == "value":
                base = c
                break
    return base.label if base is not None else ""


def _closed(
    reading: Reading, run: Sequence[Claim], heads: Sequence[tuple[Claim, str]]
) -> Iterator[GrowthList]:
    """The complete lists in a run of growths, from left to right."""
    at = 0
    while at < len(run):
        for size in range(2, min(_MOST, len(run) - at) + 1):
            parts = tuple(run[at : at + size])
            closed = partitions().closing(parts)
            if closed is None:
                continue
            found = _total(parts, closed, heads, _within(reading, parts[0]))
            if found is not None and partitions().closing(parts, found[0]) is not None:
                yield GrowthList(found[0], parts, closed.name, found[1])
            at += size
            break
        else:
            at += 1


def _within(reading: Reading, first: Claim) -> str:
    """The whole that the words before a list name (在规模以上工业中), '' where they name none."""
    found = ""
    for m in _WITHIN.finditer(_lead(reading, first)):
        found = _stem(m["whole"])
    return found


def _total(
    parts: tuple[Claim, ...], closed: Partition, heads: Sequence[tuple[Claim, str]], within: str
) -> tuple[Claim, str] | None:
    """The nearest growth before the list whose name fits those of its parts, and the words 在…中 before them."""
    first = parts[0]
    for head, label in reversed(heads):
        name = bare_name(label)
        if head.index >= first.index or head.period != first.period or _words().average.search(name):
            continue
        if within not in label:
            continue
        if first.block - head.block <= _REACH and _fits(name, parts, closed, head.sentence == first.sentence):
            above = any(_words().above.search(p.label) for p in parts)
            alike = len({bool(_words().terms.search(c.before)) for c in (head, *parts)}) == 1
            # 限额以上消费品零售额 before 城镇 and 乡村: whose parts they are is open
            return (head, name) if alike and bool(_words().above.search(name)) == above else None
    return None


def _fits(whole: str, parts: Sequence[Claim], closed: Partition, near: bool) -> bool:
    rests = [_rest(p.label, closed) for p in parts]
    own, wholes = _words().under.get(closed.name, (frozenset(), ()))
    stem = _stem(whole)
    if wholes and stem.endswith(wholes) and all(rest in own for rest in rests):
        return True
    if not near and not stem.endswith(_words().general):
        return False
    if not closed.words:  # a class and its negation: 国有投资, 非国有投资
        return any(same_end(stem, _stem(bare_name(p.label))) >= 2 for p in parts)
    kept = [rest for rest in (_stem(rest) for rest in rests) if rest]
    if all(rest in stem for rest in kept) and any(stem.endswith(rest[-2:]) for rest in kept if len(rest) > 1):
        return True
    return not kept and any(same_end(stem, _stem(bare_name(p.label))) >= 2 for p in parts)


def _rest(label: str, closed: Partition) -> str:
    """What a part's name says beyond being that part: 全市第一产业投资 is 投资."""
    label = bare_name(label)
    scope = scope_of(label)
    label = label.removeprefix(scope)
    found = [m for pattern in closed.words if (m := pattern.search(label))]
    best = max(found, key=lambda m: len(m.group()), default=None)
    return label if best is None else label[: best.start()] + label[best.end() :]
