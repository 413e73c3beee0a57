"""What a check must know of a whole report, worked out once: a long report has many claims that ask.

Looking through all claims for each of them takes a hundred times as long for a report ten times as long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..extract.claim import Claim, Reading

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def once(build: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """``build`` that keeps what it made of the reading that it was asked for last."""
    last: list[tuple[Reading, T]] = []

    def made(reading: Reading) -> T:
        kept = last[0] if last else None  # threads of a cluster may keep another meanwhile
        if kept is None or kept[0] is not reading:
            kept = (reading, build(reading))
            last[:] = [kept]
        return kept[1]

    return made


@dataclass(slots=True)
class Told:
    """The claims of one thing in the order of the report, and where a second value of it is first printed."""

    claims: list[Claim] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)
    parted: int | None = None

    def add(self, claim: Claim) -> None:
        """Add the next claim of the report."""
        if self.parted is None and self.claims and claim.figure.value != self.claims[0].figure.value:
            self.parted = claim.index
        self.claims.append(claim)
        self.indexes.append(claim.index)

    def last(self, end: int) -> Claim | None:
        """The last claim before the one with the index ``end``."""
        place = bisect_left(self.indexes, end)
        return self.claims[place - 1] if place else None

    def one(self, end: int) -> bool:
        """Whether all claims before the one with the index ``end`` have one value."""
        return self.parted is None or self.parted >= end


class Index(Generic[K]):
    """Claims by what they tell of."""

    def __init__(self, found: Iterable[tuple[K, Claim]]) -> None:
        """Take claims with their keys, in the order of the report."""
        self._told: dict[K, Told] = {}
        for key, claim in found:
            self._told.setdefault(key, Told()).add(claim)

    def get(self, key: K) -> Told | None:
        """What is told under ``key``."""
        return self._told.get(key)
