"""What a document says of itself: its title, who issues it, its period; and where a place in it is."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from importlib.resources import files

from .document import Block, Document, Flow, Where
from .extracted import Layout

_LEXICON = tomllib.loads(files(__package__ or "").joinpath("sections.toml").read_text("utf-8"))


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ORGAN = _any_of(_LEXICON["organs"])
_TITLE_END = re.compile(rf"(?:{_any_of(_LEXICON['titles'])})(?:[（\[][^（）\[\]]{{0,30}}[）\]])*$")
_ORGAN_LINE = re.compile(rf"[^，。；：、！？|0-9（）《》]{{2,30}}?(?:{_ORGAN})")
_ORGAN_BEFORE_POST = re.compile(
    rf"([^，。；：、！？|0-9（）《》]{{2,25}}?(?:{_ORGAN}))(?=(?:{_any_of(_LEXICON['posts'])}))"
)
_TITLE_HEAD = re.compile(
    rf"([^，。；：、|0-9]{{2,30}}?)(?=(?:{_any_of(_LEXICON['title_stops'])})|[0-9]{{4}})"
)
_PLACE = re.compile(rf"[^，。；：、|0-9]{{1,12}}?(?:{_any_of(_LEXICON['places'])})$")
_ABOUT_PLACE = re.compile(rf"关于([^，。；：、|0-9]{{1,12}}?(?:{_any_of(_LEXICON['places'])}))(?=[0-9])")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_FIRST = re.compile("[0-9]{4}年(?:度)?")
_YEAR_WORD = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})年(?![0-9]{1,2}月[0-9]{1,2}日)"
)  # dates tell no period
_UNTIL = re.compile(rf"(?:{_any_of(_LEXICON['period_words'])})((?:19|20)[0-9]{{2}})年")
_FOR_YEAR = re.compile("((?:19|20)[0-9]{2})年度")
_CHINESE_YEAR = re.compile(r"([一二][〇○零九][〇○零一二三四五六七八九]{2})年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_MARKED = re.compile(
    "[一二三四五六七八九十]+、|第[一二三四五六七八九十]+|[0-9]{1,2}[.、]|（[一二三四五六七八九十0-9]+）"
)
_NO_TITLE = re.compile(rf"{_MARKED.pattern}|——|[表图附]")
_STOPS = "，。；！？"

_TOP = 12  # blocks in which a title and the line with the issuer are looked for
_BOTTOM = 8  # blocks at the end in which a signature is looked for
_OPENING = 600  # characters in which 年度 with a year speaks of the whole report
_SAMPLE = 20_000  # characters of the flow in which years are counted


def _short(flow: Flow, blocks: tuple[Block, ...]) -> list[str]:
    """Give the short lines without sentence marks among ``blocks``, in order."""
    lines = []
    for block in blocks:
        if block.kind == "row" or block.end - block.start > 80:
            continue
        line = flow.text[block.start : block.end]
        if not any(mark in line for mark in _STOPS):
            lines.append(line)
    return lines


def ends_title(line: str) -> bool:
    """Tell whether a line ends as the title of a report does."""
    return _TITLE_END.search(line) is not None


def title(flow: Flow) -> str:
    """Find the title: the first short line near the top that ends like one, else the first heading."""
    top = flow.blocks[:_TOP]
    before = ""
    for line in _short(flow, top):
        if len(line) >= 5 and _TITLE_END.search(line) and not _NO_TITLE.match(line):
            # A long title is broken anywhere; its first line speaks of a year and of no body of its own.
            broken = _YEAR.search(before) and not _NO_TITLE.match(before) and len(before) >= 12
            return before + line if broken and not _YEAR.match(line) else line
        before = line
    for block in top:
        if block.kind == "heading" and block.level == 1 and 6 <= block.end - block.start <= 60:
            line = flow.text[block.start : block.end]
            if not (_MARKED.match(line) or "：" in line or _ORGAN_LINE.match(line)):
                return line
    return ""


def issuer(flow: Flow, title: str) -> str:
    """Find the body that issues the report; a bare place where no body is named; empty where neither is.

    In turn: the words of the title before 关于 or a year, the signature at the end, the lines round the
    title, the place in the title.
    """
    year_first = _YEAR_FIRST.match(title)
    head = _TITLE_HEAD.match(title[year_first.end() :] if year_first else title)
    named = head.group(1) if head else ""
    if named and _ORGAN_LINE.fullmatch(named):
        return named
    for line in reversed(_short(flow, flow.blocks[-_BOTTOM:])):
        if 4 <= len(line) <= 30 and _ORGAN_LINE.fullmatch(line):
            return line
    for line in _short(flow, flow.blocks[:_TOP]):
        if line == title or len(line) > 40:
            continue
        post = _ORGAN_BEFORE_POST.match(line)
        if post:
            return post.group(1)
        if len(line) >= 4 and _ORGAN_LINE.fullmatch(line):
            return line
    about = _ABOUT_PLACE.match(title)
    if about:
        return about.group(1)
    return named if named and _PLACE.fullmatch(named) else ""


def period(flow: Flow, title: str) -> str:
    """Find the year that the report is about, as four digits; empty where no year is named.

    The first year of the title, else the first year with 截至 (or 年度, near the beginning), else the most
    frequent year, of equals the latest.
    """
    year = _YEAR.search(title) or _YEAR_WORD.search(title)
    if year:
        return year.group(1)
    chinese = _CHINESE_YEAR.search(title)
    if chinese:
        return chinese.group(1).translate(_DIGITS)
    sample = flow.text[:_SAMPLE]
    stated = _UNTIL.search(sample) or _FOR_YEAR.search(sample[:_OPENING])
    if stated:
        return stated.group(1)
    years: Counter[str] = Counter(_YEAR_WORD.findall(sample))
    if not years:
        return ""
    most = max(years.values())
    return max(year for year, count in years.items() if count == most)


def placed(where: Where, layout: Layout, offset: int) -> Where:
    """Put what the reader knows of the place of ``offset`` in place of what the text shows of it."""
    table, row, column = where.table, where.row, where.cell
    paragraph = layout.paragraph(offset) or where.paragraph
    cell = layout.cell(offset)
    if cell:
        table, row, column, paragraph = cell.table, cell.row, cell.cell, None
    elif layout.cells:
        table = row = column = None
    return replace(
        where,
        page=layout.page(offset),
        paragraph=paragraph,
        table=table,
        row=row,
        cell=column,
    )


class Places:
    """Line, column, paragraph, table and cell of any offset of one document, after one pass over it."""

    def __init__(self, document: Document) -> None:
        """Note where lines, pages, blocks and tables begin."""
        text, flow = document.text, document.flow
        self._flow = flow
        self._layout = document.layout
        self._lines = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text))]
        self._pages = [match.end() for match in re.finditer("\f", text)]
        self._blocks = [block.start for block in flow.blocks]
        self._tables: dict[int, tuple[int, int]] = {}
        table = row = 0
        inside = False
        for number, block in enumerate(flow.blocks):
            if block.kind == "row":
                table, row = (table, row + 1) if inside else (table + 1, 1)
                self._tables[number] = (table, row)
            inside = block.kind == "row"

    def where(self, offset: int) -> Where:
        """Tell where ``offset`` (a code point of the document's text) stands; all numbers begin at 1.

        Lines end with LF, CR or CRLF. ``page`` is told only where the text has form feeds, ``table``,
        ``row`` and ``cell`` only inside tables. What the reader of the format knows goes before what the
        text shows.
        """
        place = self._shown(offset)
        return placed(place, self._layout, offset) if self._layout else place

    def _shown(self, offset: int) -> Where:
        line = bisect_right(self._lines, offset)
        flow = self._flow
        at = max(bisect_right(flow.origin, offset) - 1, 0)
        at = min(at, len(flow.text))
        number = max(bisect_right(self._blocks, at) - 1, 0)
        place = self._tables.get(number)
        cell = flow.text.count("|", flow.blocks[number].start, at) + 1 if place else None
        return Where(
            page=bisect_right(self._pages, offset) + 1 if self._pages else None,
            paragraph=number + 1 if flow.blocks else None,
            line=line,
            column=offset - self._lines[line - 1] + 1,
            table=place[0] if place else None,
            row=place[1] if place else None,
            cell=cell,
        )


_last: tuple[Document, Places] | None = None


def where(document: Document, offset: int) -> Where:
    """Tell where ``offset`` stands in ``document``; the places of the document asked last are kept."""
    global _last
    kept = _last  # threads of a cluster may ask of another document meanwhile
    if kept is None or kept[0] is not document:
        kept = _last = (document, Places(document))
    return kept[1].where(offset)
