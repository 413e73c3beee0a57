"""From paths to documents. Nothing here raises for bad input: what cannot be read becomes ``Unread``."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from . import archive, sections
from .document import Document, Figure, Flow, Skipped, Unread
from .extracted import Layout, said
from .flow import flow
from .folders import COPY, paths
from .formats import PACKED_LIMIT, extract, limit_of
from .text import LIMIT, UnreadError, message

__all__ = ["COPY", "content", "load", "paths"]


def _posix(path: str) -> str:
    return PurePath(path).as_posix()


def _system_code(error: OSError) -> UnreadError:
    if error.errno in (errno.EACCES, errno.EPERM):
        return UnreadError("permission")
    if error.errno == errno.ELOOP:
        return UnreadError("link_loop")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UnreadError("missing")
    return UnreadError("system", detail=error.strerror or type(error).__name__)


def _first_bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(8)


def content(path: str) -> bytes:
    """Read a file whole, or a member of an archive; refuse what is no file, and what is too large, unread.

    Raises :class:`UnreadError`.
    """
    try:
        try:
            status = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            member = archive.content(path, PACKED_LIMIT)
            if member is not None:
                return member
            if os.path.islink(path):
                raise UnreadError("broken_link", target=os.readlink(path)) from None
            raise UnreadError("no_match" if glob.has_magic(path) else "missing") from None
        if stat.S_ISDIR(status.st_mode):
            os.listdir(path)
            raise UnreadError("no_reports")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadError("not_a_file")
        if status.st_size > LIMIT:
            limit = limit_of(_first_bytes(path))
            if status.st_size > limit:
                size = -(-status.st_size // 1048576)
                raise UnreadError("too_large", size=str(size), limit=str(limit // 1048576))
        return Path(path).read_bytes()
    except ValueError:  # a NUL or a lone surrogate in the name
        raise UnreadError("bad_name") from None
    except OSError as error:
        raise _system_code(error) from None


def _figures(reading: Flow, text: str) -> tuple[tuple[Figure, ...], tuple[Skipped, ...]]:
    """Scan for figures; the scanner is loaded with the first document."""
    scan = import_module(".figures", __package__)
    figures, skipped = scan.figures(reading, text)
    if any(block.kind == "row" for block in reading.blocks):
        tables = import_module(".tables", __package__)
        found = tables.of(reading, figures, text)
        figures, skipped = tables.without_codes(tables.with_units(figures, found), skipped, found)
    return tuple(figures), tuple(skipped)


def _with_sureness(figures: Iterable[Figure], layout: Layout) -> tuple[Figure, ...]:
    """Let each number know how sure its reading from the picture is."""
    return tuple(replace(figure, sure=layout.sureness(figure.start, figure.end)) for figure in figures)


def load(path: str, lang: str = "zh") -> Document | Unread:
    """Read one file into a document, or say in one line of ``lang`` why it cannot be read."""
    try:
        data = content(path)
        extracted = extract(data, path)
    except UnreadError as error:
        return Unread(_posix(path), message(error.code, error.params, lang))
    text = extracted.text
    reading = flow(text)
    title = sections.title(reading)
    figures, skipped = _figures(reading, text)
    notes = extracted.notes
    if extracted.layout is not None and extracted.layout.sure:
        ocr = import_module(".ocr", __package__)
        figures = _with_sureness(figures, extracted.layout)
        notes = (*notes, *ocr.doubts(figures, extracted.layout))
    return Document(
        path=_posix(path),
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        title=title,
        issuer=sections.issuer(reading, title),
        period=sections.period(reading, title),
        encoding=extracted.encoding,
        flow=reading,
        figures=figures,
        skipped=skipped,
        layout=extracted.layout,
        notes=said(notes, lang),
    )
