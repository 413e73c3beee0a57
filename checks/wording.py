"""措辞：words of degree against the numbers beside them.

略有下降 for a fall of a fifth is no arithmetic error, but a reader asks. The word is held against a printed prior
(24件，与上年30件相比，略有下降; 从3018项大幅压减至986项; 2024年预算与2023年执行数持平), against the percentage that it
stands before (大幅增长35%), against a mark that was crossed (突破300家大关，达到309家), or against the count of what is said
not to exist (零败诉). Where the prior is not printed, or a record speaks of years that are not (创历史新高), the tie is seen and left open. The bounds are custom,
with their source in ``wordings.toml``; a contradiction is at most a warning.

Fails: 复议案件24件，与2015年30件相比，略有下降。
Holds: 复议案件29件，与2015年30件相比，略有下降。
Silent: 复议案件24件，略有下降，2015年制发意见书30份。
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of
from .relation import Relation

_STOPS = "。；\n"
# No sentence is searched farther back.
_REACH = 300
_YEAR = "[12][0-9]{3}年"


@dataclass(frozen=True, slots=True)
class Degree:
    """What a word of degree allows: bounds of the change's size in percent, the direction that it says (1, -1, 0)."""

    low: int | None
    high: int | None
    towards: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    degrees: dict[str, Degree]
    up: tuple[str, ...]
    down: tuple[str, ...]
    before: re.Pattern[str]
    near: re.Pattern[str]
    same: re.Pattern[str]
    flat: re.Pattern[str]
    crossed: re.Pattern[str]
    reach: re.Pattern[str]
    record: re.Pattern[str]
    none: re.Pattern[str]
    none_units: frozenset[str]
    none_reach: int


@cache
def _words() -> _Words:
    lex = lexicon_of("gouji.checks", "wordings")
    crossed, record, none = lex["crossed"], lex["record"], lex["none"]
    up, down = (lex["directions"][side] + lex["also"][side] for side in ("up", "down"))
    signs = {"up": 1, "down": -1}
    degrees = {
        word: Degree(entry.get("low"), entry.get("high"), signs.get(entry.get("towards", ""), 0))
        for entry in lex["wording"]
        for word in entry["words"]
    }
    degrees.update((word, Degree(None, None, 1)) for word in crossed["over"])
    degrees.update((word, Degree(None, None, -1)) for word in crossed["under"])
    apart = {word: entry.get("apart", "") for entry in lex["wording"] for word in entry["words"]}
    written = [
        f"(?<![{apart[word]}]){re.escape(word)}" if apart[word] else re.escape(word)
        for word in sorted(apart, key=lambda word: (-len(word), word))
    ]
    degree = f"(?P<degree>{'|'.join(written)})(?P<direction>{any_of(up + down)})?"
    compared = f"(?:较|比|与|同)(?:上年|去年|上一年|{_YEAR})[^，。；\\n0-9]{{0,10}}|同比"
    return _Words(
        re.compile(degree),
        degrees,
        tuple(up),
        tuple(down),
        re.compile(f"{degree}\\Z"),
        re.compile(f"[，、]?(?:{compared})?(?:实现了?|已|均|也)?{degree}"),
        re.compile(f"[，、](?:均|都)?(?:{compared})[^，；。\\n0-9]{{0,8}}"),
        re.compile(
            "[，、](?:比|与|较)(?P<year>[12][0-9]{3})年(?P<noun>[^，。；\\n0-9]{0,12}?)(?=(?:基本|大体|大致)?持平)"
        ),
        re.compile(f"(?:{any_of(crossed['mark'])})?[，、]"),
        re.compile(f"(?:{any_of(crossed['reach'])})\\Z"),
        re.compile(
            f"[，、]?(?:{any_of(record['before'])})*(?:{any_of(record['makes'])})了?[^，。；、\\n0-9]{{0,20}}?"
            f"(?:{any_of(record['what'])})(?![{record['not_before']}])"
        ),
        re.compile(f"(?:{any_of(none['signs'])})(?P<what>{any_of(none['what'])})"),
        frozenset(none["units"]),
        none["reach"],
    )


def degree_of(note: str) -> Degree | None:
    """What the words of a tie allow: those of the word of degree in them and of the direction behind it."""
    words = _words()
    m = words.pattern.search(note)
    found = words.degrees.get(m["degree"] if m else note)
    if found is None:
        return None
    towards = found.towards
    if note.endswith(words.up):
        towards = 1
    elif note.endswith(words.down):
        towards = -1
    return Degree(found.low, found.high, towards)


def relate(reading: Reading) -> Iterator[Relation]:
    """Every value with words of degree and something to hold them against, or with nothing printed for it."""
    text = reading.document.flow.text
    told: set[int] = set()
    stated = (
        _with_prior(reading, text),
        _pairs(reading, text),
        _growths(reading, text),
        _none(reading, text),
    )
    for relation in chain.from_iterable(stated):
        told.update(c.index for c in relation.claims())
        yield relation
    yield from _open(reading, text, told)


def _end(reading: Reading, text: str, claim: Claim) -> int:
    """Where the sentence of a claim ends, or the next figure begins; a word of degree that is a figure (翻一番) is within."""
    limit = len(text)
    if claim.index + 1 < len(reading.claims):
        f = reading.claims[claim.index + 1].figure
        limit = f.flow_end if f.text in _words().degrees else f.flow_start
    ends = (text.find(stop, claim.figure.flow_end, limit) for stop in _STOPS)
    return min((end for end in ends if end >= 0), default=limit)


def _tie(current: Claim, prior: Claim, note: str) -> Relation:
    return Relation(
        "wording",
        {"current": (current,), "prior": (prior,)},
        "customary",
        (note, current.label or current.noun, *prior.words),
        note=note,
    )


def _with_prior(reading: Reading, text: str) -> Iterator[Relation]:
    """Every value with a printed prior whose sentence goes on with a word of degree and no percentage."""
    for frame in reading.frames:
        current: Claim | None = None
        for c in reading.of(frame):
            if c.role == "value":
                current = c
            elif c.role == "prior" and current is not None and c.figure.unit == current.figure.unit:
                if c.sentence != current.sentence or c.block != current.block:
                    continue
                m = _words().pattern.search(text, c.figure.flow_end, _end(reading, text, c))
                if m:
                    yield _tie(current, c, m.group())


# what ends the matter of the figure before: …，上年为4.21亿元；个人所得税1.92亿元，与上年持平
_OTHERS = re.compile("；")


def _pairs(reading: Reading, text: str) -> Iterator[Relation]:
    """Two figures one after the other: from one to the other, a mark and what lies beyond it, this year and that."""
    words = _words()
    for first, second in pairwise(reading.claims):
        alike = first.figure.unit == second.figure.unit and first.sentence == second.sentence
        if not alike or first.block != second.block or second.role != "value" or not second.figure.unit:
            continue
        between = text[first.figure.flow_end : second.figure.flow_start]
        after = _end(reading, text, second)
        if first.role == "prior" and not _OTHERS.search(between):
            # 从5598项大幅压减至3018项; 由184亿元增长至384亿元，较2016年翻了一番
            m = words.pattern.match(between) or words.near.match(text, second.figure.flow_end, after)
            if m:
                yield _tie(second, first, f"{m['degree']}{m['direction'] or ''}")
        elif first.role == "value" and (m := words.crossed.match(between)):
            mark = first.figure.text[: first.figure.text.find(first.figure.numeral)].strip()
            if mark in words.degrees and not second.label and words.reach.fullmatch(between[m.end() :]):
                yield _tie(second, first, mark)
        if first.role == "value" and (m := words.flat.match(text, second.figure.flow_end, after)):
            named = not m["noun"] or first.label.endswith(m["noun"])
            if first.period == m["year"] != second.period and named:
                n = words.pattern.match(text, m.end())
                yield _tie(second, first, n.group() if n else "持平")


def _growths(reading: Reading, text: str) -> Iterator[Relation]:
    """大幅增长35%; 增长0.3%，与上年基本持平: the word of degree and the percentage say the same."""
    words = _words()
    for claim in reading.claims:
        if claim.role != "growth":
            continue
        f = claim.figure
        note = ""
        m = words.before.search(text, max(0, f.flow_start - 12), f.flow_start)
        if m and m["direction"]:
            note = m.group()
        elif m := words.near.match(text, f.flow_end, _end(reading, text, claim)):
            note = m["degree"] if not m["direction"] else ""
        if note:
            yield Relation("wording", {"growth": (claim,)}, "customary", (note, claim.label), note=note)


def is_none(note: str) -> bool:
    """Whether the words of a tie say that there was none (零败诉)."""
    return _words().none.fullmatch(note) is not None


def _none(reading: Reading, text: str) -> Iterator[Relation]:
    """139件，零败诉: the count of 败诉 in the sentence; without one, the count of all, which says nothing."""
    words = _words()
    for m in words.none.finditer(text):
        floor = max(0, m.start() - _REACH)
        start = max(text.rfind(stop, floor, m.start()) for stop in _STOPS) + 1 or floor
        at = bisect_left(reading.claims, m.start(), key=lambda c: c.figure.flow_start)
        told = [c for c in _back(reading, at, start) if c.role == "value" and c.figure.discrete]
        named = [c for c in told if c.label.endswith(m["what"]) or c.noun.startswith(m["what"])]
        least = m.start() - words.none_reach
        near = [c for c in told[:1] if c.figure.flow_end >= least and c.figure.unit in words.none_units]
        for c in named[:1] or near:
            yield Relation(
                "wording",
                {"current": (c,)},
                "customary",
                (m.group(), c.label or c.noun),
                reason=None if named else "no_count",
                note=m.group(),
            )


def _back(reading: Reading, at: int, start: int) -> Iterator[Claim]:
    """The claims before ``at`` from the nearest one back to ``start`` of the text."""
    for i in range(at - 1, -1, -1):
        if reading.claims[i].figure.flow_start < start:
            return
        yield reading.claims[i]


_VALUES = frozenset({"value", "rate", "share"})


def _open(reading: Reading, text: str, told: set[int]) -> Iterator[Relation]:
    """受理329242件，同比基本持平; 444人，创下纪录: seen, but nothing is printed to hold the value against."""
    words = _words()
    for claim in reading.claims:
        if claim.role not in _VALUES or claim.item or not claim.figure.unit or claim.index in told:
            continue
        start, end = claim.figure.flow_end, _end(reading, text, claim)
        reason = ""
        if (m := words.same.match(text, start, end)) and words.pattern.search(m.group()):
            reason = "no_prior"
        elif m := words.record.match(text, start, end):
            reason = "no_series"
        if m and reason:
            yield Relation(
                "wording",
                {"current": (claim,)},
                "customary",
                (m.group(), claim.label or claim.noun),
                reason=reason,
            )
