"""From an offset in an extracted text back to what it was read from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Trail(Generic[T]):
    """What the characters of a text came from; white space came from nothing.

    A writer strips, joins and marks what it is given, but it drops and adds only white space, and what it
    puts before a text (一、 of a list, # of a heading). So the characters of a stretch that are no white
    space, counted from its end, are those of its sources.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._starts: list[int] = []
        self._texts: list[str] = []
        self._sources: list[Sequence[T]] = []
        self._shown: tuple[int, list[int]] = (-1, [])  # of the stretch asked last: where characters show

    def add(self, start: int, text: str, sources: Sequence[T]) -> None:
        """Note that ``text`` stands at ``start`` and came from ``sources``, one for each character that shows.

        Stretches come in rising order and do not overlap.
        """
        if text and sources:
            self._starts.append(start)
            self._texts.append(text)
            self._sources.append(sources)

    def of(self, start: int, end: int) -> list[T]:
        """Give the sources of the characters from ``start`` to ``end`` (exclusive), those without one left out."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return []
        if self._shown[0] != at:
            self._shown = at, [i for i, char in enumerate(self._texts[at]) if not char.isspace()]
        shown, sources = self._shown[1], self._sources[at]
        first, last = start - self._starts[at], end - self._starts[at]
        ahead = len(sources) - len(shown)
        low, high = ahead + bisect_left(shown, first), ahead + bisect_left(shown, last)
        return list(sources[max(low, 0) : max(high, 0)])
