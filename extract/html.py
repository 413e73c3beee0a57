"""Web pages: the text of the report and its tables, without what the site puts round it.

Which part of the page is the report is told by where its sentences and numbers are, not by the names that
a site gives to its elements. Nothing is fetched: neither frames nor pictures nor further pages.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

from .extracted import Extracted, Writer
from .html_tree import BLOCKS, Node, parse
from .text import characters

_LEXICON = tomllib.loads(files(__package__ or "").joinpath("html.toml").read_text("utf-8"))
_DROPPED = frozenset(_LEXICON["dropped"])


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FURNITURE = re.compile(
    rf"(?:[【\[（(]?(?:{_any_of(_LEXICON['furniture'])})[】\]）)]?(?:[：:\s].{{0,80}})?\s*)++"
)
_STAMPS = re.compile(_any_of(_LEXICON["stamps"]))
_LONGEST_FURNITURE = 120

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,20})", re.I)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-z0-9_:-]{2,20})", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_WHITE = re.compile(r"[ \t\n\r\f\v\u00a0]+")
_DIGITS = re.compile("[0-9]+")
_STOPS = re.compile("[，。；、！？]")
_SENTENCE = re.compile("[。！？；]")
_SITE = re.compile(r"[_|｜]|\s[-–—]\s|-(?=[^-0-9]{2,20}$)")
_MARKED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第.{1,4}[章编篇节条部]|[0-9]+[.、．]|[#>|*-]"
)
_SUPER = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
# what is read as a paragraph of its own: the parts of tables and pages too; nav is left out before
_BLOCKS = (BLOCKS - {"nav"}) | {"body", "caption", "html", "tbody", "td", "tfoot", "th", "thead", "tr"}
_CONTAINERS = frozenset(
    (
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "form",
        "center",
        "table",
        "tbody",
        "tr",
        "td",
        "ul",
        "li",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BRACKETS = ("[", "〔", "【", "（", "(")
_COLUMNS = 200
_PROSE = 120  # characters beyond which a cell with sentences is a paragraph
_LONGEST_HEADING = 60
_SHORTEST_TITLE = 8


def decode(data: bytes) -> tuple[str, str]:
    """Decode a page by its byte order mark, by what it declares, else as any text is decoded.

    GB2312 and GBK are read as GB18030, of which they are parts. Raises :class:`UnreadError` where the
    declared encoding and all others fail.
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        declared = _CHARSET.search(data[:8192]) or _DECLARED.match(data[:200])
        name = declared[1].decode("ascii").lower() if declared else ""
        encoding = "gb18030" if name.startswith(("gb", "x-gbk")) else "big5hkscs" if name == "big5" else name
        try:
            if encoding and codecs.lookup(encoding)._is_text_encoding:
                return data.decode(encoding), encoding
        except (LookupError, UnicodeError):
            pass
    return characters(data)


class _Weight(NamedTuple):
    """What of a report an element holds outside of links: stops and numbers, full stops, numbers in tables."""

    all: int = 0
    sentences: int = 0
    tabled: int = 0


_NOTHING = _Weight()


class _Page:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.out = Writer()
        self.weights: dict[int, _Weight] = {}
        self.line: list[str] = []
        self.begun = False  # a sentence has been written
        self.held: list[str] = []  # lines of which the next one tells whether they are the report's
        self.linked = 0  # how many of its pieces stand in links

    # --- what is the report ------------------------------------------------------------------------

    def weigh(self, node: Node, linked: bool = False, tabled: bool = False) -> _Weight:
        """Weigh an element and all in it."""
        if self.is_dropped(node):
            return _NOTHING
        linked = linked or node.tag == "a"
        tabled = tabled or node.tag == "td"
        total = sentences = numbers = 0
        for child in node.children:
            if isinstance(child, Node):
                inner = self.weigh(child, linked, tabled)
                total += inner.all
                sentences += inner.sentences
                numbers += inner.tabled
            elif not linked:
                digits = len(_DIGITS.findall(child))
                total += len(_STOPS.findall(child)) + digits
                sentences += child.count("。")
                numbers += digits if tabled else 0
        weight = self.weights[id(node)] = _Weight(total, sentences, numbers)
        return weight

    def weight(self, node: Node) -> _Weight:
        return self.weights.get(id(node), _NOTHING)

    def is_dropped(self, node: Node) -> bool:
        """Whether nobody sees the element, or it is no text of a report."""
        if node.tag in _DROPPED:
            return True
        if not node.attributes:
            return False
        return node.has("hidden") or bool(_HIDDEN.search(node.get("style")))

    def main(self) -> Node:
        """Go down from the root as long as what stands beside is the site's and not the report's."""
        here = self.root
        self.weigh(here)
        while True:
            inner = [child for child in here.children if isinstance(child, Node)]
            best = max(inner, key=lambda child: self.weight(child).all, default=None)
            if best is None or best.tag not in _CONTAINERS:
                return here
            if self.weight(best).all * 2 < self.weight(here).all or not self.weight(best).all:
                return here
            if any(child is not best and self.is_report(child) for child in inner):
                return here
            here = best

    def is_report(self, node: Node) -> bool:
        weight = self.weight(node)
        return weight.sentences >= 2 or weight.tabled >= 8

    # --- its text ----------------------------------------------------------------------------------

    def flush(self) -> None:
        """End the line: it is a paragraph, unless the site put it there."""
        if self.line:
            text = _WHITE.sub(" ", "".join(self.line)).strip()
            only_links = self.linked == sum(1 for piece in self.line if piece.strip())
            self.line.clear()
            self.linked = 0
            if text:
                self.put(text, _is_furniture(text) or (only_links and not _SENTENCE.search(text)))

    def put(self, text: str, beside: bool = False) -> None:
        """Write a paragraph; what looks like the site's own is left out before the report and after it.

        In the midst of the report the same words are the report's.
        """
        if beside:
            if self.begun:
                self.held.append(text)
            return
        self.begun = self.begun or bool(_SENTENCE.search(text))
        self.release()
        self.out.paragraph(text)

    def release(self) -> None:
        for text in self.held:
            self.out.paragraph(text)
        self.held.clear()

    def write(self, node: Node, linked: bool = False) -> None:
        """Write an element: each block its own paragraphs, each table of numbers its rows."""
        linked = linked or (node.tag == "a" and node.has("href"))
        for child in node.children:
            if isinstance(child, str):
                self.line.append(child)
                self.linked += linked and bool(child.strip())
            elif self.is_dropped(child):
                continue
            elif child.tag == "br":
                self.flush()
            elif child.tag in ("sup", "sub"):
                self.line.append(_shifted(child, self.line[-1] if self.line else ""))
                self.linked += linked and bool(self.line[-1].strip())
            elif child.tag == "table":
                self.flush()
                self.table(child)
            elif child.tag == "pre":
                self.flush()
                for line in _text(child).splitlines():
                    self.put(line)
            elif child.tag in _BLOCKS:
                self.flush()
                if child.tag in _HEADINGS:
                    self.heading(child)
                else:
                    self.write(child, linked)
                    self.flush()
            else:
                self.write(child, linked)

    def heading(self, node: Node) -> None:
        text = _WHITE.sub(" ", _text(node)).strip()
        if not text:
            return
        if len(text) > _LONGEST_HEADING or _MARKED.match(text) or _SENTENCE.search(text):
            self.write(node)  # long ones are paragraphs printed large
            self.flush()
        else:
            self.put("#" * int(node.tag[1]) + " " + text, _is_furniture(text))

    def table(self, table: Node) -> None:
        """Write a table as rows; one that only arranges the page as what stands in it."""
        rows = list(_rows(table))
        if not rows or any(_has_table(cell) for row in rows for cell in row):
            self.write(table)
            self.flush()
            return
        if all(len(row) == 1 for row in rows):  # one column is no table
            self.write(table)
            self.flush()
            return
        if sum(_is_label(_text(cell)) for row in rows[:8] for cell in row) >= 3:
            return  # what the site keeps of the page: its number, dates, office
        for child in table.children:
            if isinstance(child, Node) and child.tag == "caption":
                self.write(child)
                self.flush()
        self.release()
        self.begun = True
        self.out.begin_table()
        covered: dict[int, int] = {}  # columns that a cell above still covers: for how many rows
        for row in rows:
            if any(self.is_dropped(cell) for cell in row[:1]):
                continue
            self.row(row, covered)
        self.out.end_table()

    def row(self, row: list[Node], covered: dict[int, int]) -> None:
        values: list[str] = []
        prose = False
        below: dict[int, int] = {}

        def skip() -> None:
            while covered.get(len(values), 0) > 0:
                values.append("")

        for cell in row:
            if self.is_dropped(cell):
                continue
            skip()
            text = _text(cell)
            prose = prose or (len(text) > _PROSE and _SENTENCE.search(text) is not None)
            columns = max(1, min(_whole(cell.get("colspan")), _COLUMNS - len(values)))
            rows = _whole(cell.get("rowspan")) if cell.attributes else 1
            for column in range(len(values), len(values) + columns):
                if rows > 1:
                    below[column] = rows - 1
            values += [text, *[""] * (columns - 1)]
        skip()
        for column in list(covered):
            covered[column] -= 1
            if covered[column] <= 0:
                del covered[column]
        covered.update(below)
        if prose:
            # Sentences in a frame: they are read as the paragraphs that they are.
            for cell in row:
                self.write(cell)
                self.flush()
        else:
            self.out.row(values)

    # --- the whole ---------------------------------------------------------------------------------

    def extracted(self, encoding: str) -> Extracted:
        main = self.main()
        name = _title(self.root)
        shown = _bare("".join(_text(main))[:2000])
        if name and _bare(name) not in shown:
            self.out.paragraph("# " + name)
        self.write(main)
        self.flush()
        return self.out.finish("html", encoding=encoding)


def _bare(text: str) -> str:
    return "".join(text.split())


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _is_furniture(text: str) -> bool:
    if len(text) > _LONGEST_FURNITURE or _SENTENCE.search(text):
        return False
    return bool(_FURNITURE.fullmatch(text) or _STAMPS.search(text))


def _text(node: Node) -> str:
    """All text of an element, blocks parted by line ends."""
    out: list[str] = []

    def walk(here: Node) -> None:
        for child in here.children:
            if isinstance(child, str):
                out.append(_WHITE.sub(" ", child))
            elif child.tag in _DROPPED:
                continue
            elif child.tag in ("sup", "sub"):
                out.append(_shifted(child, out[-1] if out else ""))
            else:
                block = child.tag in _BLOCKS or child.tag == "br"
                if block:
                    out.append("\n")
                walk(child)
                if block:
                    out.append("\n")

    walk(node)
    return "".join(out)


def _shifted(node: Node, before: str) -> str:
    """What is raised must not become a digit of the number before it; the mark [1] of a note is none."""
    text = _text(node)
    if node.tag == "sub" or text.lstrip()[:1] in _BRACKETS or before.rstrip()[-1:] in _BRACKETS:
        return text
    return text.translate(_SUPER)


def _is_label(text: str) -> bool:
    return bool(_FURNITURE.fullmatch(_bare(text).partition("：")[0]))


def _rows(table: Node) -> Iterator[list[Node]]:
    """Give the cells of each row of a table, those of tables inside it not."""
    for child in table.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "tr":
            cells = [cell for cell in child.children if isinstance(cell, Node) and cell.tag in ("td", "th")]
            if cells:
                yield cells
        elif child.tag in ("tbody", "thead", "tfoot", "form"):
            yield from _rows(child)


def _has_table(node: Node) -> bool:
    return any(
        isinstance(child, Node) and (child.tag == "table" or _has_table(child)) for child in node.children
    )


def _find(node: Node, tag: str) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == tag:
                yield child
            else:
                yield from _find(child, tag)


def _title(root: Node) -> str:
    """Find what the page calls its text: what it declares, its only first heading, the title of the window."""
    for meta in _find(root, "meta"):
        if meta.get("name").lower() in ("articletitle", "og:title") and meta.get("content"):
            return _WHITE.sub(" ", meta.get("content")).strip()
    headings = [_WHITE.sub(" ", _text(heading)).strip() for heading in _find(root, "h1")]
    if len(headings) == 1 and len(headings[0]) >= _SHORTEST_TITLE:
        return headings[0]
    for title in _find(root, "title"):
        text = _WHITE.sub(" ", _text(title)).strip()
        text = _SITE.split(text)[0].strip()
        return text if len(text) >= _SHORTEST_TITLE else ""  # else the name of the site
    return ""


def read(data: bytes, path: str = "") -> Extracted:
    """Read a web page; raises :class:`UnreadError` where it cannot be decoded or holds no text."""
    page, encoding = decode(data)
    return _Page(parse(page.replace("\0", ""))).extracted(encoding)
