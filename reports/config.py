"""What is in force on a run: ``gouji.toml``, or ``[tool.gouji]`` of ``pyproject.toml``, found upwards.

Every value is checked before anything is read, and an error names file, line and key. Nothing is guessed: an
unknown key is an error, since a setting that nobody reads would look as if it were in force.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import FORMATS
from .messages import LANGUAGES, Messages
from .toml_lines import Key, line_of

FILE, SHARED_FILE = "gouji.toml", "pyproject.toml"
FAIL_ON = ("error", "warning", "never")
SEVERITIES = ("error", "warning", "off", "default")
TAIL_ERRORS = ("error", "warning", "off")
MOST_JOBS = 64
_AT_LINE = re.compile(r" \(at line ([0-9]+), column [0-9]+\)")


@dataclass(frozen=True, slots=True)
class Config:
    """Settings with where they come from.

    ``severity`` maps a check to error, warning or off (findings are shown, marked, and not counted); ``off`` names
    the checks that are not run at all. ``tail_errors`` is what a miss of one last digit (尾差) weighs.
    ``outputs`` are pairs of format and file; ``lexicons`` and ``baseline`` are paths as the working folder sees them.
    ``sources`` maps a key to ``file:line``; a key that is absent has its default.
    """

    path: str = ""
    lang: str = "zh"
    fail_on: str = "error"
    tail_errors: str = "warning"
    jobs: int = 1
    baseline: str = ""
    lexicons: tuple[str, ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


class ConfigError(Exception):
    """A file of settings that cannot be used; :meth:`line` says in one line where and why."""

    def __init__(self, path: str, line: int | None, key: str, message: str, **values: object) -> None:
        super().__init__(path, line, key, message)
        self.path, self.number, self.key, self.message, self.values = path, line, key, message, values

    def line(self, words: Messages) -> str:
        """``gouji.toml:3: severity.rate: …``."""
        place = self.path if self.number is None else f"{self.path}:{self.number}"
        said = words(self.message, **self.values)
        return f"{place}: {self.key}{words('ui.colon')}{said}" if self.key else f"{place}: {said}"


def find(start: str) -> str:
    """The file of settings for ``start``: in its folder or above, up to the top of its repository; "" if none."""
    here = Path(os.path.abspath(start))
    if not here.is_dir():
        here = here.parent
    for folder in (here, *here.parents):
        own, shared = folder / FILE, folder / SHARED_FILE
        if own.is_file():
            return _shown(own)
        if shared.is_file() and _is_ours(shared):
            return _shown(shared)
        if (folder / ".git").exists():
            break
    return ""


def load(path: str) -> Config:
    """The settings of a file. Raises :class:`ConfigError`."""
    source, tables = read_toml(path)
    prefix: tuple[str, ...] = ()
    if os.path.basename(path) == SHARED_FILE:
        prefix = ("tool", "gouji")
        for name in prefix:
            tables = tables.get(name, {}) if isinstance(tables, dict) else {}
    return _Reader(path, source, prefix).config(tables)


def read_toml(path: str) -> tuple[str, dict[str, Any]]:
    """Text and tables of a TOML file. Raises :class:`ConfigError` for what is missing, no UTF-8 or no TOML."""
    try:
        source = Path(path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return source, tomllib.loads(source)
    except OSError as error:
        raise ConfigError(
            path, None, "", "config.unreadable", why=error.strerror or type(error).__name__
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(path, line, "", "config.encoding") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = str(error)
        at = _AT_LINE.search(why)
        line_number = int(at[1]) if at else source.count("\n") + 1
        raise ConfigError(path, line_number, "", "config.syntax", why=_AT_LINE.sub("", why)) from None


def _is_ours(shared: Path) -> bool:
    """Whether a ``pyproject.toml`` has a table of ours; one that cannot be read is somebody else's matter."""
    try:
        tool = tomllib.loads(shared.read_text("utf-8")).get("tool")
    except (OSError, ValueError):
        return False
    return isinstance(tool, dict) and "gouji" in tool


def _shown(path: Path) -> str:
    """A path as seen from the working folder where it is below, else from the root."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


class _Reader:
    """Reads one table of settings, key by key."""

    def __init__(self, path: str, source: str, prefix: tuple[str, ...]) -> None:
        self.path, self.source, self.prefix = path, source, prefix
        self.folder = os.path.dirname(path)

    def config(self, table: Any) -> Config:
        if not isinstance(table, dict):
            raise self.error((), "config.type_table")
        readers: dict[str, Callable[[tuple[Key, ...], Any], Any]] = {
            "lang": lambda at, value: self.choice(at, value, LANGUAGES),
            "fail_on": lambda at, value: self.choice(at, value, FAIL_ON),
            "tail_errors": lambda at, value: self.choice(at, value, TAIL_ERRORS),
            "jobs": self.jobs,
            "baseline": self.file,
            "lexicons": self.files,
            "output": self.outputs,
            "severity": self.severity,
            "checks": self.checks,
        }
        fields = {key: key for key in readers} | {"output": "outputs", "checks": "off"}
        found: dict[str, Any] = {}
        sources: dict[str, str] = {}
        for key, value in table.items():
            self.known((key,), readers)
            found[fields[key]] = readers[key]((key,), value)
            sources[fields[key]] = f"{self.path}:{line_of(self.source, (*self.prefix, key)) or 1}"
        return Config(path=self.path, sources=sources, **found)

    def error(self, at: Sequence[Key], message: str, **values: object) -> ConfigError:
        key = ".".join(str(step + 1) if isinstance(step, int) else step for step in at)
        return ConfigError(self.path, line_of(self.source, (*self.prefix, *at)), key, message, **values)

    def known(self, at: tuple[Key, ...], names: Mapping[str, object] | Sequence[str]) -> None:
        if at[-1] not in names:
            raise self.error(at, "config.unknown_key", known=", ".join(names))

    def choice(self, at: tuple[Key, ...], value: Any, names: Sequence[str]) -> str:
        if not isinstance(value, str) or value not in names:
            raise self.error(at, "config.choice", known=", ".join(names), found=_brief(value))
        return value

    def jobs(self, at: tuple[Key, ...], value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_JOBS:
            raise self.error(at, "config.number", low=1, high=MOST_JOBS, found=_brief(value))
        return value

    def file(self, at: tuple[Key, ...], value: Any) -> str:
        if not isinstance(value, str) or not value or "\0" in value:
            raise self.error(at, "config.type_text", found=_brief(value))
        return os.path.normpath(os.path.join(self.folder, value))

    def texts(self, at: tuple[Key, ...], value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.error(at, "config.type_texts", found=_brief(value))
        return value

    def files(self, at: tuple[Key, ...], value: Any) -> tuple[str, ...]:
        return tuple(self.file(at, entry) for entry in self.texts(at, value))

    def table(self, at: tuple[Key, ...], value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.error(at, "config.type_table")
        return value

    def outputs(self, at: tuple[Key, ...], value: Any) -> tuple[tuple[str, str], ...]:
        """``[[output]]``: a format, and a file in the folder of the settings or below (or ``-``)."""
        if not isinstance(value, list):
            raise self.error(at, "config.type_tables")
        found = []
        for place, entry in enumerate(value):
            where = (*at, place)
            table = self.table(where, entry)
            for key in table:
                self.known((*where, key), ("format", "file"))
            if "format" not in table:
                raise self.error(where, "config.missing_key", known="format")
            name = self.choice((*where, "format"), table["format"], tuple(FORMATS))
            target = "-" if table.get("file") == "-" else ""
            if "file" in table and not target:
                target = self.file((*where, "file"), table["file"])
                if os.path.relpath(target, self.folder or ".").startswith(".."):
                    raise self.error((*where, "file"), "config.outside", found=_brief(table["file"]))
            found.append((name, target))
        return tuple(found)

    def severity(self, at: tuple[Key, ...], value: Any) -> dict[str, str]:
        from ..checks import CHECKS

        found = {}
        for key, entry in self.table(at, value).items():
            self.known((*at, key), CHECKS)
            found[key] = self.choice((*at, key), entry, SEVERITIES)
        return found

    def checks(self, at: tuple[Key, ...], value: Any) -> tuple[str, ...]:
        """``[checks] on = [...]`` runs these only; ``off = [...]`` all but these."""
        from ..checks import CHECKS

        table = self.table(at, value)
        named: dict[str, list[str]] = {}
        for key, entry in table.items():
            self.known((*at, key), ("on", "off"))
            named[key] = self.texts((*at, key), entry)
            for name in named[key]:
                self.choice((*at, key), name, CHECKS)
        both = sorted(set(named.get("on", ())) & set(named.get("off", ())))
        if both:
            raise self.error((*at, "off"), "config.on_and_off", found=both[0])
        on = named.get("on", list(CHECKS))
        return tuple(name for name in CHECKS if name not in on or name in named.get("off", ()))


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
