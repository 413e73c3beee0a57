"""The check sheet (勾稽核对表) as rows of text, whatever file it is written to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..checks.relation import Judged
from .messages import Messages
from .note import (
    decision,
    detection_line,
    difference,
    equation,
    expected,
    feasible,
    location,
    note,
    qualities,
    result_claim,
    stated,
    suspicions,
)
from .view import View, is_finding
from .write import one_line

COLUMNS = (
    "number",
    "place",
    "passage",
    "tie",
    "stated",
    "recomputed",
    "difference",
    "verdict",
    "cause",
    "opinion",
)
"""The columns of the sheet; each has a heading ``sheet.<name>`` in the catalogues. The last is left to people."""


@dataclass(frozen=True, slots=True)
class Row:
    """One tie; ``severity`` is error, warning or "" and colours the row, ``fingerprint`` names the tie."""

    cells: tuple[str, ...]
    severity: str
    fingerprint: str


def headings(words: Messages) -> list[str]:
    """The headings of the columns."""
    return [words.word("sheet", name) for name in COLUMNS]


def rows(view: View, words: Messages, ties: Iterable[Judged] | None = None) -> list[Row]:
    """A row per tie, by default for every tie of the audit, numbered from 1."""
    listed = view.audit.relations if ties is None else ties
    return [_row(view, words, number, judged) for number, judged in enumerate(listed, 1)]


def _row(view: View, words: Messages, number: int, judged: Judged) -> Row:
    result = result_claim(judged)
    printed = words("ui.separator").join(one_line(claim.figure.text) for claim in judged.relation.claims())
    derivation = equation(judged)
    check = words.word("check", judged.relation.check)
    cells = (
        str(number),
        place(view, words, judged),
        passage(view, judged),
        check + (words("ui.colon") + derivation if derivation else ""),
        stated(result, words) or printed,
        expected(judged, result, words),
        difference(judged, result, words),
        verdict(words, judged),
        cause(view, words, judged),
        "",
    )
    severity = judged.verdict.severity or "" if is_finding(judged) and not judged.suppressed else ""
    return Row(cells, severity, judged.fingerprint)


def place(view: View, words: Messages, judged: Judged) -> str:
    """The file and the place in it of the number that a tie is shown at."""
    claim = view.primary(judged)
    if claim is None:
        return ""
    path = view.audit.documents[view.document_of(claim)].document.path
    return f"{path} {location(view, claim, words)}"


def passage(view: View, judged: Judged) -> str:
    """The sentences of a tie, its numbers in 【】, a line per passage."""
    return "\n".join(
        "".join(
            f"【{one_line(piece.text)}】" if piece.figure else piece.text.replace("\n", " ")
            for piece in found.pieces
        )
        for found in view.passages(judged)
    )


def verdict(words: Messages, judged: Judged) -> str:
    """The verdict with its severity, or with what it rests on; whether someone accepted it."""
    found = judged.verdict
    said = words.word("verdict", found.verdict)
    more = words.word("basis", found.basis) if found.basis else ""
    if is_finding(judged):
        more = words.word("severity", found.severity) if found.severity else ""
    lines = [said + (words("ui.bracketed", text=more) if more else "")]
    if judged.suppressed:
        lines.append(f"{words('ui.suppressed')}{words('ui.colon')}{judged.suppressed}")
    return "\n".join(lines)


def cause(view: View, words: Messages, judged: Judged) -> str:
    """What may have caused a finding, or why a tie was not decided; of one that holds what is not printed can be."""
    if judged.verdict.verdict == "unverified":
        return words.reason(judged.verdict.reason or judged.relation.reason)
    if not is_finding(judged):
        return feasible(judged, words)
    found = [note(judged, view, words)] if judged.joint else []  # its own derivation holds
    found += [*suspicions(judged, view, words), words("ui.separator").join(qualities(judged, view, words))]
    return "\n".join(line for line in found if line)


def conclusion(view: View, words: Messages) -> list[tuple[str, str]]:
    """What the sheet rests on: labels and texts, what could not be read included."""
    counts = view.counts
    _, lines = decision(view, words)
    figures = words(
        "ui.figures_line",
        figures=counts.figures,
        checked=counts.checked,
        unverified=counts.unverified,
        unrelated=counts.unrelated,
    )
    found = [(words("ui.summary"), "\n".join(lines))]
    for audited in view.audit.documents:
        document = audited.document
        found.append((words("ui.documents"), "\n".join(filter(None, (document.path, document.title)))))
    found.append((words("ui.figures"), figures))
    found.append((words("ui.detection_short"), detection_line(view.detection_share, words)))
    found += [
        (
            words("ui.read_notes"),
            f"{view.audit.documents[index].document.path}{words('ui.colon')}{line}",
        )
        for index, line in view.read_notes
    ]
    found += [
        (words("ui.unread"), f"{unread.path}{words('ui.colon')}{unread.reason}")
        for unread in view.audit.unread
    ]
    return found
