"""Pictures of pages: PNG, JPEG, TIFF, BMP, WebP and GIF, read by OCR where the extra is installed."""

from __future__ import annotations

from . import ocr
from .extracted import Extracted, Note
from .pdf import assembled
from .text import UnreadError


def read(data: bytes, path: str) -> Extracted:
    """Read the pages of a picture; raise :class:`UnreadError` that says what to install, or what is wrong."""
    if not ocr.installed():
        raise UnreadError("image_needs_ocr")
    answer = ocr.answer(data, "image")
    if "error" in answer:
        raise UnreadError(answer["error"], **answer["params"])
    notes = ocr.notes(answer)
    if answer["scans"] and not answer["over"]:
        notes.append(Note("pdf_unread", (("pages", ocr.listed(answer["scans"])),)))
    return assembled(answer, "image", notes)
