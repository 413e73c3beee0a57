"""Auditing many documents, each alone: in processes of this machine, or in those of a Dask cluster; kept in a cache.

What comes back is in the order of the paths and does not depend on who worked: one process, several, or a cluster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..checks.alone import Alone, alone, packed
from ..extract import lexicons
from ..extract.document import Unread
from . import cache, reading
from .faults import ClusterError
from .stamp import stamp

BATCH = 8
"""So many documents are one task of a cluster."""


@dataclass(frozen=True, slots=True)
class Work:
    """How documents are audited: language of remarks, checks that are not run, where results are kept."""

    lang: str = "zh"
    off: tuple[str, ...] = ()
    cache: str = ""
    stamp: str = ""


def work(path: str, shown: str, how: Work) -> Alone | Unread:
    """Audit one file alone, or take what was kept of it; ``shown`` is how it is called."""
    name = cache.name_of(path, shown, how.stamp) if how.cache else ""
    kept = cache.load(how.cache, name) if name else None
    if kept is not None:
        return kept
    document = reading.load(path, how.lang)
    if isinstance(document, Unread):
        return Unread(shown, document.reason)
    try:
        found = packed(alone(replace(document, path=shown), 0, how.off))
    except Exception as error:
        return Unread(shown, reading.fault(error, how.lang))
    if name:
        cache.save(how.cache, name, found)
    return found


def each(
    paths: Sequence[tuple[str, str]],
    how: Work,
    *,
    jobs: int = 1,
    scheduler: str = "",
    step: Callable[[], None] | None = None,
) -> Iterator[Alone | Unread]:
    """Audit files, each given with how it is called. Raises ``CacheError`` and ``ClusterError`` at its begin."""
    if how.cache:
        cache.ready(how.cache)
        how = replace(how, stamp=stamp((how.lang, *how.off)))
    tasks: list[tuple[object, ...]] = [(path, shown, how) for path, shown in paths]
    found: Iterator[Alone | Unread]
    if scheduler:
        found = cluster(work, tasks, how.lang, scheduler)
    elif min(jobs, len(tasks)) > 1:
        found = reading.apart(work, tasks, how.lang, jobs)
    else:
        found = (work(path, shown, how) for path, shown in paths)
    names = dict(paths)
    for one in found:
        if step:
            step()
            step()
        # a process that died knew its file by its own path
        yield replace(one, path=names.get(one.path, one.path)) if isinstance(one, Unread) else one


def batch(
    task: Callable[..., Any], several: Sequence[tuple[Any, ...]], extra: Mapping[str, Any]
) -> list[Any]:
    """One task of a cluster: several documents, under the words that this run has in force."""
    if lexicons.in_force() != extra:
        lexicons.set_extra(extra)
    return [task(*one) for one in several]


def cluster(
    task: Callable[..., Any], each: Sequence[tuple[Any, ...]], lang: str, address: str
) -> Iterator[Any]:
    """``task(*one)`` for each, in order, in a cluster that sees the same files; the first of ``one`` is a path.

    So many batches at a time that results do not pile up. What kills its worker becomes one line about its path.
    Raises :class:`ClusterError` where the cluster does not answer.
    """
    import distributed

    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=20, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(address, "cluster.unreachable", why=" ".join(str(error).split())[:120]) from None
    with client:
        width = max(2, 2 * sum(client.nthreads().values()))
        extra = lexicons.in_force()
        waiting: deque[tuple[Any, Sequence[tuple[Any, ...]]]] = deque()
        batches = iter([each[at : at + BATCH] for at in range(0, len(each), BATCH)])

        def send() -> None:
            several = next(batches, None)
            if several is not None:
                waiting.append((client.submit(batch, task, several, extra, pure=False), several))

        for _ in range(width):
            send()
        while waiting:
            future, several = waiting.popleft()
            try:
                done = future.result()
            except Exception:  # one of them killed its worker, perhaps: each by itself tells which
                done = []
                for one in several:
                    try:
                        done += client.submit(batch, task, [one], extra, pure=False).result()
                    except Exception as error:
                        done.append(Unread(str(one[0]), reading.fault(error, lang)))
            del future
            send()
            yield from done
