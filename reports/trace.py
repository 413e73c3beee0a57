"""Everything known about the number at one place: how it was read, what it says, what it is tied to, and why not.

Nothing is judged here: the reading, the frames and the verdicts are those of the audit.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from ..checks.audit import Audit, Audited
from ..checks.relation import Judged
from ..extract.claim import Claim, Frame, Reading
from ..extract.claims import read
from ..extract.document import Figure, Skipped
from .messages import Messages
from .note import note
from .view import View
from .write import exact_value, interval, share_number

# So many numbers before and after a place without one are named.
_NEAREST = 2
# Roles of which a claim says by itself why it is not added up or compared.
_APART = frozenset({"table", "limit", "planned", "target", "prior", "other", "points"})


@dataclass(frozen=True, slots=True)
class Traced:
    """The audit of one document with its frames, ready to be asked about places."""

    view: View
    reading: Reading

    @property
    def audited(self) -> Audited:
        """The document with its statuses."""
        return self.view.audit.documents[0]


def prepare(audit: Audit) -> Traced:
    """Read the frames of the only document of an audit anew: the audit keeps claims alone."""
    return Traced(View(audit), read(audit.documents[0].document))


def offset_of(text: str, place: str) -> int:
    """The offset that ``place`` means: ``1234`` counts code points from 0, ``40:7`` line and column from 1.

    Raises ``ValueError`` for another form and ``IndexError`` for a place outside the text.
    """
    line, colon, column = place.partition(":")
    if not colon:
        offset = int(line)
        if not 0 <= offset < max(len(text), 1):
            raise IndexError(place)
        return offset
    starts = _line_starts(text)
    if not 1 <= int(line) <= len(starts):
        raise IndexError(place)
    start = starts[int(line) - 1]
    end = starts[int(line)] if int(line) < len(starts) else len(text) + 1
    if int(column) < 1 or start + int(column) - 1 >= end:
        raise IndexError(place)
    return start + int(column) - 1


def _line_starts(text: str) -> list[int]:
    starts, at = [0], 0
    while at < len(text):
        if text[at] == "\r":
            at += 1 + (text[at + 1 : at + 2] == "\n")
            starts.append(at)
        elif text[at] == "\n":
            at += 1
            starts.append(at)
        else:
            at += 1
    return starts


def trace(traced: Traced, offset: int, words: Messages) -> dict[str, Any]:
    """All that is known about the place ``offset``, as plain values; the same keys for every place.

    ``figure`` is ``None`` where no figure stands there; then ``skipped`` says what was taken for something
    else there, and ``nearest`` names the figures around.
    """
    document = traced.audited.document
    starts = _line_starts(document.text)
    line = bisect_right(starts, offset)
    figure = next((f for f in document.figures if f.start <= offset < f.end), None)
    skipped = next((s for s in document.skipped if s.start <= offset < s.end), None)
    found: dict[str, Any] = {
        "path": document.path,
        "offset": offset,
        "line": line,
        "column": offset - starts[line - 1] + 1,
        "figure": None,
        "claim": None,
        "frame": None,
        "ties": [],
        "untied": [],
        "skipped": None if figure or skipped is None else _skipped(skipped),
        "nearest": [],
    }
    if figure is None:
        found["nearest"] = [_short(f) for f in _around(document.figures, offset)]
        return found
    found["figure"] = _figure(traced, figure)
    claim = traced.view.claims.get(figure.id)
    if claim is not None:
        found["claim"] = _claim(claim)
        found["frame"] = _frame(traced.reading, claim)
        found["untied"] = _untied(traced, claim, words)
    found["ties"] = [_tie(traced.view, judged, words) for judged in traced.view.ties.get(figure.id, ())]
    return found


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {"start": skipped.start, "end": skipped.end, "text": skipped.text, "reason": skipped.reason}


def _around(figures: tuple[Figure, ...], offset: int) -> list[Figure]:
    place = bisect_right([f.start for f in figures], offset)
    return list(figures[max(0, place - _NEAREST) : place + _NEAREST])


def _short(figure: Figure) -> dict[str, Any]:
    return {"id": figure.id, "start": figure.start, "end": figure.end, "text": figure.text}


def _figure(traced: Traced, figure: Figure) -> dict[str, Any]:
    audited = traced.audited
    status, reason = audited.status.get(figure.id, ("unrelated", None))
    return {
        **_short(figure),
        "numeral": figure.numeral,
        "value": exact_value(figure),
        "unit": figure.unit,
        "printed_unit": figure.printed_unit,
        "approx": figure.approx,
        "interval": interval(figure.interval),
        "kind": figure.kind,
        "discrete": figure.discrete,
        "decimals": figure.decimals,
        "habit": audited.habits.decimals.get(figure.printed_unit),
        "last_digit": str(figure.ulp),
        "status": status,
        "reason": reason,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "role": claim.role,
        "label": claim.label,
        "indicator": claim.indicator,
        "subject": claim.subject,
        "scope": claim.scope,
        "period": claim.period,
        "direction": claim.direction,
        "stage": claim.stage,
        "object": claim.object,
        "noun": claim.noun,
        "aside": claim.aside,
        "item": claim.item or None,
        "depth": claim.depth,
        "words": list(claim.words),
    }


def _frame(reading: Reading, claim: Claim) -> dict[str, Any] | None:
    frame = _frame_of(reading, claim)
    if frame is None:
        return None
    head, under = reading.head(frame), reading.claims[frame.parent] if frame.parent >= 0 else None
    beside = [f for f in reading.frames if f.level == frame.level and frame.level >= 0 and f is not frame]
    return {
        "subject": frame.subject,
        "head": head.figure.text if head else None,
        "members": [c.figure.text for c in reading.of(frame) if c.index != claim.index],
        "under": under.figure.text if under else None,
        "opened": frame.opened,
        "siblings": [h.figure.text for f in beside if (h := reading.head(f)) is not None],
        "below": [
            h.figure.text
            for f in reading.frames
            if f.parent == claim.index and (h := reading.head(f)) is not None
        ],
    }


def _frame_of(reading: Reading, claim: Claim) -> Frame | None:
    return reading.frames[claim.frame] if 0 <= claim.frame < len(reading.frames) else None


def _tie(view: View, judged: Judged, words: Messages) -> dict[str, Any]:
    relation, verdict = judged.relation, judged.verdict
    return {
        "id": judged.id,
        "check": relation.check,
        "terms": {
            role: [claim.figure.text for claim in claims] for role, claims in relation.terms.items() if claims
        },
        "evidence": [word for word in dict.fromkeys(relation.evidence) if word],
        "candidates": relation.candidates,
        "equation": verdict.equation,
        "verdict": verdict.verdict,
        "basis": verdict.basis,
        "reason": verdict.reason,
        "severity": verdict.severity,
        "power": share_number(verdict.power),
        "stated": interval(verdict.stated),
        "recomputed": interval(verdict.recomputed),
        "gap": verdict.gap,
        "suppressed": judged.suppressed,
        "message": note(judged, view, words),
    }


def _untied(traced: Traced, claim: Claim, words: Messages) -> list[dict[str, Any]]:
    """The other figures of the sentence without a decided tie to this one, each with the reason."""
    mine = traced.view.ties.get(claim.figure.id, ())
    tied = {c.figure.id for j in mine if j.verdict.verdict != "unverified" for c in j.relation.claims()}
    seen = {c.figure.id: j.verdict.reason for j in mine for c in j.relation.claims()}
    found = []
    for other in traced.reading.claims:
        near = other.sentence == claim.sentence and other.block == claim.block and other.index != claim.index
        if not near or other.figure.id in tied:
            continue
        name = other.figure.id
        code = _why(traced.reading, claim, other)
        text = words.reason(seen[name]) if name in seen else words.word("apart", code)
        why = "unverified" if name in seen else code
        found.append({**_short(other.figure), "id": name, "why": why, "explained": text})
    return found


def _why(reading: Reading, claim: Claim, other: Claim) -> str:
    """What keeps two figures of a sentence apart, as far as the reading says so."""
    for one in (other, claim):
        if one.role in _APART:
            return one.role
    if claim.figure.unit != other.figure.unit:
        return "unit"
    if claim.period != other.period:
        return "period"
    if claim.scope != other.scope:
        return "scope"
    if claim.item and other.item:
        return "list"
    if claim.depth != other.depth:
        return "paren"
    if claim.frame == other.frame:
        return "frame"
    mine, its = _frame_of(reading, claim), _frame_of(reading, other)
    if mine is not None and its is not None:
        if mine.level >= 0 and mine.level == its.level:
            return "siblings"
        if mine.parent == other.index or its.parent == claim.index:
            return "open"
    return "matter"
