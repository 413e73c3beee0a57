"""Reports inside zip archives: what is published as 附件.zip is read member by member, unpacked in memory only.

A member is named by the path of the archive and its own: ``附件.zip/决算/表1.xlsx``. Members have bounds as
files have, and what an archive claims of itself is not trusted. Archives inside of archives are not opened.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from contextlib import suppress

from .text import UnreadError

#: Members that one archive may give.
MEMBERS = 500
_LISTED = 20_000
_UTF8 = 0x800  # the flag of a member whose name is UTF-8
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, OverflowError)


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; one without the flag is taken for GB 18030, as Chinese systems write it."""
    name = member.filename
    if not member.flag_bits & _UTF8 and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist()[:_LISTED]:
        if not member.is_dir() and not member.filename.startswith("__MACOSX/"):
            found.setdefault(_name(member), member)
    return found


def members(path: str) -> list[str]:
    """Name the members of the archive ``path``, sorted; nothing for what is no archive that can be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(_members(archive))
    except (*_BROKEN, RuntimeError):
        return []


def file_of(path: str) -> str:
    """The file that ``path`` stands in: itself, or the archive of which it names a member."""
    at = path
    while at and not os.path.lexists(at):
        above = os.path.dirname(at)
        if above == at:
            break
        at = above
    return at if at != path and os.path.isfile(at) else path


def content(path: str, limit: int) -> bytes | None:
    """The bytes of the member that ``path`` names; ``None`` where it names none.

    Raises :class:`UnreadError` for an encrypted or damaged one, and for one of more than ``limit`` bytes.
    """
    file = file_of(path)
    if file == path or not zipfile.is_zipfile(file):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            member = _members(archive).get(path[len(file) :].lstrip("/"))
            if member is None:
                return None
            if member.flag_bits & 1:
                raise UnreadError("encrypted")
            with archive.open(member) as opened:
                data = opened.read(limit + 1)
    except RuntimeError:
        raise UnreadError("encrypted") from None
    except _BROKEN:
        raise UnreadError("archive_damaged") from None
    if len(data) > limit:
        raise UnreadError("unpacked", limit=str(limit // 1048576))
    return data
