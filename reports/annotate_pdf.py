"""Highlights with notes in a copy of a PDF. The copy is the original, byte for byte, with an appendix.

PDF lets a file be changed by what is put behind its end (ISO 32000-1, 7.5.6); so nothing in it can be lost.
It is made by another process (:mod:`gouji.reports.annotate_pdf_worker`) within the bounds of the reader.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec

from ..extract.pdf import worked
from ..extract.text import UnreadError
from .mark import Mark, Refused
from .plain import whole_text


def missing() -> bool:
    """Whether the package that reads the structure of the file is not installed."""
    return find_spec("pypdf") is None


def annotated(data: bytes, text: str, marks: Sequence[Mark]) -> tuple[bytes, int]:
    """A copy of ``data`` with a highlight for each number, and how many marks found a place.

    ``text`` is what the marks count characters in. Raises :class:`Refused` where the file can be read but no
    copy made, :class:`UnreadError` where it cannot be read.
    """
    found: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        found.setdefault((mark.start, mark.end), []).append(mark)
    wanted = [
        [start, end, "\n\n".join(whole_text(mark.text) for mark in here), any(mark.grave for mark in here)]
        for (start, end), here in sorted(found.items())
    ]
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    order = json.dumps({"marks": wanted, "text": digest}).encode("ascii")
    answer = worked(f"{__package__}.annotate_pdf_worker", order + b"\n" + data)
    head, _, copy = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"])
    if "error" in said:
        raise UnreadError(said["error"], **said.get("params", {}))
    placed = [tuple(place) for place in said["placed"]]
    return copy, sum(len(found[start, end]) for start, end in placed)
