"""Records with some fields changed, several times faster than :func:`dataclasses.replace`.

A report makes a record for every figure and changes it three or four times on its way to a claim;
``replace`` looks every field up again each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def changer(kind: type[T]) -> Callable[..., T]:
    """Return a function that copies a record of ``kind``, a dataclass, with the fields named changed.

    Every field must be one that the constructor takes by position. A field that ``kind`` does not have
    raises ``KeyError``.
    """
    names = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]
    place = {name: index for index, name in enumerate(names)}
    values: Callable[[T], tuple[Any, ...]] = attrgetter(*names)

    def changed(record: T, /, **changes: Any) -> T:
        found = list(values(record))
        for name, value in changes.items():
            found[place[name]] = value
        return kind(*found)

    return changed
