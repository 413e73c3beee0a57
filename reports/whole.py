"""Files that are put in place as a whole: whoever reads one sees the old bytes or the new ones."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO


@contextmanager
def whole(
    path: str, *, beside: str = "", prefix: str = ".tmp-", mode: int = 0o644, durable: bool = False
) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` when the block ends; if it fails, nothing is changed.

    ``beside`` is the folder in which it stands until then, on the same file system (by default that of ``path``);
    ``mode`` its permissions; ``durable`` waits until the system has it on the disk. Raises ``OSError``.
    """
    handle, temporary = tempfile.mkstemp(prefix=prefix, dir=beside or os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
