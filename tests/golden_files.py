"""Golden files: the bytes that an output must have; ``GOUJI_REGEN=1`` writes them anew."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str) -> None:
    """Assert that ``text`` is the golden file ``name``, byte for byte; the version alone may change."""
    found = text.replace(version("gouji"), "0.0.0").encode("utf-8")
    path = FOLDER / name
    if os.environ.get("GOUJI_REGEN"):
        path.write_bytes(found)
    assert path.read_bytes().replace(b"\r\n", b"\n") == found, f"{name} differs; GOUJI_REGEN=1 rewrites it"
