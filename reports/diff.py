"""Two drafts of one report: which numbers changed, which ties broke or mended, what was not changed along.

Numbers are paired by the text around them: sentences that are equal but for their numbers, then sentences moved
elsewhere, then reworded ones, and what remains by its claim (role, indicator, subject, scope, period, unit).
A change in one place that leaves the same value standing in another (改了一处，别处没改) is the commonest mistake
before printing; it is shown where the indicator is the same, or the value too long to be equal by chance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..checks.audit import Audit
from ..checks.relation import Judged
from ..extract.claim import Claim
from ..extract.document import Figure
from ..extract.ladders import bare
from .view import View, is_finding

_CUT = re.compile("(?<=[。；;！？\n])")
_ALIKE = 0.6
"""From this ratio on two sentences are one sentence reworded."""

_BLOCK = 40
"""Runs of more unequal sentences than this are not compared one with one; their numbers are paired by claim."""

_LONG = 3
"""From so many significant digits on an equal value elsewhere is hardly equal by chance."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One number in both drafts."""

    old: Claim
    new: Claim

    @property
    def changed(self) -> bool:
        """Whether the number says something else: value, unit, hedge, sign or direction."""
        return _said(self.old) != _said(self.new)

    @property
    def restyled(self) -> bool:
        """Whether only its print changed (340 to 340.00)."""
        return not self.changed and self.old.figure.text != self.new.figure.text


@dataclass(frozen=True, slots=True)
class Left:
    """A number that was changed, and one of the same value that was not."""

    pair: Pair
    standing: Claim
    same_indicator: bool


@dataclass(frozen=True, slots=True)
class Diff:
    """The difference of two audits of one document each, everything in the order of the new draft.

    ``broke``: findings of the new draft that the old one did not have; ``mended``: findings of the old draft that
    are gone although their numbers are still there; ``still``: findings of both.
    """

    old: View
    new: View
    pairs: tuple[Pair, ...]
    added: tuple[Claim, ...]
    removed: tuple[Claim, ...]
    broke: tuple[Judged, ...]
    mended: tuple[Judged, ...]
    still: tuple[Judged, ...]
    left: tuple[Left, ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The numbers that say something else."""
        return tuple(pair for pair in self.pairs if pair.changed)

    @property
    def restyled(self) -> tuple[Pair, ...]:
        """The numbers that are only printed differently."""
        return tuple(pair for pair in self.pairs if pair.restyled)


def diff(old: Audit, new: Audit) -> Diff:
    """Compare two drafts; each audit holds one document."""
    before, after = _claims(old), _claims(new)
    pairs = _pairs(_Draft(old, before), _Draft(new, after))
    of_old = {pair.old.figure.id: pair for pair in pairs}
    of_new = {pair.new.figure.id: pair for pair in pairs}
    broke, mended, still = _ties(old, new, of_old)
    return Diff(
        View(old),
        View(new),
        tuple(pairs),
        tuple(claim for claim in after if claim.figure.id not in of_new),
        tuple(claim for claim in before if claim.figure.id not in of_old),
        broke,
        mended,
        still,
        tuple(_left(pairs)),
    )


def _claims(audit: Audit) -> list[Claim]:
    return sorted(
        (claim for audited in audit.documents for claim in audited.claims), key=lambda c: c.figure.start
    )


def _said(claim: Claim) -> Hashable:
    f = claim.figure
    return f.value, f.upper, f.unit, f.approx, f.negative, claim.direction


# --- pairing --------------------------------------------------------------------------------------------


class _Draft:
    """One draft as sentences in which every number is masked by its unit."""

    def __init__(self, audit: Audit, claims: Sequence[Claim]) -> None:
        self.claims = claims
        text = audit.documents[0].document.flow.text if audit.documents else ""
        self.masked: list[str] = []
        self.held: list[list[Claim]] = []
        waiting = sorted(claims, key=lambda c: c.figure.flow_start)
        start = place = 0
        for sentence in _CUT.split(text):
            end = start + len(sentence)
            parts: list[str] = []
            held: list[Claim] = []
            at = start
            while place < len(waiting) and waiting[place].figure.flow_start < end:
                figure = waiting[place].figure
                parts += [text[at : max(at, figure.flow_start)], _mask(figure)]
                at = max(at, figure.flow_end)
                held.append(waiting[place])
                place += 1
            parts.append(text[at:end])
            start = max(end, start)
            masked = "".join(parts).strip()
            if masked:
                self.masked.append(masked)
                self.held.append(held)


def _mask(figure: Figure) -> str:
    return f"\x00{figure.unit}\x00"


def _pairs(old: _Draft, new: _Draft) -> list[Pair]:
    found: list[Pair] = []
    open_old: dict[int, None] = {}
    open_new: dict[int, None] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old.masked, new.masked, autojunk=False).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                found += map(Pair, old.held[i], new.held[j])
            continue
        used = _reworded(old, new, range(i1, i2), range(j1, j2), found)
        open_old.update(dict.fromkeys(i for i in range(i1, i2) if i not in used[0]))
        open_new.update(dict.fromkeys(j for j in range(j1, j2) if j not in used[1]))
    _moved(old, new, open_old, open_new, found)
    taken_old = {pair.old.figure.id for pair in found}
    taken_new = {pair.new.figure.id for pair in found}
    found += _by_claim(
        [c for c in old.claims if c.figure.id not in taken_old],
        [c for c in new.claims if c.figure.id not in taken_new],
    )
    return sorted(found, key=lambda pair: pair.new.figure.start)


def _reworded(
    old: _Draft, new: _Draft, rows: range, columns: range, found: list[Pair]
) -> tuple[set[int], set[int]]:
    """Pair the sentences of one unequal run that are alike, best first, and the numbers in them."""
    used: tuple[set[int], set[int]] = (set(), set())
    if not rows or not columns or max(len(rows), len(columns)) > _BLOCK:
        return used
    ratios = []
    matcher = SequenceMatcher(autojunk=False)
    for j in columns:
        matcher.set_seq2(new.masked[j])
        for i in rows:
            matcher.set_seq1(old.masked[i])
            if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                ratios.append((-ratio, i, j))
    for _, i, j in sorted(ratios):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            found += _inside(old.masked[i], old.held[i], new.masked[j], new.held[j])
    return used


def _inside(old: str, before: Sequence[Claim], new: str, after: Sequence[Claim]) -> Iterator[Pair]:
    """Pair the numbers of two sentences of different words: those whose masks fall on one another."""
    mask = re.compile("(\x00[^\x00]*\x00)|([^\x00])")
    a, b = ([m[0] for m in mask.finditer(text)] for text in (old, new))
    place_a = {at: n for n, at in enumerate(at for at, token in enumerate(a) if token[0] == "\x00")}
    place_b = {at: n for n, at in enumerate(at for at, token in enumerate(b) if token[0] == "\x00")}
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            i, j = place_a.get(block.a + step), place_b.get(block.b + step)
            if i is not None and j is not None and i < len(before) and j < len(after):
                yield Pair(before[i], after[j])


def _moved(old: _Draft, new: _Draft, rows: Iterable[int], columns: Iterable[int], found: list[Pair]) -> None:
    """Pair sentences that stand elsewhere now, in order where several are equal."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for i in rows:
        waiting[old.masked[i]].append(i)
    for equal in waiting.values():
        equal.reverse()
    for j in columns:
        if places := waiting.get(new.masked[j]):
            found += map(Pair, old.held[places.pop()], new.held[j])


def _by_claim(before: Sequence[Claim], after: Sequence[Claim]) -> Iterator[Pair]:
    """Pair what is said of the same thing once in either draft."""
    old, new = _once(before), _once(after)
    return (Pair(old[key], claim) for key, claim in new.items() if key in old)


def _once(claims: Sequence[Claim]) -> dict[Hashable, Claim]:
    found: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.indicator or claim.label:
            found[_key(claim)].append(claim)
    return {key: claims[0] for key, claims in found.items() if len(claims) == 1}


def _key(claim: Claim) -> Hashable:
    name = claim.indicator or claim.label
    return claim.role, name, bare(claim.subject), claim.scope, claim.period, claim.figure.unit


# --- ties -----------------------------------------------------------------------------------------------


def _ties(
    old: Audit, new: Audit, of_old: dict[str, Pair]
) -> tuple[tuple[Judged, ...], tuple[Judged, ...], tuple[Judged, ...]]:
    """Findings that are new, that are gone although their numbers are there, and that are as before."""
    before: dict[Hashable, Judged] = {}
    for judged in old.relations:
        claims = judged.relation.claims()
        if is_finding(judged) and all(claim.figure.id in of_old for claim in claims):
            identity = (judged.relation.check, *(of_old[claim.figure.id].new.figure.id for claim in claims))
            before[identity] = judged
    now = {
        (judged.relation.check, *(claim.figure.id for claim in judged.relation.claims())): judged
        for judged in new.relations
        if is_finding(judged)
    }
    return (
        tuple(judged for identity, judged in now.items() if identity not in before),
        tuple(judged for identity, judged in before.items() if identity not in now),
        tuple(judged for identity, judged in now.items() if identity in before),
    )


# --- changed here, left there ---------------------------------------------------------------------------


def _left(pairs: Sequence[Pair]) -> Iterator[Left]:
    """Equal values of the old draft of which one was changed and another was not."""
    equal: dict[Hashable, list[Pair]] = defaultdict(list)
    for pair in pairs:
        f = pair.old.figure
        equal[(f.value, f.upper, f.unit, f.printed_unit)].append(pair)
    for group in equal.values():
        changed = [p for p in group if p.changed and p.new.figure.value != p.old.figure.value]
        standing = [p for p in group if not p.changed]
        for pair in changed[:1] if changed and standing else ():
            for other in standing:
                same = _about(pair.old) == _about(other.old)
                if same or _digits(pair.old.figure) >= _LONG:
                    yield Left(pair, other.new, same)


def _about(claim: Claim) -> Hashable:
    return claim.role, claim.indicator or claim.label or claim.noun, bare(claim.subject)


def _digits(figure: Figure) -> int:
    """How many significant digits are printed; zeros at the end of a whole number do not count."""
    digits = re.sub("[^0-9]", "", figure.numeral).lstrip("0")
    return len(digits if figure.decimals else digits.rstrip("0"))
