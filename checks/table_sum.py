"""Totals of tables: 合计, 小计, 总计 and heads of levels, down the rows and across the columns.

Which rows make a total is told by words, marks and indentation. Where these leave several readings, the other
columns decide: a breakdown that is complete in one column is complete in the next. A reading that no column
bears out is not asserted. What holds under one of several readings is ``chosen``, with the power that is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..extract.claim import Claim, Reading
from ..extract.tables import Column, words
from .grid import MISREAD, SCALE, UNBORNE, Grid, Group, Line, grid, head, unknown
from .relation import Relation
from .slip import variants


def sums(reading: Reading) -> Iterator[Relation]:
    """Every total of every table that reads cleanly."""
    found = grid(reading)
    for table in found.tables:
        if not table.sound:
            continue
        for group in found.groups(table):
            values = [i for i in group.values if _adds(table.columns[i])]
            coded = list(_by_code(found, group, values)) if group.coded else []
            yield from _borne_out(found, coded)
            if values and group.labels:
                done = {tie.terms["total"][0].index for tie in coded}
                yield from (t for t in _down(found, group, values) if t.terms["total"][0].index not in done)
            if len(values) > 2:
                yield from _across(found, group, values)


def _adds(column: Column) -> bool:
    """Whether what stands in the column can be added up: no rate, no price, no average."""
    text = head(column)
    w = words()
    if column.unit in ("%", "‰", "％") or text.endswith(("率", "价", "价格", "指数", "倍数", "均")):
        return False
    if "人均" in text or "平均" in text or "单价" in text:
        return False
    return not any(
        k in text for k in (*w["share"], "增长", "增速", "增幅", "同比", "为上年", "完成预算", "完成%")
    )


def _tie(found: Grid, total: Line, parts: Sequence[Line], column: int, name: str) -> Relation | None:
    """The tie of one column; ``None`` where the total or too few parts are numbers, or a part is unreadable."""
    whole = found.claim(total.row, column)
    if whole is None or any(unknown(p.row, column) for p in parts):
        return None
    claims = [c for p in parts if (c := found.claim(p.row, column)) is not None]
    if len(claims) < 2 or any(c.figure.unit != whole.figure.unit for c in claims):
        return None
    return _sum(whole, claims, (total.label, name, *(p.label for p in parts)))


def _sum(whole: Claim, parts: Sequence[Claim], evidence: tuple[str, ...]) -> Relation | None:
    if whole.figure.unit in ("%", "‰", "百分点"):
        return None  # growths are not added, whatever their head says; shares are a check of their own
    if whole.figure.approx != "exact" or any(c.figure.approx != "exact" for c in parts):
        return None
    return Relation("sum", {"total": (whole,), "part": tuple(parts)}, "stated", evidence, note="table")


def _telling(tie: Relation, least: int = 3) -> bool:
    """Whether a tie that holds says something: two parts that are not 0, and a total of ``least`` digits."""
    parts = sum(1 for c in tie.terms["part"] if c.figure.value)
    digits = sum(c.isdigit() for c in tie.terms["total"][0].figure.numeral.lstrip("0.,"))
    return parts >= 2 and digits >= least


def _holds(found: Grid, tie: Relation) -> bool:
    """Whether a tie holds within the rounding of its figures, as the engine would say, only faster."""
    gap, reach = _gap(found, tie)
    return abs(gap) <= reach


def _gap(found: Grid, tie: Relation) -> tuple[int, int]:
    """The total less its parts, and how much of that rounding may be."""
    total, reach = found.scaled(tie.terms["total"][0])
    for part in tie.terms["part"]:
        value, half = found.scaled(part)
        total -= value
        reach += half
    return total, reach


def _reading(
    found: Grid, total: Line, parts: Sequence[Line], values: Sequence[int], group: Group
) -> list[Relation]:
    """The ties of one reading over all columns, empty where the columns do not bear it out."""
    if len(parts) < 2 or any(p.level < 0 or p.less for p in parts):
        return []
    ties = [
        tie for i in values if (tie := _tie(found, total, parts, i, head(group.table.columns[i]))) is not None
    ]
    states = [_holds(found, tie) for tie in ties]
    holds = sum(1 for tie, state in zip(ties, states, strict=True) if state and _telling(tie))
    fails = states.count(False)
    if not holds or fails > holds:
        return []
    return [
        tie if state or _tells(found, tie, holds) else replace(tie, reason=UNBORNE)
        for tie, state in zip(ties, states, strict=True)
    ]


def _unborne(
    found: Grid, total: Line, parts: Sequence[Line], values: Sequence[int], group: Group
) -> Iterator[Relation]:
    """The likeliest reading of a total that no column bears out: seen, and left open."""
    for i in values:
        tie = _tie(found, total, parts, i, head(group.table.columns[i]))
        if tie is not None:
            yield replace(tie, reason=UNBORNE)


def _chosen(found: Grid, ties: Sequence[Relation], readings: int) -> Iterator[Relation]:
    """Say of ties that hold how many readings the words left, so that their basis is 择合 and their power less.

    A tie that fails was not chosen for its own numbers: the other columns of its reading hold.
    """
    for tie in ties:
        yield replace(tie, candidates=readings) if readings > 1 and _holds(found, tie) else tie


def _tells(found: Grid, tie: Relation, holds: int) -> bool:
    """Whether a tie that fails is asserted.

    One column that holds is little to go by: an item may be missing that was nothing there (trade with countries
    unknown). Then only a gap that one typing error makes is told.
    """
    if not _telling(tie, 1):
        return False
    if not tie.terms["total"][0].figure.unit:
        # without a unit nobody knows whether whole numbers were counted or rounded
        gap, _ = _gap(found, tie)
        ulp = max(int(c.figure.ulp * SCALE) for c in tie.claims())
        if 2 * abs(gap) <= (len(tie.terms["part"]) + 1) * ulp:
            return False
    return holds >= 2 or (_telling(tie) and _one_slip(found, tie))


def _one_slip(found: Grid, tie: Relation) -> bool:
    """Whether one digit replaced, or two neighbours swapped, in one figure closes the gap."""
    gap, _ = _gap(found, tie)
    if len(tie.terms["part"]) > _LONGEST_RUN:
        return False
    for claim in tie.claims():
        figure = claim.figure
        now = int(figure.value / figure.ulp)
        ulp = int(figure.ulp * SCALE)
        toward = -gap if claim is tie.terms["total"][0] else gap
        toward = -toward if figure.negative else toward
        if any(abs((v - now) * ulp - toward) * 2 <= ulp for v in variants(now, len(str(now)))):
            return True
    return False


def _down(found: Grid, group: Group, values: Sequence[int]) -> Iterator[Relation]:
    lines = group.lines
    indented = any(line.indent for line in lines)
    marked = any(line.level > 0 for line in lines)
    reach, other = (_Reach(8 * len(lines) + 20_000) for _ in range(2))
    for at, line in enumerate(lines):
        if line.level < 0 or not any(found.claim(line.row, i) for i in values):
            continue
        if group.coded and line.code:
            continue  # told by the codes
        readings: list[list[Line]] = []
        for parts in _candidates(lines, at, indented, marked, reach if line.total else other):
            if parts not in readings:
                readings.append(parts)
        for parts in readings:
            ties = _reading(found, line, parts, values, group)
            if ties:
                yield from _chosen(found, ties, len(readings))
                break
        else:
            if line.total and readings and not any(p.level < 0 or p.less for p in readings[0]):
                yield from _unborne(found, line, readings[0], values, group)
        for parts in _again(lines, at):
            yield from _chosen(found, _reading(found, line, parts, values, group), 2)


def _by_code(found: Grid, group: Group, values: Sequence[int]) -> Iterator[Relation]:
    """An account is the sum of those below it, 合计 that of the highest: the codes leave no other reading.

    A lone account below another is its sum as well.
    """
    lines = group.lines
    if any(line.level < 0 for line in lines):
        return
    for total, parts in _accounts(lines):
        for i in values:
            whole = found.claim(total.row, i)
            if whole is None or any(unknown(p.row, i) for p in parts):
                continue
            claims = [c for p in parts if (c := found.claim(p.row, i)) is not None]
            if not claims or any(c.figure.unit != whole.figure.unit for c in claims):
                continue
            name = head(group.table.columns[i])
            tie = _sum(whole, claims, (total.label, name, *(p.label for p in parts)))
            if tie is not None:
                yield tie


def _borne_out(found: Grid, ties: Sequence[Relation]) -> Iterator[Relation]:
    """The ties of accounts where most accounts come out; else what holds, and one tie that says the rest do not.

    Accounts are counted, not ties: a wrong cell fails in its column and in that of its row's total, and a wrong
    total fails below and above.
    """
    states = [_holds(found, tie) for tie in ties]
    failing = {tie.evidence[0] for tie, state in zip(ties, states, strict=True) if not state}
    holding = {tie.evidence[0] for tie in ties} - failing
    if holding and len(failing) <= max(2, len(holding) // 2):
        yield from ties
        return
    yield from (tie for tie, state in zip(ties, states, strict=True) if state)
    yield from [replace(t, reason=MISREAD) for t, state in zip(ties, states, strict=True) if not state][:1]


def _accounts(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """Every line with those that stand right under it by their codes; a code said twice is read as neither."""
    stack: list[tuple[Line, list[Line]]] = []
    found: list[tuple[Line, list[Line]]] = []
    highest = min((len(line.code) for line in lines if line.code), default=0)
    seen: set[str] = set()
    again: set[str] = set()
    for line in lines:
        if not line.code:
            continue
        if line.code in seen:
            again.add(line.code)
        seen.add(line.code)
        while stack and not (
            line.code.startswith(stack[-1][0].code) and len(line.code) > len(stack[-1][0].code)
        ):
            stack.pop()
        entry: tuple[Line, list[Line]] = (line, [])
        if stack:
            stack[-1][1].append(line)
        stack.append(entry)
        found.append(entry)
    totals = [line for line in lines if not line.code and line.total]
    if len(totals) == 1:
        found.append((totals[0], [line for line in lines if line.code and len(line.code) == highest]))
    for line, parts in found:
        codes = [p.code for p in parts]
        if parts and line.code not in again and len(set(codes)) == len(codes):
            yield line, parts


def _depth(line: Line, indented: bool, marked: bool) -> tuple[int, int]:
    """How deep a line stands: by indentation where the table has any, else by its mark."""
    if indented:
        return line.indent, line.level if line.level else 0
    return (0, line.level) if line.level else (0, 9 if marked else 0)


class _Reach:
    """How far totals may look for their items: over the whole table, until the lines looked at are too many.

    A table of thousands of subtotals would take the square of its length, else; what is near is always seen.
    """

    def __init__(self, lines: int) -> None:
        self.left = lines

    def of(self, lines: Sequence[Line]) -> int:
        """How many of ``lines`` may be looked at."""
        many = len(lines) if self.left > 0 else min(len(lines), _NEAR)
        self.left -= many
        return many


def _candidates(
    lines: Sequence[Line], at: int, indented: bool, marked: bool, reach: _Reach
) -> Iterator[list[Line]]:
    """The readings of what ``lines[at]`` is the total of, the likeliest first."""
    line = lines[at]
    depth = _depth(line, indented, marked)
    if line.total:
        yield from _above(lines, at, indented, marked, reach)
    # what follows and stands deeper
    under = []
    for other in lines[at + 1 :]:
        if other.level < 0 or _depth(other, indented, marked) <= depth or other.total:
            break
        under.append(other)
    if under:
        first = _depth(under[0], indented, marked)
        direct = [o for o in under if _depth(o, indented, marked) == first]
        plain = [o for o in direct if not o.including]
        yield direct
        if len(plain) != len(direct):
            yield plain
    # a run that 其中 opens
    if at + 1 < len(lines) and lines[at + 1].including:
        run: list[Line] = []
        for other in lines[at + 1 :]:
            if other.level < 0 or other.total or (other.including and run):
                break
            run.append(other)
        for end in range(min(len(run), _LONGEST_RUN), 1, -1):
            yield run[:end]
    # a total at the top of the table
    if line.total:
        after = lines[at + 1 :]
        below = [o for o in after[: reach.of(after)] if not o.including]
        if below and not any(o.level < 0 for o in below):
            for key in sorted({_depth(o, indented, marked) for o in below})[:2]:
                yield [o for o in below if _depth(o, indented, marked) == key and not o.total]
    # an unmarked line after a run of marked ones, or of ones set in, closes it
    if not line.total and not line.level and at and not under:
        last = lines[at - 1]
        if marked or (last.level == 0 and _depth(last, indented, marked) > depth):
            yield from _above(lines, at, indented, marked, reach)


def _again(lines: Sequence[Line], at: int) -> Iterator[list[Line]]:
    """Further breakdowns of one line, each opened by 其中 or #: 人口, #城镇, 乡村, #男性, 女性, #….

    The first is a reading of the line itself; where the last one ends is not said, so it is left.
    """
    run: list[Line] = []
    number = 0
    for other in lines[at + 1 : at + 1 + _FAR]:
        if other.level < 0 or other.total or (not run and not other.including):
            return
        if other.including and run:
            number += 1
            if number > 1 and len(run) > 1:
                yield run
            run = []
        run.append(other)


def _above(
    lines: Sequence[Line], at: int, indented: bool, marked: bool, reach: _Reach
) -> Iterator[list[Line]]:
    """Runs of lines of one depth before a total: back to the total before it (which may be an item itself)."""
    before: list[Line] = []
    for i in range(at - 1, at - 1 - reach.of(lines[:at]), -1):
        other = lines[i]
        if other.level < 0:
            break
        before.append(other)
        if other.total and lines[at].label.endswith("小计"):
            break  # a subtotal takes what comes after the one before
    before.reverse()
    if not before:
        return
    since = max((i + 1 for i, o in enumerate(before) if o.total), default=0)
    depths = sorted({_depth(o, indented, marked) for o in before})
    for key in depths[:3]:
        same = [o for o in before if _depth(o, indented, marked) == key and not o.including]
        closed = max((i for i, o in enumerate(same) if o.total), default=-1)
        if closed >= 0:
            yield same[closed:]
            yield same[closed + 1 :]
            yield [o for o in same if o.total]
        yield [o for o in same if not o.total]
        if not lines[at].total and 0 < since < len(before):
            # 各项收入合计 ended another account, whatever its depth
            yield [o for o in before[since:] if _depth(o, indented, marked) == key and not o.including]
        # unmarked totals (全市预算收入) close the marked lines before them
        last = max((i for i, o in enumerate(same) if not o.level and i and same[i - 1].level), default=-1)
        if last > 0:
            yield same[last:]


_FEW = 3
_NEAR = 60  # lines beside a total that are always looked at
_FAR = 40  # lines under one line that its breakdowns are looked for in
_LONGEST_RUN = 12  # members that one 其中 may open without marks or indentation


def _across(found: Grid, group: Group, values: Sequence[int]) -> Iterator[Relation]:
    """A column of totals beside the columns of its parts."""
    columns = group.table.columns
    for at, column in enumerate(values):
        if _total_level(columns[column]) is None:
            continue
        readings = list(_beside(columns, values, at))
        for parts in readings:
            ties = []
            for line in group.lines:
                if line.level < 0 or any(unknown(line.row, i) for i in parts):
                    continue
                whole = found.claim(line.row, column)
                claims = [c for i in parts if (c := found.claim(line.row, i)) is not None]
                if whole is None or len(claims) < 2:
                    continue
                if any(c.figure.unit != whole.figure.unit for c in claims):
                    continue
                names = (line.label, head(columns[column]), *(head(columns[i]) for i in parts))
                tie = _sum(whole, claims, names)
                if tie is not None:
                    ties.append(tie)
            states = [_holds(found, tie) for tie in ties]
            holds = sum(1 for tie, state in zip(ties, states, strict=True) if state and _telling(tie, 2))
            fails = states.count(False)
            if holds >= _FEW and fails <= max(1, holds // 4):
                told = [
                    tie for tie, state in zip(ties, states, strict=True) if state or _tells(found, tie, holds)
                ]
                yield from _chosen(found, told, len(readings))
                break
            if holds and not fails:
                yield from _chosen(found, ties, len(readings))
                break


def _total_level(column: Column) -> int | None:
    """Which of its heads says that a column holds totals: the lowest, or one above it (合计 over 决算数)."""
    levels = [k for k, text in enumerate(column.heads) if _names_total(text)]
    if not levels:
        return None
    tail = column.heads[levels[-1] + 1 :]
    return levels[-1] if all(text in words()["under_totals"] for text in tail) else None


def _names_total(text: str) -> bool:
    """Whether a head is one of totals: 合计, 本年支出合计（万元）, 合计决算数."""
    bare = text.split("（")[0]
    for word in words()["under_totals"]:
        bare = bare.removesuffix(word) or bare
    return bare.endswith(words()["totals"])


def _beside(columns: Sequence[Column], values: Sequence[int], at: int) -> Iterator[list[int]]:
    """The readings of which columns a total adds up: its siblings after it, or those before it."""
    own = columns[values[at]].heads
    level = _total_level(columns[values[at]])
    parent = own[:level]
    tail = own[len(parent) + 1 :]

    def usable(i: int) -> bool:
        return not columns[i].head.startswith("其中") and not any(
            h.startswith("其中") for h in columns[i].heads
        )

    def siblings(indexes: Sequence[int]) -> list[int]:
        found: list[int] = []
        for i in indexes:
            heads = columns[i].heads
            if heads[: len(parent)] != parent:
                break
            rest = heads[len(parent) + 1 :]
            if tail and rest and rest[-len(tail) :] != tail:
                continue  # 预算数 of a part beside 决算数 of the total
            found.append(i)
        return found

    for side in (siblings(values[at + 1 :]), siblings(values[:at][::-1])[::-1]):
        leaves = [i for i in side if usable(i)]
        # a group with a total of its own counts by that
        tops: dict[str, list[int]] = {}
        for i in leaves:
            rest = columns[i].heads[len(parent) :]
            tops.setdefault(rest[0] if rest else "", []).append(i)
        reduced: list[int] = []
        for members in tops.values():
            own_total = [i for i in members if len(members) > 1 and _names_total(columns[i].heads[-1])]
            reduced += own_total[:1] or members
        if len(reduced) >= 2:
            yield reduced
        if reduced != leaves and len(leaves) >= 2:
            yield leaves
