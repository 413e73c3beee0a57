"""Comments in a copy of a Word document. Only insertions are made, in the parts that comments need.

Word takes no comment inside of a text box, and not every program takes one in a footnote: such a comment
stands at the box or at the mark of the note in the body. Where a number is a part of a run, the run is parted
in two or three of the same format. There are no dates: the same audit gives the same bytes.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from ..extract.docx import Source, Traced, trace
from ..extract.package import local
from ..extract.text import UnreadError
from .annotate_xml import Bytes, changed, ending
from .annotate_zip import replaced
from .mark import Mark, Refused
from .plain import xml_text

AUTHOR = "gouji"
_INITIALS = "勾稽"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#: Elements between whose children a range may begin and end in every program.
_HOLDS_RANGES = frozenset(("p", "hyperlink", "ins", "moveTo"))
#: Neither the styles nor the indents of the document's own text: a margin is narrow.
_SHAPE = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
_SIZE = '<w:rPr><w:b w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'


@dataclass(slots=True)
class _Cut:
    """What is put in at one place: in a run that is parted there, or between two elements."""

    ends: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    closing: bytes = b""
    opening: bytes = b""


def annotated(data: bytes, text: str, marks: Sequence[Mark]) -> tuple[bytes, int]:
    """A copy of ``data`` with a comment for each mark, and how many marks found a place.

    ``text`` is what the marks count characters in. Raises :class:`Refused` where the file, read again, does
    not give it, and :class:`UnreadError` where it cannot be read or changed.
    """
    traced = trace(data)
    if traced.extracted.text != text:
        raise Refused("changed")
    body = _Body(traced)
    placed = [(mark, place) for mark in marks if (place := body.place(mark)) is not None]
    if not placed:
        return data, 0
    comments = _Comments(traced)
    for number, (_, (first, last)) in enumerate(placed, comments.next):
        body.add(number, first, last)
    parts = comments.parts([mark.text for mark, _ in placed])
    parts[_named(traced, traced.main)] = body.written()
    try:
        return replaced(data, parts), len(placed)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnreadError("archive_damaged") from None


def _named(traced: Traced, part: str) -> str:
    return traced.package.archived(part) or part


def _part(traced: Traced, name: str) -> Bytes | None:
    data = traced.package.read(name)
    return None if data is None else Bytes(data, name)


#: A place between two characters: the number of an element, and the index of a character in it or -1 for the
#: element as a whole.
_At = tuple[int, int]


class _Body:
    """The main part, and what is put into it."""

    def __init__(self, traced: Traced) -> None:
        part = _part(traced, traced.main)
        elements = list(traced.root.iter())
        if part is None or len(elements) != len(part.names):
            raise UnreadError("part_damaged", part=traced.main, detail="XML")
        self.part = part
        self.numbers = {id(element): number for number, element in enumerate(elements)}
        self.main = part.prefix(0)
        self.elements = elements
        self.trail = traced.trail
        self.inside = {
            id(inner): key for key, note in traced.notes.items() for inner in note.iter()
        }  # elements of notes
        self.references: dict[tuple[str, str], Element] = {}
        for element in elements:
            kind = local(element.tag)
            if kind in ("footnoteReference", "endnoteReference"):
                known = next((v for k, v in element.attrib.items() if local(k) == "id"), "")
                self.references.setdefault((kind.removesuffix("Reference"), known), element)
        self.cuts: dict[int, _Cut] = {}

    # --- where ---------------------------------------------------------------------------------------

    def place(self, mark: Mark) -> tuple[_At, _At] | None:
        """The first and the last character of a mark; ``None`` where nothing of the file shows it."""
        found = [source for source in self.trail.of(mark.start, mark.end) if source is not None]
        if not found:
            return None
        first, last = self._at(found[0]), self._at(found[-1])
        if first is None or last is None or self.part.begin[last[0]] < self.part.begin[first[0]]:
            return None
        return first, last

    def _at(self, source: Source) -> _At | None:
        element, index = source
        note = self.inside.get(id(element))
        if note is not None:
            reference = self.references.get(note)
            if reference is None:
                return None
            element, index = reference, -1
        number: int | None = self.numbers.get(id(element))
        if number is None:
            return None
        box, at = -1, number
        while at >= 0:
            if self.part.local(at) == "txbxContent":
                box = at
            at = self.part.parent[at]
        if box >= 0:
            number, index = box, -1
        return self._anchor(number, index)

    def _anchor(self, number: int, index: int) -> _At | None:
        """The element beside which a range may begin; the character itself where its run can be parted."""
        part = self.part
        at, below = number, -1
        while at >= 0:
            above = part.parent[at]
            if above >= 0 and part.prefix(above) == self.main and part.local(above) in _HOLDS_RANGES:
                break
            below, at = at, above
        if at < 0:
            return None
        parted = part.names[at] == f"{self.main}r" and below == number and part.parent[number] == at
        return (number, index) if parted and index >= 0 else (at, -1)

    # --- what ----------------------------------------------------------------------------------------

    def add(self, comment: int, first: _At, last: _At) -> None:
        """Begin the range of a comment before ``first`` and end it after ``last``."""
        self._cut(first, after=False).starts.append(comment)
        self._cut(last, after=True).ends.append(comment)

    def _cut(self, at: _At, after: bool) -> _Cut:
        number, index = at
        part = self.part
        if index < 0:
            return self._between(part.end[number] if after else part.begin[number])
        run = part.parent[number]
        children = part.children(run)
        shown = [child for child in children if part.local(child) != "rPr"]
        places = part.places(number) if part.local(number) == "t" else None
        size = len(places) - 1 if places else 1
        index = index + 1 if after else index
        text = self.elements[number].text or ""
        if places is None or size != len(text) or (text != text.strip() and not self._keeps_space(number)):
            # Not plain: the element as a whole.
            places, index, size = None, int(after), 1
        if index == 0 and number == shown[0]:
            return self._between(part.begin[run])
        if index == size and number == shown[-1]:
            return self._between(part.end[run])
        properties = next((child for child in children if part.local(child) == "rPr"), None)
        shape = b"" if properties is None else part.data[part.begin[properties] : part.end[properties]]
        name = part.names[run].encode()
        closing, opening = b"</" + name + b">", part.tag(run) + shape
        if 0 < index < size and places is not None:
            inner = part.names[number].encode()
            closing = b"</" + inner + b">" + closing
            opening += b"<" + inner + b' xml:space="preserve">'
            if (
                not self._keeps_space(number)
                and text[index - 1 : index + 1].strip() != text[index - 1 : index + 1]
            ):
                self._keep_space(number)
            position = places[index]
        else:
            position = part.begin[number] if index == 0 else part.end[number]
        cut = self.cuts.setdefault(position, _Cut())
        cut.closing, cut.opening = closing, opening
        return cut

    def _between(self, position: int) -> _Cut:
        return self.cuts.setdefault(position, _Cut())

    def _keeps_space(self, number: int) -> bool:
        return self.part.attributes(number).get("xml:space") == "preserve"

    def _keep_space(self, number: int) -> None:
        """Let what is parted off keep the white space at its end."""
        cut = self.cuts.setdefault(self.part.inner[number] - 1, _Cut())
        cut.opening = b' xml:space="preserve"'

    def written(self) -> bytes:
        """The part with all that was put in."""
        declared = ""
        root = self.part.attributes(0)
        name = "w:"
        if self.main:
            name = self.main
        else:
            declared = f' xmlns:w="{root.get("xmlns", "")}"'

        def mark(kind: str, comment: int) -> str:
            return f'<{name}{kind}{declared} {name}id="{comment}"/>'

        changes = []
        for position in sorted(self.cuts):
            cut = self.cuts[position]
            ends = "".join(
                mark("commentRangeEnd", comment)
                + f'<{name}r{declared}><{name}commentReference {name}id="{comment}"/></{name}r>'
                for comment in cut.ends
            )
            starts = "".join(mark("commentRangeStart", comment) for comment in cut.starts)
            changes.append((position, position, cut.closing + (ends + starts).encode() + cut.opening))
        return changed(self.part.data, changes)


class _Comments:
    """The part that holds comments, there already or made."""

    def __init__(self, traced: Traced) -> None:
        self.traced = traced
        package, main = traced.package, traced.main
        relations = package.relations(main)
        self.name = next((target for kind, target in relations.values() if kind == "comments"), "")
        self.related = bool(self.name)
        if not self.name:
            folder = posixpath.dirname(main)
            names = (f"comments{number or ''}.xml" for number in range(1000))
            self.name = next(path for name in names if not package.has(path := posixpath.join(folder, name)))
        self.part = _part(traced, self.name) if self.related else None
        #: The number of the first comment that is added.
        self.next = 0
        if self.part is not None:
            known = [self.part.attributes(child) for child in self.part.children(0)]
            ids = [value for found in known for key, value in found.items() if key.rpartition(":")[2] == "id"]
            self.next = max([int(i) for i in ids if i.isdecimal() and len(i) < 9], default=-1) + 1

    def parts(self, texts: Sequence[str]) -> dict[str, bytes]:
        """The parts that hold and name the comments, by their names in the archive."""
        traced = self.traced
        space = traced.root.tag.rpartition("}")[0].lstrip("{")
        found: dict[str, bytes] = {}
        written = "".join(_comment(number, text) for number, text in enumerate(texts, self.next))
        if self.part is None:
            found[_named(traced, self.name)] = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                f'<w:comments xmlns:w="{escape(space)}">{written}</w:comments>'
            ).encode()
        else:
            if self.part.names[0] != "w:comments" or self.part.attributes(0).get("xmlns:w") != space:
                written = written.replace("<w:comment ", f'<w:comment xmlns:w="{escape(space)}" ')
            found[_named(traced, self.name)] = changed(self.part.data, [ending(self.part, written.encode())])
        if not self.related:
            path, content = self._relations(space)
            found[_named(traced, path)] = content
        types = self._types()
        if types is not None:
            found[_named(traced, "[Content_Types].xml")] = types
        return found

    def _relations(self, space: str) -> tuple[str, bytes]:
        folder, base = posixpath.split(self.traced.main)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        # strict documents name their relations otherwise
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        if space.startswith("http://purl.oclc.org/"):
            office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        part = _part(self.traced, path)
        if part is None:
            head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE}relationships"/>'
            part = Bytes(head.encode(), path)
        ids = {part.attributes(child).get("Id") for child in part.children(0)}
        known = next(name for number in range(len(ids) + 1) if (name := f"gouji{number or ''}") not in ids)
        target = posixpath.relpath(self.name, folder or ".")
        line = (
            f'<{part.prefix(0)}Relationship Id="{known}" Type="{office}/comments" Target="{escape(target)}"/>'
        )
        return path, changed(part.data, [ending(part, line.encode())])

    def _types(self) -> bytes | None:
        """The list of content types with that of comments; ``None`` where it names the part already."""
        part = _part(self.traced, "[Content_Types].xml")
        if part is None:
            return None
        wanted = f"/{self.name}"
        if any(
            part.attributes(child).get("PartName", "").lower() == wanted.lower() for child in part.children(0)
        ):
            return None
        line = f'<{part.prefix(0)}Override PartName="{escape(wanted)}" ContentType="{_COMMENTS}"/>'
        return changed(part.data, [ending(part, line.encode())])


def _comment(number: int, text: str) -> str:
    """One comment, a paragraph per line."""
    lines: list[str] = []
    for line in xml_text(text).split("\n"):
        first = "" if lines else "<w:r><w:annotationRef/></w:r>"
        lines.append(
            f'<w:p>{_SHAPE}{first}<w:r>{_SIZE}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        )
    head = f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{_INITIALS}">'
    return head + "".join(lines) + "</w:comment>"
