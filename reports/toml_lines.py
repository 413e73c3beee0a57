"""Where a key of a TOML file stands: ``tomllib`` gives values without places, and an error should name its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

Key = str | int
"""A step of a path: the name of a key, or the 0-based place in a list of tables."""

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_ENTRY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_NAMES = re.compile(_PART)
_FENCE = re.compile("\"\"\"|'''")


def line_of(source: str, path: Sequence[Key]) -> int | None:
    """The 1-based line of the key at ``path``, else of the nearest table above it; ``None`` where none is written."""
    places = _places(source)
    for size in range(len(path), 0, -1):
        found = places.get(tuple(path[:size]))
        if found is not None:
            return found
    return None


def _places(source: str) -> dict[tuple[Key, ...], int]:
    places: dict[tuple[Key, ...], int] = {}
    lists: Counter[tuple[Key, ...]] = Counter()
    table: tuple[Key, ...] = ()
    fence = ""
    for number, line in enumerate(source.split("\n"), 1):
        if not fence:
            if header := _HEADER.match(line):
                table = _at(_names(header[2]), lists)
                for size in range(1, len(table)):
                    places.setdefault(table[:size], number)
                if header[1] == "[[":
                    lists[table] += 1
                    places.setdefault(table, number)
                    table = (*table, lists[table] - 1)
                places.setdefault(table, number)
            elif entry := _ENTRY.match(line):
                names = _names(entry[1])
                for size in range(1, len(names) + 1):
                    places.setdefault((*table, *names[:size]), number)
        for mark in _FENCE.findall(line):
            fence = mark if not fence else "" if mark == fence else fence
    return places


def _names(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _NAMES.findall(dotted)]


def _at(names: Sequence[str], lists: Counter[tuple[Key, ...]]) -> tuple[Key, ...]:
    """The path of a header: a name that is a list of tables means its last table so far."""
    path: tuple[Key, ...] = ()
    for place, name in enumerate(names):
        path = (*path, name)
        if place < len(names) - 1 and lists[path]:
            path = (*path, lists[path] - 1)
    return path
