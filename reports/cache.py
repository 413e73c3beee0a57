"""Documents that were audited alone, kept by content: what has not changed is not done again.

An entry is named by what it was made of (content, name, gouji and its lexicons, settings) and written as a whole or not
at all; what is damaged counts as absent. Reading one makes records and numbers only: no other class, and no function,
is ever looked up, whatever the file says.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import tempfile
import zlib
from contextlib import suppress
from typing import Any

from ..checks.alone import Alone
from ..extract.reader import content
from ..extract.text import UnreadError
from .faults import CacheError
from .whole import whole

_RECORDS = {
    "gouji.checks.alone": {"Alone"},
    "gouji.checks.audit": {"Habits"},
    "gouji.checks.relation": {"Relation", "Verdict"},
    "gouji.extract.claim": {"Claim", "Frame", "Reading"},
    "gouji.extract.document": {"Block", "Document", "Figure", "Flow", "Piece", "Skipped", "Where"},
    "gouji.extract.interval": {"Interval"},
    "fractions": {"Fraction"},
    "array": {"array", "_array_reconstructor"},
}
_LAYOUT = "gouji.extract.extracted"


class _Records(pickle.Unpickler):
    """Makes records of the audit and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of a record; an error for anything else."""
        if name in _RECORDS.get(module, ()):
            return super().find_class(module, name)
        if module == _LAYOUT and name.isidentifier() and name[:1].isupper():
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def ready(folder: str) -> None:
    """Make the folder of a cache, and try whether it can be written. Raises :class:`CacheError`."""
    try:
        os.makedirs(folder, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".tmp-", dir=folder)
        os.close(handle)
        os.unlink(path)
    except OSError as error:
        raise CacheError(folder, "cache.unwritable", why=error.strerror or type(error).__name__) from None


def digest(path: str) -> str:
    """The SHA-256 of what is read of a path; empty where nothing can be read."""
    try:
        return hashlib.sha256(content(path)).hexdigest()
    except UnreadError:
        return ""


def name_of(path: str, shown: str, stamp: str) -> str:
    """The name of the entry of a file as it is now; empty where it cannot be read."""
    found = digest(path)
    if not found:
        return ""
    return hashlib.sha256("\0".join((found, shown, stamp)).encode("utf-8", "surrogatepass")).hexdigest()


def load(folder: str, name: str) -> Alone | None:
    """The entry of that name; ``None`` where there is none that is whole."""
    try:
        with open(_place(folder, name), "rb") as file:
            data = file.read()
    except OSError:
        return None
    digest, packed = data[:32], data[32:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    try:
        found = _Records(io.BytesIO(zlib.decompress(packed))).load()
    except Exception:  # whatever a file holds, it is no entry then
        return None
    return found if isinstance(found, Alone) else None


def save(folder: str, name: str, found: Alone) -> None:
    """Keep an entry; where that is not possible any more (a full disk) the run goes on without it."""
    packed = zlib.compress(pickle.dumps(found, 5), 1)
    place = _place(folder, name)
    with suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with whole(place, mode=0o600) as file:
            file.write(hashlib.sha256(packed).digest() + packed)


def _place(folder: str, name: str) -> str:
    return os.path.join(folder, name[:2], name[2:])
