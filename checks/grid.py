"""Tables ready for tying: their cells as claims, their rows with labels and depths.

A tie of a table is stated by its heads and labels; that they were read rightly is not certain. So ties come in
sets (one column of rates, one total over all columns), and a set is asserted only where most of its members
hold: a misread column is told once, as unverified, not as thirty errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..extract import tables
from ..extract.claim import Claim, Reading
from ..extract.tables import Column, Row, Table, words
from .audit import Habits
from .relation import Relation

#: Why a set of ties of one column is not asserted.
MISREAD = "table_misread"
#: Why a total is left open that words give parts, but no other column bears these out.
UNBORNE = "table_unborne"

_MARKS = re.compile(
    "(?P<a>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分)|(?P<b>（[一二三四五六七八九十]{1,3}）)"
    r"|(?P<c>[0-9]{1,2}(?:、|\.(?![0-9])|．))|(?P<d>（[0-9]{1,2}）|[0-9]{1,2}）)|(?P<e>[①-⑳])"
)
SCALE = 10**9  # nine decimals; what has more is no cell of a report
_LEVELS = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
_CODE = re.compile("[0-9]{3}(?:[0-9]{2}){0,4}")
_CODED = re.compile(
    "[\\[（(【]?(?P<code>[0-9]{3}(?:[0-9]{2}){0,4})[\\]）)】]?[ \u3000]*(?=[\u4e00-\u9fff（“])(?![年月日个件元人万亿])"
)
_TRIM = re.compile(r"\s+|[（［【][^）］】]*[）］】]|\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of one label group: its label without mark, mark level (0 none), indentation, code length.

    ``including`` tells that the label opens with 其中; ``total`` that it names a total,
    ``less`` that it is taken away (减：库存股). ``code`` is its account (2010601), '' where none stands there.
    """

    row: Row
    label: str
    level: int
    indent: int
    including: bool
    total: bool
    less: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A label column (or run of them) with the value columns that belong to it, and its lines in order.

    ``coded`` tells that its lines stand under one another by the codes of their accounts. A row of another width stands there as a line of level -1: a part may be missing.
    """

    table: Table
    labels: tuple[int, ...]
    values: tuple[int, ...]
    lines: tuple[Line, ...]
    coded: bool = False


class Grid:
    """The tables of one reading, with the claim of every cell."""

    def __init__(self, reading: Reading) -> None:
        """Find the tables; a reading whose claims are few (a cut for one check) gives cells without claims."""
        self.reading = reading
        document = reading.document
        self.tables = (
            tables.of(document.flow, document.figures, document.text)
            if any(block.kind == "row" for block in document.flow.blocks)
            else []
        )
        self._scaled: dict[int, tuple[int, int]] = {}
        self._groups: dict[int, list[Group]] = {}
        self._claims = {claim.figure.flow_start: claim for claim in reading.claims} if self.tables else {}

    def claim(self, row: Row, column: int) -> Claim | None:
        """The claim of a cell, named by its row and column; ``None`` where it holds no single number."""
        if not row.whole:
            return None
        cell = row.cells[column]
        if cell.figure < 0:
            return None
        return self._claims.get(self.reading.document.figures[cell.figure].flow_start)

    def scaled(self, claim: Claim) -> tuple[int, int]:
        """The signed value of a cell and its half last digit, as whole numbers of one small unit for all cells.

        Tables have many readings to try; whole numbers are a hundred times faster than exact fractions.
        """
        known = self._scaled.get(claim.index)
        if known is None:
            figure = claim.figure
            value = figure.value * SCALE
            half = figure.ulp * SCALE / 2 if not figure.interval.is_point else 0
            known = (int(-value if figure.negative else value), int(half))
            self._scaled[claim.index] = known
        return known

    def groups(self, table: Table) -> list[Group]:
        """The label groups of a table: one, or several side by side; a table without labels is one too."""
        known = self._groups.get(table.number)
        if known is not None:
            return known
        found: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
        for i, column in enumerate(table.columns):
            if column.kind == "value":
                key = tuple(table.label_of(i)), tuple(table.codes_of(i))
                found.setdefault(key, []).append(i)
        bare = not any(column.kind == "label" for column in table.columns)
        groups = [
            Group(table, labels, tuple(values), lines, _coded(lines))
            for (labels, codes), values in found.items()
            if labels or codes or bare
            for lines in (tuple(_lines(table, labels, codes, values)),)
        ]
        self._groups[table.number] = groups
        return groups


_last: tuple[Reading, Grid] | None = None


def grid(reading: Reading) -> Grid:
    """The tables of ``reading``; those of the reading asked last are kept."""
    global _last
    if _last is None or _last[0] is not reading:
        _last = (reading, Grid(reading))
    return _last[1]


def _lines(
    table: Table, labels: tuple[int, ...], codes: tuple[int, ...], values: Sequence[int]
) -> Iterator[Line]:
    for row in table.rows:
        if not row.whole:
            yield Line(row, "", -1, 0, False, False)
            continue
        filled = [i for i in labels if row.cells[i].text]
        raw = "".join(row.cells[i].text for i in filled)
        if not raw and all(row.cells[i].kind == "empty" for i in values):
            continue
        account = _account([row.cells[i].text for i in codes])
        own = _CODED.match(raw)
        code = ""
        if own is not None:
            code, raw = own["code"], raw[own.end() :]
        elif _CODE.fullmatch(account):
            code = account
        elif not raw:
            raw = account  # 合计 stands where the codes do
        mark = None if code else _MARKS.match(raw)
        level = _LEVELS[mark.lastgroup or "e"] if mark else 0
        label = raw[mark.end() :] if mark else raw
        opener = next((w for w in words()["opens_parts"] if label.startswith(w)), "")
        label = _TRIM.sub("", label.removeprefix(opener).lstrip("：:"))
        indent = row.cells[filled[0]].indent + 2 * labels.index(filled[0]) if filled else 0
        total = label.endswith(words()["totals"]) or raw.replace(" ", "") in ("总数", "总量")
        less = label.startswith(words()["less"])
        yield Line(row, label, level, indent, bool(opener), total, less, code)


def _account(pieces: list[str]) -> str:
    """The code that the cells of one row make up; a piece whose leading zero was lost gets it back (7 is 07)."""
    first, *rest = pieces or [""]
    return first + "".join(f"0{piece}" if len(piece) == 1 and piece.isdigit() else piece for piece in rest)


def _coded(lines: Sequence[Line]) -> bool:
    """Whether codes tell what stands under what: nearly all lines have one, and some begin as others do."""
    codes = [line.code for line in lines if line.code]
    proper = sum(1 for line in lines if line.level >= 0 and not line.total)
    return len(codes) >= 2 and 4 * len(codes) >= 3 * proper and len({len(code) for code in codes}) > 1


def unknown(row: Row, column: int) -> bool:
    """Whether a cell holds something that is neither a number nor nothing: a part of unknown size."""
    return not row.whole or row.cells[column].kind == "text"


def head(column: Column) -> str:
    """The heads of a column without brackets and units."""
    return _TRIM.sub("", column.head)


@cache
def no_habits() -> Habits:
    """Ties of a set are tried before the habits of the document are known."""
    return Habits()


def verdict(relation: Relation) -> tuple[str, int]:
    """What arithmetic says of one tie of a set: holds, fails or unknown; and by how many last digits."""
    from .engine import judge  # the engine knows no checks; loaded with the first table

    found = judge(relation, no_habits())
    if found.verdict in ("consistent", "truncated"):
        return "holds", 0
    if found.verdict == "unverified":
        return "unknown", 0
    return "fails", found.gap


def asserted(ties: Sequence[Relation], enough: int = 3) -> Iterator[Relation]:
    """The ties of one set: all where ``enough`` hold and at most one, or one in five, fails.

    Else there is no telling a slip from another meaning of the column: then what holds is given, and one tie
    that says that the others do not.
    """
    found = [(tie, *verdict(tie)) for tie in ties]
    holds = sum(1 for _, state, _ in found if state == "holds")
    fails = [tie for tie, state, _ in found if state == "fails"]
    if holds >= enough and len(fails) <= max(1, holds // 4):
        yield from ties
        return
    yield from (tie for tie, state, _ in found if state != "fails")
    if len(fails) >= 2:
        yield replace(fails[0], reason=MISREAD)
