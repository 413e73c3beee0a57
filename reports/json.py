"""The audit as JSON, the contract of ``design.md``: anyone can verify an audit from this file alone.

Same input, same bytes: no time stamps, no absolute paths, keys in a fixed order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from ..checks.audit import Audit, Audited
from ..checks.relation import BUNDLE, Judged
from ..extract.document import Figure, Where
from .messages import Messages, messages
from .note import note
from .view import View, formula
from .write import exact_value, interval, share_number

SCHEMA = 1


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """The audit as one JSON object and a line end; ``verbose`` adds what was not taken for a figure."""
    # written as it is made: the values of a thousand reports would weigh many times their text
    return "".join((*_object(_keys(audit, lang, verbose), ""), "\n"))


def _object(entries: Iterable[tuple[str, Any]], indent: str) -> Iterator[str]:
    """An object with a line per key, and a line per row of a list: readable in a diff, written fast."""
    yield "{\n"
    for at, (key, found) in enumerate(entries):
        yield ",\n" if at else ""
        yield f"{indent} {_text(key)}: "
        if isinstance(found, str | dict) or not isinstance(found, Iterable):
            yield _text(found)
        else:
            yield from _list(found, indent + " ")
    yield f"\n{indent}}}"


def _list(entries: Iterable[Any], indent: str) -> Iterator[str]:
    empty = True
    for row in entries:
        yield f"[\n{indent} " if empty else f",\n{indent} "
        empty = False
        if "figures" in row:
            yield from _object(row.items(), indent + " ")
        else:
            yield _text(row)
    yield "[]" if empty else f"\n{indent}]"


def _text(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)


def contract(audit: Audit, lang: str, *, verbose: bool = False) -> dict[str, Any]:
    """The JSON object as plain Python values."""
    return {
        key: list(found) if isinstance(found, Iterator) else found
        for key, found in _keys(audit, lang, verbose)
    }


def _keys(audit: Audit, lang: str, verbose: bool) -> Iterator[tuple[str, Any]]:
    """The keys of the audit with their values; the rows of a list are made when they are asked for."""
    view, words = View(audit), messages(lang)
    counts = view.counts
    yield "gouji", version("gouji")
    yield "schema", SCHEMA
    yield "documents", (_document(view, index, verbose) for index in range(len(view.audited)))
    yield "relations", (_relation(view, judged, words) for judged in audit.relations)
    yield "unread", ({"path": unread.path, "reason": unread.reason} for unread in audit.unread)
    yield "summary", {name: getattr(counts, name) for name in counts.__slots__}
    if earlier := range(len(view.audited), len(audit.documents)):
        yield "history", (_earlier(view, index) for index in earlier)
    if audit.weights:
        yield "weights", dict(audit.weights)


def _document(view: View, index: int, verbose: bool) -> dict[str, Any]:
    audited = view.audit.documents[index]
    document = audited.document
    entry: dict[str, Any] = {
        "path": document.path,
        "sha256": document.sha256,
        "title": document.title,
        "issuer": document.issuer,
        "period": document.period,
        "text": document.text,
        "habits": {
            "decimals": dict(sorted(audited.habits.decimals.items())),
            "rounding": {"rounded": audited.habits.rounded, "truncated": audited.habits.truncated},
        },
        "detection_share": share_number(audited.detection_share),
        "notes": list(document.notes),
        "figures": [_figure(view, index, audited, figure) for figure in document.figures],
    }
    if verbose:
        entry["skipped"] = [
            {"start": skipped.start, "end": skipped.end, "text": skipped.text, "reason": skipped.reason}
            for skipped in document.skipped
        ]
    return entry


def _earlier(view: View, index: int) -> dict[str, Any]:
    """An earlier report: the sentences that ties name, and where they stand in it."""
    entry = _document(view, index, verbose=False)
    entry["pieces"] = [
        {
            "start": piece.start,
            "end": piece.end,
            "offset": piece.offset,
            "line": piece.line,
            "column": piece.column,
        }
        for piece in view.audit.documents[index].document.pieces
    ]
    return entry


def _figure(view: View, index: int, audited: Audited, figure: Figure) -> dict[str, Any]:
    entry = _printed(view, index, audited, figure)
    # only what was read from a picture has a confidence
    if figure.sure is not None:
        entry["confidence"] = figure.sure / 100
    return entry


def _printed(view: View, index: int, audited: Audited, figure: Figure) -> dict[str, Any]:
    claim = view.claims.get(figure.id)
    status, reason = audited.status.get(figure.id, ("unrelated", None))
    return {
        "id": figure.id,
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "value": exact_value(figure),
        "unit": figure.unit,
        "approx": figure.approx,
        "interval": interval(figure.interval),
        "kind": figure.kind,
        "indicator": claim.indicator if claim else "",
        "subject": claim.subject if claim else "",
        "period": claim.period if claim else "",
        "direction": claim.direction if claim else None,
        "where": _where(view.where(figure, index)),
        "status": status,
        "reason": reason,
    }


def _where(where: Where) -> dict[str, int | None]:
    return {
        "page": where.page,
        "paragraph": where.paragraph,
        "line": where.line,
        "column": where.column,
        "table": where.table,
        "row": where.row,
        "cell": where.cell,
    }


def _relation(view: View, judged: Judged, words: Messages) -> dict[str, Any]:
    relation, verdict = judged.relation, judged.verdict
    entry = {
        "id": judged.id,
        "check": relation.check,
        "formula": formula(judged),
        "terms": {role: [claim.figure.id for claim in claims] for role, claims in relation.terms.items()},
        "strength": relation.strength,
        "evidence": list(relation.evidence),
        "verdict": verdict.verdict,
        "basis": verdict.basis,
        "reason": verdict.reason,
        "severity": verdict.severity,
        "power": share_number(verdict.power),
        "equation": verdict.equation,
        "stated": interval(verdict.stated),
        "recomputed": interval(verdict.recomputed),
        "gap": verdict.gap,
        "message": note(judged, view, words),
        "suspects": [
            {"figure": suspect.figure, "suggestion": suspect.suggestion, "reason": suspect.reason}
            for suspect in judged.suspects
        ],
        "diagnosis": judged.diagnosis,
        "feasible": _feasible(judged),
        "suppressed": judged.suppressed,
        "fingerprint": judged.fingerprint,
    }
    # keys that only some ties need to be verified from the file alone
    if relation.items:
        entry["items"] = list(relation.items)
    if len({claim.report for claim in relation.claims()}) > 1:
        entry["reports"] = True
    if relation.note == BUNDLE:
        entry["bundle"] = True
    if relation.candidates > 1:
        entry["candidates"] = relation.candidates
    if judged.joint:
        entry["joint"] = list(judged.joint)
    return entry


def _feasible(judged: Judged) -> str | list[int] | None:
    """What an unprinted number can be: every whole number where they are few, else the range."""
    found = judged.feasible
    return list(found) if isinstance(found, tuple) else interval(found)
