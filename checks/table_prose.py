"""Prose against table: an indicator named in the text and as a row of a table is one figure.

The table's row must be the only one of its name, unit and period, its column one of amounts of that period (绝对数,
产量), and the names the same by words: 粮食产量 is the row 粮食 under 产量. Where scope or period are not said alike, equal
figures are told and unequal ones are not accused. With a figure goes the growth that both print after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..extract.claim import Claim, Reading
from ..extract.roles import any_of, scope_of
from ..extract.synonyms import canonical
from ..extract.tables import Column, Table, words
from .grid import Grid, Group, grid, head
from .relation import Relation
from .standard import recognised

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LEAST = 4  # characters of a name that can be told apart
SURE = 5  # characters of a name that names one figure of a report
_PLANNED = re.compile("预算(?!收入|支出)|预计|预期|计划|安排|拟|调整|力争|目标|累计")
_NOT_ONE = re.compile("其中|平均|人均|增加|新增|减少|占|比重")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that gives an indicator: its amount, its growth, its table, whether a year is said there."""

    cell: Claim
    growth: Claim | None
    label: str
    table: Table
    dated: bool


def told_twice(reading: Reading) -> Iterator[Relation]:
    """Every figure of the prose that one row of one table says again."""
    found = grid(reading)
    if not found.tables or recognised(found):
        return  # the ties of standard tables to their notes are known, and their rows say the same names often
    told = rows(found, reading.document.period)
    if not told:
        return
    blocks = reading.document.flow.blocks
    for claim in reading.claims:
        if claim.role != "value" or claim.item or blocks[claim.block].kind == "row":
            continue
        row = told.get((bare(claim.label), claim.figure.unit))
        if row is None or _PLANNED.search(claim.before) or _NOT_ONE.search(claim.before):
            continue
        if not _same_time(reading, claim) or claim.figure.approx != "exact":
            continue
        frame = reading.frames[claim.frame]
        if frame.parent >= 0:
            # 新登记市场主体 and 经营主体 are both broken down into 内资企业: what is broken down must be the same
            above = reading.claims[frame.parent]
            whole = told.get((bare(above.label), above.figure.unit))
            if whole is None or whole.table is not row.table:
                continue
        own = scope_of(row.table.title)
        if own and claim.scope and own != claim.scope:
            continue
        sure = row.dated and claim.period == reading.document.period and _alike(claim, own)
        name = "·".join(word for word in (row.table.title, row.label) if word)
        candidates = 1 if sure else 2
        yield _restated(row.cell, claim, name, candidates)
        spoken = growth_after(reading, claim) if row.growth is not None else None
        if row.growth is not None and spoken is not None:
            yield _restated(row.growth, spoken, name, candidates)


def _restated(first: Claim, second: Claim, name: str, candidates: int) -> Relation:
    terms: dict[str, tuple[Claim, ...]] = {"first": (first,), "second": (second,)}
    return Relation("restated", terms, "stated", (name, second.before), candidates=candidates, note="table")


def bare(label: str) -> str:
    """What a label names, without whose it is, when, and the verb before its figure."""
    name = canonical(label)
    while (m := _before().match(name)) or (m := _after().search(name)):
        name = name[m.end() :] if m.start() == 0 else name[: m.start()]
    return name


_patterns: dict[str, re.Pattern[str]] = {}


def _before() -> re.Pattern[str]:
    if "before" not in _patterns:
        _patterns["before"] = re.compile(any_of(list(words()["name_before"])) + "(?=..)")
    return _patterns["before"]


def _after() -> re.Pattern[str]:
    if "after" not in _patterns:
        _patterns["after"] = re.compile("(?<=..)" + any_of(list(words()["name_after"])) + "\\Z")
    return _patterns["after"]


def _same_time(reading: Reading, claim: Claim) -> bool:
    period = reading.document.period
    return not period or not claim.period.isdigit() or claim.period == period


def named_alone(claim: Claim) -> bool:
    """Whether a value of the prose is one that its name alone tells: no plan, no part or mean, no aside."""
    return (
        claim.figure.approx == "exact"
        and _alike(claim, "")
        and not _PLANNED.search(claim.before)
        and not _NOT_ONE.search(claim.before)
    )


def _alike(claim: Claim, own: str) -> bool:
    """Whether nothing but the name tells what the figure of the prose is about: a whole place, no aside."""
    whole = not claim.scope or claim.scope == own or (not own and claim.scope in words()["whole_places"])
    return (
        whole and claim.depth == 0 and not claim.aside and not claim.glued and len(bare(claim.label)) >= SURE
    )


def rows(found: Grid, period: str) -> dict[tuple[str, str], Row]:
    """The rows of all tables by name and unit; a name that stands for two figures is left out.

    ``period`` is the year that the rows are to be of; empty for any.
    """
    named: dict[tuple[str, str], Row] = {}
    again: set[tuple[str, str]] = set()
    for table in found.tables:
        if not table.sound or _other_year(table.title, period):
            continue
        for group in found.groups(table):
            column = _current(group, period)
            if column is None:
                continue
            growth = _growth_column(group, column)
            core = _core(table.columns[column])
            dated = bool(_YEAR.search(table.title) or _YEAR.search(table.columns[column].head))
            for line in group.lines:
                if line.level < 0 or line.total or not line.label:
                    continue
                cell = found.claim(line.row, column)
                if cell is None or not cell.figure.unit or cell.figure.unit in ("%", "‰"):
                    continue
                more = found.claim(line.row, growth) if growth is not None else None
                for name in {bare(line.label), bare(line.label + core)}:
                    key = name, cell.figure.unit
                    if len(name) < _LEAST:
                        continue
                    if key in named and named[key].cell is not cell:
                        again.add(key)
                    named[key] = Row(cell, more, line.label, table, dated)
    return {key: row for key, row in named.items() if key not in again}


def _other_year(text: str, period: str) -> bool:
    years = _YEAR.findall(text)
    return bool(period and years and period not in years)


def _core(column: Column) -> str:
    """The head of a column without year: 产量 of 2025年产量."""
    return re.sub("[0-9]{4}年?度?", "", head(column))


def _current(group: Group, period: str) -> int | None:
    """The one column that gives amounts of the report's period, ``None`` where there is none or several."""
    columns = group.table.columns
    fitting = [
        i
        for i in group.values
        if columns[i].unit not in ("%", "‰")
        and _core(columns[i]) in words()["plain_heads"]
        and not _other_year(columns[i].head, period)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _growth_column(group: Group, column: int) -> int | None:
    columns = group.table.columns
    beside = [i for i in group.values if i > column]
    if not beside or columns[beside[0]].unit != "%":
        return None
    return beside[0] if _core(columns[beside[0]]) in words()["growth_heads"] else None


def growth_after(reading: Reading, claim: Claim) -> Claim | None:
    """The growth that the prose tells right after a figure, where it is none of decline."""
    following = reading.claims[claim.index + 1 : claim.index + 2]
    for other in following:
        if (
            other.role == "growth"
            and other.frame == claim.frame
            and other.sentence == claim.sentence
            and other.direction == "up"
            and other.figure.approx == "exact"
            and other.before.endswith(words()["growth_said"])
        ):
            return other
    return None
