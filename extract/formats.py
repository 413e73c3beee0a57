"""Which format a file has, by its content; its name says nothing that can be relied on."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from importlib import import_module
from typing import IO

from . import apart, archive, csv
from .extracted import Extracted
from .text import LIMIT, UnreadError, decode

#: Formats that have a reader, ``extract.<format>.read(data, path)``. A reader is loaded with its first file.
READERS = frozenset({"docx", "html", "image", "ofd", "ole", "pdf", "rtf", "xlsb", "xlsx"})
#: Of those the ones that are read in a process of its own; the others see to it themselves.
_APART = frozenset({"docx", "html", "ofd", "xlsx"})

#: What tells a format among the names of a zip archive: the first that is there, in this order.
_MEMBERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
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
#: Formats that another module reads than that of their name.
_MODULES = {"rtf": "ole", "xlsb": "ole"}
#: First bytes of archives that are not opened.
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
#: Characters that a document may have; a thousand pages of tables have a million.
CHARACTERS = 6_000_000
#: Bytes that a file may have whose text is a small part of it.
PACKED_LIMIT = 64 * 1024 * 1024

#: How a document of Office says who wrote it.
_OWN_DOCUMENT = re.compile(rb"<dc:creator(?:\s[^>]{0,200})?>gouji</dc:creator>")
#: What the page of an audit, and the ledger in both languages, begin with.
_OWN_PAGE = b'<meta name="generator" content="gouji">'
_OWN_LEDGERS = tuple(
    b"\xef\xbb\xbf" + head.encode() for head in ("文件,编号,原文,数值,", "file,id,printed,value,")
)
_MANY = 20_000  # members; a document has some hundred


def limit_of(first: bytes) -> int:
    """Tell how many bytes a file that begins with ``first`` may have: scans and pictures make files large."""
    return PACKED_LIMIT if first.startswith((b"PK\x03\x04", b"%PDF-", _OLE, *_PICTURES)) else LIMIT


def name(data: bytes) -> str:
    """Name the format of ``data``: docx, xlsx, ofd, zip, pdf, ole, image, html; empty for what may be plain text."""
    if data.startswith(b"PK\x03\x04"):
        return zipped(io.BytesIO(data))
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(b"{\\rtf"):
        return "rtf"
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


def zipped(file: IO[bytes]) -> str:
    """Name the format of a zip archive by what it holds; zip where that is no document."""
    try:
        with zipfile.ZipFile(file) as opened:
            names = opened.namelist()[:_MANY]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    for pattern, format in _MEMBERS:
        if any(map(pattern.fullmatch, names)):
            return format
    return "zip"


def is_own(path: str) -> bool:
    """Tell whether an audit wrote a file, a page, a ledger or a document of Office, by what it says of itself.

    ``False`` for whatever cannot be opened.
    """
    lower = path.lower()
    try:
        if lower.endswith((".html", ".htm")):
            return _OWN_PAGE in _begin(path)
        if lower.endswith(".csv"):
            return _begin(path).startswith(_OWN_LEDGERS)
        if not lower.endswith((".docx", ".xlsx")):
            return False
        with zipfile.ZipFile(path) as office, office.open("docProps/core.xml") as file:
            return _OWN_DOCUMENT.search(file.read(16384)) is not None
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


def _begin(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(4096)


def _unopened(data: bytes) -> UnreadError:
    """Why an archive was not opened: what can be read in one is read member by member."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            count = len(file.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return UnreadError("archive_damaged")
    if count > archive.MEMBERS:
        return UnreadError("archive_members", count=str(count), limit=str(archive.MEMBERS))
    return UnreadError("archive_empty")


def extract(data: bytes, path: str) -> Extracted:
    """Extract the text of a file of any format; raise :class:`UnreadError` for what cannot be read."""
    format = name(data)
    if format in READERS:
        if format in _APART:
            extracted = apart.read(format, data, path)
        else:
            extracted = import_module(f".{_MODULES.get(format, format)}", __package__).read(data, path)
        if not extracted.text.strip():
            raise UnreadError("blank")
        if len(extracted.text) > CHARACTERS:
            raise UnreadError("too_long", limit=str(CHARACTERS // 10_000))
        return extracted
    if format == "zip":
        raise _unopened(data)
    if data.startswith(_ARCHIVES):
        raise UnreadError("archive")
    text, encoding = decode(data)
    mark = csv.delimiter(text, path)
    return csv.table(text, mark, encoding) if mark else Extracted(text, "text", encoding=encoding)
