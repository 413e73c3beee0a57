"""A claim: a figure with what the words around it say."""

from __future__ import annotations

from dataclasses import dataclass

from .document import Figure, Where


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure bound to its words. Every string is empty where the text names nothing.

    ``indicator`` is what is counted (受理), ``subject`` of whom or what (物业纠纷), ``scope`` whose
    (全市, 市本级), ``period`` when (2025). ``direction`` is ``up``, ``down`` or ``None``. ``role`` is
    value, rate, share, growth, change, prior, target, ordinal …; ``words`` are the words that say so.
    """

    figure: Figure
    document: int
    block: int
    sentence: int
    clause: int
    role: str
    indicator: str = ""
    subject: str = ""
    scope: str = ""
    issuer: str = ""
    period: str = ""
    direction: str | None = None
    words: tuple[str, ...] = ()
    label: str = ""
    noun: str = ""
    where: Where = Where()
