"""Ladders of stages (受理 ≥ 审结 ≥ …) and the rates between them; the words are data (``ladders.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .lexicons import lexicon_of
from .roles import any_of


@dataclass(frozen=True, slots=True)
class RateName:
    """A rate between two stages: what its name ends in, and the stages of part and whole, best first."""

    names: tuple[str, ...]
    part: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladders:
    """The compiled ladder lexicon."""

    under: dict[str, tuple[str, ...]]
    stage_of_word: dict[str, str]
    pattern: re.Pattern[str]
    light: re.Pattern[str]
    light_ends: re.Pattern[str]
    rates: tuple[RateName, ...]
    reductions: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    case_units: frozenset[str]
    outcomes: tuple[str, ...]
    carried: re.Pattern[str]
    due: re.Pattern[str]

    def stage(self, label: str) -> str:
        """The stage that a label names: its last stage word, the longest at that place; '' if none."""
        found = self.stage_of_word.get("=" + label, "")
        for m in self.pattern.finditer(label):
            found = self.stage_of_word[m.group()]
        return found

    def subject(self, label: str) -> str:
        """What remains of a label without stage words and words without content: what two labels have in common."""
        return self.light.sub("", self.pattern.sub("", label))

    def name(self, label: str) -> str:
        """What a label is about, as people read it: the words within a name stay (地区生产总值, 一般公共预算收入)."""
        found = self.light_ends.sub("", self.pattern.sub("", label))
        return found if self.light.sub("", found) else ""

    def earlier(self, stage: str) -> tuple[str, ...]:
        """All earlier stages, nearest first."""
        order: list[str] = []
        queue = list(self.under.get(stage, ()))
        while queue:
            s = queue.pop(0)
            if s not in order:
                order.append(s)
                queue.extend(self.under.get(s, ()))
        return tuple(order)

    def rate(self, name: str) -> RateName | None:
        """The lexicon's reading of a rate's name, the longest ending first."""
        best: RateName | None = None
        size = 0
        for rate in self.rates:
            for end in rate.names:
                if len(end) > size and name.endswith(end):
                    best, size = rate, len(end)
        return best


@cache
def ladders() -> Ladders:
    """The ladder lexicon, read once. Raises ``ValueError`` when a stage names an unknown one."""
    lex = lexicon_of("gouji.extract", "ladders")
    stages = lex["stage"]
    known = {s["id"] for s in stages}
    for s in stages:
        for u in s["under"]:
            if u not in known:
                raise ValueError(f"ladders.toml: stage {s['id']!r} stands under unknown {u!r}")
    words: dict[str, str] = {}
    for s in stages:
        for w in s["words"]:
            words.setdefault(w, s["id"])
    words |= dict.fromkeys(lex["none"], "")
    return Ladders(
        under={s["id"]: tuple(s["under"]) for s in stages},
        stage_of_word=words,
        pattern=re.compile(any_of([w for w in words if w[0] != "="])),
        light=re.compile(any_of(lex["light"])),
        light_ends=re.compile(rf"\A{any_of(lex['light'])}+|{any_of(lex['light'])}+\Z"),
        rates=tuple(RateName(tuple(r["names"]), tuple(r["part"]), tuple(r["whole"])) for r in lex["rate"]),
        reductions=tuple((tuple(r["names"]), tuple(r["words"])) for r in lex["reduction"]),
        case_units=frozenset(lex["case_units"]),
        outcomes=tuple(lex["outcomes"]),
        carried=re.compile(any_of(lex["carried"])),
        due=re.compile(any_of(lex["due"])),
    )


def bare(subject: str) -> str:
    """A subject without words without content, wherever they stand: for comparing, not for reading."""
    return ladders().light.sub("", subject)
