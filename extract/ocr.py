"""Scans and pictures, read by OCR where the extra ``gouji[ocr]`` is installed.

The models come with the wheels of the extra and nothing is fetched. All of it runs in another process
(:mod:`gouji.extract.ocr_worker`), within bounds of time and memory; pages for which the time does not suffice
are told, as is ink that could not be read and every number whose reading is doubtful.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from .document import Figure
from .extracted import Layout, Note
from .text import UnreadError

#: Seconds of the clock that the pages of one file may take; a page takes five to ten of one processor.
SECONDS = 1200
_WAIT = 180  # seconds beyond that for the last page, and for loading
_NEEDS = ("rapidocr", "onnxruntime", "cv2")
_MANY = 8  # places that one note names


def installed() -> bool:
    """Tell whether the extra is there; nothing is loaded to tell."""
    return bool(sys.executable) and all(find_spec(name) for name in _NEEDS)


def answer(data: bytes, kind: str) -> dict[str, Any]:
    """Let the worker read: ``pdf`` (its scans only), ``all`` (every page of a PDF) or ``image``."""
    command = [sys.executable, "-P", "-m", f"{__package__}.ocr_worker", str(SECONDS), kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS + _WAIT, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadError("ocr_heavy") from None
    except OSError as error:
        raise UnreadError("system", detail=error.strerror or type(error).__name__) from None
    if done.returncode != 0:
        raise UnreadError("ocr_heavy" if done.returncode < 0 else "ocr_failed")
    found: dict[str, Any] = json.loads(done.stdout)
    if found.get("over") and not found["items"]:
        return {"error": "ocr_over", "params": {}}
    return found


def listed(pages: list[int]) -> str:
    """Write page numbers as ranges: 1-3, 7; at most eight of them."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    names = [str(a) if a == b else f"{a}-{b}" for a, b in ranges]
    return ", ".join(names[:_MANY]) + (", …" if len(names) > _MANY else "")


def notes(found: dict[str, Any]) -> list[Note]:
    """Say what was read by OCR, and where ink was not."""
    result = []
    if found.get("read"):
        result.append(Note("ocr_pages", (("pages", listed(found["read"])),)))
    if found.get("over"):
        result.append(Note("ocr_over", (("pages", listed(found["scans"])),)))
    for page, places in found.get("lost", ()):
        shares = [f"{round(100 * place)}%" for place in places]
        where = ", ".join(shares[:_MANY]) + (", …" if len(shares) > _MANY else "")
        params = (("page", str(page)), ("count", str(len(places))), ("places", where))
        result.append(Note("ocr_unread", params))
    if found.get("pictures"):
        result.append(Note("ocr_pictures", (("pages", listed(found["pictures"])),)))
    return result


def doubts(figures: Sequence[Figure], layout: Layout) -> list[Note]:
    """Name the numbers whose reading is doubtful, with their pages."""
    found = [figure for figure in figures if figure.doubtful]
    if not found:
        return []
    named = [f"{figure.text} (p. {layout.page(figure.start)})" for figure in found[:_MANY]]
    places = ", ".join(named) + (", …" if len(found) > _MANY else "")
    return [Note("ocr_doubtful", (("count", str(len(found))), ("places", places)))]
