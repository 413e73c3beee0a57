"""The way of an audit: readings, relations, verdicts, statuses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module

from ..extract.claim import DATE, Claim, Reading
from ..extract.document import Document, Unread
from ..extract.identity import bucket, identity
from . import CHECKS
from .alone import Alone, alone, disclaimer, judged, numbered, place
from .audit import Audit, Audited
from .before import Before
from .bundle import bundled
from .diagnose import diagnose
from .excerpts import Shelf
from .fingerprint import fingerprints
from .joint import joint
from .past import Source, Told
from .relation import Judged, Relation
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
    found.sort(key=place)
    return found


# What stands for the whole of the earlier reports where reading them is a fault.
_HISTORY = "history"


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
    inputs: Iterable[Document | Unread | Alone],
    *,
    off: Collection[str] = (),
    fault: Callable[[Exception], str] | None = None,
    step: Callable[[], None] | None = None,
    history: History | None = None,
    bundle: bool = False,
) -> Audit:
    """Audit documents together, read or judged alone already; what could not be read is carried along.

    The checks named in ``off`` are not run. ``step`` is called when a document is done. A fault of gouji over one
    document is raised; with ``fault``, which says it in one line, that document becomes an :class:`Unread` and the
    others are audited without it; so does a check across documents, named instead of a path. A fault in telling
    which number is wrong (``diagnose``) leaves the verdicts as they are. ``history`` gives what earlier reports
    told: those that a tie needs are documents of the audit too, marked as earlier ones. With ``bundle`` the documents
    tell one report together, and what they say of one indicator must be the same.
    """
    items = list(inputs)
    while True:
        try:
            return _audit(items, off, step, fault, history, bundle)
        except _BrokenError as broken:
            cause = broken.__cause__
            if fault is None or not isinstance(cause, Exception):
                raise (cause or broken) from None
            if broken.place in off:
                raise cause from None
            if isinstance(broken.place, int):
                items[broken.place] = Unread(_path(items[broken.place]), fault(cause))
            else:
                items.append(Unread(broken.place, fault(cause)))
                off = {*off, broken.place}


def _audit(
    items: Sequence[Document | Unread | Alone],
    off: Collection[str],
    step: Callable[[], None] | None,
    fault: Callable[[Exception], str] | None,
    history: History | None,
    bundle: bool,
) -> Audit:
    done: list[Alone] = []
    places: list[int] = []
    unread: list[Unread] = []
    for at, item in enumerate(items):
        if isinstance(item, Unread):
            unread.append(item)
            continue
        with _over(at):
            new = isinstance(item, Document)
            done.append(
                alone(item, len(done), off) if isinstance(item, Document) else numbered(item, len(done))
            )
        places.append(at)
        if step and new:
            step()
    readings = [one.reading for one in done]
    shelf = Shelf(len(readings))
    more = _across(readings, off, shelf, history)
    if bundle and "restated" not in off:
        with _over("restated"):
            for relation in bundled(readings):
                more.setdefault(relation.home, []).append(relation)
    stated = [[*one.stated, *more.get(number, ())] for number, one in enumerate(done)]
    shelf.fill(stated)
    for number in more:
        # the ties to other reports count for habits and shares too
        with _over(places[number]):
            done[number] = judged(readings[number], stated[number], off)
    audited = [
        Audited(*_with_dates(_directed(one.reading, one.stated), one.stated), one.habits, one.share, {})
        for one in done
    ]
    everything = [r for one in done for r in one.stated]
    names = fingerprints(everything)
    found = [
        Judged(f"r{index}", relation, verdict, name)
        for index, (relation, verdict, name) in enumerate(
            zip(everything, (v for one in done for v in one.verdicts), names, strict=True), 1
        )
    ]
    habits_of, disclaimers = [a.habits for a in audited], [disclaimer(r) for r in readings]
    broken: dict[str, Exception] = {}  # which number is wrong may stay unknown; the verdicts stand

    def note(error: Exception) -> None:
        broken.setdefault(repr(error), error)

    heard = note if fault else None
    found = joint(found, habits_of, disclaimers, heard)
    found = diagnose(found, habits_of, disclaimers, (c for r in readings for c in r.claims), heard)
    if fault:
        unread += (Unread("diagnose", fault(error)) for error in broken.values())
    audited += shelf.audited
    status = _status(audited, found)
    audited = [replace(a, status={f.id: status[f.id] for f in a.document.figures}) for a in audited]
    return Audit(tuple(audited), tuple(found), tuple(unread))


def _path(item: Document | Unread | Alone) -> str:
    return item.reading.document.path if isinstance(item, Alone) else item.path


def _across(
    readings: Sequence[Reading], off: Collection[str], shelf: Shelf, history: History | None
) -> dict[int, list[Relation]]:
    """The ties to other reports by the document that states them, found issuer by issuer."""
    found: dict[int, list[Relation]] = {}
    if (history is None and len(readings) < 2) or _HISTORY in off:
        return found
    with _over(_HISTORY):
        groups: dict[str, list[Reading]] = {}
        years: dict[str, set[str]] = {}
        for reading in readings:
            who = identity(reading.document)
            groups.setdefault(bucket(who.issuer), []).append(reading)
            years.setdefault(bucket(who.issuer), set()).add(who.year)
    for name, mine in groups.items():
        if (not name and len(groups) > 1) or (history is None and len(years[name]) < 2):
            continue  # whose these reports are is not known, or all tell of one year
        with _over(_HISTORY):
            told = history([source(r) for r in mine]) if history and name else ()
            before = Before(mine, told, shelf.placed)
        for check, _, across in checks():
            if across and check not in off:
                with _over(check):
                    for relation in across(mine, before):
                        found.setdefault(relation.home, []).append(relation)
    return found


def _directed(reading: Reading, stated: Iterable[Relation]) -> Reading:
    """The reading with the directions that the words of relations give its figures: 低于, 下拉, a fall that shrank."""
    read = {c.figure.id: c for c in reading.claims}
    given = {
        c.figure.id: c.direction
        for relation in stated
        for c in relation.claims()
        if c.document == reading.number and c.figure.id in read and c.direction != read[c.figure.id].direction
    }
    if not given:
        return reading
    claims = tuple(replace(c, direction=given.get(c.figure.id, c.direction)) for c in reading.claims)
    return replace(reading, claims=claims)


def _with_dates(reading: Reading, stated: Iterable[Relation]) -> tuple[Document, tuple[Claim, ...]]:
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
        f.id: ("unrelated", None) for audited in documents for f in audited.document.figures
    }
    for j in judged:
        for claim in j.relation.claims():
            if j.verdict.verdict != "unverified":
                status[claim.figure.id] = ("checked", None)
            elif status[claim.figure.id][0] == "unrelated":
                status[claim.figure.id] = ("unverified", j.verdict.reason)
    return status
