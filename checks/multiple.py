"""倍数：a multiple is one figure over another.

是上年的2.5倍 is held against a prior value printed in the sentence, 是计划20个的2.5倍 against the figure inside
the phrase, 是2020年的1.5倍 against the same indicator's value of that year elsewhere (custom: it may have been
revised). Ratios of their own name (城乡居民收入比值) say themselves which two figures they compare.

Fails: 城镇居民人均可支配收入52559元，农村居民人均可支配收入24184元，城乡居民收入比值为2.71。
Holds: 城镇居民人均可支配收入52559元，农村居民人均可支配收入24184元，城乡居民收入比值为2.17。
Silent: 城镇居民人均可支配收入52559元，农村居民人均消费支出24184元，城乡居民收入比值为2.01。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon, scope_of
from ..extract.words import trim
from .indicator import by_year, key
from .relation import Relation

# How many paragraphs before a named ratio its two figures may stand.
_REACH = 4
# 城镇 and 农村: by so many characters the names of two such figures differ.
_HEAD = 2


@dataclass(frozen=True, slots=True)
class _Ratio:
    name: tuple[str, ...]
    ends: tuple[str, ...]
    current: tuple[str, ...]
    base: tuple[str, ...]


@cache
def _moves() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of a movement to a value, at the end of the words before it; and how a prior value is opened."""
    lex = lexicon_of("gouji.checks", "multiples")["moves"]
    moves, year = any_of(lex["words"]), "(?:上年|去年|[12][0-9]{3}年)?(?:末|底|同期)?的?"
    return re.compile(f"{moves}(?:了)?\\Z"), re.compile(f"{any_of(lex['from'])}{year}\\Z")


@cache
def _aims() -> re.Pattern[str]:
    return re.compile(any_of(lexicon()["target"]["words"]))


def _name_of(reading: Reading, ratio: Claim) -> str:
    """What a ratio is called: 城乡居民收入比由上年的2.31缩小为2.27 gives its name to both values, but only the second is this year's."""
    moves, opened = _moves()
    if not moves.search(ratio.before):
        # 由2.31…: last year's value, whose figures stand in another report
        return "" if opened.search(ratio.before) else ratio.label
    if ratio.figure.approx != "exact" or _aims().search(ratio.before):
        return ""  # 缩小到2以内, 力争缩小到2.1 are aims
    own = moves.sub("", ratio.before).lstrip("，、")
    if own:
        return trim(own)
    for back in (1, 2):  # 2.31:1 are two figures
        if ratio.index >= back:
            prior = reading.claims[ratio.index - back]
            if prior.sentence == ratio.sentence and opened.search(prior.before):
                return trim(opened.sub("", prior.before))
    return ""


@cache
def _lexicon() -> tuple[tuple[_Ratio, ...], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon_of("gouji.checks", "multiples")
    ratios = tuple(
        _Ratio(tuple(r["name"]), tuple(r["ends"]), tuple(r["current"]), tuple(r["base"]))
        for r in lex["ratio"]
    )
    verbs, prior = any_of(lex["times"]["verbs"]), any_of(lex["times"]["prior"])
    of_year = re.compile(
        f"\\A[，、]?(?:已|也|又|就)?{verbs}(?:(?P<prior>{prior})|(?P<year>[12][0-9]{{3}})年(?:末|底)?)的\\Z"
    )
    return ratios, of_year, re.compile(f"\\A[，、]?(?:已|也|又|就)?{verbs}[^，。；]{{0,12}}\\Z")


def relate(reading: Reading) -> Iterator[Relation]:
    """Every named ratio with its two figures, every multiple of a printed figure."""
    for claim in reading.claims:
        if claim.role not in ("value", "ratio", "other") or claim.item > 1:
            continue
        if claim.figure.unit == "倍" and not claim.noun.startswith("以"):
            yield from _times(reading, claim)
        if claim.figure.unit in ("", "倍"):
            yield from _named(reading, claim)


def _named(reading: Reading, ratio: Claim) -> Iterator[Relation]:
    """城乡居民收入比值为2.17, or 2.17:1, with the figures that its name names."""
    ratios, _, _ = _lexicon()
    name = _name_of(reading, ratio)
    for words in ratios:
        if not name.endswith(words.ends) or not any(n in name for n in words.name):
            continue
        if ratio.role == "ratio":
            second = reading.claims[ratio.index + 1] if ratio.index + 1 < len(reading.claims) else None
            if second is None or second.item != 2 or second.figure.value != 1:
                return
        current = _before(reading, ratio, words.current)
        base = _before(reading, ratio, words.base)
        if current is not None and base is not None and current.figure.unit == base.figure.unit:
            yield Relation(
                "multiple",
                {"current": (current,), "base": (base,), "multiple": (ratio,)},
                "stated",
                (name, current.label, base.label),
            )
        return


def _before(reading: Reading, ratio: Claim, names: tuple[str, ...]) -> Claim | None:
    """The nearest value before the ratio of one of these names, of its period; none where a part of the place is meant."""
    for c in reading.before(ratio):
        if ratio.block - c.block > _REACH:
            return None
        if c.role == "value" and (c.label.endswith(names) or _first_of_list(reading, c, names)):
            own = scope_of(c.label)
            same = c.period == ratio.period and (not own or not ratio.scope or own == ratio.scope)
            return c if same else None
    return None


def _first_of_list(reading: Reading, c: Claim, names: tuple[str, ...]) -> bool:
    """城镇、农村居民人均可支配收入分别为…: the first of a list leaves the common end of the names to the second."""
    after = reading.claims[c.index + 1] if c.index + 1 < len(reading.claims) else None
    if c.item != 1 or after is None or after.item != 2 or len(c.label) < _HEAD:
        return False
    heads = ((name[:_HEAD], name[_HEAD:]) for name in names)
    return any(c.label.endswith(head) and after.label.endswith(rest) for head, rest in heads)


def _times(reading: Reading, claim: Claim) -> Iterator[Relation]:
    _, of_year, phrase = _lexicon()
    if claim.index == 0:
        return
    last = reading.claims[claim.index - 1]
    if last.sentence != claim.sentence or last.block != claim.block:
        return
    m = of_year.match(claim.before)
    if m is None:
        # 是计划20个的2.5倍: the base stands inside the phrase
        if claim.before == "的" and phrase.match(last.before) and claim.index > 1:
            current = reading.claims[claim.index - 2]
            if _is_value(current, claim) and current.figure.unit == last.figure.unit:
                yield _relation(current, last, claim, "stated", 1)
        return
    prior: Claim | None = None
    current = last
    if last.role == "prior" and claim.index > 1:
        prior, current = last, reading.claims[claim.index - 2]
    if not _is_value(current, claim):
        return
    if prior is not None:
        if m["prior"] and prior.figure.unit == current.figure.unit:
            yield _relation(current, prior, claim, "stated", 1)
        return
    k = key(reading, current)
    if k is None:
        return
    year = m["year"] or str(int(current.period) - 1)
    before = by_year(reading).get((k, year), [])
    if len({c.figure.value for c in before}) == 1 and year != current.period:
        yield _relation(current, before[0], claim, "customary", 2)


def _is_value(current: Claim, claim: Claim) -> bool:
    return current.role == "value" and current.sentence == claim.sentence and not current.item


def _relation(current: Claim, base: Claim, multiple: Claim, strength: str, candidates: int) -> Relation:
    return Relation(
        "multiple",
        {"current": (current,), "base": (base,), "multiple": (multiple,)},
        strength,
        (current.label or current.noun, multiple.before),
        candidates=candidates,
    )
