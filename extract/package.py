"""Packages of XML parts (DOCX, XLSX, OFD): a zip archive, read within bounds, never written to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree import ElementTree

from .text import UnreadError

#: Bytes that the parts read from one package may have together when unpacked.
UNPACKED_LIMIT = 96 * 1024 * 1024
#: Members that a package may list; a document with pictures has some hundred.
MEMBER_LIMIT = 20_000

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    UnicodeError,
    OverflowError,
)


class _Tree(ElementTree.TreeBuilder):
    """Builds a tree and refuses a document type: without one there are no entities to expand or fetch."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise UnreadError("part_damaged", part=name, detail="DOCTYPE")


class Package:
    """The parts of one package. Reading more than the limit raises, whatever the archive claims of itself."""

    def __init__(self, data: bytes) -> None:
        """List the members of ``data``; raises :class:`UnreadError` for a damaged archive."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = self._archive.infolist()
        except _BROKEN:
            raise UnreadError("archive_damaged") from None
        if len(members) > MEMBER_LIMIT:
            raise UnreadError("archive_members", count=str(len(members)), limit=str(MEMBER_LIMIT))
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}
        self._lower = {name.lower(): name for name in self._members}
        self._left = UNPACKED_LIMIT

    def names(self) -> list[str]:
        """Give the names of the members, in the order of the archive."""
        return list(self._members)

    def has(self, name: str) -> bool:
        """Tell whether there is a member ``name``; case does not matter."""
        return name.lstrip("/").lower() in self._lower

    def archived(self, name: str) -> str | None:
        """Give the name under which the archive itself lists a member; ``None`` where there is none."""
        known = self._lower.get(name.lstrip("/").lower())
        return None if known is None else self._members[known].filename

    def read(self, name: str) -> bytes | None:
        """Unpack one member; ``None`` where there is none.

        Raises :class:`UnreadError` for a damaged or encrypted one and beyond :data:`UNPACKED_LIMIT`.
        """
        known = self._lower.get(name.lstrip("/").lower())
        if known is None:
            return None
        member = self._members[known]
        if member.flag_bits & 1:
            raise UnreadError("encrypted")
        try:
            with self._archive.open(member) as file:
                data = file.read(self._left + 1)
        except RuntimeError:  # the archive asks for a password
            raise UnreadError("encrypted") from None
        except _BROKEN:
            raise UnreadError("archive_damaged") from None
        if len(data) > self._left:
            raise UnreadError("unpacked", limit=str(UNPACKED_LIMIT // 1048576))
        self._left -= len(data)
        return data

    def xml(self, name: str) -> ElementTree.Element | None:
        """Parse one member as XML without document type and entities; ``None`` where there is none."""
        data = self.read(name)
        if data is None:
            return None
        parser = ElementTree.XMLParser(target=_Tree())
        try:
            parser.feed(data)
            root = parser.close()
        except ElementTree.ParseError as error:
            line = error.position[0] if error.position else 0
            raise UnreadError("part_damaged", part=name, detail=f"XML, {line}") from None
        except (LookupError, ValueError):
            raise UnreadError("part_damaged", part=name, detail="encoding") from None
        if not isinstance(root, ElementTree.Element):
            raise UnreadError("part_damaged", part=name, detail="XML")
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Map the ids of the relations of ``part`` to (last word of the type, name of the target part).

        ``part`` is empty for the package itself. Targets outside of the package are left out.
        """
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target:
                continue
            absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(absolute).lstrip("/"))
        return found


def local(tag: str) -> str:
    """Give the name of an element without its namespace: strict and transitional files differ only there."""
    return tag.rpartition("}")[2]
