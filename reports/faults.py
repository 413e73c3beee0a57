"""What a run may refuse to begin with, beyond its settings."""

from __future__ import annotations

from .messages import Messages


class RefusalError(Exception):
    """What cannot be used, at ``path``; :meth:`line` says in one line which and why."""

    def __init__(self, path: str, message: str, **values: object) -> None:
        super().__init__(path, message)
        self.path, self.message, self.values = path, message, values

    def line(self, words: Messages) -> str:
        """``claims: …``."""
        return f"{self.path}{words('ui.colon')}{words(self.message, **self.values)}"


class HistoryError(RefusalError):
    """A history that cannot be read or written."""


class CacheError(RefusalError):
    """A folder that cannot hold what is kept."""


class ClusterError(RefusalError):
    """A cluster that does not answer."""
