"""Which format a file has, by its content; its name says nothing that can be relied on."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from importlib import import_module

from . import csv
from .extracted import Extracted
from .text import LIMIT, UnreadError, decode

#: Formats that have a reader, ``extract.<format>.read(data, path)``. A reader is loaded with its first file.
READERS = frozenset({"docx", "html", "image", "ofd", "ole", "pdf", "xlsx"})

#: What tells a format among the names of a zip archive: the first that is there, in this order.
_MEMBERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.(?:xml|bin)"), "xlsx"),
    (re.compile(r"OFD\.xml"), "ofd"),
)
#: First bytes of pictures.
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8", b"RIFF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*+"
    rb"<(?:(!doctype\s*(?:html|>)|(?:html|head|body|meta|title|script|style)[\s>/])|[a-z][a-z0-9]*[\s>/])",
    re.I | re.S,
)
#: Parts of a page come without its head; a text that begins with a tag (Markdown may) has few more.
_TAG = re.compile(rb"</?(?:p|div|span|br|h[1-6]?|table|tr|td|font|strong|b|li|a)[\s>/]", re.I)
_MANY_TAGS = 12
#: Bytes that a file may have whose text is a small part of it.
PACKED_LIMIT = 64 * 1024 * 1024

_MANY = 20_000  # members; a document has some hundred


def limit_of(first: bytes) -> int:
    """Tell how many bytes a file that begins with ``first`` may have: scans and pictures make files large."""
    return PACKED_LIMIT if first.startswith((b"PK\x03\x04", b"%PDF-", _OLE, *_PICTURES)) else LIMIT


def name(data: bytes) -> str:
    """Name the format of ``data``: docx, xlsx, ofd, zip, pdf, ole, image, html; empty for what may be plain text."""
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_OLE):
        return "ole"
    if _is_picture(data):
        return "image"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if _is_page(data[:16384].decode("utf-16", "ignore").encode("utf-8", "ignore")) else ""
    return "html" if _is_page(data[:8192]) else ""


def _is_picture(data: bytes) -> bool:
    if data.startswith(b"RIFF"):
        return data[8:12] == b"WEBP"
    if data.startswith(b"BM"):  # two letters are no proof; the size of the head is
        return data[14:18] in (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    return data.startswith(_PICTURES)


def _is_page(sample: bytes) -> bool:
    markup = _MARKUP.match(sample)
    if markup is None:
        return False
    return bool(markup[1]) or len(_TAG.findall(sample)) >= _MANY_TAGS


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:_MANY]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    for pattern, format in _MEMBERS:
        if any(map(pattern.fullmatch, names)):
            return format
    return "zip"


def is_own(path: str) -> bool:
    """Tell whether a document of Office says that gouji wrote it; ``False`` for whatever cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as file:
            return b"<dc:creator>gouji</dc:creator>" in file.read(16384)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        EOFError,
    ):
        return False


def extract(data: bytes, path: str) -> Extracted:
    """Extract the text of a file of any format; raise :class:`UnreadError` for what cannot be read."""
    format = name(data)
    if format in READERS:
        reader = import_module(f".{format}", __package__)
        extracted: Extracted = reader.read(data, path)
        if not extracted.text.strip():
            raise UnreadError("blank")
        return extracted
    text, encoding = decode(data)
    mark = csv.delimiter(text, path)
    return csv.table(text, mark, encoding) if mark else Extracted(text, "text", encoding=encoding)
