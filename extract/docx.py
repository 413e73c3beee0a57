"""Word documents: what a reader of the printed page would read, in the order of the body.

Tracked changes are read as accepted, hidden text is left out, and both are noted. Headers, footers,
comments and tables of contents are left out: they repeat or they number pages. A number that is split over
runs is one number, a text box is read after the paragraph that holds it, a footnote after the paragraph or
table that refers to it. Nothing is fetched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .docx_numbering import Numbering, attribute, whole
from .extracted import Extracted, Note, Writer, cell_text
from .package import Package, local
from .text import UnreadError
from .trail import Trail

#: A character that was read: the element that holds it, and its index among the characters there.
Source = tuple[Element, int]

#: Levels of tables, text boxes and content controls inside one another.
DEPTH = 100

_COLUMNS = 63  # the most that Word allows
_PROSE = 120  # characters beyond which a cell with sentences is a paragraph
_OFF = ("0", "false", "off", "none")
_CONTENT = frozenset(("sdtContent", "smartTag", "customXml", "fldSimple", "hyperlink", "ins", "moveTo"))
_SKIPPED = frozenset(
    ("pPr", "rPr", "tblPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr", "instrText", "delText")
)
_SUPER = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SENTENCE = re.compile("[。！？；]")
_MARKED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|第.{1,4}[章编篇节条部]|[0-9]+[.、．]|[#>|*-]"
)
_LONGEST_HEADING = 60


def _on(element: Element) -> bool:
    value = attribute(element, "val")
    return value is None or value not in _OFF


def _child(element: Element | None, name: str) -> Element | None:
    for child in element if element is not None else ():
        if local(child.tag) == name:
            return child
    return None


@dataclass(slots=True)
class _Style:
    base: str = ""
    hidden: bool | None = None
    number: str | None = None
    level: int | None = None
    heading: int | None = None


class _Styles:
    """What styles say that matters for reading: hidden, numbered, a heading."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local(element.tag) == "style":
                self._add(element)

    def _add(self, element: Element) -> None:
        style = _Style()
        name = attribute(element, "styleId") or ""
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            self.default = name
        for child in element:
            kind = local(child.tag)
            if kind == "basedOn":
                style.base = attribute(child, "val") or ""
            elif kind == "rPr":
                vanish = _child(child, "vanish")
                style.hidden = None if vanish is None else _on(vanish)
            elif kind == "pPr":
                style.number, style.level = _numbered(child)
                outline = _child(child, "outlineLvl")
                style.heading = None if outline is None else whole(attribute(outline, "val"), 9) + 1
            elif kind == "name" and (attribute(child, "val") or "").lower() == "title":
                style.heading = 1
        self._styles[name] = style

    def _chain(self, name: str) -> Iterator[_Style]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].base

    def hidden(self, name: str) -> bool | None:
        return next((style.hidden for style in self._chain(name) if style.hidden is not None), None)

    def heading(self, name: str) -> int:
        return next((style.heading for style in self._chain(name) if style.heading is not None), 10)

    def numbered(self, name: str) -> tuple[str | None, int | None]:
        number = level = None
        for style in self._chain(name):
            number = style.number if number is None else number
            level = style.level if level is None else level
        return number, level

    def lists(self) -> dict[str, str]:
        return {name: style.number for name, style in self._styles.items() if style.number}


def _numbered(properties: Element | None) -> tuple[str | None, int | None]:
    """Give list and level that paragraph properties name."""
    found = _child(properties, "numPr")
    number = level = None
    for child in found if found is not None else ():
        if local(child.tag) == "numId":
            number = attribute(child, "val") or "0"
        elif local(child.tag) == "ilvl":
            level = whole(attribute(child, "val"))
    return number, level


@dataclass(slots=True)
class _Paragraph:
    """The pieces of one paragraph, and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    sources: list[Element] = field(default_factory=list)  # where each part was found
    length: int = 0
    turns: list[int] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    hidden_before: bool = False  # the run before was hidden: it counts as one piece with the next

    def put(self, text: str, source: Element) -> None:
        self.parts.append(text)
        self.sources.append(source)
        self.length += len(text)

    def characters(self) -> list[Source]:
        """Where each character that is no white space was found."""
        return [
            (source, i)
            for text, source in zip(self.parts, self.sources, strict=True)
            for i, char in enumerate(text)
            if not char.isspace()
        ]


class _Reader:
    """Reads one document, once; with ``traced`` it keeps in ``trail`` where every character was found."""

    def __init__(self, data: bytes, traced: bool = False) -> None:
        self.package = Package(data)
        self.trail: Trail[Source | None] | None = Trail() if traced else None
        self.main = main = next(
            (target for kind, target in self.package.relations("").values() if kind == "officeDocument"),
            "word/document.xml",
        )
        root = self.package.xml(main)
        body = _child(root, "body")
        if root is None or body is None:
            raise UnreadError("part_damaged", part=main, detail="body")
        self.root, self.body = root, body
        parts = dict(self.package.relations(main).values())
        folder = posixpath.dirname(main)

        def part(kind: str) -> Element | None:
            return self.package.xml(parts.get(kind, posixpath.join(folder, f"{kind}.xml")))

        self.styles = _Styles(part("styles"))
        self.numbering = Numbering(part("numbering"))
        self.numbering.linked = self.styles.lists()
        self.stories: dict[tuple[str, str], Element] = {}
        for kind in ("footnote", "endnote"):
            notes = part(f"{kind}s")
            for element in notes if notes is not None else ():
                if attribute(element, "type") in (None, "normal"):
                    self.stories[kind, attribute(element, "id") or ""] = element
        settings = part("settings")
        tracking = _child(settings, "trackRevisions")
        self.tracking = tracking is not None and _on(tracking)
        self.rendered = any(local(element.tag) == "lastRenderedPageBreak" for element in body.iter())
        self.out = Writer()
        self.fields: list[str] = []  # open fields: "code" before the separator, "shown" or "contents" after
        self.code = ""
        self.insertions = self.deletions = self.hidden = self.charts = 0
        self.carried: _Paragraph | None = None  # its mark is deleted: the next paragraph goes on in it
        self.pending: list[tuple[str, str]] = []  # notes referred to in tables, not yet written

    # --- blocks ------------------------------------------------------------------------------------

    def blocks(self, parent: Element, depth: int) -> Iterator[Element]:
        """Give the paragraphs and tables of ``parent`` as if all changes were accepted."""
        if depth > DEPTH:
            raise UnreadError("too_deep", limit=str(DEPTH))
        for element in parent:
            kind = local(element.tag)
            if kind in ("p", "tbl"):
                yield element
            elif kind == "sdt":
                properties, content = _child(element, "sdtPr"), _child(element, "sdtContent")
                if (
                    content is not None
                    and not self.is_placeholder(properties)
                    and not _is_contents(properties)
                ):
                    yield from self.blocks(content, depth + 1)
            elif kind in ("del", "moveFrom"):
                self.deletions += 1
            elif kind in ("ins", "moveTo"):
                self.insertions += 1
                yield from self.blocks(element, depth + 1)
            elif kind == "AlternateContent":
                yield from self.blocks(_chosen(element), depth + 1)
            elif kind in _CONTENT:
                yield from self.blocks(element, depth + 1)

    def is_placeholder(self, properties: Element | None) -> bool:
        """Whether a content control shows only the hint for who fills it in."""
        hint = _child(properties, "showingPlcHdr")
        return hint is not None and _on(hint)

    def story(self, parent: Element, depth: int = 0) -> None:
        """Write the paragraphs and tables of ``parent``."""
        for element in self.blocks(parent, depth):
            if local(element.tag) == "p":
                self.paragraph(element, depth)
            else:
                self.table(element, depth)

    def paragraph(self, element: Element, depth: int) -> None:
        """Write a paragraph, then its text boxes and footnotes."""
        found = self.read(element, depth)
        if found is None:
            return
        text, paragraph = found
        self.write(text, paragraph)
        self.after(paragraph, depth)

    def write(self, text: str, paragraph: _Paragraph, turns: Iterable[int] | None = None) -> None:
        start = self.out.paragraph(text, paragraph.turns if turns is None else turns)
        if self.trail is not None:
            self.trail.add(start, text.strip(), paragraph.characters())

    def after(self, paragraph: _Paragraph, depth: int) -> None:
        for box in paragraph.boxes:
            self.story(box, depth + 1)
        self.write_notes(paragraph.notes, depth)

    def write_notes(self, references: list[tuple[str, str]], depth: int) -> None:
        for reference in references:
            story = self.stories.pop(reference, None)  # once, however often it is referred to
            if story is not None:
                self.story(story, depth + 1)

    def read(self, element: Element, depth: int) -> tuple[str, _Paragraph] | None:
        """Read one paragraph; ``None`` where it goes on in the next one."""
        properties = _child(element, "pPr")
        mark = _child(properties, "rPr")
        goes_on = _child(mark, "del") is not None or _child(mark, "moveFrom") is not None
        named = _child(properties, "pStyle")
        style = self.styles.default if named is None else attribute(named, "val") or ""
        paragraph = self.carried or _Paragraph()
        self.carried = None
        before = paragraph.length
        hidden = self.styles.hidden(style) or False
        self.inside(element, paragraph, hidden, depth)
        if goes_on:
            self.deletions += paragraph.length > before
            self.carried = paragraph
            return None
        text = "".join(paragraph.parts)
        label = self.label(properties, style, text, paragraph.hidden_before)
        outline = _child(properties, "outlineLvl")
        level = self.styles.heading(style) if outline is None else whole(attribute(outline, "val"), 9) + 1
        if label:
            lead = len(text) - len(text.lstrip())
            text = label + text[lead:]
            paragraph.turns = [max(turn - lead, 0) + len(label) for turn in paragraph.turns]
        bare = text.strip()
        if 1 <= level <= 6 and "\n" not in bare and _is_heading(bare):
            sign = "#" * level + " "
            paragraph.turns = [turn + len(sign) for turn in paragraph.turns]
            text = sign + text.lstrip()
        return text, paragraph

    def label(self, properties: Element | None, style: str, text: str, hidden: bool) -> str:
        """Count the paragraph in its list and give its number; empty where it has none."""
        number, level = _numbered(properties)
        if number is None:
            number, styled = self.styles.numbered(style)
            if number is not None and level is None:
                level = self.numbering.level_of(number, style) if styled is None else styled
        if number is None or number == "0" or (hidden and not text.strip()):
            return ""
        label = self.numbering.next(number, level or 0)
        return label if text.strip() else ""

    # --- inside a paragraph ------------------------------------------------------------------------

    def inside(self, parent: Element, paragraph: _Paragraph, hidden: bool, depth: int) -> None:
        """Read runs and what wraps them."""
        if depth > DEPTH:
            raise UnreadError("too_deep", limit=str(DEPTH))
        for element in parent:
            kind = local(element.tag)
            if kind == "r":
                self.run(element, paragraph, hidden, depth)
            elif kind in _SKIPPED:
                continue
            elif kind in ("ins", "moveTo"):
                self.insertions += 1
                self.inside(element, paragraph, hidden, depth + 1)
            elif kind in ("del", "moveFrom"):
                self.deletions += 1
                self.changed_fields(element)
            elif kind == "sdt":
                content = _child(element, "sdtContent")
                if content is not None and not self.is_placeholder(_child(element, "sdtPr")):
                    self.inside(content, paragraph, hidden, depth + 1)
            elif kind == "AlternateContent":
                self.inside(_chosen(element), paragraph, hidden, depth + 1)
            elif kind == "ruby":
                base = _child(element, "rubyBase")
                if base is not None:
                    self.inside(base, paragraph, hidden, depth + 1)
            elif kind == "f":  # a fraction of a formula
                self.fraction(element, paragraph, hidden, depth)
            elif kind == "t":
                self.show(element.text or "", paragraph, element)
            else:
                self.inside(element, paragraph, hidden, depth + 1)

    def changed_fields(self, element: Element) -> None:
        """Follow the fields inside deleted text, lest one that ends outside stays open."""
        for inner in element.iter():
            if local(inner.tag) == "fldChar":
                self.field(attribute(inner, "fldCharType") or "")

    def fraction(self, element: Element, paragraph: _Paragraph, hidden: bool, depth: int) -> None:
        for name, sign in (("num", ""), ("den", "/")):
            part = _child(element, name)
            if part is not None:
                self.show(sign, paragraph, element)
                self.inside(part, paragraph, hidden, depth + 1)

    def field(self, kind: str) -> None:
        """Follow the marks of a field: its code is not shown, nor is a table of contents."""
        if kind == "begin":
            self.fields.append("code")
            self.code = ""
        elif kind == "separate" and self.fields:
            self.fields[-1] = "contents" if self.code.split()[:1] == ["TOC"] else "shown"
        elif kind == "end" and self.fields:
            self.fields.pop()

    def show(self, text: str, paragraph: _Paragraph, source: Element) -> None:
        if text and "code" not in self.fields and "contents" not in self.fields:
            paragraph.put(text, source)

    def run(self, element: Element, paragraph: _Paragraph, hidden: bool, depth: int) -> None:
        """Read one run of equal format."""
        properties = _child(element, "rPr")
        raised = ""
        for child in properties if properties is not None else ():
            kind = local(child.tag)
            if kind == "rStyle":
                styled = self.styles.hidden(attribute(child, "val") or "")
                hidden = hidden if styled is None else styled
            elif kind == "vertAlign":
                raised = attribute(child, "val") or ""
        vanish = _child(properties, "vanish")
        hidden = hidden if vanish is None else _on(vanish)
        if _child(properties, "del") is not None:
            return
        if hidden:
            shows = any(local(child.tag) == "t" and (child.text or "").strip() for child in element)
            if shows and not paragraph.hidden_before:
                self.hidden += 1
            paragraph.hidden_before = paragraph.hidden_before or shows
            self.changed_fields(element)
            return
        self.pieces(element, paragraph, raised, depth)

    def pieces(self, parent: Element, paragraph: _Paragraph, raised: str, depth: int) -> None:
        if depth > DEPTH:
            raise UnreadError("too_deep", limit=str(DEPTH))
        for child in parent:
            kind = local(child.tag)
            if kind == "t":
                text = child.text or ""
                if text:
                    paragraph.hidden_before = False
                if raised == "superscript":
                    text = text.translate(_SUPER)  # m with a raised 2 is not the number 2
                self.show(text, paragraph, child)
            elif kind in ("tab", "ptab"):
                self.show("\t", paragraph, child)
            elif kind == "br":
                if attribute(child, "type") not in ("page", "column"):
                    self.show("\n", paragraph, child)
            elif kind == "cr":
                self.show("\n", paragraph, child)
            elif kind == "noBreakHyphen":
                self.show("-", paragraph, child)
            elif kind == "sym":
                self.show(_symbol(child), paragraph, child)
            elif kind == "lastRenderedPageBreak":
                paragraph.turns.append(paragraph.length)
            elif kind == "fldChar":
                self.field(attribute(child, "fldCharType") or "")
            elif kind == "instrText":
                self.code += child.text or ""
            elif kind in ("footnoteReference", "endnoteReference"):
                paragraph.notes.append((kind.removesuffix("Reference"), attribute(child, "id") or ""))
            elif kind == "AlternateContent":
                self.pieces(_chosen(child), paragraph, raised, depth + 1)
            elif kind == "ruby":
                base = _child(child, "rubyBase")
                if base is not None:
                    self.inside(base, paragraph, False, depth + 1)
            elif kind in ("drawing", "pict", "object"):
                self.drawing(child, paragraph, depth)

    def drawing(self, element: Element, paragraph: _Paragraph, depth: int) -> None:
        """Find the text boxes of a drawing; what a chart shows is not read."""
        todo = [element]
        while todo:
            here = todo.pop()
            kind = local(here.tag)
            if kind == "txbxContent":
                if "code" not in self.fields:
                    paragraph.boxes.append(here)
            elif kind == "AlternateContent":
                todo.append(_chosen(here))
            elif kind == "chart":
                self.charts += 1
            else:
                todo += reversed(here)

    # --- tables ------------------------------------------------------------------------------------

    def wrapped(self, parent: Element, name: str, depth: int) -> Iterator[Element]:
        """Give the rows of a table or the cells of a row, content controls and changes opened."""
        if depth > DEPTH:
            raise UnreadError("too_deep", limit=str(DEPTH))
        for element in parent:
            kind = local(element.tag)
            if kind == name:
                yield element
            elif kind == "sdt":
                content = _child(element, "sdtContent")
                if content is not None:
                    yield from self.wrapped(content, name, depth + 1)
            elif kind in ("del", "moveFrom"):
                self.deletions += 1
            elif kind == "AlternateContent":
                yield from self.wrapped(_chosen(element), name, depth + 1)
            elif kind in _CONTENT:
                yield from self.wrapped(element, name, depth + 1)

    def table(self, element: Element, depth: int) -> None:
        """Write a table, one line per row; a merged cell has its text once, then empty cells."""
        rows = list(self.wrapped(element, "tr", depth))
        if len(rows) == 1:
            cells = list(self.wrapped(rows[0], "tc", depth))
            if len(cells) == 1:  # a frame round text
                self.story(cells[0], depth + 1)
                return
        self.out.begin_table()
        later: list[Element] = []
        for row in rows:
            self.row(row, later, depth)
        self.out.end_table()
        for inner in later:
            if local(inner.tag) == "tbl":
                self.table(inner, depth + 1)
            else:
                self.story(inner, depth + 1)
        notes, self.pending = self.pending, []
        self.write_notes(notes, depth)

    def row(self, row: Element, later: list[Element], depth: int) -> None:
        properties = _child(row, "trPr")
        if _child(properties, "del") is not None:
            self.deletions += 1
            return
        if _child(properties, "ins") is not None:
            self.insertions += 1
        vanish = _child(properties, "hidden")
        if vanish is not None and _on(vanish):
            self.hidden += 1
            return
        values: list[str] = []
        before = _child(properties, "gridBefore")
        if before is not None:
            values += [""] * min(max(whole(attribute(before, "val")), 0), _COLUMNS)
        prose: list[tuple[str, _Paragraph]] = []
        found: list[list[tuple[str, _Paragraph]]] = []
        for cell in self.wrapped(row, "tc", depth):
            known = _child(cell, "tcPr")
            span, merge = _child(known, "gridSpan"), _child(known, "vMerge")
            columns = 1 if span is None else min(max(whole(attribute(span, "val"), 1), 1), _COLUMNS)
            continued = merge is not None and attribute(merge, "val") != "restart"
            deleted = _child(known, "cellDel") is not None
            texts = [] if continued or deleted else self.cell(cell, later, depth)
            found += [[]] * (len(values) - len(found)) + [texts] + [[]] * (columns - 1)
            values += ["\n".join(text for text, _ in texts), *[""] * (columns - 1)]
            prose += texts
        if any(len(text) > _PROSE and _SENTENCE.search(text) for text, _ in prose):
            # Sentences in a frame: they are read as the paragraphs that they are.
            for text, paragraph in prose:
                self.write(text, paragraph, ())
            return
        starts = self.out.row(values)
        if self.trail is not None:
            for start, value, texts in zip(starts, values, found, strict=False):
                self.trail.add(start, cell_text(value), _sources(texts))

    def cell(self, cell: Element, later: list[Element], depth: int) -> list[tuple[str, _Paragraph]]:
        """Read the paragraphs of a cell; tables and text boxes in it are put off."""
        texts: list[tuple[str, _Paragraph]] = []
        for element in self.blocks(cell, depth + 1):
            if local(element.tag) == "tbl":
                later.append(element)
                continue
            found = self.read(element, depth + 1)
            if found is not None:
                text, paragraph = found
                texts.append((text.strip().lstrip("#").strip(), paragraph))
                later += paragraph.boxes
                self.pending += paragraph.notes
        if self.carried is not None:
            texts.append(("".join(self.carried.parts).strip(), self.carried))
            self.carried = None
        return [found for found in texts if found[0]]

    # --- the whole ---------------------------------------------------------------------------------

    def extracted(self) -> Extracted:
        self.story(self.body)
        if self.carried is not None:
            self.write("".join(self.carried.parts), self.carried)
            self.after(self.carried, 0)
        notes: list[Note] = []
        if self.insertions or self.deletions:
            counts = (("insertions", str(self.insertions)), ("deletions", str(self.deletions)))
            notes.append(Note("tracked", counts))
        elif self.tracking:
            notes.append(Note("tracking"))
        if self.hidden:
            notes.append(Note("hidden", (("count", str(self.hidden)),)))
        if self.charts:
            notes.append(Note("charts", (("count", str(self.charts)),)))
        return self.out.finish("docx", notes, paged=self.rendered)


def _sources(texts: list[tuple[str, _Paragraph]]) -> list[Source | None]:
    """Where the characters of a cell were found; the numbers of lists were found nowhere."""
    result: list[Source | None] = []
    for text, paragraph in texts:
        known = paragraph.characters()
        shown = sum(not char.isspace() for char in text)
        result += [None] * (shown - len(known))
        result += known[max(len(known) - shown, 0) :]
    return result


def _is_heading(text: str) -> bool:
    """Whether a paragraph of a heading style is one; a mark of its own (一、) tells more than a sign would."""
    return 0 < len(text) <= _LONGEST_HEADING and not _MARKED.match(text) and not _SENTENCE.search(text)


def _is_contents(properties: Element | None) -> bool:
    """Whether a content control holds a table of contents."""
    gallery = _child(_child(properties, "docPartObj"), "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"


def _chosen(element: Element) -> Element:
    """Of the alternatives for programs old and new take the first; each says the same."""
    choice = _child(element, "Choice")
    if choice is None:
        choice = _child(element, "Fallback")
    return Element("none") if choice is None else choice


def _symbol(element: Element) -> str:
    """Give the character of a symbol where it is one of text."""
    code = whole(
        str(int(char, 16)) if (char := attribute(element, "char") or "").isalnum() and _hex(char) else ""
    )
    if 0xF020 <= code <= 0xF07E and (attribute(element, "font") or "").lower() == "symbol":
        return chr(code - 0xF000)
    return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 else ""


def _hex(text: str) -> bool:
    return len(text) <= 6 and all(digit in "0123456789abcdefABCDEF" for digit in text)


def read(data: bytes, path: str = "") -> Extracted:
    """Read a Word document (DOCX, strict or transitional).

    Raises :class:`UnreadError` for what is damaged, encrypted, too large unpacked or nested too deep.
    """
    try:
        return _Reader(data).extracted()
    except RecursionError:
        raise UnreadError("too_deep", limit=str(DEPTH)) from None


@dataclass(frozen=True, slots=True)
class Traced:
    """A document with the way back from its text: ``trail`` leads to elements of ``root``, or of a note.

    ``root`` is the main part, named ``main`` in ``package``; ``notes`` are the footnotes and endnotes by kind
    and id.
    """

    extracted: Extracted
    trail: Trail[Source | None]
    package: Package
    main: str
    root: Element
    notes: dict[tuple[str, str], Element]


def trace(data: bytes) -> Traced:
    """Read a Word document as :func:`read` does, and keep where every character was found."""
    try:
        reader = _Reader(data, traced=True)
        notes = dict(reader.stories)
        extracted = reader.extracted()
    except RecursionError:
        raise UnreadError("too_deep", limit=str(DEPTH)) from None
    assert reader.trail is not None
    return Traced(extracted, reader.trail, reader.package, reader.main, reader.root, notes)
