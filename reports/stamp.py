"""What a kept result depends on beside the report itself: this very gouji, its lexicons, and its settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..extract import lexicons

_SUFFIXES = frozenset({".py", ".toml", ".tsv"})


@cache
def _code() -> str:
    """A digest of the version and of all code and lexicons: what is kept never outlives them."""
    found = hashlib.sha256(version("gouji").encode())
    for package in ("extract", "checks", "reports"):
        folder = Path(__file__).parent.parent / package
        if not folder.is_dir():  # an editable install: the folders stand beside one another
            folder = Path(__file__).parent.parent.parent / package
        for path in sorted(folder.glob("*")):
            if path.suffix in _SUFFIXES:
                found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def stamp(settings: Iterable[str] = ()) -> str:
    """A digest of code, lexicons of one's own, and ``settings``."""
    own = json.dumps(lexicons.in_force(), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256("\0".join((_code(), own, *settings)).encode()).hexdigest()
