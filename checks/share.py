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

from ..extract.claim import Claim, Frame, Reading
from ..extract.roles import lexicon
from ..extract.words import trim
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list of shares with its parts named in order, and every share with a value in its frame."""
    listed: set[int] = set()
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
    for claim in reading.claims:
        if claim.role != "share" or claim.figure.unit != "%":
            continue
        frame = reading.frames[claim.frame]
        if claim.index in listed:
            continue
        part = _component(reading, frame, claim)
        if part is None:
            continue
        whole = _whole(reading, frame, claim, part)
        terms = {"part": (part,), "whole": (whole,) if whole else (), "share": (claim,)}
        evidence = (claim.words[0], part.label or part.noun, *((whole.label or whole.noun,) if whole else ()))
        yield Relation("share", terms, "stated", evidence)


_LIST = re.compile("(?P<names>[^，；。：]{4,60}?)占(?P<whole>[^，；。]{2,20}?)的?(?:比重|比例|份额)(?:依次|分别)(?:为|是|达到?)\\Z")
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


def listed_names(words: str) -> list[str]:
    """The names in A、B和C; 第一、二、三产业增加值 gives 第一产业增加值, 第二产业增加值, 第三产业增加值."""
    names = [n for n in re.split("[、和及与]", trim(words)) if n]
    head = re.match("第?(?=[一二三四五六七八九十])", names[0]) if names else None
    last = re.match("第?[一二三四五六七八九十](?P<rest>.{2,})", names[-1]) if names else None
    if head and last and len(names) > 1 and all(len(n) <= 2 for n in names[:-1]):
        prefix = names[0][:1] if names[0].startswith("第") else ""
        return [prefix + n.removeprefix("第")[:1] + last["rest"] for n in names]
    return names


def _of_name(reading: Reading, claim: Claim, name: str) -> Claim | None:
    """The nearest value before the list whose indicator is exactly this name, in scope and period."""
    for c in reversed(reading.claims[: claim.index]):
        if c.role == "value" and c.label.endswith(name) and c.scope == claim.scope and c.period == claim.period:
            return c if claim.block - c.block <= 3 else None
    return None


def _component(reading: Reading, frame: Frame, share: Claim) -> Claim | None:
    """The value that the share speaks of: the last one before it in its frame and sentence, if no other subject is named."""
    if share.label:
        return None
    for c in reversed(reading.of(frame)):
        if c.index < share.index and c.role == "value":
            return c if c.sentence == share.sentence and c.block == share.block else None
    return None


def _whole(reading: Reading, frame: Frame, share: Claim, part: Claim) -> Claim | None:
    name = trim(share.object.strip("“”的"))
    parent = reading.claims[frame.parent] if frame.parent >= 0 else None
    if parent is not None and parent.figure.unit != part.figure.unit:
        parent = None
    reference = lexicon()["total"]["reference"]
    if not name or name in reference:
        return parent if parent is not None else _universe(reading, part) if not name else None
    if parent is not None and (parent.label.endswith(name) or name.endswith(parent.label or "\0")):
        return parent
    for c in reversed(reading.claims[: part.index]):
        if c.role == "value" and c.figure.unit == part.figure.unit and c.label and c.label.endswith(name):
            if c.scope == part.scope:
                return c
    if parent is not None and any(name.endswith(r) for r in reference):
        return parent
    return None


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
