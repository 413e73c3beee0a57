"""The audit for a terminal: findings first, then what was checked, what was not, and the conclusion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from ..checks.audit import Audit
from ..checks.relation import Judged
from .layout import Styled, harmless, pad, width, wrap
from .messages import Messages, messages
from .note import (
    decision,
    detection_line,
    difference,
    evidence,
    expected,
    note,
    qualities,
    result_claim,
    stated,
    suspicions,
)
from .view import View
from .write import one_line, percent

_INK: dict[str, dict[str, object]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "good": {"fg": "green", "bold": True},
    "mark": {"bold": True, "underline": True},
    "place": {"fg": "cyan"},
    "dim": {"dim": True},
    "strong": {"bold": True},
}
_NARROWEST = 40
_KNOWN = 20
"""So many findings that do not count are listed without ``--verbose``."""


def render(audit: Audit, lang: str, *, verbose: bool = False, color: bool = False, columns: int = 100) -> str:
    """The audit as text, ``columns`` cells wide; ``color`` adds ANSI styles; ``verbose`` every tie."""
    return "".join(f"{line}\n" for line in _Page(View(audit), messages(lang), color, columns).lines(verbose))


class _Page:
    def __init__(self, view: View, words: Messages, color: bool, columns: int) -> None:
        self.view, self.words, self.color = view, words, color
        self.columns = max(columns, _NARROWEST)

    def lines(self, verbose: bool) -> Iterator[str]:
        for number, judged in enumerate(self.view.findings, 1):
            yield from self.finding(judged, number)
            yield ""
        if verbose:
            yield from self.every_tie()
            yield from self.skipped()
        yield from self.suppressed(verbose)
        yield from self.checked()
        yield from self.unchecked()
        yield from self.read()
        yield from self.unread()
        yield from self.conclusion()

    # --- findings ---------------------------------------------------------------------------------

    def finding(self, judged: Judged, number: int) -> Iterator[str]:
        words, verdict = self.words, judged.verdict
        severity = verdict.severity or "warning"
        kind = words.word("check", judged.relation.check)
        head = [
            (f"{words.word('severity', severity)} {number}/{len(self.view.findings)}", severity),
            (f"  {self.place(judged)}", "place"),
            (f"  {kind} · {words.word('verdict', verdict.verdict)}", ""),
        ]
        extra = words("ui.separator").join(qualities(judged, self.view, words))
        yield from self.block([*head, (words("ui.bracketed", text=extra) if extra else "", "dim")], "", "  ")
        yield from self.block([(note(judged, self.view, words), "strong")], "  ")
        claim = self.view.primary(judged)
        home = self.view.document_of(claim) if claim else 0
        for passage in self.view.passages(judged):
            parts: list[Styled] = []
            if passage.document != home:
                parts.append((f"{self.view.source(passage)}  ", "place"))
            for piece in passage.pieces:
                text = one_line(piece.text) if piece.figure else piece.text.replace("\n", " ")
                parts.append(
                    (
                        f"【{text}】" if piece.figure and not self.color else text,
                        "mark" if piece.figure else "",
                    )
                )
            yield from self.block(parts, "  │ ")
        yield from self.facts(judged)

    def facts(self, judged: Judged) -> Iterator[str]:
        words, claim = self.words, result_claim(judged)
        should, separator = expected(judged, claim, words), words("ui.separator")
        facts: list[tuple[str, str]] = []
        if should:
            values = {
                "ui.expected": should,
                "ui.stated": stated(claim, words),
                "ui.difference": difference(judged, claim, words),
            }
            line = "   ".join(f"{words(key)} {text}" for key, text in values.items() if text)
            facts.append(("ui.values", line))
        facts += [
            ("ui.evidence", separator.join(evidence(judged))),
            *(("ui.suspects", line) for line in suspicions(judged, self.view, words)),
        ]
        label = max(width(words(key)) for key, _ in facts)
        for key, text in facts:
            if text:
                yield from self.block(
                    [(pad(words(key), label), "dim"), (f"  {text}", "")], "  ", " " * (label + 4)
                )

    def place(self, judged: Judged) -> str:
        claim = self.view.primary(judged)
        if claim is None:
            return ""
        index = self.view.document_of(claim)
        where = self.view.where(claim.figure, index)
        return f"{self.view.audit.documents[index].document.path}:{where.line}:{where.column}"

    # --- everything else --------------------------------------------------------------------------

    def every_tie(self) -> Iterator[str]:
        for judged in self.view.audit.relations:
            verdict = judged.verdict
            if verdict.verdict not in ("consistent", "unverified"):
                continue
            power = ""
            if verdict.power is not None and verdict.verdict == "consistent":
                power = f"  {self.words('ui.power')} {percent(verdict.power)}"
            parts = [
                (self.place(judged), "place"),
                (f"  {note(judged, self.view, self.words)}", ""),
                (power, "dim"),
            ]
            yield from self.block(parts, "", "  ")
        yield ""

    def suppressed(self, verbose: bool) -> Iterator[str]:
        """Findings that do not count, each with the reason: they stay in sight."""
        words, found = self.words, self.view.suppressed
        if not found:
            return
        yield self.ink(words("ui.suppressed"), "strong")
        for judged in found if verbose else found[:_KNOWN]:
            mark = words("ui.bracketed", text=judged.suppressed)
            parts = [
                (self.place(judged), "place"),
                (f"  {note(judged, self.view, words)}", ""),
                (mark, "dim"),
            ]
            yield from self.block(parts, "  ", "    ")
        if not verbose and len(found) > _KNOWN:
            yield f"  {words('diff.more', count=len(found) - _KNOWN)}"
        yield ""

    def skipped(self) -> Iterator[str]:
        for audited in self.view.audit.documents:
            if not audited.document.skipped:
                continue
            yield self.ink(f"{self.words('ui.skipped')}  {audited.document.path}", "strong")
            for skipped in audited.document.skipped:
                reason = self.words.word("skipped", skipped.reason)
                yield from self.block([(one_line(skipped.text), ""), (f"  {reason}", "dim")], "  ", "    ")
            yield ""

    def checked(self) -> Iterator[str]:
        words, counts = self.words, self.view.counts
        if not counts.documents:
            return
        yield self.ink(words("ui.checked_what"), "strong")
        yield from self.block(
            [
                (
                    words(
                        "ui.figures_line",
                        figures=counts.figures,
                        checked=counts.checked,
                        unverified=counts.unverified,
                        unrelated=counts.unrelated,
                    ),
                    "",
                )
            ],
            "  ",
        )
        tally = self.view.tally()
        if tally:
            label = max(width(words.word("check", name)) for name, _ in tally)
            for name, verdicts in tally:
                found = [
                    f"{words.word('verdict', verdict)} {count}"
                    for verdict, count in verdicts.items()
                    if count
                ]
                yield from self.block(
                    [
                        (pad(words.word("check", name), label), ""),
                        ("  " + words("ui.comma").join(found), "dim"),
                    ],
                    "  ",
                    " " * (label + 4),
                )
        yield from self.block([(detection_line(self.view.detection_share, words), "")], "  ")
        yield ""

    def unchecked(self) -> Iterator[str]:
        words = self.words
        reasons = [
            (words.reason(code), words("ui.times", count=count)) for code, count in self.view.unverified()
        ]
        reasons += [
            (words.reason(code), words("ui.figure_times", count=count))
            for code, count in self.view.unrelated()
        ]
        if reasons:
            yield self.ink(words("ui.unchecked_what"), "strong")
            label = max(width(count) for _, count in reasons)
            for reason, count in reasons:
                yield from self.block(
                    [(pad(count, label), ""), (f"  {reason}", "dim")], "  ", " " * (label + 4)
                )
            yield ""

    def read(self) -> Iterator[str]:
        """Say of each file what a reader of it should know: changes pending, text hidden."""
        if self.view.read_notes:
            yield self.ink(self.words("ui.read_notes"), "warning")
            for index, line in self.view.read_notes:
                path = self.view.audit.documents[index].document.path
                yield from self.block([(path, "place"), (f"  {line}", "")], "  ", "    ")
            yield ""

    def unread(self) -> Iterator[str]:
        if self.view.audit.unread:
            yield self.ink(self.words("ui.unread"), "warning")
            for unread in self.view.audit.unread:
                yield from self.block([(unread.path, "place"), (f"  {unread.reason}", "")], "  ", "    ")
            yield ""

    def conclusion(self) -> Iterator[str]:
        words = self.words
        key, lines = decision(self.view, words)
        ink = {"error": "error", "warning": "warning", "clean": "good"}.get(key, "warning")
        yield from self.block([(lines[0], ink)], "")
        for line in lines[1:]:
            yield from self.block([(line, "")], "")
        if self.view.suppressed:
            yield from self.block([(words("ui.suppressed_line", count=len(self.view.suppressed)), "dim")], "")

    # --- ink --------------------------------------------------------------------------------------

    def block(self, parts: Iterable[Styled], indent: str, hanging: str | None = None) -> Iterator[str]:
        """Wrapped lines with an indent; ``hanging`` indents the lines after the first."""
        rest = indent if hanging is None else hanging
        clean = [(harmless(text), style) for text, style in parts if text]
        room = self.columns - max(width(indent), width(rest))
        for place, line in enumerate(wrap(clean, room)):
            text = "".join(self.ink(text, style) for text, style in line)
            yield ((indent if place == 0 else rest) + text).rstrip()

    def ink(self, text: str, style: str) -> str:
        if not self.color or not style:
            return harmless(text)
        return click.style(text, **_INK[style])  # type: ignore[arg-type]
