"""不超过整体：a part, or a later stage, cannot exceed what it comes from.

Under 其中 this is logic. Along a ladder of stages (受理 ≥ 调解成功 ≥ 协议书) it is custom: cases are
carried over, one case may yield several papers; so a failing ladder is a warning until something else
speaks against the same number.

Fails: 受理医疗纠纷3161件，制作人民调解协议书8503份。
Holds: 受理医疗纠纷3161件，制作人民调解协议书2503份。
Silent: 受理医疗纠纷3161件，开展法治宣传8503场。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from ..extract.ladders import ladders
from .levels import Breakdown, breakdowns, stage_of
from .partitions import partitions
from .relation import Relation
from .standard import standard


def relate(reading: Reading) -> Iterator[Relation]:
    """Lone or overlapping parts under 其中, and neighbouring stages of each frame's ladder."""
    for b in breakdowns(reading):
        if b.whole.figure.negative:
            continue  # a net amount bounds nothing
        if len(b.parts) == 1 or partitions().overlapping(b.parts):
            for part in b.parts:
                yield part_of(b, part)
    yield from _ladder(reading)
    yield from _universe(reading)
    yield from _coordinated(reading)
    yield from _levels_of_government(reading)
    yield from standard(reading, "subset")


def part_of(b: Breakdown, part: Claim) -> Relation:
    """Say that one part of a breakdown does not exceed its whole."""
    words = (b.words, part.label or part.noun)
    return Relation("subset", {"part": (part,), "whole": (b.whole,)}, "logical", words)


def _ladder(reading: Reading) -> Iterator[Relation]:
    lex = ladders()
    for frame in reading.frames:
        seen: list[Claim] = []
        for claim in reading.of(frame):
            if claim.role != "value" or claim.figure.unit not in lex.case_units:
                continue
            if not claim.stage:
                if not seen and frame.parent >= 0:
                    seen.append(claim)
                continue
            for stage in lex.earlier(claim.stage):
                whole = next((c for c in reversed(seen) if stage_of(reading, frame, c) == stage), None)
                if whole is not None:
                    yield Relation(
                        "subset",
                        {"part": (claim,), "whole": (whole,)},
                        "customary",
                        (whole.label or whole.noun, claim.label or claim.noun),
                        reason="carried_over" if _carried(reading, whole, claim) else None,
                    )
                    break
            seen.append(claim)


def _carried(reading: Reading, whole: Claim, part: Claim) -> bool:
    """Whether the text tells of cases from an earlier period: 审结1340件（含上年结转96件）."""
    text = reading.document.flow.text
    return bool(ladders().carried.search(text, whole.figure.flow_end, part.figure.flow_end + 16))


ADMIN = re.compile(
    "\\A(?:市辖)?(?:区|县|街道|街镇|乡镇|镇|乡|地市|设区市|市州|州市)(?!级|域|直|内|管|委|政府|属|块|间|位|别|长|人大|情|办|处)"
)
_ALL = re.compile("(?:全市|全省|全区|全县|全国|本市|本区|我市|我区|我县|全州)\\Z")
_BEYOND = re.compile("全国|全省|外省|省外|世界|各省")
_EVERY = re.compile("(?:共|均|都|全部)")


def whole_place(claim: Claim) -> str:
    """区 for 本市16个区 and 16个区共上报: all the districts of the place; '' for every other figure."""
    m = ADMIN.match(claim.noun) if claim.role == "value" and claim.figure.discrete else None
    if m is None or claim.figure.approx != "exact":
        return ""
    return m.group() if _ALL.search(claim.before) or _EVERY.match(claim.noun, m.end()) else ""


def _universe(reading: Reading) -> Iterator[Relation]:
    """13个区 of 本市16个区: districts counted anywhere are some of all the districts of the place."""
    wholes: dict[str, list[Claim]] = {}
    counts: list[tuple[str, Claim]] = []
    for c in reading.claims:
        if c.role != "value" or c.figure.approx != "exact" or not c.figure.discrete:
            continue
        m = ADMIN.match(c.noun)
        if m is None:
            continue
        if whole_place(c):
            wholes.setdefault(m.group(), []).append(c)
        elif not c.before.endswith(("其余", "剩余", "其他", "另外")) and not _BEYOND.search(c.before):
            counts.append((m.group(), c))
    for kind, part in counts:
        all_of = wholes.get(kind, [])
        if len({w.figure.value for w in all_of}) == 1 and part.figure.unit == all_of[0].figure.unit:
            whole = all_of[0]
            yield Relation(
                "subset",
                {"part": (part,), "whole": (whole,)},
                "customary",
                (part.noun[:6], whole.before[-4:] + kind),
            )


def _levels_of_government(reading: Reading) -> Iterator[Relation]:
    """市本级 is part of 全市: one indicator, one period, told for a government and for its whole place."""
    wholes: dict[tuple[str, str, str, str], list[Claim]] = {}
    own: list[tuple[tuple[str, str, str, str], Claim]] = []
    for c in reading.claims:
        if c.role != "value" or c.item or not c.scope or c.depth or len(c.label) < 4:
            continue
        frame = reading.frames[c.frame]
        head = reading.head(frame)
        if head is None or head.index != c.index:
            continue
        above = reading.claims[frame.parent] if frame.parent >= 0 else None
        over = above.label.replace(above.scope, "") if above is not None else ""
        words = _YEARS.sub("", c.before.strip("，、；")).replace(c.scope, "")
        key = (words, over, c.figure.unit, c.period)
        if _TRANSFER.search(words) or max(len(words), len(over)) < 8:
            continue  # 上级补助收入 of which account?
        if c.scope in WHOLE_PLACE:
            wholes.setdefault(key, []).append(c)
        elif c.scope in OWN_LEVEL:
            own.append((key, c))
    for key, part in own:
        all_of = wholes.get(key, [])
        if len({w.figure.value for w in all_of}) == 1 and all_of[0].index != part.index:
            yield Relation(
                "subset",
                {"part": (part,), "whole": (all_of[0],)},
                "logical",
                (all_of[0].scope, part.scope, part.label),
            )


# What one level of government hands to another is counted at both.
_TRANSFER = re.compile("补助|调入|调出|稳定调节|转移|债|结转|结余|上解|返还|总")
_YEARS = re.compile("\\A(?:[12][0-9]{3}年)?(?:末|底|度)?[，]?")
WHOLE_PLACE = frozenset({"全市", "全区", "全县", "全省", "全州"})
OWN_LEVEL = frozenset({"市本级", "区本级", "县本级", "省本级", "州本级", "本级"})


def _coordinated(reading: Reading) -> Iterator[Relation]:
    """办理A、B案件共163件；B案件81件: what the total names as one of several is a part of it."""
    for i, whole in enumerate(reading.claims):
        if (
            whole.role != "value"
            or "、" not in whole.label
            or not whole.before.endswith(("共计", "合计", "共"))
        ):
            continue
        names = [n for n in re.split("[、和及与]", whole.label) if len(n) >= 2]
        for part in reading.claims[i + 1 : i + 6]:
            if part.block != whole.block or part.sentence != whole.sentence:
                break
            if (
                part.role == "value"
                and part.figure.unit == whole.figure.unit
                and part.label.endswith(names[-1])
                and "、" not in part.label
                and reading.frames[part.frame].parent != whole.index
            ):
                yield Relation(
                    "subset", {"part": (part,), "whole": (whole,)}, "logical", (whole.label, part.label)
                )
