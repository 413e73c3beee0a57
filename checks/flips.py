"""Words of direction and their opposites, from the lexicon of wordings."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from ..extract.claim import Claim

_DATA = tomllib.loads(files(__package__).joinpath("wordings.toml").read_text("utf-8"))["directions"]
_OPPOSITE = {
    **dict(zip(_DATA["up"], _DATA["down"], strict=True)),
    **dict(zip(_DATA["down"], _DATA["up"], strict=True)),
}


def turned(claim: Claim) -> str:
    """Write what would stand there with the opposite direction: 下降6.9% becomes 增长6.9%."""
    said = next((word for word in claim.words if word in _OPPOSITE), None)
    if said is None:
        said = _DATA["down" if claim.direction == "down" else "up"][0]
    return f"{_OPPOSITE[said]}{claim.figure.text}"
