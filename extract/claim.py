"""A claim: a figure with what the words around it say, and the frame that it stands in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Document, Figure

NEAR = 200
"""Claims beyond which nobody looks for what belongs to one: a sentence without an end is none."""

DATE = "date"
"""The role of a date that is tied to another; no claim of a reading has it (see ``checks/dates.py``)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure bound to its words. Every string is empty where the text names nothing.

    ``role`` is value, rate, share, ratio, growth, change, prior, plan, points, average, contribution,
    limit, planned or other.
    ``indicator`` is what is counted (调解成功), ``subject`` of whom or what (物业纠纷), ``scope`` whose
    (全市, 市本级), ``period`` when (2025). ``direction`` is ``up``, ``down`` or ``None``; ``object`` the
    whole that a share names, the name of a rate, the plan that a rate of completion names.
    ``label`` are the words before the figure without role words, ``noun`` those after it.
    ``frame`` is the index of its frame in the reading; ``index`` its own index there.
    ``item`` numbers the members of a list that 分别 opens (1, 2, …; 0 outside one).
    ``aside`` is what a parenthesis between label and figure adds (限额以上法人).
    ``account`` is the budget account that it belongs to (一般公共预算; '' outside one).
    ``report`` tells which of the reports it belongs to where a file holds several, from 0.
    ``words`` are the role's words, the evidence of ties. ``document`` numbers the audit's documents.
    """

    figure: Figure
    index: int
    document: int = 0
    block: int = 0
    sentence: int = 0
    clause: int = 0
    frame: int = -1
    role: str = "value"
    stage: str = ""
    indicator: str = ""
    subject: str = ""
    scope: str = ""
    issuer: str = ""
    period: str = ""
    direction: str | None = None
    object: str = ""
    words: tuple[str, ...] = ()
    label: str = ""
    noun: str = ""
    before: str = ""
    glued: bool = False
    item: int = 0
    depth: int = 0
    aside: str = ""
    account: str = ""
    report: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Claims about one matter: a head and what is said of it.

    ``parent`` is the index of the claim under which 其中, a parenthesis or “在…中” put this frame (-1 at
    top level or where the words name no printed whole); ``level`` numbers the run of sibling frames that
    one such word opened (-1 at top level); ``cut`` tells that a ； ended the run and more parts may follow; ``opened`` are its words.
    """

    index: int
    claims: tuple[int, ...]
    parent: int = -1
    level: int = -1
    cut: bool = False
    opened: str = ""
    subject: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its claims and frames: what the checks work on."""

    document: Document
    number: int
    claims: tuple[Claim, ...]
    frames: tuple[Frame, ...]

    def head(self, frame: Frame) -> Claim | None:
        """The frame's first value, the figure that it is about."""
        for i in frame.claims:
            if self.claims[i].role == "value":
                return self.claims[i]
        return None

    def before(self, claim: Claim) -> Iterator[Claim]:
        """The claims before one, the nearest first."""
        for index in range(claim.index - 1, -1, -1):
            yield self.claims[index]

    def behind(self, claim: Claim) -> Iterator[Claim]:
        """The claims behind one, the nearest first."""
        for index in range(claim.index + 1, len(self.claims)):
            yield self.claims[index]

    def back(self, frame: Frame, claim: Claim) -> Iterator[Claim]:
        """The frame's claims before one, the nearest first."""
        for place in range(bisect_left(frame.claims, claim.index) - 1, -1, -1):
            yield self.claims[frame.claims[place]]

    def near(self, frame: Frame, claim: Claim) -> Iterator[Claim]:
        """The frame's claims not more than :data:`NEAR` places from one, in order."""
        place = bisect_left(frame.claims, claim.index)
        for index in frame.claims[max(place - NEAR, 0) : place + NEAR]:
            yield self.claims[index]

    def of(self, frame: Frame) -> list[Claim]:
        """The frame's claims in order."""
        return [self.claims[i] for i in frame.claims]


def earlier_twin(claim: Claim, before: Claim) -> bool:
    """Whether ``claim`` tells for an earlier year what ``before``, in its sentence, tells for a later one."""
    return (
        claim.role == before.role == "value"
        and (before.block, before.sentence) == (claim.block, claim.sentence)
        and before.figure.unit == claim.figure.unit
        and not before.item
        and len(claim.label) >= 2
        and claim.label == before.label
        and before.period.isdigit()
        and claim.period.isdigit()
        and int(claim.period) < int(before.period)
    )
