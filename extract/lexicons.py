"""Words of one's own: tables that extend the shipped lexicons.

A lexicon (``units.toml``, ``ladders.toml`` …) is read once and compiled; what extends it must be known before.
:func:`set_extra` therefore comes first, and refuses to come too late rather than being without effect.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

_OF_EXTRACT = ("accounts", "ladders", "roles", "synonyms", "units")
_OF_CHECKS = (
    "averages",
    "capitals",
    "conversions",
    "dates",
    "debts",
    "differences",
    "enumerations",
    "gaps",
    "growths",
    "multiples",
    "named_rates",
    "packs",
    "partitions",
    "percent_caps",
    "pulls",
    "rankings",
    "sides",
    "spans",
    "wordings",
)

LEXICONS = {
    **dict.fromkeys(_OF_EXTRACT, "gouji.extract"),
    **dict.fromkeys(_OF_CHECKS, "gouji.checks"),
}
"""The lexicons that can be extended, and the package of each: the top-level table of that name in a file of one's own."""

IDENTITY = "id"
"""A listed table with the ``id`` of a shipped one extends it; every other listed table is a new one."""

_extra: dict[str, Any] = {}
_read: set[str] = set()


class TooLateError(RuntimeError):
    """A lexicon was already read without the words that should extend it."""


def set_extra(tables: Mapping[str, Any]) -> None:
    """Extend the shipped lexicons by ``tables`` (name of a lexicon → its tables) from now on.

    Raises :class:`TooLateError` when a lexicon that would change was already read, and ``ValueError`` for a
    name that is no lexicon.
    """
    global _extra
    unknown = sorted(set(tables) - set(LEXICONS))
    if unknown:
        raise ValueError(f"no such lexicon: {unknown[0]}")
    late = [name for name in LEXICONS if name in _read and tables.get(name) != _extra.get(name)]
    if late:
        raise TooLateError(late[0])
    _extra = dict(tables)


def in_force() -> dict[str, Any]:
    """The tables of one's own that are in force, for a process that is to read as this one does."""
    return dict(_extra)


def extended(name: str, shipped: dict[str, Any]) -> dict[str, Any]:
    """The shipped lexicon with the words of one's own; ``shipped`` itself where there are none."""
    _read.add(name)
    more = _extra.get(name)
    return merge(shipped, more) if more else shipped


def lexicon_of(package: str, name: str) -> dict[str, Any]:
    """The lexicon ``<name>.toml`` of ``package``, with the words of one's own. Reads the file: keep what it gives."""
    return extended(name, tomllib.loads(files(package).joinpath(f"{name}.toml").read_text(encoding="utf-8")))


def is_words(key: str, table: str) -> bool:
    """Whether a text under ``key`` of ``table`` is a list of words parted by white space."""
    return key == "words" or table == "not_before"


def merge(shipped: Mapping[str, Any], more: Mapping[str, Any], table: str = "") -> dict[str, Any]:
    """Both together: tables by key, lists one after the other, lists of words too; else ``more`` wins."""
    merged = dict(shipped)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = merge(old, value, key)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = _joined(old, value)
        elif isinstance(old, str) and isinstance(value, str) and is_words(key, table):
            merged[key] = f"{old} {value}"
        else:
            merged[key] = value
    return merged


def _joined(old: list[Any], more: list[Any]) -> list[Any]:
    """``old`` with the entries of ``more`` that it lacks; tables of one identity become one."""
    joined = list(old)
    for entry in more:
        if isinstance(entry, dict) and IDENTITY in entry:
            for place, known in enumerate(joined):
                if isinstance(known, dict) and known.get(IDENTITY) == entry[IDENTITY]:
                    joined[place] = merge(known, entry)
                    break
            else:
                joined.append(entry)
        elif entry not in joined:
            joined.append(entry)
    return joined
