"""PDF: paragraphs, tables and pages of its text layer; pages that are pictures by OCR, where it is installed.

The file is read by another process (:mod:`gouji.extract.pdf_worker`): pdfium is not made for hostile files
with many gigabytes of pages, and nothing that it does there can reach this one. Where it finds scans, or a
character map that is broken, :mod:`gouji.extract.ocr` reads the file again; a scan is told, never guessed at.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from . import ocr
from .extracted import Extracted, Note, Writer
from .sureness import unmarked
from .text import UnreadError, plausibility

#: Seconds of processor, and of the clock, that one file may take.
SECONDS = 60
_WAIT = 120
#: Signals of a process that had no more memory (pdfium aborts), was killed for it, or had no more time.
_ENDED = (6, 9, 24)
#: Share of characters without a meaning: beyond the first it is said, beyond the second nothing is read.
_SOME, _MOST = 0.01, 0.2
_READABLE = 0.6  # share of frequent characters, as for encodings: a wrong character map gives rare ones
_FEW = 40  # characters from which that share can be told


def worked(module: str, data: bytes) -> bytes:
    """What the worker ``module`` (by its full name) makes of ``data``, in a process of its own.

    Raises :class:`UnreadError` where it was ended or fell over the file.
    """
    if not sys.executable:
        raise UnreadError("pdf_library")
    command = [sys.executable, "-P", "-m", module, str(SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_WAIT, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadError("pdf_heavy") from None
    except OSError as error:
        raise UnreadError("system", detail=error.strerror or type(error).__name__) from None
    if done.returncode != 0:
        # Ended by the system (too much memory or time), or pdfium fell over the file.
        if done.returncode > 0 and b"No module named" in done.stderr:
            raise UnreadError("pdf_library")
        raise UnreadError("pdf_heavy" if -done.returncode in _ENDED else "pdf_damaged")
    return done.stdout


def read(data: bytes, path: str) -> Extracted:
    """Read a PDF; raise :class:`UnreadError` where it is locked, broken, too heavy, scanned or garbled."""
    answer: dict[str, Any] = json.loads(worked(f"{__package__}.pdf_worker", data))
    if "error" in answer:
        raise UnreadError(answer["error"], **answer["params"])
    scans, pages = answer["scans"], answer["pages"]
    only_scans = bool(scans) and answer["characters"] < 12 * pages
    notes: list[Note] = []
    if scans and ocr.installed():
        answer = ocr.answer(data, "pdf")
        if "error" in answer:
            if only_scans:
                raise UnreadError(answer["error"], **answer["params"])
            notes.append(Note("ocr_failed", (("pages", ocr.listed(scans)),)))
            answer = json.loads(worked(f"{__package__}.pdf_worker", data))
    elif only_scans:
        raise UnreadError("pdf_scan", scans=str(len(scans)), pages=str(pages))
    share = _garbled(answer)
    if share is not None:
        return _by_pictures(data, share)
    extracted = _written(answer, notes)
    if answer["characters"] >= _FEW and plausibility(extracted.text) < _READABLE:
        return _by_pictures(data, round(100 * (1 - plausibility(extracted.text))))
    return extracted


def _garbled(answer: dict[str, Any]) -> int | None:
    """Tell which percentage of the characters cannot be told, where it is too many."""
    broken, characters = answer["broken"], answer["characters"]
    return round(100 * broken / characters) if characters and broken > _MOST * characters else None


def _by_pictures(data: bytes, share: int) -> Extracted:
    """Read every page as a picture, since what the file says of its characters is wrong."""
    if not ocr.installed():
        raise UnreadError("pdf_garbled", share=str(share))
    answer = ocr.answer(data, "all")
    if "error" in answer:
        raise UnreadError(answer["error"], **answer["params"])
    return _written(answer, [Note("pdf_garbled", (("share", str(share)),))])


def _notes(answer: dict[str, Any]) -> list[Note]:
    notes = [
        Note(code, (("pages", ocr.listed(answer[key])),))
        for key, code in (("scans", "pdf_scans"), ("unread", "pdf_unread"), ("behind", "pdf_behind"))
        if answer[key]
    ]
    if answer["broken"] > _SOME * answer["characters"]:
        notes.append(Note("pdf_broken", (("count", str(answer["broken"])),)))
    if answer["dots"]:
        notes.append(Note("pdf_dots", (("count", str(answer["dots"])),)))
    for key, code in (("slanted", "pdf_slanted"), ("clipped", "pdf_clipped")):
        if answer[key]:
            notes.append(Note(code, (("count", str(answer[key])),)))
    return notes


def _written(answer: dict[str, Any], notes: list[Note]) -> Extracted:
    return assembled(answer, "pdf", [*notes, *ocr.notes(answer), *_notes(answer)])


def assembled(answer: dict[str, Any], format: str, notes: list[Note]) -> Extracted:
    """Make of a worker's answer a text with pages, what is known of readings from pictures taken out of it."""
    writer = Writer()
    written(answer["items"], writer)
    return unmarked(writer.finish(format, notes, paged=True))


def written(items: list[Any], writer: Writer) -> list[Any]:
    """Write the items of the worker; give for each the offset of its text or, row by row, of its cells."""
    page = 0
    starts: list[Any] = []
    for item in items:
        while page < item[0]:
            writer.page_break()
            page += 1
        if len(item) == 3:
            starts.append(writer.paragraph(item[1], item[2]))
            page += len(item[2])
            continue
        writer.begin_table()
        starts.append([writer.row(row) for row in item[1]])
        writer.end_table()
    return starts
