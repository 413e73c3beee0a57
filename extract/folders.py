"""Which files folders, patterns and archives give: every kind that a reader knows, but what an audit wrote."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from . import archive, formats

#: Files taken from folders, patterns and archives; a file named by itself may be called anything.
SUFFIXES = (
    *(".txt", ".md", ".csv", ".html", ".htm", ".pdf", ".ofd"),
    *(".docx", ".doc", ".wps", ".rtf", ".xlsx", ".xls", ".xlsb", ".et"),
)
#: Archives: a zip is opened, of the others one line says that they are not.
ARCHIVES = (".zip", ".rar", ".7z")
#: Pictures; a small one is an ornament, no page.
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_SMALL = 40 * 1024
#: What the name of an annotated copy has before its suffix; folders and patterns leave such files out.
COPY = ".gouji"
#: Folders with this end hold what belongs to a saved page.
_OF_PAGES = ("_files", "_文件")


def _posix(path: str) -> str:
    return PurePath(path).as_posix()


def _is_report(name: str, size: int) -> bool:
    """Whether a file is, by its name and size, one that may hold a report."""
    lower = name.lower()
    if name.startswith((".", "~$")) or lower.startswith("readme") or _is_copy(name):
        return False
    return lower.endswith((*SUFFIXES, *ARCHIVES)) or (lower.endswith(PICTURES) and size >= _SMALL)


def _is_copy(name: str) -> bool:
    """Whether a file is by its name an annotated copy that an audit wrote."""
    return os.path.splitext(name)[0].lower().endswith(COPY)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _inside(folder: str) -> list[str]:
    """List the reports in ``folder`` and below, hidden ones left out, links to folders not followed."""
    found: list[str] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.endswith(_OF_PAGES)
        )
        for name in names:
            path = os.path.join(here, name)
            if _is_report(name, _size(path)) and not formats.is_own(path):
                found.append(path)
    return found


def paths(args: Iterable[str]) -> list[str]:
    """Expand files, folders, patterns and archives to the paths of reports, as posix paths.

    The order is that of ``args``; what a folder, pattern or archive gives is sorted by name. A path comes
    once. What is missing, and what gives nothing, stays in the list as it is, so that
    :func:`gouji.extract.reader.load` can say what is wrong with it.
    """
    found: dict[str, None] = {}
    for arg in args:
        for path in _expand(arg):
            for opened in _opened(path):
                found.setdefault(opened)
    return list(found)


def _opened(path: str) -> Iterator[str]:
    """Give the reports in an archive; any other path as it is."""
    names = archive.members(path) if _may_be_archive(path) else []
    reports = [
        name
        for name in names
        if _is_report(name.rpartition("/")[2], _SMALL) and not name.lower().endswith(ARCHIVES)
    ]
    if reports and len(reports) <= archive.MEMBERS:
        # archives in the archive are told, and not left out in silence
        inner = [name for name in names if name.lower().endswith(ARCHIVES)]
        yield from (f"{path}/{name}" for name in sorted([*reports, *inner]))
    else:
        yield path


def _may_be_archive(path: str) -> bool:
    """Whether a file is a zip archive and no document made as one."""
    try:
        if not os.path.isfile(path):  # a pipe would be waited for
            return False
        with open(path, "rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            file.seek(0)
            return formats.zipped(file) == "zip"
    except (OSError, ValueError):
        return False


def _expand(arg: str) -> list[str]:
    try:
        if os.path.isdir(arg):
            return sorted(map(_posix, _inside(arg))) or [_posix(arg)]
        if os.path.lexists(arg) or not glob.has_magic(arg):
            return [_posix(arg)] if arg else [arg]
        matches = glob.glob(arg, recursive=True)
    except (OSError, ValueError):
        return [arg]
    reports: list[str] = []
    for match in matches:
        if os.path.isdir(match):
            if "**" not in arg:
                reports += _inside(match)
        elif _matches(arg, match):
            reports.append(match)
    return sorted(map(_posix, reports)) or [arg]


def _matches(pattern: str, path: str) -> bool:
    """Whether a file that a pattern gives is a report: by its kind, or because the pattern names the kind."""
    name = os.path.basename(path)
    if pattern.lower().endswith((*SUFFIXES, *ARCHIVES, *PICTURES)):
        return not name.startswith((".", "~$")) and not _is_copy(name)
    return _is_report(name, _size(path)) and not formats.is_own(path)
