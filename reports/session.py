"""One run from paths to an audit: settings, reading, judging, house rules, known findings, unchanged reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

import click

from ..checks.audit import Audit
from ..extract.document import Document, Unread
from . import changed, config, own_words, policy, reading
from .changed import GitError
from .config import Config, ConfigError
from .faults import HistoryError, RefusalError
from .messages import Messages

if TYPE_CHECKING:
    from ..checks.alone import Alone
    from ..checks.past import Told
    from ..checks.run import History
    from .baseline import Entry
    from .each import Totals

REFUSALS = (ConfigError, GitError, RefusalError)
"""What a run may refuse to begin with; each says why in one ``line``."""

_MANY = 4
"""From so many documents on a terminal shows how far a run has come."""

_COLLECTION = 1000
"""From so many on, one audit that holds them all costs gigabytes; each by itself does not."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was asked for, the command line before the settings.

    ``cache`` is a folder of documents audited before, ``scheduler`` the address of a Dask cluster.
    """

    config: Config
    lang: str
    words: Messages
    jobs: int = 1
    quiet: bool = False
    verbose: bool = False
    cache: str = ""
    scheduler: str = ""

    def say(self, line: str) -> None:
        """A remark on standard error, which ``--quiet`` leaves out."""
        if not self.quiet:
            click.echo(f"gouji: {line}", err=True)


def settings(paths: Sequence[str], path: str | None) -> Config:
    """The settings in ``path``, else those found upwards from the first of ``paths``; own words put in force.

    Raises :class:`~gouji.reports.config.ConfigError`.
    """
    found = path or config.find(paths[0] if paths else ".")
    used = config.load(found) if found else Config()
    own_words.put_in_force(used.lexicons)
    return used


def audited(
    run: Run,
    paths: Sequence[str],
    *,
    known: str | None = None,
    since: str | None = None,
    history: str | None = None,
    bundle: bool = False,
) -> Audit:
    """Audit what ``paths`` name under the settings of the run.

    ``known`` is a file of known findings, ``since`` a git revision: with it only reports that changed count.
    ``history`` is a history or a folder of earlier reports. With ``bundle`` the files tell one report. Raises what :data:`REFUSALS` names.
    """
    from ..extract import reader
    from ..extract.archive import file_of
    from . import baseline

    entries = baseline.load(known) if known else []
    found = reader.paths(paths)
    names = {path: named(Unread(path, ""), paths).path for path in found}
    if len(found) >= _COLLECTION:
        run.say(run.words("cli.collection", count=len(found)))
    touched: set[str] = set()
    if since is not None:
        real = changed.since(since, paths)
        touched = {names[path] for path in found if os.path.realpath(file_of(path)) in real}
        if not touched:
            run.say(run.words("git.nothing", revision=since))
            found = []
    if run.config.off and not run.quiet:
        off = run.words("ui.separator").join(run.words.word("check", name) for name in run.config.off)
        run.say(run.words("cli.checks_off", checks=off))
    result = policy.apply(_judged(run, paths, found, history, bundle), run.config)
    if since is not None:
        result = _only(run, result, touched, since)
    if known:
        result = _known(run, result, known, entries)
    return result


def _judged(run: Run, paths: Sequence[str], found: Sequence[str], history: str | None, bundle: bool) -> Audit:
    from ..checks.run import audit

    past = earlier(run, history) if history else None
    with progress(run, len(found)) as step:
        documents: Iterator[Document | Unread | Alone]
        if run.cache or run.scheduler or min(run.jobs, len(found)) > 1:
            from . import working

            shown = [(path, named(Unread(path, ""), paths).path) for path in found]
            how = working.Work(run.lang, run.config.off, run.cache)
            documents = working.each(shown, how, jobs=run.jobs, scheduler=run.scheduler, step=step)
        else:
            documents = (named(d, paths) for d in reading.documents(found, run.lang, 1, step))
        return audit(
            documents,
            off=run.config.off,
            fault=lambda error: reading.fault(error, run.lang, run.verbose),
            step=step,
            history=past,
            bundle=bundle,
        )


def each(run: Run, paths: Sequence[str], folder: str, history: str) -> Totals:
    """Audit each report that ``paths`` name by itself, into files of ``folder``. Raises what :data:`REFUSALS` names."""
    from ..extract import reader
    from . import each as several
    from .extras import is_store

    if history and not is_store(history):
        raise HistoryError(history, "history.none")
    found = [(path, named(Unread(path, ""), paths).path) for path in reader.paths(paths)]
    task = several.Task(folder, run.lang, run.config, history)
    with progress(run, len(found)) as step:
        return several.run(found, task, jobs=run.jobs, scheduler=run.scheduler, step=step)


def earlier(run: Run, path: str) -> History:
    """What a history, or the reports of a folder, told before. Raises ``HistoryError``."""
    from ..extract.identity import bucket
    from .extras import is_store

    if is_store(path):
        from .history import Store

        return Store(path).told
    kept: dict[str, list[Told]] = {}
    for one in told(run, path):
        kept.setdefault(bucket(one.source.issuer), []).append(one)
    return lambda sources: (
        one for key in dict.fromkeys(bucket(s.issuer) for s in sources) for one in kept.get(key, ())
    )


def told(run: Run, path: str) -> Iterator[Told]:
    """What the reports of a folder told. Raises ``HistoryError`` where none can be read."""
    from ..checks.tell import Teller
    from ..extract import reader
    from ..extract.claims import read

    none = True
    for document in reading.documents(reader.paths([path]), run.lang, run.jobs):
        known = named(document, [path])
        if isinstance(known, Unread):
            run.say(f"{known.path}{run.words('ui.colon')}{known.reason}")
            continue
        none = False
        yield from Teller(read(known, -1)).told()
    if none:
        raise HistoryError(path, "history.none")


def _only(run: Run, audit: Audit, touched: set[str], since: str) -> Audit:
    """Only findings of changed reports count; what could not be read beside them is a remark."""
    for unread in audit.unread:
        if unread.path not in touched:
            run.say(f"{unread.path}{run.words('ui.colon')}{unread.reason}")
    kept = tuple(unread for unread in audit.unread if unread.path in touched)
    mark = run.words("git.unchanged", revision=since)
    return changed.only(replace(audit, unread=kept), touched, mark)


def _known(run: Run, audit: Audit, known: str, entries: Sequence[Entry]) -> Audit:
    from . import baseline

    applied = baseline.apply(audit, entries, baseline.today())
    for entry in applied.expired:
        run.say(
            run.words("baseline.expired", place=f"{known}:{entry.line}", day=entry.expires, path=entry.path)
        )
    for entry in applied.dead:
        run.say(run.words("baseline.dead", place=f"{known}:{entry.line}", path=entry.path, check=entry.check))
    return applied.audit


def originals(paths: Sequence[str]) -> dict[str, list[str]]:
    """The files that ``paths`` name, by the paths that an audit gives them."""
    from ..extract import reader

    found: dict[str, list[str]] = {}
    for path in reader.paths(paths):
        found.setdefault(named(Unread(path, ""), paths).path, []).append(path)
    return found


@contextmanager
def progress(run: Run, count: int) -> Iterator[Callable[[], None] | None]:
    """A step to call twice for each document, read and judged; drawn only where someone watches."""
    if run.quiet or count < _MANY or not sys.stderr.isatty():
        yield None
        return
    began = monotonic()
    done = 0

    def rate(_: object) -> str:
        return run.words("cli.rate", rate=f"{done / 2 / max(monotonic() - began, 0.1):.1f}")

    with click.progressbar(
        length=2 * count, label=run.words("cli.progress"), file=sys.stderr, item_show_func=rate
    ) as bar:

        def step() -> None:
            nonlocal done
            done += 1
            bar.update(1, current_item=done)

        yield step


def named(found: Document | Unread, arguments: Iterable[str]) -> Document | Unread:
    """Name an absolute path from the working folder, or from the argument that led to it.

    Outputs hold no absolute path: they must not tell whose machine they were made on.
    """
    if not os.path.isabs(found.path):
        return found
    roots = [os.getcwd(), *(os.path.dirname(argument.rstrip("/")) for argument in arguments)]
    for root in roots:
        if os.path.isabs(root) and found.path.startswith(root.rstrip("/") + "/"):
            return replace(found, path=found.path[len(root.rstrip("/")) + 1 :])
    return replace(found, path=os.path.basename(found.path))
