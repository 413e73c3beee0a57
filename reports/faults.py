"""What a run may refuse to begin with, beyond its settings."""

from __future__ import annotations

from .messages import Messages


class HistoryError(Exception):
    """A history that cannot be used; :meth:`line` says in one line which and why."""

    def __init__(self, path: str, message: str, **values: object) -> None:
        super().__init__(path, message)
        self.path, self.message, self.values = path, message, values

    def line(self, words: Messages) -> str:
        """``claims: …``."""
        return f"{self.path}{words('ui.colon')}{words(self.message, **self.values)}"
