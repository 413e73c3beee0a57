"""Families of standard tables and the ties that they are known to have: the entries of ``packs.toml``, read.

A family says which table is which, and which cells of which tables must agree (表间勾稽). Nothing is judged here, and
no family is named in code: a new one is a few lines of data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..extract.lexicons import lexicon_of

PROSE = "P"
"""The id of what stands outside of tables."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure of a tie stands: table (an id, or :data:`PROSE`), side, row and column as ``packs.toml`` has them.

    ``side`` is ``<`` (the first block of labels), ``>`` (the last) or ``''``. For prose ``row`` holds the headings and
    ``column`` the words before the figure.
    """

    table: str
    side: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Tie:
    """One known tie: the check that judges it, its roles in order, and how rows are paired (``code``, ``label``, '').

    ``each`` are words of columns under each of which the tie is told again. ``places`` are the scopes (全市) of
    which prose must name one to be sure, none where it need not; ``not_before`` are words that may not stand before those of the prose.
    """

    check: str
    strength: str
    roles: tuple[tuple[str, tuple[Cell, ...]], ...]
    by: str = ""
    each: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    def tables(self) -> set[str]:
        """The ids of its tables."""
        return {cell.table for _, cells in self.roles for cell in cells if cell.table != PROSE}


@dataclass(frozen=True, slots=True)
class Known:
    """How one table of a family is told: words of its title, or labels of its rows, or heads of its columns."""

    id: str
    title: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its tables and ties. ``items`` is the cell of an account that prose names by 类, 款 and 项.

    ``items_after`` are the words between those names and the figure; none where it follows at once.
    """

    id: str
    tables: tuple[Known, ...]
    ties: tuple[Tie, ...]
    items: Cell | None = None
    items_after: tuple[str, ...] = ()


def _cell(text: str) -> Cell:
    table, row, column = (piece.strip() for piece in text.split("/"))
    side = table[-1] if table[-1] in "<>" else ""
    return Cell(table.rstrip("<>"), side, row, column)


CHECKS = {
    "sum": ("total", "part"),
    "restated": ("first", "second"),
    "balance": ("income", "expense"),
    "subset": ("part", "whole"),
    "two_breakdowns": ("part", "other"),
}
"""The checks that a tie of a family may have, with their roles."""


def _tie(entry: Mapping[str, Any]) -> Tie:
    check = entry["check"]
    if check not in CHECKS or any(role not in entry for role in CHECKS[check]):
        raise ValueError(f"{check}: {', '.join(CHECKS.get(check, CHECKS))}")
    roles = tuple(
        (role, tuple(_cell(text) for text in (told if isinstance(told, list) else [told])))
        for role in CHECKS[check]
        for told in (entry[role],)
    )
    return Tie(
        check,
        entry.get("strength", "stated"),
        roles,
        entry.get("by", ""),
        tuple(entry.get("with", ())),
        tuple(entry.get("places", ())),
        tuple(entry.get("not_before", ())),
    )


def _known(entry: Mapping[str, Any]) -> Known:
    return Known(
        entry["id"],
        tuple(tuple(words.split("+")) for words in entry.get("title", ())),
        tuple(entry.get("not", ())),
        tuple(entry.get("rows", ())),
        tuple(entry.get("columns", ())),
    )


@cache
def families() -> tuple[Family, ...]:
    """The families of ``packs.toml``, in order."""
    return tuple(
        Family(
            entry["id"],
            tuple(_known(table) for table in entry["table"]),
            tuple(_tie(tie) for tie in entry["tie"]),
            _cell(entry["items"]) if "items" in entry else None,
            tuple(entry.get("items_after", ())),
        )
        for entry in lexicon_of("gouji.checks", "packs")["family"]
    )
