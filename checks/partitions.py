"""Whether a breakdown is complete: a lexicon of partitions (``partitions.toml``) decides, never the sum."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..extract.claim import Claim
from ..extract.roles import any_of


@dataclass(frozen=True, slots=True)
class Partition:
    """A named set of parts; ``must`` are the parts without which a breakdown is never complete."""

    name: str
    words: tuple[re.Pattern[str], ...]
    needs: int
    must: tuple[int, ...]
    whole: tuple[str, ...] = ()

    def part(self, words: str) -> int:
        """The index of the part that ``words`` name (the longest match), or -1."""
        best, size = -1, 0
        for i, pattern in enumerate(self.words):
            m = pattern.search(words)
            if m and len(m.group()) > size:
                best, size = i, len(m.group())
        return best

    def complete(self, labels: Sequence[str]) -> bool:
        """Whether the labels name parts of this partition only, none of them twice, and enough of them."""
        named = [self.part(label) for label in labels]
        return (
            -1 not in named
            and (len(set(named)) == len(named))
            and len(named) >= self.needs
            and all(m in named for m in self.must)
        )


@dataclass(frozen=True, slots=True)
class Partitions:
    """All partitions and the sets of classes that overlap."""

    partitions: tuple[Partition, ...]
    overlaps: tuple[re.Pattern[str], ...]

    def closed_by(self, claims: Sequence[Claim]) -> str:
        """The name of the partition that makes these claims a complete breakdown, or ''."""
        labels = [words_of(c) for c in claims]
        for p in self.partitions:
            if p.complete(labels):
                return p.name
        return ""

    def whole_of(self, claims: Sequence[Claim]) -> tuple[str, ...]:
        """What the total of this complete breakdown is called, where a partition says so."""
        name = self.closed_by(claims)
        return next((p.whole for p in self.partitions if p.name == name), ()) if name else ()

    def overlapping(self, claims: Sequence[Claim]) -> bool:
        """Whether the lexicon knows that these classes overlap."""
        labels = [words_of(c) for c in claims]
        return any(sum(bool(o.search(label)) for label in labels) >= 2 for o in self.overlaps)


def words_of(claim: Claim) -> str:
    """The words that name a part: those before the figure, else those after it."""
    return claim.label if len(claim.label) >= 1 else claim.noun


@cache
def partitions() -> Partitions:
    """The lexicon, read once."""
    lex = tomllib.loads(files("gouji.checks").joinpath("partitions.toml").read_text(encoding="utf-8"))
    return Partitions(
        tuple(
            Partition(
                p["name"],
                tuple(re.compile(any_of(words)) for words in p["parts"]),
                p.get("needs", len(p["parts"])),
                tuple(p.get("must", ())),
                tuple(p.get("whole", ())),
            )
            for p in lex["partition"]
        ),
        tuple(re.compile(any_of(words)) for words in lex["overlaps"]["sets"]),
    )
