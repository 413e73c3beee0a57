"""What a history needs that an audit does not."""

from __future__ import annotations

import os
from importlib.util import find_spec

from .messages import Messages
from .output import fail

INDEX = "gouji-history.json"
"""The file that makes a folder a history."""


def is_store(path: str) -> bool:
    """Whether a folder is a history."""
    return os.path.isfile(os.path.join(path, INDEX))


def needed(words: Messages) -> None:
    """End the run where the packages of a history are not installed."""
    if find_spec("pyarrow") is None:
        fail(words("cli.missing_extra", format="history", extra="history"))
