"""A repair: a change of one figure, or an exchange of two, with the ties that it mends and breaks."""

from __future__ import annotations

from dataclasses import dataclass

from .graph import Key, Patch


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to mend ties.

    ``patches`` are the changes, ``suggestions`` what should be printed instead ("" where that is not known),
    ``code`` the mistake that it undoes. ``mended`` and ``broken`` are indices of ties. ``order`` sorts
    repairs by how telling the mistake is, then by where the figures stand. ``codes`` tells the mistake of
    each figure where they differ.
    """

    patches: tuple[tuple[Key, Patch], ...]
    suggestions: tuple[str, ...]
    code: str
    mended: frozenset[int]
    broken: frozenset[int]
    order: tuple[object, ...]
    codes: tuple[str, ...] = ()

    @property
    def gain(self) -> int:
        """Ties mended minus ties broken."""
        return len(self.mended) - len(self.broken)

    @property
    def figures(self) -> frozenset[Key]:
        """The figures that are changed."""
        return frozenset(name for name, _ in self.patches)
