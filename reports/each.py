"""``gouji audit --each FOLDER``: many reports, each audited by itself, in memory that does not grow with their number.

Each report's JSON audit is a file in the folder; ``gouji-each.jsonl`` has a line for each. A file is put in place as a
whole before its line is written, so a run that is stopped anywhere goes on after what it finished. The folder holds
the same bytes whoever worked, in whatever order, and however often the run was stopped.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO, Any

from ..checks.past import Source, Told
from ..checks.run import audit
from ..extract.document import Unread
from ..extract.identity import bucket
from . import cache, policy, reading, working
from .config import Config
from .faults import CacheError
from .json import render
from .lock import writing
from .outcome import CLEAN, FINDINGS, UNREADABLE
from .stamp import stamp
from .view import View
from .whole import whole

LEDGER = "gouji-each.jsonl"
"""A line for each report: path, digest, file of its audit, counts; or the reason why it could not be read."""

COUNTS = ("figures", "checked", "unverified", "unrelated", "relations", "errors", "warnings")


@dataclass(frozen=True, slots=True)
class Task:
    """How each report is audited, and where its audit goes."""

    folder: str
    lang: str
    config: Config
    history: str = ""
    stamp: str = ""


@dataclass(slots=True)
class Totals:
    """What all reports together came to."""

    reports: int = 0
    unread: int = 0
    kept: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def add(self, row: dict[str, Any]) -> None:
        """Count one line of the ledger."""
        if "reason" in row:
            self.unread += 1
            return
        self.reports += 1
        for name in COUNTS:
            self.counts[name] += row[name]

    def status(self, fail_on: str) -> int:
        """The exit status for a threshold."""
        errors, warnings = self.counts["errors"], self.counts["warnings"]
        reached = {"error": errors, "warning": errors + warnings, "never": 0}[fail_on]
        if reached:
            return FINDINGS
        return UNREADABLE if self.unread else CLEAN


def work(path: str, shown: str, target: str, task: Task) -> dict[str, Any]:
    """Audit one report and put its audit in place; its line of the ledger."""
    digest = cache.digest(path)
    row: dict[str, Any] = {"path": shown, "sha256": digest, "stamp": task.stamp}
    document = reading.load(path, task.lang)
    if isinstance(document, Unread):
        return {**row, "reason": document.reason}
    try:
        past = _past(task.history) if task.history else None
        found = audit([replace(document, path=shown)], off=task.config.off, history=past)
        found = policy.apply(found, task.config)
        text = render(found, task.lang)
        counts = View(found).counts
    except Exception as error:
        return {**row, "reason": reading.fault(error, task.lang)}
    put(task.folder, target, text)
    return {**row, "sha256": document.sha256, "audit": target, **{n: getattr(counts, n) for n in COUNTS}}


_opened: dict[str, Callable[[Sequence[Source]], Iterable[Told]]] = {}


def _past(path: str) -> Callable[[Sequence[Source]], Iterable[Told]]:
    """The history of this process; what reports of one issuer need is read once."""
    if path not in _opened:
        from .history import Store

        store = Store(path)
        held: dict[str, list[Told]] = {}

        def told(sources: Sequence[Source]) -> Iterator[Told]:
            for source in sources:
                key = bucket(source.issuer)
                if key not in held:
                    while len(held) >= HELD:
                        held.pop(next(iter(held)))
                    held[key] = list(store.told([source]))
                yield from held[key]

        _opened[path] = told
    return _opened[path]


HELD = 8
"""So many issuers' earlier claims are held by a process."""


def run(
    paths: Sequence[tuple[str, str]],
    task: Task,
    *,
    jobs: int = 1,
    scheduler: str = "",
    step: Callable[[], None] | None = None,
) -> Totals:
    """Audit each of ``paths`` (with how it is called) that is not done yet. Raises ``CacheError`` and ``ClusterError``."""
    with writing(task.folder):
        try:
            shutil.rmtree(os.path.join(task.folder, HALF), ignore_errors=True)
            return _run(paths, task, jobs, scheduler, step)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CacheError(task.folder, "cache.unwritable", why=why) from None
        finally:
            shutil.rmtree(os.path.join(task.folder, HALF), ignore_errors=True)


def _run(
    paths: Sequence[tuple[str, str]],
    task: Task,
    jobs: int,
    scheduler: str,
    step: Callable[[], None] | None,
) -> Totals:
    sources = [
        repr(sorted(task.config.severity.items())),
        task.config.tail_errors,
        task.history and _index(task.history),
    ]
    task = replace(task, stamp=stamp((task.lang, *task.config.off, *sources)))
    targets = _targets([shown for _, shown in paths])
    rows = _done(task, targets)
    totals = Totals()
    wanted = []
    for path, shown in paths:
        if shown in rows and json.loads(rows[shown])["sha256"] == cache.digest(path):
            totals.kept += 1
            if step:
                step()
                step()
        else:
            rows.pop(shown, None)
            wanted.append((path, shown, targets[shown], task))
    with open(os.path.join(task.folder, LEDGER), "ab") as ledger:
        _close(ledger)
        for row in _worked(wanted, task, jobs, scheduler):
            line = rows[row["path"]] = _line(row)
            ledger.write(line)
            ledger.flush()
            if step:
                step()
                step()
    os.makedirs(os.path.join(task.folder, HALF), exist_ok=True)
    with whole(os.path.join(task.folder, LEDGER), beside=os.path.join(task.folder, HALF)) as sorted_ledger:
        for shown in sorted(rows):
            sorted_ledger.write(rows[shown])
            totals.add(json.loads(rows[shown]))
    return totals


def _worked(
    wanted: Sequence[tuple[str, str, str, Task]], task: Task, jobs: int, scheduler: str
) -> Iterator[dict[str, Any]]:
    names = {path: shown for path, shown, _, _ in wanted}
    found: Iterator[Any]
    if scheduler:
        found = working.cluster(work, wanted, task.lang, scheduler)
    elif min(jobs, len(wanted)) > 1:
        found = reading.apart(work, wanted, task.lang, jobs)
    else:
        found = (work(*one) for one in wanted)
    for one in found:
        if isinstance(one, Unread):  # its process died
            shown = names.get(one.path, one.path)
            one = {"path": shown, "sha256": cache.digest(one.path), "stamp": task.stamp, "reason": one.reason}
        yield one


def _done(task: Task, targets: dict[str, str]) -> dict[str, bytes]:
    """The lines of the ledger of what is done as this run would do it; a line that was cut off says nothing.

    Lines, since the rows that they hold would take five times the memory in a run over a million reports.
    """
    rows: dict[str, tuple[bytes, str | None]] = {}
    try:
        with open(os.path.join(task.folder, LEDGER), "rb") as file:
            for line in file:
                with suppress(ValueError, RecursionError):
                    row = json.loads(line)
                    if _whole(row) and row["path"] in targets and row["stamp"] == task.stamp:
                        rows[row["path"]] = _line(row), row.get("audit")
    except OSError:
        return {}
    return {
        shown: line
        for shown, (line, audit_file) in rows.items()
        if audit_file == targets[shown] and os.path.isfile(os.path.join(task.folder, targets[shown]))
    }


def _whole(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and all(isinstance(row.get(name), str) for name in ("path", "sha256", "stamp", "audit"))
        and all(type(row.get(name)) is int for name in COUNTS)
    )


def _close(ledger: IO[bytes]) -> None:
    """End a line that was cut off, so that the next one stands by itself."""
    if ledger.tell():
        with open(ledger.name, "rb") as before:
            before.seek(-1, os.SEEK_END)
            if before.read(1) != b"\n":
                ledger.write(b"\n")


def _line(row: dict[str, Any]) -> bytes:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _targets(shown: Sequence[str]) -> dict[str, str]:
    """A file for the audit of each report, in the folder and nowhere else."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(shown):
        parts = [part for part in PurePosixPath(name).parts if part not in ("/", ".", "..")]
        target = "/".join(parts) + ".json"
        while target.lower() in taken:
            target = target.removesuffix(".json") + "_.json"
        taken.add(target.lower())
        found[name] = target
    return found


def put(folder: str, name: str, text: str) -> None:
    """Put a file in place as a whole: what is half written stands apart. Raises ``OSError``."""
    path, half = os.path.join(folder, name), os.path.join(folder, HALF)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.makedirs(half, exist_ok=True)
    with whole(path, beside=half) as file:
        file.write(text.encode("utf-8", "backslashreplace"))


HALF = ".half"
"""The folder of files that are being written; what a killed run left there is thrown away by the next."""


def _index(path: str) -> str:
    """What the history holds now, by the index of its files."""
    from .extras import INDEX

    return cache.digest(os.path.join(path, INDEX))
