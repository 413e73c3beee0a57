"""Rates in tables: columns of growth, of shares and of completion, recomputed from the columns beside them.

The heads say which column a rate speaks of: the year or period that it names, else the two columns of amounts
there are. A table at constant prices is seen and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..extract.claim import Claim, Reading
from ..extract.roles import any_of, lexicon
from ..extract.tables import Column, words
from .grid import Grid, Group, Line, asserted, grid, head
from .relation import Relation

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_REAL = re.compile(any_of([*lexicon()["real_terms"]["indicators"], *words()["comparable"]]))


def growths(reading: Reading) -> Iterator[Relation]:
    """Every column of growth beside its two columns of amounts."""
    return _rates(reading, "growth", ("current", "prior", "growth"), _is_growth, _pair)


def plans(reading: Reading) -> Iterator[Relation]:
    """Every column of completion beside its columns of result and plan."""
    return _rates(reading, "plan", ("actual", "plan", "rate"), _is_completion, _result_and_plan)


def _rates(
    reading: Reading,
    check: str,
    roles: tuple[str, str, str],
    is_rate: Callable[[Column], bool],
    amounts: Callable[[Group, int], tuple[int, int] | None],
) -> Iterator[Relation]:
    """Every column of a kind of rate beside the two columns of amounts that the heads give it."""
    found = grid(reading)
    for group in _groups(found):
        for rate in group.values:
            if not is_rate(group.table.columns[rate]):
                continue
            pair = amounts(group, rate)
            if pair is not None:
                yield from asserted(list(_rows(found, group, check, roles, (*pair, rate))))


def shares(reading: Reading) -> Iterator[Relation]:
    """Every column of shares beside one column of amounts, of the total that the table prints."""
    found = grid(reading)
    for group in _groups(found):
        columns = group.table.columns
        for rate in group.values:
            if not any(k in head(columns[rate]) for k in words()["share"]) or columns[rate].unit not in (
                "%",
                "",
            ):
                continue
            part = _amount_beside(group, rate)
            if part is None:
                continue
            for total in group.lines:
                whole = found.claim(total.row, part) if total.level >= 0 else None
                of_whole = found.claim(total.row, rate) if whole else None
                if whole is None or of_whole is None or of_whole.figure.value != 100:
                    continue
                ties = list(_shares_of(found, group, part, rate, total, whole))
                yield from asserted(ties)
                break
            else:
                yield from _of_total(found, group, part, rate)


def _of_total(found: Grid, group: Group, part: int, rate: int) -> Iterator[Relation]:
    """Shares of which no row prints 100: of the one total, else of the line that 其中 breaks down below it."""
    lines = [line for line in group.lines if line.level >= 0 and found.claim(line.row, part) is not None]
    totals = [line for line in lines if line.total]
    if not totals and len(lines) > 1 and lines[1].including:
        totals = lines[:1]
    if len(totals) != 1:
        return
    whole = found.claim(totals[0].row, part)
    if whole is None or found.claim(totals[0].row, rate) is not None:
        return  # a total with a share of its own is a part of something that is not printed
    ties = list(_shares_of(found, group, part, rate, totals[0], whole))
    if any(c.figure.value > 100 for tie in ties for c in tie.terms["share"]):
        return
    yield from asserted(ties)


def _groups(found: Grid) -> Iterator[Group]:
    for table in found.tables:
        yield from found.groups(table)


def _shares_of(
    found: Grid, group: Group, part: int, rate: int, total: Line, whole: Claim
) -> Iterator[Relation]:
    for line in group.lines:
        if line is total or line.level < 0:
            continue
        a, b = found.claim(line.row, part), found.claim(line.row, rate)
        if a is None or b is None or not _percent(b) or a.figure.unit != whole.figure.unit:
            continue
        yield Relation(
            "share",
            {"part": (a,), "whole": (whole,), "share": (b,)},
            "stated",
            (line.label, total.label, head(group.table.columns[rate])),
            note="table",
        )


def _percent(claim: Claim) -> bool:
    return claim.figure.unit == "%" and claim.figure.approx == "exact"


def _is_growth(column: Column) -> bool:
    w = words()
    text = head(column)
    return (
        column.unit == "%"
        and any(k in text for k in w["growth"])
        and not any(k in text for k in (*w["not_growth"], *w["share"]))
        and not _REAL.search(text)
    )


def _is_completion(column: Column) -> bool:
    text = head(column)
    w = words()
    return (
        column.unit == "%"
        and any(k in text for k in w["completion"])
        and any(k in text for k in w["completion_of"])
        and not any(k in text for k in (*w["growth"], *w["share"], "上年", "去年"))
    )


def _amounts(group: Group) -> list[int]:
    """The columns of amounts: no rates, no differences."""
    w = words()
    return [
        i
        for i in group.values
        if group.table.columns[i].unit not in ("%", "‰", "百分点")
        and not any(k in head(group.table.columns[i]) for k in (*w["growth"], *w["share"], "率"))
    ]


def _amount_beside(group: Group, rate: int) -> int | None:
    left = [i for i in _amounts(group) if i < rate]
    if not left or rate - left[-1] > 1:
        return None
    return left[-1]


def _pair(group: Group, rate: int) -> tuple[int, int] | None:
    """The columns of current and prior that a growth column speaks of; ``None`` where the heads leave it open."""
    columns = group.table.columns
    amounts = _amounts(group)
    text = head(columns[rate])
    # a block of the rate's own top head, where that block holds two amounts
    if len(columns[rate].heads) > 1:
        own = [i for i in amounts if columns[i].heads[:1] == columns[rate].heads[:1]]
        amounts = own if len(own) >= 2 else amounts
    named = [i for i in amounts if _named(head(columns[i]), text)]
    if len(named) == 1 and len(amounts) >= 2:
        prior = named[0]
        rest = [i for i in amounts if i != prior and i < rate]
        if len(rest) > 1:
            kind = [i for i in rest if any(k in head(columns[i]) for k in words()["result"])]
            rest = kind if len(kind) == 1 else rest
        return (
            (rest[0], prior)
            if len(rest) == 1 and _later(columns[rest[0]], columns[prior]) is not False
            else None
        )
    left = [i for i in amounts if i < rate]
    if len(amounts) != 2 or len(left) != 2:
        return None
    later = _later(columns[left[0]], columns[left[1]])
    if later is None:
        return None
    return (left[0], left[1]) if later else (left[1], left[0])


def _named(amount: str, rate: str) -> bool:
    """Whether the head of a rate names that of an amount: 比2024年决算数增长 names 2024年决算数."""
    return len(amount) >= 4 and amount in rate


def _later(a: Column, b: Column) -> bool | None:
    """Whether ``a`` is of a later time than ``b``; ``None`` where the heads do not say."""
    one, two = head(a), head(b)
    years = _YEAR.findall(one), _YEAR.findall(two)
    if years[0] and years[1]:
        first, second = int(years[0][-1]), int(years[1][-1])
        return None if first == second else first > second
    w = words()
    now = [any(k in t for k in w["current"]) for t in (one, two)]
    then = [any(k in t for k in w["prior"]) for t in (one, two)]
    if (now[0] and not then[0] and then[1]) or (years[0] and then[1] and not then[0]):
        return True
    if (now[1] and not then[1] and then[0]) or (years[1] and then[0] and not then[1]):
        return False
    return None


def _result_and_plan(group: Group, rate: int) -> tuple[int, int] | None:
    columns = group.table.columns
    w = words()
    amounts = [i for i in _amounts(group) if i < rate]
    if len(columns[rate].heads) > 1:
        own = [i for i in amounts if columns[i].heads[:1] == columns[rate].heads[:1]]
        amounts = own if len(own) >= 2 else amounts
    results = [i for i in amounts if any(k in head(columns[i]) for k in w["result"])]
    planned = [i for i in amounts if i not in results and any(k in head(columns[i]) for k in w["plan"])]
    text = head(columns[rate])
    if len(planned) > 1:
        named = [i for i in planned if any(k in text and k in head(columns[i]) for k in _KINDS)]
        planned = named if len(named) == 1 else planned
    years = [set(_YEAR.findall(head(columns[i]))) for i in (*results[-1:], *planned[-1:])]
    if len(planned) != 1 or not results:
        return None
    if len(results) > 1:
        same = [
            i
            for i in results
            if set(_YEAR.findall(head(columns[i]))) & set(_YEAR.findall(head(columns[planned[0]])))
        ]
        if len(same) != 1:
            return None
        results = same
    elif years[0] and years[1] and not years[0] & years[1]:
        return None
    return results[0], planned[0]


_KINDS = ("年初预算", "调整预算", "变动预算", "调整后预算")


def _rows(
    found: Grid, group: Group, check: str, roles: tuple[str, str, str], at: Sequence[int]
) -> Iterator[Relation]:
    columns = group.table.columns
    real = _REAL.search(group.table.caption) if check == "growth" else None
    for line in group.lines:
        if line.level < 0:
            continue
        first, second, rate = (found.claim(line.row, i) for i in at)
        if first is None or second is None or rate is None or not _percent(rate):
            continue
        if first.figure.unit != second.figure.unit or first.figure.unit in ("%", "‰"):
            continue
        if first.figure.approx != "exact" or second.figure.approx != "exact" or second.figure.value == 0:
            continue
        comparable = real or (check == "growth" and _REAL.search(line.label))
        yield Relation(
            check,
            dict(zip(roles, ((first,), (second,), (rate,)), strict=True)),
            "stated",
            (line.label, *(head(columns[i]) for i in at)),
            reason="real_terms" if comparable else None,
            note="table",
        )
