"""What the words before a figure say that it is: a value, a rate, a share, a growth, a change, last year's value.

The words are data (``roles.toml``); this file turns them into anchored patterns. Every pattern is matched
against a short string (the words of one clause), so none can run away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from .lexicons import lexicon_of

PERCENT = frozenset({"%", "‰"})
POINTS = "百分点"


@cache
def lexicon() -> dict[str, Any]:
    """The role words, read once."""
    return lexicon_of("gouji.extract", "roles")


def any_of(words: list[str]) -> str:
    """An alternation of literal words, longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


@dataclass(frozen=True, slots=True)
class Role:
    """A role with the words that give it.

    ``name``: value, limit, planned, growth, change, share, rate, plan, prior, contribution, points, average, other.
    ``direction``: up, down or None. ``object``: the whole of a share, the name of a rate, the plan's kind.
    ``label``: the role's own name, where its words hold one (与2024年同比事故起数减少).
    ``start``: how many characters of the clause come before the role's own words (they are the label).
    """

    name: str
    direction: str | None = None
    object: str = ""
    words: tuple[str, ...] = ()
    start: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    growth: re.Pattern[str]
    against_plan: re.Pattern[str]
    planned: re.Pattern[str]
    against: re.Pattern[str]
    chain: re.Pattern[str]
    compare: re.Pattern[str]
    share: re.Pattern[str]
    no_share: re.Pattern[str]
    weight: re.Pattern[str]
    plan: re.Pattern[str]
    rate: re.Pattern[str]
    no_rate: re.Pattern[str]
    always: re.Pattern[str]
    prior_open: re.Pattern[str]
    not_prior: re.Pattern[str]
    prior_after: re.Pattern[str]
    compared: re.Pattern[str]
    from_to: re.Pattern[str]
    limit: re.Pattern[str]
    average: re.Pattern[str]
    contribution: re.Pattern[str]
    new: re.Pattern[str]
    plan_words: frozenset[str]
    up: frozenset[str]
    weak: frozenset[str]


def scope_of(words: str) -> str:
    """The last scope word (全市, 市本级) in these words, or ''."""
    found = ""
    for m in _scopes().finditer(words):
        found = m.group()
    return found


@cache
def _scopes() -> re.Pattern[str]:
    scope = lexicon()["scope"]
    return re.compile(
        "".join(f"(?<!{re.escape(word)})" for word in scope["not_after"])
        + any_of(scope["words"])
        + f"(?!{any_of(scope['not_before'])})"
    )


@cache
def _patterns() -> _Patterns:
    lex = lexicon()
    d, c, s, p, r, q = (
        lex["direction"],
        lex["comparison"],
        lex["share"],
        lex["plan"],
        lex["rate"],
        lex["prior"],
    )
    word = any_of(d["up"] + d["down"])
    filler = any_of(d["filler"])
    tail = f"(?P<word>{word})(?:幅度?|率|速度?)?{filler}{{0,2}}\\Z"
    compare = f"(?:{c['year']}|{any_of(c['openers'])}|{any_of(c['annual_average'])})"
    return _Patterns(
        growth=re.compile(tail),
        against_plan=re.compile(c["plan"]),
        planned=re.compile(lex["limit"]["planned"]),
        against=re.compile(lex["limit"]["against"]),
        # bounded: 与去年同期相比 is one comparison and four, and a run of them has ever more readings
        chain=re.compile(f"(?:{compare}[，、]?){{1,5}}\\Z"),
        compare=re.compile(compare),
        share=re.compile(
            f"占(?P<whole>[^，；。占]{{0,40}}?){any_of(s['tail'])}?{any_of(s['tail'])}?(?:分别)?(?:为|达到?|约|近|是)?\\Z"
        ),
        weight=re.compile("(?:所占)?(?:的)?(?:比重|占比)(?:为|达|达到|是)\\Z"),
        no_share=re.compile(any_of(s["not"])),
        plan=re.compile(
            f"{any_of(p['verbs'])}(?P<plan>[^，；。]{{0,14}}?{any_of(p['nouns'])}(?:数|值|额|总数)?)的?(?:比例)?(?:为|达|约)?\\Z"
        ),
        rate=re.compile(
            "(?P<name>[\u4e00-\u9fffA-Za-z“”、（）]{1,24}率)(?:分别|均|仅|也|已|高|约|近)?(?:保持在|稳定在|提升至|提升到|提高到|提高至|上升至|上升到|降至|下降到|下降至|控制在|达到了?|达成|达|为|是|在|至|超过|超|维持在)?(?:了|约|近)?\\Z"
        ),
        no_rate=re.compile(any_of(r["not"]) + "\\Z"),
        always=re.compile(any_of(r["always"]) + "\\Z"),
        prior_open=re.compile(f"\\A(?:而|但)?(?:{any_of(q['openers'])})?{c['year']}[^，]{{0,16}}\\Z"),
        not_prior=re.compile(any_of(q["not"])),
        prior_after=re.compile(f"\\A[^，；。]{{0,6}}?{any_of(q['after'] + q['moves'])}"),
        compared=re.compile(f"\\A{any_of(q['compared'])}"),
        from_to=re.compile(f"[由从](?:{c['year']})?(?:{q['census']}|[^，]{{0,8}})的?\\Z"),
        limit=re.compile(any_of(lex["limit"]["words"])),
        average=re.compile(any_of(c["annual_average"])),
        contribution=re.compile(any_of(c["contribution"])),
        new=re.compile("新增[^，]{0,4}\\Z"),
        plan_words=frozenset(c["plan_words"]),
        up=frozenset(d["up"]),
        weak=frozenset(d["weak"]),
    )


def role_of(unit: str, before: str, clause: str, after: str, depth: int) -> Role:
    """The role of a figure with this unit.

    ``before`` are the words since the figure before it or the clause's start, ``clause`` those since the
    clause's start, ``after`` those that follow. Nothing but words decides; an unknown form is a value
    (for amounts and counts) or ``other`` (for percentages).
    """
    p = _patterns()
    if unit in PERCENT or unit == POINTS:
        return _percent(p, unit, before, clause)
    m = p.growth.search(before)
    if m:
        found = p.compare.search(before)
        plan = p.against_plan.search(before)
        alone = m["word"] not in p.weak and m.start() <= 1
        named = m.start() >= 2 and m["word"] not in p.weak and not p.new.search(before[: m.end()])
        if found or plan or alone or named:
            start = min(x.start() for x in (m, found, plan) if x)
            return Role(
                "change",
                _direction(p, m["word"]),
                object="plan" if plan or m["word"] in p.plan_words else "",
                words=(before[start:],),
                start=start,
                label=before[found.end() : m.start()] if found else "",
            )
    m = p.planned.search(before)
    if m and (after.startswith("的") or m.group().startswith("批准")):
        return Role("planned", words=(before,))
    if p.limit.search(before):
        return Role("limit", words=(before,))
    if p.against.match(clause) and p.prior_after.match(after):
        return Role("planned", words=(clause,))
    if clause[:1] in ("比", "较") and p.prior_open.match(clause) and p.prior_after.match(after):
        return Role("prior", words=(clause,))  # 比上年结转的7.46亿元减少0.63亿元
    if p.not_prior.search(clause):
        return Role("value")
    if p.prior_open.match(clause):
        if clause[:1] in "与同比较由从":
            earlier = bool(p.prior_after.match(after)) or depth > 0
        else:
            # 上年21件; a year by itself (2016年21件) only in a parenthesis: elsewhere it opens its own sentence
            earlier = _YEAR.match(clause) is None or depth > 0
        if earlier:
            return Role("prior", words=(clause,))
    if p.compared.match(after) and clause[:1] in "与同比较":
        return Role("prior", words=(clause,))  # 与第六次全国人口普查的398627人相比 names no year
    if p.from_to.search(before) and p.prior_after.match(after):
        return Role("prior", words=(clause,))
    return Role("value")


_YEAR = re.compile("[0-9]{4}")


def _percent(p: _Patterns, unit: str, before: str, clause: str) -> Role:
    """The role of a percentage or of percentage points."""
    m = p.plan.search(before)
    if m and unit != POINTS:
        return Role("plan", object=m["plan"], words=(m.group(),), start=m.start())
    m = p.rate.search(before)
    if m and p.always.search(m["name"]):
        return Role("rate", object=m["name"], words=(m.group(),), start=m.start())
    m = p.share.search(before)
    if (
        m
        and not p.no_share.match(before, m.start() - 1 if m.start() else 0)
        and not p.no_share.match(before, m.start())
    ):
        return Role("share", object=m["whole"], words=(m.group(),), start=m.start())
    m = p.weight.search(before)
    if m:
        return Role("share", words=(m.group(),), start=m.start())
    m = p.growth.search(before)
    if m and not (m["word"] in p.weak and not p.compare.search(before)):
        head = before[: m.start()]
        direction = _direction(p, m["word"])
        if p.contribution.search(before):
            return Role("contribution", direction, words=(before,), start=0)
        name = "points" if unit == POINTS else "average" if p.average.search(before) else "growth"
        chain = p.chain.search(head)
        start = chain.start() if chain else m.start()
        # 同比刑事立案下降5%: what stands between comparison and change is what changed
        found = p.compare.match(head)
        label = head[found.end() :] if found and not chain else ""
        return Role(name, direction, words=(before[start:],), start=start, label=label)
    if p.contribution.search(before):
        return Role("contribution", words=(before,))
    m = p.rate.search(before)
    if m and not p.no_rate.search(m["name"]):
        return Role("rate", object=m["name"], words=(m.group(),), start=m.start())
    return Role("other")


def _direction(p: _Patterns, word: str) -> str:
    return "up" if word in p.up else "down"
