"""A note that is to stand at a number of the document itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on the characters ``start`` to ``end`` (exclusive) of a document's text; ``grave`` for an error."""

    start: int
    end: int
    text: str
    grave: bool = False


class Refused(Exception):
    """A file can be read, but no copy of it made; ``code`` says why: changed, locked or structure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
