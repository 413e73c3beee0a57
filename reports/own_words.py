"""Lexicons of one's own: read, compared with the shape of the shipped ones, and put in force.

A file holds a table for each lexicon that it extends, with the tables and keys of the shipped file:
``[units.count] words = "…"``, ``[[partitions.partition]]``, ``[[ladders.stage]]``, ``[[ladders.rate]]``,
``[[wordings.wording]]``, ``[roles.direction] up = [...]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from ..extract import lexicons
from .config import ConfigError, read_toml
from .toml_lines import Key, line_of


def put_in_force(paths: Iterable[str]) -> None:
    """Extend the lexicons by these files, in their order. Raises :class:`ConfigError`."""
    together: dict[str, Any] = {}
    last = ""
    for path in paths:
        source, tables = read_toml(path)
        for name, table in tables.items():
            if name not in lexicons.LEXICONS:
                raise _error(path, source, (name,), "config.unknown_key", known=", ".join(lexicons.LEXICONS))
            _compare(path, source, (name,), _shipped(name), table)
        together, last = lexicons.merge(together, tables), path
    try:
        lexicons.set_extra(together)
        if together:
            _compile()
    except lexicons.TooLateError as error:
        raise ConfigError(last, None, str(error), "config.too_late") from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ConfigError(last, None, "", "config.lexicon", why=f"{error}") from None


def _compile() -> None:
    """Read every lexicon now, so that what it refuses is an error of the settings and not of a document."""
    from ..checks.packs import families
    from ..checks.partitions import partitions
    from ..extract import units
    from ..extract.ladders import ladders

    assert units.UNITS
    ladders()
    partitions()
    families()


def _shipped(name: str) -> dict[str, Any]:
    home = files(lexicons.LEXICONS[name])
    return tomllib.loads(home.joinpath(f"{name}.toml").read_text("utf-8"))


def _compare(path: str, source: str, at: tuple[Key, ...], shipped: Any, own: Any) -> None:
    """Refuse keys that the shipped lexicon does not have, and values of another shape."""
    if isinstance(shipped, dict):
        if not isinstance(own, dict):
            raise _error(path, source, at, "config.type_table")
        open_table = _is_dictionary(at)
        for key, value in own.items():
            if key in shipped and not open_table:
                _compare(path, source, (*at, key), shipped[key], value)
            elif not open_table:
                raise _error(path, source, (*at, key), "config.unknown_key", known=", ".join(shipped))
            elif not isinstance(value, str):
                raise _error(path, source, (*at, key), "config.type_text", found=repr(value)[:40])
    elif isinstance(shipped, list):
        if not isinstance(own, list):
            raise _error(path, source, at, "config.type_texts", found=repr(own)[:40])
        tables = [entry for entry in shipped if isinstance(entry, dict)]
        for place, entry in enumerate(own):
            if tables:
                _compare_entry(path, source, (*at, place), tables, entry)
            elif shipped and type(entry) is not type(shipped[0]):
                raise _error(path, source, at, "config.type_texts", found=repr(entry)[:40])
    elif isinstance(shipped, str) and not lexicons.is_words(str(at[-1]), str(at[-2])):
        raise _error(path, source, at, "config.fixed")
    elif type(own) is not type(shipped):
        raise _error(path, source, at, "config.type_text", found=repr(own)[:40])


def _compare_entry(
    path: str, source: str, at: tuple[Key, ...], tables: list[dict[str, Any]], own: Any
) -> None:
    """One listed table: keys that some shipped one has, and all that every shipped one has."""
    if not isinstance(own, dict):
        raise _error(path, source, at, "config.type_table")
    kinds = {key: value for table in tables for key, value in table.items()}
    for key, value in own.items():
        if key not in kinds:
            raise _error(path, source, (*at, key), "config.unknown_key", known=", ".join(kinds))
        if type(value) is not type(kinds[key]):
            raise _error(path, source, (*at, key), "config.type_as", found=_name(kinds[key]))
        if isinstance(value, list) and any(
            type(entry) is not type(kinds[key][0]) for entry in value if kinds[key]
        ):
            raise _error(path, source, (*at, key), "config.type_as", found=_name(kinds[key]))
        if value in ([], "", [[]]) and all(table.get(key) for table in tables):
            raise _error(path, source, (*at, key), "config.empty")
    same = next((t for t in tables if lexicons.IDENTITY in own and t.get(lexicons.IDENTITY) == own["id"]), {})
    missing = [
        key
        for key in tables[0]
        # where a shipped entry comes from is said; one's own needs no source
        if key != "source" and key not in own and key not in same and all(key in t for t in tables)
    ]
    if missing:
        raise _error(path, source, at, "config.missing_key", known=", ".join(missing))


def _is_dictionary(at: tuple[Key, ...]) -> bool:
    """Whether any key may stand in this table: printed forms and the words that must not follow."""
    return at[0] == "units" and at[-1] in ("same", "not_before")


def _name(value: Any) -> str:
    return {list: "[…]", str: '"…"', bool: "true | false", int: "0", dict: "{…}"}.get(type(value), "?")


def _error(path: str, source: str, at: tuple[Key, ...], message: str, **values: object) -> ConfigError:
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in at)
    return ConfigError(path, line_of(source, at), key, message, **values)
