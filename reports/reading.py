"""Reading many documents: one after the other or in several processes, always in the order of the paths.

A fault of gouji over one document, even one that kills its process, becomes one line about that document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from ..extract import lexicons
from ..extract.document import Document, Unread
from .messages import messages

if TYPE_CHECKING:  # importing processes costs more than reading a report
    from concurrent.futures import Future

Found = TypeVar("Found")


def documents(
    paths: Sequence[str], lang: str, jobs: int = 1, step: Callable[[], None] | None = None
) -> Iterator[Document | Unread]:
    """Read ``paths`` in their order with up to ``jobs`` processes; ``step`` is called after each."""
    each = [(path, lang) for path in paths]
    found = apart(load, each, lang, jobs) if min(jobs, len(paths)) > 1 else (load(*one) for one in each)
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


def apart(
    work: Callable[..., Found], each: Sequence[tuple[object, ...]], lang: str, jobs: int
) -> Iterator[Found | Unread]:
    """``work(*one)`` for each, in order, in up to ``jobs`` processes; the first of ``one`` is a path.

    Work that kills its process becomes one line about that path, and the rest is done without it.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    extra = (lexicons.in_force(),)
    with ProcessPoolExecutor(min(jobs, len(each)), initializer=lexicons.set_extra, initargs=extra) as pool:
        started: list[Future[Found] | None] = []

        def start() -> None:
            with suppress(BrokenProcessPool):  # those that did not start are done alone below
                if len(started) < len(each):
                    started.append(pool.submit(work, *each[len(started)]))

        for _ in range(WAITING * jobs):
            start()
        for place, one in enumerate(each):
            future = started[place] if place < len(started) else None
            try:
                yield future.result() if future else _alone(work, one, lang)
            except BrokenProcessPool:
                yield _alone(work, one, lang)
            if place < len(started):
                started[place] = None  # what is done is not held
            start()


WAITING = 16
"""So many results for each process may wait to be taken; more would fill the memory of a large run."""


def _alone(work: Callable[..., Found], one: tuple[object, ...], lang: str) -> Found | Unread:
    """Do it in a process of its own, for what may have killed the one that it was done in."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    extra = (lexicons.in_force(),)
    with ProcessPoolExecutor(1, initializer=lexicons.set_extra, initargs=extra) as pool:
        try:
            return pool.submit(work, *one).result()
        except BrokenProcessPool as error:
            return Unread(str(one[0]), fault(error, lang))
