"""Makes an annotated copy of one PDF in a process of its own; not meant to be imported.

Standard input holds a line of JSON (marks, digest of the text) and the file; standard output gets a line of
JSON and the copy.
"""

from __future__ import annotations

import io
import json
import re
import struct
import sys
from hashlib import sha256
from importlib import import_module
from typing import Any

from ..extract.extracted import Writer, cell_text
from ..extract.pdf import written
from ..extract.pdf_glyphs import Glyph, back
from ..extract.pdf_lines import Printed
from ..extract.pdf_paragraphs import Paragraph
from ..extract.pdf_worker import bound, extract
from ..extract.trail import Trail
from .mark import Refused

_AUTHOR = "gouji"
_COLOURS = {True: "1 0.62 0.62", False: "1 0.88 0.42"}  # of an error, of a warning
_OBJECT = re.compile(rb"\s*[0-9]{1,10}\s+[0-9]{1,5}\s+obj\b")

#: A character on its page, from 0.
Ink = tuple[int, Glyph]
#: Left, bottom, right and top in the space of the file.
Box = tuple[float, float, float, float]


# --- where -------------------------------------------------------------------------------------------


def _ink(page: int, text: str) -> list[Ink] | None:
    if isinstance(text, Printed):
        return [(page, glyph) for glyph in text.ink]
    return None if text.strip() else []


def _followed(answer: dict[str, Any]) -> tuple[str, Trail[Ink]]:
    """The text as the reader gives it, and the way back to the page."""
    writer, trail = Writer(), Trail[Ink]()
    starts = written(answer["items"], writer)
    numbers = answer["numbers"]

    def add(start: int, text: str, ink: list[Ink] | None) -> None:
        if ink and len(ink) == sum(not char.isspace() for char in text):
            trail.add(start, text, ink)

    for (index, item), start in zip(answer["traced"], starts, strict=True):
        if isinstance(item, Paragraph):
            known = [_ink(numbers[page], text) for page, text in item.lines]
            if all(ink is not None for ink in known):
                add(start, item.text, [one for ink in known for one in ink or ()])
            continue
        for row, begins in zip(item.rows, start, strict=True):
            for text, begin in zip(row, begins, strict=False):
                add(begin, cell_text(text), _ink(numbers[index], text))
    return writer.finish("pdf").text, trail


def _boxes(found: list[Ink], matrices: dict[int, tuple[float, ...]]) -> dict[int, list[Box]]:
    """The boxes round characters, by page: one for each line on which some stand."""
    lines: list[tuple[int, list[Glyph]]] = []
    for page, glyph in found:
        if lines and lines[-1][0] == page:
            last = lines[-1][1][-1]
            em = max(last.em, glyph.em)
            if abs(last.base - glyph.base) < 0.8 * em and -0.3 * em < glyph.x0 - last.x0 < 4 * em:
                lines[-1][1].append(glyph)
                continue
        lines.append((page, [glyph]))
    result: dict[int, list[Box]] = {}
    for page, glyphs in lines:
        # The ink of digits is low and that of a dot is lower still: a highlight is as high as the line.
        top = min(min(g.y0, g.base - 0.82 * g.em) for g in glyphs)
        bottom = max(max(g.y1, g.base + 0.1 * g.em) for g in glyphs)
        pad = 0.04 * glyphs[0].em
        left, right = min(g.x0 for g in glyphs) - pad, max(g.x1 for g in glyphs) + pad
        ax, ay = back(matrices[page], left, top)
        bx, by = back(matrices[page], right, bottom)
        result.setdefault(page, []).append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return result


# --- what --------------------------------------------------------------------------------------------


def _numbers(values: Any) -> str:
    return " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in values)


def _string(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def _annotation(page: str, boxes: list[Box], text: str, grave: bool, name: str, look: int) -> bytes:
    quads = _numbers(v for a, b, c, d in boxes for v in (a, d, c, d, a, b, c, b))
    return (
        f"<</Type/Annot/Subtype/Highlight/Rect[{_numbers(_round(boxes))}]/QuadPoints[{quads}]/C[{_COLOURS[grave]}]"
        f"/F 4/P {page}/T{_string(_AUTHOR)}/NM({name})/Contents{_string(text)}/AP<</N {look} 0 R>>>>"
    ).encode("ascii")


def _round(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _look(boxes: list[Box], grave: bool) -> bytes:
    """How a highlight looks: a colour under which the print stays black."""
    drawn = "".join(f"{_numbers((a, b, c - a, d - b))} re " for a, b, c, d in boxes)
    content = f"/G gs {_COLOURS[grave]} rg {drawn}f".encode("ascii")
    head = (
        f"<</Type/XObject/Subtype/Form/BBox[{_numbers(_round(boxes))}]"
        f"/Resources<</ExtGState<</G<</Type/ExtGState/BM/Multiply>>>>>>/Length {len(content)}>>"
    )
    return head.encode("ascii") + b"stream\n" + content + b"\nendstream"


class Appendix:
    """What is put behind the end of a file: objects, and the table that says where they stand."""

    def __init__(self, data: bytes) -> None:
        """Read the structure of ``data``; raise :class:`Refused` for a locked file and a broken table."""
        pypdf: Any = import_module("pypdf")
        self.generic: Any = import_module("pypdf.generic")
        self.data = data
        self.reader: Any = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if self.reader.is_encrypted:
            raise Refused("locked")
        self.start = int(self.reader._startxref)
        here = data[self.start : self.start + 40]
        self.old_table = here.startswith(b"xref")
        if not self.old_table and not _OBJECT.match(here):
            raise Refused("structure")  # it is read by guesses, and a table that goes on from guesses is none
        known = [number for table in self.reader.xref.values() for number in table]
        known += [*self.reader.xref_objStm, int(self.reader.trailer.get("/Size", 1)) - 1]
        self.next: int = max(known) + 1
        if self.next > 8_000_000:
            raise Refused("structure")
        self.objects: dict[int, tuple[int, bytes]] = {}

    def add(self, body: bytes) -> int:
        """Add an object; give its number."""
        number = self.next
        self.next += 1
        self.objects[number] = 0, body
        return number

    def page(self, index: int) -> Any:
        """The reference to the page ``index``, from 0."""
        reference = self.reader.pages[index].indirect_reference
        if reference is None:
            raise Refused("structure")
        return reference

    def annotate(self, reference: Any, numbers: list[int]) -> None:
        """Write a page anew that has the annotations ``numbers`` too."""
        generic = self.generic
        page = self.reader.get_object(
            generic.IndirectObject(reference.idnum, reference.generation, self.reader)
        )
        copy = generic.DictionaryObject()
        for key in page:
            copy[generic.NameObject(key)] = page.raw_get(key)
        before = page.get("/Annots", generic.NullObject())
        before = before.get_object() if before is not None else generic.NullObject()
        listed = generic.ArrayObject(list.__iter__(before) if isinstance(before, list) else ())
        for number in numbers:
            listed.append(generic.IndirectObject(number, 0, self.reader))
        copy[generic.NameObject("/Annots")] = listed
        self.objects[reference.idnum] = reference.generation, self.serial(copy)

    def serial(self, thing: Any) -> bytes:
        """Write an object as the file holds it."""
        out = io.BytesIO()
        thing.write_to_stream(out)
        return out.getvalue()

    def written(self) -> bytes:
        """The file with the appendix."""
        out = bytearray(self.data)
        if not out.endswith((b"\n", b"\r")):
            out += b"\n"
        places: dict[int, tuple[int, int]] = {}
        for number in sorted(self.objects):
            generation, body = self.objects[number]
            places[number] = len(out), generation
            out += b"%d %d obj\n%s\nendobj\n" % (number, generation, body)
        at = len(out)
        if not self.old_table:
            places[self.next] = at, 0
        runs: list[list[int]] = []
        for number in sorted(places):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        trailer = self._trailer(len(places) and max(places) + 1, bytes(out[len(self.data) :]))
        if self.old_table:
            out += b"xref\n"
            for run in runs:
                out += b"%d %d\n" % (run[0], len(run))
                for number in run:
                    out += b"%010d %05d n \n" % places[number]
            out += b"trailer\n<<" + trailer + b">>\n"
        else:
            table = b"".join(struct.pack(">BIH", 1, *places[n]) for run in runs for n in run)
            index = " ".join(f"{run[0]} {len(run)}" for run in runs)
            head = f"/Type/XRef/W[1 4 2]/Index[{index}]/Length {len(table)}".encode("ascii")
            out += b"%d 0 obj\n<<%s%s>>stream\n%s\nendstream\nendobj\n" % (self.next, head, trailer, table)
        return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at

    def _trailer(self, size: int, added: bytes) -> bytes:
        trailer, generic = self.reader.trailer, self.generic
        size = max(size, int(trailer.get("/Size", 0)))
        found = f"/Size {size}/Prev {self.start}".encode("ascii")
        for key in ("/Root", "/Info"):
            if key in trailer:
                value = trailer.raw_get(key)
                if isinstance(value, generic.IndirectObject):
                    found += b"%s %s" % (key.encode("ascii"), self.serial(value))
        identity = trailer.get("/ID")
        if isinstance(identity, list) and len(identity) == 2:
            first = identity[0].get_object()
            kept = getattr(first, "original_bytes", b"")
            if kept:
                mark = sha256(kept + added).hexdigest()[:32]
                found += f"/ID[<{kept.hex()}><{mark}>]".encode("ascii")
        return found


def copied(data: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer to an order, and the copy."""
    answer = extract(data, traced=True)
    if "error" in answer:
        return answer, b""
    text, trail = _followed(answer)
    if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != order["text"]:
        raise Refused("changed")
    appendix = Appendix(data)
    added: dict[int, list[int]] = {}
    placed: list[list[int]] = []
    for start, end, note, grave in order["marks"]:
        boxes = _boxes(trail.of(start, end), answer["matrices"])
        for page, here in boxes.items():
            look = appendix.add(_look(here, grave))
            reference = appendix.page(page)
            home = f"{reference.idnum} {reference.generation} R"
            name = f"gouji-{start}-{end}-{page}"
            added.setdefault(page, []).append(appendix.add(_annotation(home, here, note, grave, name, look)))
        if boxes:
            placed.append([start, end])
    if not placed:
        return {"placed": []}, data
    for page, numbers in added.items():
        appendix.annotate(appendix.page(page), numbers)
    copy = appendix.written()
    _prove(data, copy, {page: len(numbers) for page, numbers in added.items()})
    return {"placed": placed}, copy


def _prove(data: bytes, copy: bytes, added: dict[int, int]) -> None:
    """Open the copy as a reader would; what does not show there is not handed out."""
    pdfium: Any = import_module("pypdfium2")
    raw: Any = import_module("pypdfium2.raw")
    old, new = pdfium.PdfDocument(data), pdfium.PdfDocument(copy)
    if len(old) != len(new):
        raise Refused("structure")
    for index, more in added.items():
        before, after = old[index], new[index]
        if raw.FPDFPage_GetAnnotCount(after.raw) != raw.FPDFPage_GetAnnotCount(before.raw) + more:
            raise Refused("structure")


def main() -> int:
    """Read standard input, write standard output."""
    bound(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    copy = b""
    answer: dict[str, Any]
    try:
        answer, copy = copied(data, json.loads(head))
    except Refused as refused:
        answer = {"refused": refused.code}
    except (MemoryError, RecursionError):
        answer = {"error": "pdf_heavy"}
    except Exception:  # a file has more ways to be broken than can be named
        answer = {"refused": "structure"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode("ascii") + b"\n" + copy)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
