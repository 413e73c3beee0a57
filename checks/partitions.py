"""Whether a breakdown is complete: a lexicon of partitions (``partitions.toml``) decides, never the sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ..extract.claim import Claim
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon

# Labels come again for every check and every run of parts; so many are remembered for each partition.
_SEEN = 4096


@dataclass(frozen=True, slots=True)
class Partition:
    """A named set of parts; ``must`` are the parts without which a breakdown is never complete."""

    name: str
    words: tuple[re.Pattern[str], ...]
    needs: int
    must: tuple[int, ...]
    whole: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    averages: bool = False
    of: tuple[str, ...] = ()
    persons: bool = False
    seen: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def part(self, words: str) -> int:
        """The index of the part that ``words`` name (the longest match), or -1."""
        found = self.seen.get(words)
        if found is None:
            if len(self.seen) >= _SEEN:
                self.seen.clear()
            found = self.seen[words] = self._part(words)
        return found

    def _part(self, words: str) -> int:
        best, size = -1, 0
        for i, pattern in enumerate(self.words):
            m = pattern.search(words)
            if m and len(m.group()) > size:
                best, size = i, len(m.group())
        return best

    def divides(self, whole: str | None) -> bool:
        """Whether a total of these words can be divided so; ``None`` where the words name no total."""
        if whole is None:
            return not self.of
        return not any(w in whole for w in self.unless) and (not self.of or any(w in whole for w in self.of))

    def complete(self, labels: Sequence[str]) -> bool:
        """Whether the labels name parts of this partition only, none of them twice, and enough of them."""
        if len(labels) < self.needs:
            return False
        named: list[int] = []
        for label in labels:
            part = self.part(label)
            if part < 0 or part in named:
                return False
            named.append(part)
        return all(m in named for m in self.must)


@dataclass(frozen=True, slots=True)
class Partitions:
    """All partitions and the sets of classes that overlap."""

    partitions: tuple[Partition, ...]
    overlaps: tuple[re.Pattern[str], ...]
    qualifiers: tuple[str, ...] = ()
    largest: int = 0
    seen: dict[str, tuple[Partition, ...]] = field(default_factory=dict, compare=False, repr=False)

    def naming(self, label: str) -> tuple[Partition, ...]:
        """The partitions that have a part of this name, in their order: all but a few are ruled out by one label."""
        found = self.seen.get(label)
        if found is None:
            if len(self.seen) >= _SEEN:
                self.seen.clear()
            found = self.seen[label] = tuple(p for p in self.partitions if p.part(label) >= 0)
        return found

    def closing(self, claims: Sequence[Claim], whole: Claim | None = None) -> Partition | None:
        """The partition that makes these claims a complete breakdown of ``whole``, if one does.

        A part that is qualified in a parenthesis (限额以上) where the whole is not, belongs to no partition.
        """
        if not 2 <= len(claims) <= self.largest:
            return None
        labels = [words_of(c) for c in claims]
        same = whole.aside if whole is not None else ""
        if any(c.aside != same and _QUALIFIED.search(c.aside) for c in claims):
            return None
        over = whole.label if whole is not None else ""
        if any(m and m.group() not in over for m in (_ABOVE.search(label) for label in labels)):
            return None
        if whole is not None and any(
            q not in over and all(q in label for label in labels) for q in self.qualifiers
        ):
            return None
        if (
            len(labels) == 2
            and _negated(*labels)
            and not any(_AVERAGE.search(label) for label in labels)
            and not (claims[0].role == "value" and _AVERAGE.search(over))
        ):
            return Partition("a class and its negation", (), 2, ())
        for p in self.naming(labels[0]):
            if p.complete(labels) and p.divides(whole.label + whole.noun if whole is not None else None):
                if not p.averages and any(_AVERAGE.search(label) for label in (over, *labels)):
                    return None
                return p
        return None

    def per_head(self, claims: Sequence[Claim]) -> bool:
        """Whether these are classes of persons told in single 元: what one of each has (消费水平23514元，其中城镇28642元)."""
        if not claims or any(c.figure.printed_unit != _SINGLE for c in claims):
            return False
        labels = [words_of(c) for c in claims]
        return any(p.persons and p.complete(labels) for p in self.naming(labels[0]))

    def divisions(self, claims: Sequence[Claim], whole: Claim) -> list[tuple[int, str]]:
        """How these claims fall, in order, into two or more complete breakdowns: sizes and names, or []."""
        found: list[tuple[int, str]] = []
        at = 0
        while at < len(claims):
            for size in range(2, min(len(claims) - at, self.largest) + 1):
                p = self.closing(claims[at : at + size], whole)
                if p is not None:
                    found.append((size, p.name))
                    at += size
                    break
            else:
                return []
        return found

    def closed_by(self, claims: Sequence[Claim], whole: Claim | None = None) -> str:
        """The name of that partition, or ''."""
        found = self.closing(claims, whole)
        return found.name if found else ""

    def words_of_parts(self, name: str) -> tuple[re.Pattern[str], ...]:
        """The words of the parts of the named partition, in its order."""
        return next(p.words for p in self.partitions if p.name == name)

    def part_of(self, label: str, name: str) -> int:
        """Which part of the named partition a label is, -1 for none."""
        return next((p.part(label) for p in self.partitions if p.name == name), -1)

    def whole_of(self, claims: Sequence[Claim]) -> tuple[str, ...]:
        """What the total of this complete breakdown is called, where a partition says so."""
        found = self.closing(claims)
        return found.whole if found else ()

    def overlapping(self, claims: Sequence[Claim]) -> bool:
        """Whether the lexicon knows that these classes overlap."""
        labels = [words_of(c) for c in claims]
        # 4月份10.4亿千瓦时, 工业用电27.8亿千瓦时; 等级航道862公里, 三级及以上航道312公里: divided in two ways
        timed = sum(bool(_TIME.search(c.before)) for c in claims)
        upward = sum(bool(_UPWARD.search(label)) for label in labels)
        if any(0 < some < len(labels) for some in (timed, upward)):
            return True
        # 亿元以上项目97个、5亿元以上项目38个: what is above the second bound is above the first
        if any(sum(bool(bound.search(label)) for label in labels) >= 2 for bound in (_BEYOND, _BELOW)):
            return True
        return any(sum(bool(o.search(label)) for label in labels) >= 2 for o in self.overlaps)


_SINGLE = "元"
_TIME = re.compile(
    "\\A[，、；：]?(?:其中)?[，：]?(?:第?[0-9一二三四]{1,2}(?:[—-][0-9]{1,2})?(?:月份?|季度)|[上下]半年|当[月日季])(?![0-9末底])"
)
_UPWARD = re.compile("(?:[级等类档星]|[0-9][十百千万亿]*元)及?以上")
_BEYOND = re.compile("[0-9十百千万亿][^0-9，、]{0,5}以上|[超过逾][0-9十百千万亿]")
_BELOW = re.compile("[0-9十百千万亿][^0-9，、]{0,5}以[下内]")
_QUALIFIED = re.compile("以上|口径|限额|规模|不含|含")
_ABOVE = re.compile("限额以上|规模以上|规上|限上")
_AVERAGE = re.compile(any_of(lexicon()["nonadditive"]["words"]))


def _negated(a: str, b: str) -> bool:
    """国有投资 and 非国有投资, 有限售条件股份 and 无限售条件股份: nothing is neither."""
    pairs = ((a, b), (b, a))
    if any(len(x) >= 3 and x[0] == "有" and y == "无" + x[1:] for x, y in pairs):
        return True
    return any(len(x) >= 2 and y == neg + x for x, y in pairs for neg in ("非", "不"))


def averages(claim: Claim) -> bool:
    """Whether a figure is an average, an index or a rate, which does not add up."""
    # 日均734起: 均 before a figure is no part of its label
    return bool(_AVERAGE.search(claim.label + claim.noun[:6]) or _AVERAGE.search(claim.before[-4:]))


def words_of(claim: Claim) -> str:
    """The words that name a part: those before the figure, else those after it."""
    return claim.label if len(claim.label) >= 1 else claim.noun


@cache
def partitions() -> Partitions:
    """The lexicon, read once."""
    lex = lexicon_of("gouji.checks", "partitions")
    return Partitions(
        tuple(
            Partition(
                p["name"],
                tuple(re.compile(any_of(words)) for words in p["parts"]),
                p.get("needs", len(p["parts"])),
                tuple(p.get("must", ())),
                tuple(p.get("whole", ())),
                tuple(p.get("unless", ())),
                p.get("averages", False),
                tuple(p.get("of", ())),
                p.get("persons", False),
            )
            for p in lex["partition"]
        ),
        tuple(re.compile(any_of(words)) for words in lex["overlaps"]["sets"]),
        tuple(lex["qualifiers"]["words"]),
        max(len(p["parts"]) for p in lex["partition"]),
    )
