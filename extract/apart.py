"""Reads a file in a process of its own, within bounds of memory and time.

A report may be made to hang or to fill the memory of whoever opens it: an archive that unpacks to gigabytes,
a million levels, a pattern that never ends. Then that process ends, and one line says so.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .extracted import Extracted
from .text import UnreadError

if TYPE_CHECKING:  # importing processes costs more than reading a short report
    from multiprocessing.connection import Connection

#: Seconds of the processor, and of the clock, that one file may take.
SECONDS = 60
WAIT = 120
#: Bytes of address space; a document of a thousand pages takes some hundred megabytes.
MEMORY = 3 << 30


def read(format: str, data: bytes, path: str) -> Extracted:
    """Let the reader of ``format`` read ``data``; raise :class:`UnreadError` where it, or its bounds, end it."""
    from multiprocessing import get_context

    # A copy of this process is at hand at once; where there is none, or it is not safe, a new one starts.
    context: Any = get_context("fork" if sys.platform == "linux" else "spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, format, data, path, SECONDS, MEMORY), daemon=True)
    process.start()
    there.close()
    try:
        answer = here.recv() if here.poll(WAIT) else None
    except EOFError:  # ended by the system: too much time or memory
        answer = None
    finally:
        here.close()
        process.kill()
        process.join()
    if answer is None:
        raise UnreadError("heavy")
    if isinstance(answer, Extracted):
        return answer
    code, params = answer
    if code == "fault":
        raise RuntimeError(params["why"])  # a fault of gouji, to be told as one
    raise UnreadError(code, **params)


def _work(there: Connection, format: str, data: bytes, path: str, seconds: int, memory: int) -> None:
    bound = import_module(".pdf_worker", __package__).bound
    bound(seconds, memory)
    answer: Any
    try:
        answer = import_module(f".{format}", __package__).read(data, path)
    except UnreadError as error:
        answer = (error.code, error.params)
    except (MemoryError, RecursionError):
        answer = ("heavy", {})
    except Exception as error:
        answer = ("fault", {"why": f"{type(error).__name__}: {error}"})
    there.send(answer)
    there.close()
