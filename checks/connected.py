"""What hangs together: things that share a name, directly or over others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence


def connected(
    names: Mapping[int, Iterable[Hashable]], links: Iterable[Sequence[int]] = ()
) -> list[list[int]]:
    """Part the keys of ``names`` into those that share a name; keys of one of ``links`` belong together besides.

    Keys keep their order within a part, and parts that of their first keys. Nearly linear (union-find).
    """
    parent = {i: i for i in names}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[Hashable, int] = {}
    for i, told in names.items():
        for name in told:
            parent[root(i)] = root(first.setdefault(name, i))
    for link in links:
        for i in link[1:]:
            parent[root(i)] = root(link[0])
    parts: dict[int, list[int]] = defaultdict(list)
    for i in names:
        parts[root(i)].append(i)
    return list(parts.values())
