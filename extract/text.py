"""From bytes to text: which encoding, or one clear line why not.

The text is the decoded content and nothing else: line ends stay as they are (offsets count in it), only
a byte order mark is taken off.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from functools import cache
from importlib.resources import files

from .script import simplified

#: Files beyond this many bytes are refused before they are read: a long report has one or two MB, a yearbook twenty.
LIMIT = 32 * 1024 * 1024

_SAMPLE = 4000  # characters by which a guess is judged
_PLAUSIBLE = 0.6  # share of frequent characters; real reports have 0.95, a wrong guess 0.3

#: First bytes, and what they look like. Names of formats are the same in both languages.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP / DOCX / XLSX / OFD"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC / XLS / WPS (OLE)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"AT&TFORM", "DjVu"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype html|<html|<head|<body)[\s>]", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UnreadError(Exception):
    """A file that cannot be read, as a code of the catalogue ``unread.toml`` and what fills its gaps."""

    def __init__(self, code: str, **params: str) -> None:
        """Keep ``code`` and ``params``; the text is made only when a language is known."""
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Give the line in Chinese, the default language."""
        return self.message()

    def message(self, lang: str = "zh") -> str:
        """Give the line in ``lang`` (``zh`` or ``en``; anything else is Chinese)."""
        return message(self.code, self.params, lang)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__ or "").joinpath("unread.toml").read_text("utf-8"))


def message(code: str, params: dict[str, str], lang: str = "zh") -> str:
    """Fill the catalogue's line for ``code``; always one line, whatever the parameters hold."""
    line = _catalogue()[code]["en" if lang == "en" else "zh"].format_map(params)
    return " ".join(line.split())


def decode(data: bytes) -> tuple[str, str]:
    """Decode a file's bytes; give the text and the name of its encoding.

    Tried in turn: byte order marks, UTF-8, UTF-16 without a mark, GB18030 (which includes GBK) and Big5.
    Raises :class:`UnreadError` for what is not text.
    """
    if len(data) > LIMIT:
        raise UnreadError("too_large", size=str(-(-len(data) // 1048576)), limit=str(LIMIT // 1048576))
    if not data:
        raise UnreadError("empty")
    for magic, looks in _MAGIC:
        if data.startswith(magic):
            raise UnreadError("format", looks=looks)
    text, encoding = characters(data)
    if _MARKUP.match(data[:400]):
        raise UnreadError("format", looks="HTML / XML")
    control = _CONTROL.search(text)
    if control:
        at = len(text[: control.start()].encode(encoding, "replace")) + 1
        raise UnreadError("binary", byte=str(at), value=f"0x{ord(control.group()):02X}")
    if not text.strip():
        raise UnreadError("blank")
    return text, encoding


def characters(data: bytes) -> tuple[str, str]:
    """Decode bytes as :func:`decode` does, whatever the text is; raises :class:`UnreadError`."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                if encoding == "utf-8":
                    raise _damaged(data, error.start + len(mark)) from None
                raise UnreadError("undecodable") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    else:
        if "\0" not in text:
            return text, "utf-8"
        wide = _wide(data)
        return wide if wide else (text, "utf-8")
    wide = _wide(data)
    if wide:
        return wide
    if _mostly_utf8(data):
        raise _damaged(data, broken)
    return _legacy(data)


def _damaged(data: bytes, at: int) -> UnreadError:
    return UnreadError("damaged", byte=str(at + 1), line=str(data.count(b"\n", 0, at) + 1))


def _mostly_utf8(data: bytes) -> bool:
    """Whether text that is no UTF-8 would be, but for a few broken bytes.

    Legacy double bytes survive as UTF-8 only by rare chance, so a text of which nine tenths survive is
    damaged UTF-8. Decoding it as GB18030 would give characters that nobody wrote.
    """
    survived = data.decode("utf-8", "ignore")
    encoded = survived.encode("utf-8")
    wide = len(encoded) - len(survived.encode("ascii", "ignore"))
    return wide > 0 and wide >= 9 * (len(data) - len(encoded))


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, where it reads as text better than by chance."""
    if len(data) % 2:
        return None
    best: tuple[float, str, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = plausibility(text)
        if share >= 0.8 and (best is None or share > best[0]):
            best = (share, text, encoding)
    return (best[1], best[2]) if best else None


def _legacy(data: bytes) -> tuple[str, str]:
    """GB18030 or Big5, whichever decodes; where both do, what the detector says."""
    readings: dict[str, str] = {}
    for encoding in ("gb18030", "big5hkscs"):
        try:
            readings[encoding] = data.decode(encoding)
        except UnicodeDecodeError:
            continue
    if len(readings) == 2:
        from charset_normalizer import from_bytes  # loaded late: most reports are UTF-8

        found = from_bytes(data[: 1 << 18], cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
        chosen = "big5hkscs" if found and found.encoding.startswith("big5") else "gb18030"
        readings = {chosen: readings[chosen]}
    for encoding, text in readings.items():
        if plausibility(text) >= _PLAUSIBLE:
            return text, encoding
    raise UnreadError("undecodable")


def plausibility(text: str) -> float:
    """Share of a sample's characters that reports are made of: ASCII print, punctuation, frequent ideographs.

    Frequent are the 3755 of level 1 of GB 2312, Traditional forms counting as their Simplified ones.
    """
    sample = text[:_SAMPLE]
    if not sample:
        return 0.0
    forms = simplified(set(sample))
    frequent = _frequent()
    good = sum(1 for c in sample if forms.get(c, c) in frequent)
    return good / len(sample)


@cache
def _frequent() -> frozenset[str]:
    level_1 = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    ascii_print = "".join(map(chr, range(0x20, 0x7F))) + "\t\r\n"
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    marks = "，。、；：？！（）“”‘’《》〈〉—…－％·　「」『』【】〔〕〇－—–＝"
    return frozenset(level_1.decode("gb2312", "ignore") + ascii_print + wide + marks)
