"""Reading many documents: one after the other or in several processes, always in the order of the paths.

A fault of gouji over one document, even one that kills its process, becomes one line about that document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ..extract import lexicons
from ..extract.document import Document, Unread
from .messages import messages

if TYPE_CHECKING:  # importing processes costs more than reading a report
    from concurrent.futures import Future


def documents(
    paths: Sequence[str], lang: str, jobs: int = 1, step: Callable[[], None] | None = None
) -> Iterator[Document | Unread]:
    """Read ``paths`` in their order with up to ``jobs`` processes; ``step`` is called after each."""
    found = _apart(paths, lang, jobs) if min(jobs, len(paths)) > 1 else (load(path, lang) for path in paths)
    for document in found:
        if step:
            step()
        yield document


def load(path: str, lang: str) -> Document | Unread:
    """Read one file; whatever goes wrong is a line about it."""
    from ..extract import reader

    try:
        return reader.load(path, lang)
    except Exception as error:
        return Unread(path, fault(error, lang))


def fault(error: Exception, lang: str, verbose: bool = False) -> str:
    """One line about a fault of gouji itself; ``verbose`` prints where it happened."""
    if verbose:
        import traceback

        traceback.print_exception(error)
    why = " ".join(f"{type(error).__name__}: {error}".split())
    return messages(lang)("cli.fault", why=why)


def _apart(paths: Sequence[str], lang: str, jobs: int) -> Iterator[Document | Unread]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    extra = (lexicons.in_force(),)
    with ProcessPoolExecutor(min(jobs, len(paths)), initializer=lexicons.set_extra, initargs=extra) as pool:
        started: list[Future[Document | Unread]] = []
        with suppress(BrokenProcessPool):  # those that did not start are read alone below
            for path in paths:
                started.append(pool.submit(load, path, lang))
        for place, path in enumerate(paths):
            try:
                yield started[place].result() if place < len(started) else _alone(path, lang)
            except BrokenProcessPool:
                yield _alone(path, lang)


def _alone(path: str, lang: str) -> Document | Unread:
    """Read in a process of its own, for a document that may have killed the one it was read in."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    extra = (lexicons.in_force(),)
    with ProcessPoolExecutor(1, initializer=lexicons.set_extra, initargs=extra) as pool:
        try:
            return pool.submit(load, path, lang).result()
        except BrokenProcessPool as error:
            return Unread(path, fault(error, lang))
