"""Where the elements of an XML part stand among its bytes, so that a part can be changed by insertions alone.

A part that is parsed and written anew comes back with other prefixes, other escapes and other white space.
Here nothing is written anew: what is not inserted stays as it was, byte for byte.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from xml.parsers import expat

from ..extract.text import UnreadError

_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_CHARACTER = re.compile(rb"&[^;<&]{1,12};|\r\n|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")


class Bytes:
    """The elements of one part in the order of their start tags, by number; the root is 0.

    ``begin`` and ``end`` bound an element with its tags, ``inner`` and ``outer`` what stands between them;
    those two are equal, at the end, where it is one empty tag. ``parent`` is -1 for the root.
    """

    def __init__(self, data: bytes, part: str) -> None:
        """Index ``data``; raise :class:`UnreadError` for what is no well-formed UTF-8."""
        self.data = data
        known = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
        if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (known and known[1].lower() not in _UTF8):
            raise UnreadError("part_damaged", part=part, detail="encoding")
        self.begin, self.inner, self.outer, self.end, self.parent = (array("q") for _ in range(5))
        self.names: list[str] = []
        self._open: list[int] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._close
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise UnreadError("part_damaged", part=part, detail=f"XML, {error.lineno}") from None

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        tag = _TAG.match(self.data, at)
        inner = tag.end() if tag else at
        self.parent.append(self._open[-1] if self._open else -1)
        self._open.append(len(self.names))
        self.names.append(name)
        self.begin.append(at)
        self.inner.append(inner)
        self.outer.append(inner)
        self.end.append(inner)

    def _close(self, _: str) -> None:
        number = self._open.pop()
        at = self._parser.CurrentByteIndex
        if not self.is_empty(number):
            self.outer[number] = at
            self.end[number] = self.data.index(b">", at) + 1

    def local(self, number: int) -> str:
        """The name of an element without its prefix."""
        return self.names[number].rpartition(":")[2]

    def prefix(self, number: int) -> str:
        """The prefix of an element's name, with its colon; empty where it has none."""
        head, colon, _ = self.names[number].rpartition(":")
        return head + colon

    def is_empty(self, number: int) -> bool:
        """Whether an element is one empty tag (``<a/>``)."""
        return self.data[self.inner[number] - 2 : self.inner[number]] == b"/>"

    def tag(self, number: int) -> bytes:
        """The start tag of an element."""
        return self.data[self.begin[number] : self.inner[number]]

    def attributes(self, number: int) -> dict[str, str]:
        """The attributes of an element by their names as written, escapes left as they are."""
        text = self.tag(number).decode("utf-8", "replace")
        return {match[1]: match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(text)}

    def children(self, number: int) -> list[int]:
        """The elements directly inside of one."""
        end, found, at = self.end[number], [], number + 1
        while at < len(self.names) and self.begin[at] < end:
            if self.parent[at] == number:
                found.append(at)
            at += 1
        return found

    def places(self, number: int) -> list[int] | None:
        """Where each character of an element's text begins, and where the last ends.

        ``None`` where the text is not plain: it holds elements, comments or CDATA.
        """
        raw = self.data[self.inner[number] : self.outer[number]]
        if b"<" in raw:
            return None
        found = [self.inner[number] + match.start() for match in _CHARACTER.finditer(raw)]
        return [*found, self.outer[number]]


def ending(part: Bytes, inside: bytes) -> tuple[int, int, bytes]:
    """The change that puts ``inside`` at the end of the root: from, to, and what stands there then."""
    if part.is_empty(0):
        at = part.inner[0]
        return at - 2, at, b">" + inside + f"</{part.names[0]}>".encode()
    return part.outer[0], part.outer[0], inside


def changed(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """``data`` with every stretch (from, to, instead) replaced; stretches come in order and do not overlap."""
    pieces, at = [], 0
    for begin, end, instead in changes:
        pieces += [data[at:begin], instead]
        at = end
    return b"".join((*pieces, data[at:]))
