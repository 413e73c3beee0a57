"""The way of an audit: readings, relations, verdicts, statuses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module

from ..extract.claim import DATE, Claim, Reading
from ..extract.claims import read
from ..extract.document import Document, Unread
from . import CHECKS
from .audit import Audit, Audited, Habits
from .before import Before
from .detection import detection_share
from .diagnose import diagnose
from .engine import infer_habits, judge_all
from .excerpts import Shelf
from .fingerprint import fingerprints
from .joint import joint
from .past import Source, Told
from .relation import Judged, Relation, Verdict
from .tell import source

Relate = Callable[[Reading], Iterator[Relation]]
Across = Callable[[Sequence[Reading], Before], Iterator[Relation]]
History = Callable[[Sequence[Source]], Iterable[Told]]
"""Gives what earlier reports of the issuers of some reports told."""


@cache
def checks() -> tuple[tuple[str, Relate | None, Across | None], ...]:
    """The checks in the order of :data:`gouji.checks.CHECKS`: name, within a report, across reports."""
    modules = ((name, import_module(f"{__package__}.{name}")) for name in CHECKS)
    return tuple((name, getattr(m, "relate", None), getattr(m, "across", None)) for name, m in modules)


def relations(reading: Reading, off: Collection[str] = ()) -> list[Relation]:
    """All relations of one reading but those of the checks ``off``, in order of the text that they end in."""
    found = [
        relation for name, relate, _ in checks() if relate and name not in off for relation in relate(reading)
    ]
    found.sort(key=_place)
    return found


# What stands for the whole of the earlier reports where reading them is a fault.
_HISTORY = "history"


def _place(relation: Relation) -> tuple[int, int, int]:
    """Where a relation stands: the document and the figure that complete it, then the check."""
    last = max((c.document, c.index) for c in relation.claims())
    return (*last, CHECKS.index(relation.check))


class _BrokenError(Exception):
    """A fault of gouji itself over the input at ``place``, or in the check ``place``; its cause says which."""

    def __init__(self, place: int | str) -> None:
        super().__init__(place)
        self.place = place


@contextmanager
def _over(place: int | str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _BrokenError(place) from error


def audit(
    inputs: Iterable[Document | Unread],
    *,
    off: Collection[str] = (),
    fault: Callable[[Exception], str] | None = None,
    step: Callable[[], None] | None = None,
    history: History | None = None,
) -> Audit:
    """Audit documents together; what could not be read is carried along.

    The checks named in ``off`` are not run. ``step`` is called when a document is done. A fault of gouji over one
    document is raised; with ``fault``, which says it in one line, that document becomes an :class:`Unread` and the
    others are audited without it; so does a check across documents, named instead of a path. A fault in telling
    which number is wrong (``diagnose``) leaves the verdicts as they are. ``history`` gives what earlier reports
    told: those that a tie needs are documents of the audit too, marked as earlier ones.
    """
    items = list(inputs)
    while True:
        try:
            return _audit(items, off, step, fault, history)
        except _BrokenError as broken:
            cause = broken.__cause__
            if fault is None or not isinstance(cause, Exception):
                raise (cause or broken) from None
            if broken.place in off:
                raise cause from None
            if isinstance(broken.place, int):
                items[broken.place] = Unread(items[broken.place].path, fault(cause))
            else:
                items.append(Unread(broken.place, fault(cause)))
                off = {*off, broken.place}


def _audit(
    items: Sequence[Document | Unread],
    off: Collection[str],
    step: Callable[[], None] | None,
    fault: Callable[[Exception], str] | None,
    history: History | None,
) -> Audit:
    documents: list[Document] = []
    places: list[int] = []
    unread: list[Unread] = []
    for place, item in enumerate(items):
        if isinstance(item, Unread):
            unread.append(item)
        else:
            number = len(documents) + 1
            figures = tuple(replace(f, id=f"d{number}{f.id}") for f in item.figures)
            documents.append(replace(item, figures=figures))
            places.append(place)
    readings: list[Reading] = []
    stated: list[list[Relation]] = []
    for place, document in zip(places, documents, strict=True):
        with _over(place):
            readings.append(read(document, len(readings)))
            stated.append(relations(readings[-1], off))
    shelf = Shelf(len(readings))
    if (history is not None or len(readings) > 1) and _HISTORY not in off:
        with _over(_HISTORY):
            told = history([source(r) for r in readings]) if history else ()
            before = Before(readings, map(shelf.placed, told))
        for name, _, across in checks():
            if across and name not in off:
                with _over(name):
                    for relation in across(readings, before):
                        stated[relation.home].append(relation)
        shelf.fill(stated)
    audited: list[Audited] = []
    judged: list[Judged] = []
    verdicts: list[list[Verdict]] = []
    for place, reading, mine in zip(places, readings, stated, strict=True):
        with _over(place):
            mine.sort(key=_place)
            habits, given = _judge(reading, mine)
            if open_ := [weak for r, v in zip(mine, given, strict=True) if v.reason for weak in r.weaker]:
                mine += (weak for weak in open_ if weak.check not in off)
                mine.sort(key=_place)
                habits, given = _judge(reading, mine)
            share = detection_share(reading.claims, list(zip(mine, given, strict=True)))
        verdicts.append(given)
        audited.append(Audited(*_with_dates(reading, mine), habits, share, {}))
        if step:
            step()
    everything = [r for mine in stated for r in mine]
    for relation, verdict, name in zip(
        everything, (v for given in verdicts for v in given), fingerprints(everything), strict=True
    ):
        judged.append(Judged(f"r{len(judged) + 1}", relation, verdict, name))
    habits_of, disclaimers = [a.habits for a in audited], [_disclaimer(r) for r in readings]
    broken: dict[str, Exception] = {}  # which number is wrong may stay unknown; the verdicts stand

    def note(error: Exception) -> None:
        broken.setdefault(repr(error), error)

    heard = note if fault else None
    judged = joint(judged, habits_of, disclaimers, heard)
    judged = diagnose(judged, habits_of, disclaimers, (c for r in readings for c in r.claims), heard)
    if fault:
        unread += (Unread("diagnose", fault(error)) for error in broken.values())
    audited += shelf.audited
    status = _status(audited, judged)
    audited = [replace(a, status={c.figure.id: status[c.figure.id] for c in a.claims}) for a in audited]
    return Audit(tuple(audited), tuple(judged), tuple(unread))


def _judge(reading: Reading, stated: Sequence[Relation]) -> tuple[Habits, list[Verdict]]:
    """Verdicts under the document's own habits, which are learnt from a first pass."""
    disclaimer = _disclaimer(reading)
    habits = infer_habits(reading.claims, ())
    verdicts = judge_all(stated, habits, disclaimer=disclaimer)
    learnt = infer_habits(reading.claims, list(zip(stated, verdicts, strict=True)))
    if learnt.truncated > learnt.rounded:
        verdicts = judge_all(stated, learnt, disclaimer=disclaimer)
    return learnt, list(verdicts)


def _disclaimer(reading: Reading) -> bool:
    """Whether the document prints a note on rounding."""
    text = reading.document.flow.text
    return "四舍五入" in text or "分项之和不等于" in text or "分项合计不等" in text


def _with_dates(reading: Reading, stated: Sequence[Relation]) -> tuple[Document, tuple[Claim, ...]]:
    """The document and its claims with the dates that are tied: only they are figures, the others stay passed over."""
    document = reading.document
    dates = {c.figure.id: c for r in stated for c in r.claims() if c.role == DATE}
    if not dates:
        return document, reading.claims
    claims = tuple(sorted((*reading.claims, *dates.values()), key=lambda c: c.figure.start))
    spans = [(c.figure.start, c.figure.end) for c in dates.values()]
    figures = tuple(sorted((*document.figures, *(c.figure for c in dates.values())), key=lambda f: f.start))
    skipped = tuple(
        s for s in document.skipped if not any(start < s.end and s.start < end for start, end in spans)
    )
    return replace(document, figures=figures, skipped=skipped), claims


def _status(documents: Sequence[Audited], judged: Sequence[Judged]) -> dict[str, tuple[str, str | None]]:
    """Checked by a decided relation, else unverified with its reason, else unrelated."""
    status: dict[str, tuple[str, str | None]] = {
        c.figure.id: ("unrelated", None) for audited in documents for c in audited.claims
    }
    for j in judged:
        for claim in j.relation.claims():
            if j.verdict.verdict != "unverified":
                status[claim.figure.id] = ("checked", None)
            elif status[claim.figure.id][0] == "unrelated":
                status[claim.figure.id] = ("unverified", j.verdict.reason)
    return status
