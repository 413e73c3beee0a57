"""Known findings: a file that names them, so that only new ones count.

A finding is known again by its fingerprint in the same document; else by its check and the numbers as printed, in
the same document; else by its fingerprint alone (the file was renamed). An entry answers one finding. What answers
none is dead, what is past its day has expired: both are told, neither suppresses anything.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from ..checks.audit import Audit
from ..checks.relation import Judged
from .config import ConfigError, read_toml
from .messages import Messages
from .note import note
from .toml_lines import line_of
from .view import View
from .write import one_line

MARK = "baseline"
"""What marks a suppressed finding that no reason is given for."""

_REQUIRED = ("fingerprint", "check", "path", "values")
_UNSAFE = re.compile("[\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known finding: ``values`` are its numbers as printed, role by role.

    ``line`` is where the entry stands, ``by`` who accepted it.
    """

    fingerprint: str
    check: str
    path: str
    values: tuple[str, ...]
    message: str = ""
    reason: str = ""
    expires: date | None = None
    line: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """An audit with its known findings marked, and the entries that mark nothing."""

    audit: Audit
    dead: tuple[Entry, ...]
    expired: tuple[Entry, ...]


def load(path: str) -> list[Entry]:
    """The entries of a file. Raises :class:`ConfigError` with file, line and key."""
    source, tables = read_toml(path)
    for key in tables:
        if key != "suppress":
            raise ConfigError(path, line_of(source, (key,)), key, "config.unknown_key", known="suppress")
    listed = tables.get("suppress", [])
    if not isinstance(listed, list):
        raise ConfigError(path, line_of(source, ("suppress",)), "suppress", "config.type_tables")
    return [_entry(path, source, place, table) for place, table in enumerate(listed)]


def _entry(path: str, source: str, place: int, table: Any) -> Entry:
    def error(key: str, message: str, **values: object) -> ConfigError:
        name = f"suppress.{place + 1}.{key}" if key else f"suppress.{place + 1}"
        at = ("suppress", place, key) if key else ("suppress", place)
        return ConfigError(path, line_of(source, at), name, message, **values)

    if not isinstance(table, dict):
        raise error("", "config.type_table")
    missing = [key for key in _REQUIRED if key not in table]
    if missing:
        raise error("", "config.missing_key", known=", ".join(missing))
    known = (*_REQUIRED, "message", "reason", "expires", "by")
    for key, value in table.items():
        if key not in known:
            raise error(key, "config.unknown_key", known=", ".join(known))
        if key == "values":
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise error(key, "config.type_texts", found=repr(value)[:40])
        elif key == "expires":
            if not isinstance(_day(value), date):
                raise error(key, "config.type_date", found=repr(value)[:40])
        elif not isinstance(value, str):
            raise error(key, "config.type_text", found=repr(value)[:40])
    return Entry(
        table["fingerprint"],
        table["check"],
        table["path"],
        tuple(table["values"]),
        table.get("message", ""),
        table.get("reason", ""),
        _day(table.get("expires")),
        line_of(source, ("suppress", place)) or 0,
        table.get("by", ""),
    )


def _day(value: Any) -> date | None:
    """A TOML date, a date and time, or an ISO date in quotes; ``None`` for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def today() -> date:
    """The day that expiry is compared with: of ``SOURCE_DATE_EPOCH`` where it is set, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else date.today()


def values_of(judged: Judged) -> tuple[str, ...]:
    """The numbers of a tie as printed, role by role, each on one line."""
    return tuple(one_line(claim.figure.text) for claim in judged.relation.claims())


def path_of(view: View, judged: Judged) -> str:
    """The document that a finding is shown in."""
    claim = view.primary(judged)
    return view.audit.documents[view.document_of(claim)].document.path if claim else ""


def apply(
    audit: Audit, entries: Sequence[Entry], day: date, exists: Callable[[str], bool] = os.path.lexists
) -> Applied:
    """Mark the findings that ``entries`` name; an entry holds to the end of the day that it expires.

    An entry for a document that this audit does not hold is dead only where the file is gone.
    """
    view = View(audit)
    live = [entry for entry in entries if entry.expires is None or day <= entry.expires]
    paths = {judged.id: path_of(view, judged) for judged in view.findings}
    matched = _matches(view.findings, paths, live)
    relations = tuple(
        replace(judged, suppressed=matched[judged.id].reason or MARK) if judged.id in matched else judged
        for judged in audit.relations
    )
    used = {id(entry) for entry in matched.values()}
    audited = {document.document.path for document in audit.documents if not document.earlier}
    unread = {found.path for found in audit.unread}
    dead = [
        entry
        for entry in live
        if id(entry) not in used
        and entry.path not in unread
        and (entry.path in audited or not exists(entry.path))
    ]
    expired = [entry for entry in entries if entry.expires is not None and day > entry.expires]
    return Applied(replace(audit, relations=relations), tuple(dead), tuple(expired))


def _matches(findings: Sequence[Judged], paths: dict[str, str], entries: Sequence[Entry]) -> dict[str, Entry]:
    """Findings by id with the entry that names each: surest way first, in order, one to one."""
    ways: tuple[tuple[Callable[[Judged], Hashable], Callable[[Entry], Hashable]], ...] = (
        (lambda j: (j.fingerprint, paths[j.id]), lambda e: (e.fingerprint, e.path)),
        (
            lambda j: (j.relation.check, paths[j.id], values_of(j)),
            lambda e: (e.check, e.path, e.values),
        ),
        (lambda j: j.fingerprint, lambda e: e.fingerprint),
    )
    matched: dict[str, Entry] = {}
    used: set[int] = set()
    for of_finding, of_entry in ways:
        waiting: dict[Hashable, list[Entry]] = {}
        for entry in reversed(entries):
            if id(entry) not in used:
                waiting.setdefault(of_entry(entry), []).append(entry)
        for judged in findings:
            if judged.id not in matched and (found := waiting.get(of_finding(judged))):
                matched[judged.id] = found.pop()
                used.add(id(matched[judged.id]))
    return matched


def entries_of(audit: Audit, words: Messages, known: Sequence[Entry] = ()) -> list[Entry]:
    """An entry for every finding that counts; reasons and days of ``known`` entries are kept.

    Known entries of documents that this audit does not hold stay as they are.
    """
    view = View(audit)
    paths = {judged.id: path_of(view, judged) for judged in view.findings}
    matched = _matches(view.findings, paths, known)
    found = []
    for judged in view.findings:
        old = matched.get(judged.id)
        found.append(
            Entry(
                judged.fingerprint,
                judged.relation.check,
                paths[judged.id],
                values_of(judged),
                note(judged, view, words),
                old.reason if old else "",
                old.expires if old else None,
                by=old.by if old else "",
            )
        )
    audited = {document.document.path for document in audit.documents if not document.earlier}
    used = {id(entry) for entry in matched.values()}
    found += [entry for entry in known if entry.path not in audited and id(entry) not in used]
    return sorted(found, key=lambda entry: entry.path)


def dump(entries: Iterable[Entry], words: Messages) -> str:
    """The entries as TOML, the format that :func:`load` reads and the audit page exports."""
    blocks = [f"# {line}\n" for line in words("baseline.head").split("\n")]
    for entry in entries:
        lines = [
            "\n[[suppress]]",
            f"fingerprint = {_text(entry.fingerprint)}",
            f"check = {_text(entry.check)}",
            f"path = {_text(entry.path)}",
            f"message = {_text(entry.message)}",
            f"values = [{', '.join(map(_text, entry.values))}]",
            f"reason = {_text(entry.reason)}",
        ]
        if entry.expires is not None:
            lines.append(f"expires = {entry.expires.isoformat()}")
        if entry.by:
            lines.append(f"by = {_text(entry.by)}")
        blocks.append("\n".join(lines) + "\n")
    return "".join(blocks)


def _text(value: str) -> str:
    r"""A TOML text on one line: JSON's escapes are TOML's, but for controls above \x7e and lone surrogates."""
    escaped = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda m: "\ufffd" if m[0] >= "\ud800" else f"\\u{ord(m[0]):04x}", escaped)
