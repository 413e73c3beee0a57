"""Ties between the standard tables of a report, and between them and its prose (表间勾稽).

Which tables these are and what ties them is data (``packs.toml``). What is known to hold for a form holds for a table
that was read rightly; so where most ties of a table fail, it is told once that the table may be misread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..extract.claim import Claim, Reading
from ..extract.roles import any_of
from ..extract.tables import Table
from .grid import MISREAD, Grid, Group, Line, grid, head, unknown, verdict
from .packs import PROSE, Cell, Family, Known, Tie, families
from .relation import Relation

_HEADING = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}部分)[^。；，]{2,45}"
)
_OUTER = re.compile("[一二三四五六七八九十]{1,3}、|第")
_SPACE = re.compile(r"[\s“”\"‘’]+")
_SEVERAL = "*"


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of one family that stand together in a report, by their ids."""

    family: Family
    tables: dict[str, Table]


_last: tuple[Reading, dict[str, list[Relation]]] | None = None


def standard(reading: Reading, check: str) -> list[Relation]:
    """The ties of ``check`` that the families of standard tables know in ``reading``."""
    global _last
    if _last is None or _last[0] is not reading:
        by_check: dict[str, list[Relation]] = {}
        for relation in _all(reading):
            by_check.setdefault(relation.check, []).append(relation)
        _last = (reading, by_check)
    return _last[1].get(check, [])


def recognised(found: Grid) -> list[Found]:
    """The tables of every family; one that comes a second time begins another set (a unit of a department)."""
    sets: list[Found] = []
    for family in families():
        current: dict[str, Table] = {}
        for table in found.tables:
            known = next((k for k in family.tables if _is(found, table, k)), None)
            if known is None:
                continue
            if known.id in current:
                sets.append(Found(family, current))
                current = {}
            current[known.id] = table
        if current:
            sets.append(Found(family, current))
    return sets


def _is(found: Grid, table: Table, known: Known) -> bool:
    if known.title:
        title = _SPACE.sub("", table.title)
        named = any(all(word in title for word in words) for words in known.title)
        return named and not any(word in title for word in known.without)
    if known.rows:
        labels = {line.label for group in found.groups(table) for line in group.lines}
        if not all(row in labels for row in known.rows):
            return False
    heads = [head(column) for column in table.columns]
    return all(any(word in text for text in heads) for word in known.columns)


def _all(reading: Reading) -> Iterator[Relation]:
    found = grid(reading)
    if not found.tables:
        return
    sets = recognised(found)
    if not sets:
        return
    prose = Prose(reading)
    alone = {one.family.id for one in sets if sum(other.family is one.family for other in sets) == 1}
    for one in sets:
        binder = _Binder(found, one, prose if one.family.id in alone else None)
        told: list[tuple[Tie, Relation]] = []
        for tie in one.family.ties:
            if tie.tables() <= one.tables.keys() or (
                tie.tables() & one.tables.keys() and _optional(tie, one)
            ):
                told += ((tie, relation) for relation in _distinct(binder.relations(tie)))
        if prose is not None and one.family.items is not None and one.family.id in alone:
            told += ((_ITEM, relation) for relation in _distinct(binder.items(one.family.items)))
        yield from _sound(one, told)


_ITEM = Tie("restated", "stated", ())
_NAMED = re.compile(
    '(?P<a>[^（）“”"，。；、：0-9.]{2,30})（类）(?P<b>[^（），。；：]{2,30}(?:（[^（）类款项]{1,8}）[^（），。；：]{0,20})?)（款）'
    "(?P<c>[^，。；：“”]{2,40}?)（项）"
)


def _bare(name: str) -> str:
    """The name of an account without brackets, blanks and what clerks leave out or write otherwise."""
    name = re.sub("（[^（）]*）", "", _SPACE.sub("", name)).replace("其它", "其他")
    return name.removesuffix("支出")


def _optional(tie: Tie, one: Found) -> bool:
    """Whether the tables that are missing only hold further members of a list."""
    needed = {cells[0].table for _, cells in tie.roles} - {PROSE}
    return needed <= one.tables.keys()


def _distinct(ties: Iterator[Relation]) -> Iterator[Relation]:
    seen: set[tuple[int, ...]] = set()
    for tie in ties:
        key = tuple(c.index for c in tie.claims())
        if len(set(key)) == len(key) and key not in seen:
            seen.add(key)
            yield tie


def _sound(one: Found, told: Sequence[tuple[Tie, Relation]]) -> Iterator[Relation]:
    """The ties but those of a table of which most fail: of them one that says so.

    Rules are counted, not ties: a rule for every row of a table is one statement about how the table was read.
    """
    # what is out by one last digit was rounded otherwise: no sign of a misread table
    found = [verdict(relation) for _, relation in told]
    states = ["holds" if state == "fails" and gap <= 1 else state for state, gap in found]
    rules: dict[int, list[int]] = {}
    for i, (tie, _) in enumerate(told):
        rules.setdefault(id(tie), []).append(i)
    broken: set[int] = set()
    holds: dict[str, int] = {}
    fails: dict[str, list[int]] = {}
    for members in rules.values():
        failing = [i for i in members if states[i] == "fails"]
        holding = sum(states[i] == "holds" for i in members)
        if len(failing) > max(2, holding // 4):
            broken.update(failing)
        for table in told[members[0]][0].tables():
            if failing:
                fails.setdefault(table, []).extend(failing)
            if holding:
                holds[table] = holds.get(table, 0) + 1
    for table, failing in fails.items():
        # what one wrong number explains is a mistake of the report, not of the reading
        common = Counter(c.index for i in failing for c in told[i][1].claims()).most_common(1)
        rest = {id(told[i][0]) for i in failing if common[0][0] not in {c.index for c in told[i][1].claims()}}
        if len(rest) >= 2 and len(rest) >= holds.get(table, 0):
            broken.update(failing)
    said = False
    for i, (_, relation) in enumerate(told):
        if i not in broken:
            yield relation
        elif not said:
            said = True
            yield replace(relation, reason=MISREAD)


class Prose:
    """The figures outside of tables, each under the headings that it stands below."""

    def __init__(self, reading: Reading) -> None:
        """Note of every block the two headings above it."""
        blocks = reading.document.flow.blocks
        text = reading.document.flow.text
        outer = inner = ""
        self.reading = reading
        self.headings: list[str] = []
        self.claims: list[Claim] = []
        for block in blocks:
            line = text[block.start : block.end]
            m = _HEADING.fullmatch(line.strip()) if block.kind != "row" and len(line) < 60 else None
            if m is not None:
                if _OUTER.match(line):
                    outer, inner = line, ""
                else:
                    inner = line
            self.headings.append(outer + inner)
        for claim in reading.claims:
            if blocks[claim.block].kind == "row" or claim.role != "value" or claim.figure.approx != "exact":
                continue
            period = reading.document.period
            if period and claim.period.isdigit() and claim.period != period:
                continue
            self.claims.append(claim)

    def find(self, cell: Cell, without: Sequence[str]) -> Iterator[Claim]:
        """The figures that the words of ``cell`` stand right before, under one of its headings."""
        sections = [word for word in cell.row.split(",") if word]
        before = re.compile(
            f"(?:{any_of(cell.column.split('|'))})(?:均|总额|金额|数)?(?:分别)?(?:为|是|达|达到)?\\Z"
        )
        for claim in self.claims:
            m = before.search(claim.before)
            if m is None or claim.before[: m.start()].endswith(tuple(without) or ("\0",)):
                continue
            if not sections or any(word in self.headings[claim.block] for word in sections):
                yield claim


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of a table; its claim is ``None`` where nothing is printed there."""

    group: Group
    line: Line
    column: int
    claim: Claim | None

    @property
    def name(self) -> str:
        """Its table, row and column in one string."""
        table = self.group.table
        return "·".join(
            word for word in (table.title, self.line.label, head(table.columns[self.column])) if word
        )


def _covered(totals: Sequence[_Place], parts: Sequence[_Place]) -> bool:
    """Whether the parts found are all there are, though the form has more: nothing else is printed beside them.

    Beside a total in another column every column of amounts must be one of the parts; above it in the same
    column every unmarked row since the first part. What a form calls otherwise would be left out, else.
    """
    if not totals or not parts:
        return False
    total = totals[0]
    if any(part.group is not total.group for part in parts):
        return False
    if all(part.line is total.line for part in parts):
        known = {total.column, *(part.column for part in parts)}
        columns = total.group.table.columns
        return all(i in known or any("其中" in h for h in columns[i].heads) for i in _amounts(total.group))
    if all(part.column == total.column for part in parts):
        lines = total.group.lines
        at = [lines.index(place.line) for place in (*parts, total)]
        between = lines[min(at) : max(at)]
        own = [part.line for part in parts]
        return all(
            line in own or line.level > 0 or line.including or line.row.cells[total.column].kind != "number"
            for line in between
            if line is not total.line
        )
    return False


class _Binder:
    """Finds the claims of the cells of one set of tables."""

    def __init__(self, found: Grid, one: Found, prose: Prose | None) -> None:
        self.found = found
        self.one = one
        self.prose = prose
        self._keys: dict[tuple[Cell, str], dict[str, tuple[Group, Line]]] = {}

    def relations(self, tie: Tie) -> Iterator[Relation]:
        """Every relation that ``tie`` states in this set."""
        cells = [cell for _, cells in tie.roles for cell in cells]
        if any(cell.table == PROSE for cell in cells):
            yield from self._with_prose(tie)
            return
        many = next((cell for cell in cells if cell.row.startswith(_SEVERAL)), None)
        keys: list[str] = [""]
        if many is not None:
            keys = list(self._lines(many, tie.by))
        paired = [cell for cell in cells if "|" in cell.row and tie.by and many is None]
        for word in tie.each or ("",):
            for column in self._columns(cells):
                if paired:
                    for n in range(len(paired[0].row.split("|"))):
                        yield from self._one(tie, "", word, column, n)
                    continue
                for key in keys:
                    yield from self._one(tie, key, word, column, -1)

    def _columns(self, cells: Sequence[Cell]) -> list[int]:
        """The columns that ``*`` stands for; one that is none where no cell has it."""
        star = next((cell for cell in cells if cell.column == _SEVERAL), None)
        if star is None or star.table not in self.one.tables:
            return [-1]
        groups = self._groups(star)
        return sorted({i for group in groups for i in _amounts(group)})

    def _groups(self, cell: Cell) -> list[Group]:
        table = self.one.tables.get(cell.table)
        groups = self.found.groups(table) if table is not None else []
        if cell.side and len(groups) > 1:
            return groups[:1] if cell.side == "<" else groups[-1:]
        return groups

    def _lines(self, cell: Cell, by: str) -> dict[str, tuple[Group, Line]]:
        """The lines that a row with ``*`` stands for, by what pairs them; what comes twice is left out."""
        known = self._keys.get((cell, by))
        if known is not None:
            return known
        lines: dict[str, tuple[Group, Line]] = {}
        again: set[str] = set()
        for group in self._groups(cell):
            for line in _several(group, cell.row[1:]):
                key = {"code": line.code, "label": line.label}.get(by, str(line.row.block))
                if key in lines:
                    again.add(key)
                elif key:
                    lines[key] = (group, line)
        for key in again:
            del lines[key]
        self._keys[cell, by] = lines
        return lines

    def _one(self, tie: Tie, key: str, word: str, column: int, choice: int) -> Iterator[Relation]:
        terms: dict[str, tuple[Claim, ...]] = {}
        names: list[str] = []
        places: list[_Place] = []
        for role, cells in tie.roles:
            several = role in ("part", "other") and tie.check != "subset"
            own: list[_Place] = []
            complete = True
            for cell in cells:
                got = self._places(cell, tie.by, key, word, column, choice)
                if got is None:
                    return
                complete = complete and bool(got)
                own += got
            if several and not complete and not _covered(places[:1], own):
                return
            places += own
            claims: list[Claim] = []
            for place in own:
                if place.claim is not None and place.claim not in claims:
                    claims.append(place.claim)
                    names.append(place.name)
            if not claims or (not several and len(claims) != 1):
                return
            terms[role] = tuple(claims)
        relation = _relation(tie, terms, tuple(names))
        if relation is not None:
            yield relation

    def _places(
        self, cell: Cell, by: str, key: str, word: str, column: int, choice: int
    ) -> list[_Place] | None:
        """Where a cell stands, nowhere where the table has no such cell, ``None`` where one cannot be read."""
        pairs: list[tuple[Group, Line]] = []
        if cell.row.startswith(_SEVERAL):
            pair = self._lines(cell, by).get(key)
            pairs = [pair] if pair is not None else []
        else:
            row = cell.row.split("|")[choice] if choice >= 0 and "|" in cell.row else cell.row
            for group in self._groups(cell):
                lines = _lines(group, row)
                if lines is None:
                    return None
                pairs += ((group, line) for line in lines)
                if pairs:
                    break
        places: list[_Place] = []
        for group, line in pairs:
            columns = [column] if cell.column == _SEVERAL else _column(group, cell.column, word)
            if columns is None:
                return None
            for i in columns:
                if unknown(line.row, i):
                    return None
                places.append(_Place(group, line, i, self.found.claim(line.row, i)))
        return places

    def items(self, cell: Cell) -> Iterator[Relation]:
        """一般公共服务支出（类）财政事务（款）行政运行（项）N万元: the account that the table gives under these names."""
        assert self.prose is not None
        reading = self.prose.reading
        accounts = self._accounts(cell)
        if not accounts:
            return
        blocks, text = reading.document.flow.blocks, reading.document.flow.text
        by_block: dict[int, list[Claim]] = {}
        for claim in self.prose.claims:
            by_block.setdefault(claim.block, []).append(claim)
        for number, block in enumerate(blocks):
            if block.kind == "row" or "（项）" not in text[block.start : block.end]:
                continue
            named = list(_NAMED.finditer(text, block.start, block.end))
            for m, after in zip(named, [*named[1:], None], strict=True):
                end = after.start() if after is not None else block.end
                spoken = [c for c in by_block.get(number, ()) if m.end() <= c.figure.flow_start < end]
                if (
                    after is None
                    and number + 1 < len(blocks)
                    and not _NAMED.search(text, blocks[number + 1].start, blocks[number + 1].end)
                ):
                    spoken += (
                        by_block.get(number + 1, ()) if self.one.family.items_after and not spoken else ()
                    )
                said = self._of_item(spoken, m.end(), text)
                account = accounts.get((_bare(m["a"]), _bare(m["b"]), _bare(m["c"])))
                if said is None or account is None or account[0].figure.unit != said.figure.unit:
                    continue
                relation = _relation(
                    _ITEM, {"first": (account[0],), "second": (said,)}, (account[1], m.group().strip("“"))
                )
                if relation is not None:
                    yield relation

    def _of_item(self, spoken: Sequence[Claim], end: int, text: str) -> Claim | None:
        """The figure that an account named in prose has: right after its name, or after the words of its family."""
        words = self.one.family.items_after
        for claim in spoken:
            if not words:
                between = text[end : claim.figure.flow_start]
                return claim if not between.strip('”"：: 为共计科目安排预算') else None
            if claim.before.endswith((*words, *(w + "为" for w in words), *(w + "数为" for w in words))):
                return claim
        return None

    def _accounts(self, cell: Cell) -> dict[tuple[str, str, str], tuple[Claim, str]]:
        """The accounts of a table by the names of 类, 款 and 项; a name that stands for two is left out."""
        found: dict[tuple[str, str, str], tuple[Claim, str]] = {}
        again: set[tuple[str, str, str]] = set()
        for group in self._groups(cell):
            above: dict[int, Line] = {}
            columns = _column(group, cell.column, "")
            for line in group.lines:
                if not line.code or not columns:
                    continue
                above[len(line.code)] = line
                first, second = above.get(3), above.get(5)
                if len(line.code) != 7 or first is None or second is None:
                    continue
                if not line.code.startswith(second.code) or not second.code.startswith(first.code):
                    continue
                claim = self.found.claim(line.row, columns[0])
                if claim is None:
                    continue
                key = _bare(first.label), _bare(second.label), _bare(line.label)
                if key in found:
                    again.add(key)
                found[key] = (
                    claim,
                    f"{group.table.title}·{line.label}·{head(group.table.columns[columns[0]])}",
                )
        return {key: value for key, value in found.items() if key not in again}

    def _with_prose(self, tie: Tie) -> Iterator[Relation]:
        if self.prose is None:
            return
        spoken = next(cells[0] for _, cells in tie.roles if cells[0].table == PROSE)
        for claim in self.prose.find(spoken, tie.not_before):
            terms: dict[str, tuple[Claim, ...]] = {}
            names: list[str] = []
            for role, cells in tie.roles:
                if cells[0].table == PROSE:
                    terms[role] = (claim,)
                    names.append(claim.before)
                    continue
                got = [self._places(cell, "", "", "", -1, -1) for cell in cells]
                places = [place for some in got if some for place in some if place.claim is not None]
                if not all(got) or not places:
                    break
                terms[role] = tuple(place.claim for place in places if place.claim is not None)
                names += (place.name for place in places)
            else:
                relation = _relation(tie, terms, tuple(names))
                if relation is not None:
                    sure = not tie.places or claim.scope in tie.places
                    yield replace(relation, candidates=1 if sure else 2)


def _relation(tie: Tie, terms: dict[str, tuple[Claim, ...]], names: tuple[str, ...]) -> Relation | None:
    claims = [c for role in terms.values() for c in role]
    units = {c.figure.unit for c in claims}
    counts = {"", "件"}  # a table of the disclosure report counts 件 without saying so
    if len(units) > 1 and not units <= counts:
        return None
    if any(c.figure.approx != "exact" for c in claims) or units & {"%", "‰"}:
        return None
    return Relation(tie.check, terms, tie.strength, names, note="table")


def _amounts(group: Group) -> list[int]:
    return [i for i in group.values if group.table.columns[i].unit not in ("%", "‰")]


def _several(group: Group, which: str) -> Iterator[Line]:
    """The lines of ``*`` (every code), ``*3`` (codes of three digits), ``*1`` (marked 一、), ``**`` (every line)."""
    for line in group.lines:
        if line.level < 0:
            continue
        if which == "1":
            if line.total:
                return
            if line.level == 1 and not line.including:
                yield line
        elif which == "*":
            if line.label:
                yield line
        elif which:
            if len(line.code) == int(which):
                yield line
        elif line.code or line.label in ("合计", "总计"):
            yield line


def _lines(group: Group, row: str) -> list[Line] | None:
    """The lines that a row without ``*`` stands for; ``None`` where one between them cannot be read."""
    lines = group.lines
    if row == ".":
        numbers = [
            line
            for line in lines
            if any(line.row.cells[i].kind == "number" for i in group.values if line.row.whole)
        ]
        totals = [line for line in numbers if line.total]
        return numbers if len(numbers) == 1 else totals if len(totals) == 1 else []
    if row.startswith("@"):
        if row == "@1":
            end = next((i for i, line in enumerate(lines) if line.total), 0)
            some = [line for line in lines[:end] if line.level == 1 and not line.including]
            return None if any(line.level < 0 for line in lines[:end]) else some
        first, last = row[1:].split("~")
        at = next((i for i, line in enumerate(lines) if line.label == first), None)
        until = next(
            (i for i, line in enumerate(lines) if at is not None and i > at and line.label == last), None
        )
        if at is None or until is None:
            return []
        between = lines[at + 1 : until]
        return None if any(line.level < 0 for line in between) else list(between)
    if row.isdigit():
        found = [line for line in lines if line.code == row]
        return found if len(found) == 1 else []
    for label in row.split("|"):
        found = [line for line in lines if line.label == label and line.level >= 0]
        if found:
            return found[:1] if len(found) == 1 else []
    return []


def _column(group: Group, words: str, under: str) -> list[int] | None:
    """The column that ``words`` name, or all for words that end in …; ``None`` where they name several."""
    columns = group.table.columns
    amounts = _amounts(group)
    known = [*amounts, *(i for i, column in enumerate(columns) if column.kind == "empty")]
    for alternative in words.split("|"):
        if not alternative:
            if len(amounts) == 1:
                return amounts
            continue
        wanted = [word for word in (*alternative.removesuffix("…").split("+"), under) if word]
        fitting = [
            i
            for i in known
            if all(word in head(columns[i]) for word in wanted)
            and not any("其中" in h for h in columns[i].heads)
        ]
        if alternative.endswith("…"):
            return fitting
        exact = [i for i in fitting if any(h.split("（")[0] == wanted[0] for h in columns[i].heads)]
        fitting = exact or fitting
        if len(fitting) > 1:
            return None
        if fitting:
            return fitting
    return []
