"""One writer at a time in a folder; a writer that died leaves no lock behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from .faults import RefusalError

LOCK = ".lock"
"""The file that a writer holds. It stays, empty."""


@contextmanager
def writing(path: str) -> Iterator[None]:
    """The lock of the one writer; another writer is told so at once. A writer that died leaves no lock behind."""
    try:
        os.makedirs(path, exist_ok=True)
        file: IO[bytes] = open(os.path.join(path, LOCK), "ab")  # noqa: SIM115
    except OSError as error:
        raise RefusalError(path, "history.unwritable", why=error.strerror or type(error).__name__) from None
    with file:
        try:
            _lock(file)
        except OSError:
            raise RefusalError(path, "history.locked") from None
        yield


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
