"""Keep a fault of gouji itself over one piece of work from taking the rest along."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType


class Guard:
    """A context for one piece of work after another: its faults are told, not raised.

    ``fault`` is told of every exception; without one they are raised as they are.
    """

    def __init__(self, fault: Callable[[Exception], None] | None = None) -> None:
        self.fault = fault

    def __enter__(self) -> None:
        """Begin a piece of work."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """End it; a fault is told, anything else (an interruption) goes on."""
        if self.fault is None or not isinstance(error, Exception):
            return False
        self.fault(error)
        return True
