"""Reads the pictures of one PDF or image file in a process of its own; not meant to be imported.

The file comes on standard input, what was read goes to standard output as JSON, as from
:mod:`gouji.extract.pdf_worker`. It is kept from opening any connection, and reads as many pages as its time
allows; the others are told.
"""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import time
from importlib import import_module
from typing import Any

from .pdf_worker import bound
from .pdf_worker import extract as extract_pdf

#: Bytes of address space; the libraries reserve far more than they use.
MEMORY = 6 << 30
#: Pages that one file may have read as pictures.
PAGES = 300
_DPI = 200
_PIXELS = 120_000_000  # of one picture, when unpacked


def _refuse(*_: Any, **__: Any) -> Any:
    raise OSError("a reader opens no connection")


class _Reader:
    """Reads pages until the time is over; keeps what the notes tell."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._page = import_module(f"{__package__}.ocr_page")
        self._engine: Any = None  # loaded with the first page
        self.read: list[int] = []
        self.unread: list[tuple[int, list[float]]] = []
        self.pictures: list[int] = []
        self.over = False

    def image(self, number: int, image: Any, points: float | None) -> Any:
        """Read one picture; ``None`` when the time is over."""
        if time.monotonic() > self._end or len(self.read) >= PAGES:
            self.over = True
            return None
        self._engine = self._engine or self._page.Engine()
        seen = self._page.seen(self._engine, image, points)
        self.read.append(number)
        if seen.unread:
            self.unread.append((number, seen.unread))
        if seen.pictures:
            self.pictures.append(number)
        return seen.sheet

    def page(self, number: int, page: Any) -> Any:
        """Read one page of a PDF as a picture."""
        width, height = page.get_size()
        longest = self._page.LARGEST
        scale = min(_DPI / 72, longest / max(width, height, 1))
        drawn = page.render(scale=scale, rev_byteorder=False).to_numpy()
        numpy = import_module("numpy")
        if drawn.ndim == 2 or drawn.shape[2] == 1:
            drawn = numpy.repeat(drawn.reshape(*drawn.shape[:2], 1), 3, axis=2)
        return self.image(number, numpy.ascontiguousarray(drawn[:, :, :3]), 1 / scale)


def _images(data: bytes, reader: _Reader) -> dict[str, Any]:
    """Read the pictures of an image file, each a page."""
    pillow: Any = import_module("PIL.Image")
    ops: Any = import_module("PIL.ImageOps")
    numpy = import_module("numpy")
    from .pdf_layout import page as ordered
    from .pdf_paragraphs import Paragraph, paragraphs

    pillow.MAX_IMAGE_PIXELS = _PIXELS
    pages, left = [], []
    try:
        file = pillow.open(io.BytesIO(data))
        count = getattr(file, "n_frames", 1)
    except (pillow.DecompressionBombError, pillow.DecompressionBombWarning):
        return {"error": "image_large", "params": {}}
    except Exception:  # Pillow raises what its many decoders raise
        return {"error": "image_damaged", "params": {}}
    for number in range(count):
        try:
            file.seek(number)
            if file.size[0] * file.size[1] > _PIXELS:
                return {"error": "image_large", "params": {}}
            image = ops.exif_transpose(file).convert("RGB")
            longest = import_module(f"{__package__}.ocr_page").LARGEST
            if max(image.size) > longest:
                image.thumbnail((longest, longest))
        except MemoryError:
            return {"error": "image_large", "params": {}}
        except Exception:
            if number == 0:
                return {"error": "image_damaged", "params": {}}
            left.append(number + 1)
            continue
        sheet = reader.image(number + 1, numpy.ascontiguousarray(numpy.asarray(image)[:, :, ::-1]), None)
        if sheet is None:
            left.append(number + 1)
        else:
            pages.append((number, ordered(sheet)))
    items: list[Any] = []
    for index, item in paragraphs([page for _, page in pages]):
        if isinstance(item, Paragraph):
            items.append([pages[index][0], item.text, item.turns])
        else:
            items.append([pages[index][0], item.rows])
    return {
        "pages": count,
        "items": items,
        "scans": left,
        "characters": sum(len(text) for item in items for text in (item[1] if len(item) == 3 else "")),
    }


def extract(data: bytes, seconds: float, kind: str) -> dict[str, Any]:
    """Read ``data``: ``pdf`` (scans only), ``all`` (every page of a PDF) or ``image``."""
    reader = _Reader(seconds)
    try:
        answer = (
            _images(data, reader) if kind == "image" else extract_pdf(data, False, reader.page, kind == "all")
        )
    except ImportError:
        return {"error": "ocr_missing", "params": {}}
    if "error" not in answer:
        answer |= {
            "read": reader.read,
            "lost": reader.unread,
            "pictures": reader.pictures,
            "over": reader.over,
        }
    return answer


def main() -> int:
    """Read standard input, write JSON."""
    seconds, kind = int(sys.argv[1]), sys.argv[2]
    os.environ["OMP_NUM_THREADS"] = os.environ.get("OMP_NUM_THREADS", "2")
    bound(4 * seconds + 240, MEMORY)
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    # What libraries print would spoil the answer.
    answers = os.dup(1)
    os.dup2(2, 1)
    data = sys.stdin.buffer.read()
    try:
        answer = extract(data, seconds, kind)
    except (MemoryError, RecursionError):
        answer = {"error": "ocr_heavy", "params": {}}
    except Exception:  # the libraries have more ways to fail than can be named
        answer = {"error": "ocr_failed", "params": {}}
    with os.fdopen(answers, "wb") as out:
        out.write(json.dumps(answer, ensure_ascii=True).encode("ascii"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
