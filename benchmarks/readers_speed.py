"""How fast files are read, against the bare library that takes their text out, on the same file.

    python benchmarks/readers_speed.py FILE...     # Word, PDF, web page, workbook; one row per file
    python benchmarks/readers_speed.py --scan PAGES FILE.pdf  # the first pages of a PDF as pictures

The bare library gives text and nothing else: zipfile and ElementTree for Word, pypdfium2 for PDF, html.parser for
pages, openpyxl (read only) for workbooks, rapidocr for scans. gouji's time is that of the reader, the process in
which it runs included; what finds numbers and ties is not in it (``speed.py``). A page is one of the PDF, else
1,500 characters of the text.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from xml.etree import ElementTree

from gouji.extract import formats

ROUNDS = 5
_PAGE = 1500


def _docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())


def _pdf(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))


def _html(data: bytes) -> str:
    kept: list[str] = []
    parser = HTMLParser()
    parser.handle_data = kept.append  # type: ignore[method-assign]
    parser.feed(data.decode("utf-8", "replace"))
    return "".join(kept)


def _xlsx(data: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)


BARE: dict[str, Callable[[bytes], str]] = {"docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx}


def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """The median of the seconds that ``work`` takes, and what it gives."""
    taken = []
    for _ in range(rounds):
        begin = perf_counter()
        result = work()
        taken.append(perf_counter() - begin)
    return median(taken), result


def row(name: str, pages: int, own: float, bare: float) -> str:
    """One line of the table."""
    return f"{name[:40]:40} {pages:5} {pages / own:9.1f} {pages / bare:10.1f} {own / bare:7.1f}x"


def scan(pages: int, path: Path) -> None:
    """Read pages as pictures with gouji and with rapidocr alone."""
    import numpy
    import pypdfium2
    from rapidocr import RapidOCR

    from gouji.extract import ocr_page

    document = pypdfium2.PdfDocument(path.read_bytes())
    pictures = []
    for number in range(min(pages, len(document))):
        drawn = document[number].render(scale=200 / 72).to_numpy()
        drawn = drawn.reshape(*drawn.shape[:2], -1)[:, :, :3]
        wide = drawn if drawn.shape[2] == 3 else numpy.repeat(drawn[:, :, :1], 3, axis=2)
        pictures.append(numpy.ascontiguousarray(wide))
    engine, library = ocr_page.Engine(), RapidOCR(params={"Global.log_level": "critical"})
    own, _ = timed(lambda: [ocr_page.seen(engine, picture, 72 / 200) for picture in pictures], 1)
    bare, _ = timed(lambda: [library(picture) for picture in pictures], 1)
    print(row(f"scan: {path.name}", len(pictures), own, bare))


def main(args: list[str]) -> None:
    """Print the table."""
    print(f"{'file':40} {'pages':>5} {'gouji p/s':>9} {'bare p/s':>10} {'time':>8}")
    if args[:1] == ["--scan"]:
        scan(int(args[1]), Path(args[2]))
        return
    for path in map(Path, args):
        data = path.read_bytes()
        kind = formats.name(data)
        if kind not in BARE:
            print(f"{path.name}: no bare reader of {kind or 'text'} to compare with")
            continue
        bare, text = timed(lambda data=data, kind=kind: BARE[kind](data))
        own, extracted = timed(lambda data=data, path=path: formats.extract(data, str(path)))
        pages = len(extracted.layout.pages) if kind == "pdf" and extracted.layout else 0
        print(row(f"{kind}: {path.name}", pages or max(len(text) // _PAGE, 1), own, bare))


if __name__ == "__main__":
    main(sys.argv[1:])
