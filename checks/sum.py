"""合计：a total equals the sum of its parts.

A total printed above a complete breakdown claims that they agree. Complete is what a lexicon of
partitions, or the text itself, says is complete; everything else under 其中 is only bounded (sum_bound).

Fails: 受理申请302件，其中受理252件，不予受理35件。
Holds: 受理申请302件，其中受理267件，不予受理35件。
Silent: 办理事项302件，其中律师类252件，公证类35件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Claim, Frame, Reading
from ..extract.roles import lexicon
from .account_words import TOLD, ends, words
from .closings import closings, side_of
from .grid import UNBORNE
from .levels import OTHERS, breakdowns
from .relation import Relation
from .rests import rests
from .standard import standard
from .subset import ADMIN, whole_place
from .table_sum import sums


def relate(reading: Reading) -> Iterator[Relation]:
    """Every total of a run or of a breakdown that is complete, and every whole of which a rest is told."""
    seen: set[tuple[int, ...]] = set()
    for relation in _complete(reading):
        seen.add(tuple(sorted(c.index for c in relation.claims())))
        yield relation
    for relation in rests(reading):
        if tuple(sorted(c.index for c in relation.claims())) not in seen:
            yield relation


def _complete(reading: Reading) -> Iterator[Relation]:
    """Every run that a closing total ends, every complete breakdown, and the same breakdown of each later stage of the whole."""
    for c in closings(reading):
        yield Relation(
            "sum",
            {"total": (c.total,), "part": c.items},
            "stated",
            (c.total.before, *(i.label or i.noun for i in c.items)),
            note="closing",
        )
    yield from _of_lists(reading)
    yield from _rest(reading)
    yield from _accumulated(reading)
    yield from _together(reading)
    yield from _of_tables(reading)
    for b in breakdowns(reading):
        if not b.closed:
            continue
        name = b.closed
        evidence = (b.words, *(p.label or p.noun for p in b.parts))
        strength = "customary" if name == OTHERS else "stated"
        yield Relation("sum", {"total": (b.whole,), "part": b.parts}, strength, evidence, note=name)
        frame = reading.frames[b.whole.frame]
        for total in reading.of(frame):
            if total.index == b.whole.index or total.role != "value" or not total.stage:
                continue
            parts = [_at_stage(reading, f, total) for f in b.frames]
            if all(p is not None for p in parts):
                yield Relation(
                    "sum",
                    {"total": (total,), "part": tuple(p for p in parts if p is not None)},
                    strength,
                    (*evidence, total.label),
                    note=name,
                )


def _of_lists(reading: Reading) -> Iterator[Relation]:
    """近三年招录干警分别为38人、45人、41人，共124人: a list that 分别 opens, and the total right behind it.

    累计 may count from the beginning; it totals the list where a number of as many years stands before it (五年累计).
    """
    lex = words()
    items: list[Claim] = []
    for claim in reading.claims:
        if claim.item == 1:
            items = []
        if claim.role == "value" and claim.item == len(items) + 1 and claim.figure.unit:
            items.append(claim)
            continue
        told, items = items, items if claim.figure.kind == "duration" and not claim.label else []
        if len(told) < 2 or claim.role != "value" or claim.index - told[-1].index > 2:
            continue
        years = reading.claims[claim.index - 1] if claim.index - told[-1].index == 2 else None
        if years is not None and years.figure.value != len(told):
            continue
        said = claim.before.strip("，、")
        if (
            claim.sentence == told[0].sentence
            and claim.figure.unit == told[0].figure.unit
            and len({c.figure.unit for c in told}) == 1
            and claim.depth == told[0].depth
            and (said in lex.together or (years is not None and said in lex.over))
        ):
            yield Relation(
                "sum",
                {"total": (claim,), "part": tuple(told)},
                "stated",
                (said, *(c.label or c.noun for c in told)),
                note="closing",
            )


def _of_tables(reading: Reading) -> Iterator[Relation]:
    """The totals of tables, and those that a family of standard tables is known to have beyond them."""
    known = standard(reading, "sum")
    totals = {tie.terms["total"][0].index for tie in known}
    seen: set[tuple[int, ...]] = set()
    for tie in (*sums(reading), *known):
        whole = tie.terms["total"][0].index
        if tie.reason == UNBORNE and whole in totals:
            continue  # a known form bears out what columns do not
        key = tuple(sorted(c.index for c in tie.claims()))
        if key not in seen:
            seen.add(key)
            yield tie


def _accumulated(reading: Reading) -> Iterator[Relation]:
    """What was there and what was added make what is left.

    Both told in one paragraph (上年结转67.20亿元…滚存结余73亿元…当年预算结余5.80亿元), or what was there told as the
    balance of the year before, of the same account, scope and unit. A fund joined or settled since changes what
    was there, and reports seldom say so: over two years the tie is only told where it fits.
    """
    lex = words()
    begun: Claim | None = None
    left: Claim | None = None
    year: Claim | None = None
    block = -1
    balances: dict[tuple[str, str, str, str], list[Claim]] = {}
    for c in reading.claims:
        if c.block != block:
            begun = left = year = None
            block = c.block
        if c.role not in TOLD:
            continue
        of_year = lex.of_year.search(c.before) is not None
        if c.label.endswith(lex.begun):
            begun = c
        elif ends(c, lex.over_years) and not of_year:
            left = c
            if c.account and c.period.isdigit():
                balances.setdefault((c.account, c.scope, c.figure.unit, c.period), []).append(c)
                earlier = balances.get((c.account, c.scope, c.figure.unit, str(int(c.period) - 1)), [])
                if year is not None and begun is None and len({b.figure.value for b in earlier}) == 1:
                    yield Relation(
                        "sum",
                        {"total": (c,), "part": (earlier[0], year)},
                        "customary",
                        (c.label, earlier[0].label, year.before),
                        note="accumulated",
                        candidates=2,
                    )
        elif of_year:
            year = c
            if begun is not None and left is not None:
                if begun.figure.unit == left.figure.unit == c.figure.unit:
                    yield Relation(
                        "sum",
                        {"total": (left,), "part": (begun, c)},
                        "stated",
                        (left.label, begun.label, c.before),
                        note="accumulated",
                    )
                begun = left = None


def _rest(reading: Reading) -> Iterator[Relation]:
    """12个区级窗口建成，其余4个区落实场所: what is named and the rest are all of the place's districts."""
    wholes = {kind: c for c in reading.claims if (kind := whole_place(c))}
    for first, rest in pairwise(reading.claims):
        m = ADMIN.match(rest.noun)
        total = wholes.get(m.group()) if m else None
        if (
            total is not None
            and rest.before.endswith(("其余", "剩余"))
            and first.role == rest.role == "value"
            and first.figure.unit == rest.figure.unit == total.figure.unit
            and first.sentence == rest.sentence
            and first.noun.startswith(m.group() if m else "\0")
        ):
            yield Relation(
                "sum", {"total": (total,), "part": (first, rest)}, "stated", (rest.before, rest.noun[:4])
            )


def _together(reading: Reading) -> Iterator[Relation]:
    """市本级投入18.71亿元，连同镇街投入7.5亿元，全市投入26.21亿元: one more is taken together with the one before it.

    The total must be of the whole place while what is added up is of its levels, or be called a total.
    """
    lex = lexicon()["total"]
    values = [c for c in reading.claims if c.role == "value" and c.depth == 0]
    before = [None, *values]
    for last, first, more, total in zip(before, values, values[1:], values[2:], strict=False):
        if (
            (last is None or last.sentence != first.sentence)  # more may have been told before the first
            and not side_of(total)
            and first.sentence == more.sentence == total.sentence
            and first.figure.unit == more.figure.unit == total.figure.unit
            and more.before.startswith(tuple(lex["together"]))
            and not (first.item or more.item or total.item or first.glued)
            and _next_clause(reading, first, more)
            and _next_clause(reading, more, total)
            and _all_of(total, first, tuple(lex["called"]))
            and not _OPEN_END.match(more.noun)
        ):
            yield Relation(
                "sum",
                {"total": (total,), "part": (first, more)},
                "stated",
                (first.before, more.before, total.before),
                note="together",
            )


_ASIDE = re.compile("（[^（）]*）")


def _next_clause(reading: Reading, a: Claim, b: Claim) -> bool:
    """Whether one comma, and no other stop, stands between two figures outside parentheses."""
    between = reading.document.flow.text[a.figure.flow_end : b.figure.flow_start]
    stops = [ch for ch in _ASIDE.sub("", between) if ch in "，。；："]
    return stops == ["，"]


_OPEN_END = re.compile("等|以上")


def _all_of(total: Claim, part: Claim, called: tuple[str, ...]) -> bool:
    """Whether the words of the total make it all of both (全市对口帮扶资金达, 合计)."""
    wider = total.scope.startswith("全") and part.scope != total.scope and total.scope in total.before
    return wider or total.before.rstrip("为达到").endswith(called)


def _at_stage(reading: Reading, frame: Frame, total: Claim) -> Claim | None:
    for c in reading.of(frame):
        if c.role == "value" and c.stage == total.stage and c.figure.unit == total.figure.unit:
            return c
    return None
