"""Reads one PDF in a process of its own, within bounds of memory and time; not meant to be imported.

The file comes on standard input, what was read goes to standard output as JSON: a hostile or broken file
can end this process, not the one that asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what reads a page that is a picture
    from .pdf_glyphs import Sheet

    Picture = Callable[[int, Any], Sheet | None]

PAGES = 2000
CHARACTERS = 6_000_000
MEMORY = 2 << 30
_SCAN = 12  # a page with fewer characters and a picture is a scan
_COVERED = 0.25  # share of a page that a picture covers to be a scan
_CURVES = 150  # paths on a page without characters that are letters drawn as curves


def bound(seconds: int, memory: int = MEMORY) -> None:
    """Set how much time of a processor and how much memory this process may take."""
    try:
        import resource
    except ImportError:  # not on this system; the asking process watches the clock
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, hard))


def _fail(code: str, **params: str) -> dict[str, Any]:
    return {"error": code, "params": params}


def extract(
    data: bytes, traced: bool = False, picture: Picture | None = None, every: bool = False
) -> dict[str, Any]:
    """Read ``data``; give items by page, and counts; or an error as a code of ``unread.toml``.

    With ``traced`` the items come as they were read too, which know the places of their characters
    (``traced``), and for each page the way from there to the space of the file (``matrices``).
    ``picture`` reads a page (its number from 1, and the page itself) that is a scan, or ``every`` page; what
    it leaves stays among the scans.
    """
    pdfium: Any = import_module("pypdfium2")  # no types of its own
    raw: Any = import_module("pypdfium2.raw")
    from .pdf_glyphs import sheet
    from .pdf_layout import page as ordered
    from .pdf_paragraphs import Paragraph, paragraphs

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        error = raw.FPDF_GetLastError()
        if error in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            return _fail("pdf_encrypted")
        return _fail("pdf_damaged")
    count = len(document)
    if count == 0:
        return _fail("pdf_damaged")
    if count > PAGES:
        return _fail("pdf_pages", pages=str(count), limit=str(PAGES))
    pages = []
    matrices: dict[int, tuple[float, ...]] = {}
    scans: list[int] = []
    unread: list[int] = []
    behind: list[int] = []
    total = broken = slanted = dots = clipped = 0
    for number in range(count):
        try:
            page = document[number]
            found = sheet(page, raw, CHARACTERS - total)
            size = len(found.glyphs)
            scan = size < _SCAN and (found.picture > _COVERED or found.curves > _CURVES)
            read = picture(number + 1, page) if picture is not None and (scan or every) else None
            page.close()
        except pdfium.PdfiumError:
            unread.append(number + 1)
            continue
        except OverflowError:
            return _fail("pdf_heavy")
        matrices[number] = found.matrix
        if read is not None:
            pages.append((number, ordered(read)))
            total += len(read.glyphs)
            continue
        total += size
        broken += found.broken
        dots += found.dots
        clipped += found.clipped
        slanted += found.slanted
        if scan:
            scans.append(number + 1)
        elif found.behind and found.picture > 0.6:
            behind.append(number + 1)
        pages.append((number, ordered(found)))
    if not total and not scans and unread:
        return _fail("pdf_damaged")
    items: list[Any] = []
    kept: list[tuple[int, Any]] = []
    for index, item in paragraphs([page for _, page in pages]):
        kept.append((index, item))
        if isinstance(item, Paragraph):
            items.append([pages[index][0], item.text, item.turns])
        else:
            items.append([pages[index][0], item.rows])
    known = {"traced": kept, "matrices": matrices, "numbers": [n for n, _ in pages]} if traced else {}
    return known | {
        "pages": count,
        "items": items,
        "scans": scans,
        "unread": unread,
        "behind": behind,
        "characters": total,
        "broken": broken,
        "dots": dots,
        "clipped": clipped,
        "slanted": slanted,
    }


def main() -> int:
    """Read standard input, write JSON."""
    bound(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
    data = sys.stdin.buffer.read()
    try:
        answer = extract(data)
    except ImportError:
        answer = _fail("pdf_library")
    except (MemoryError, RecursionError):
        answer = _fail("pdf_heavy")
    except Exception:  # pdfium and its files have more ways to fail than can be named
        answer = _fail("pdf_damaged")
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode("ascii"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
