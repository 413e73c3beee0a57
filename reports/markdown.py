"""The audit as Markdown for a comment on a merge request: verdict, table of findings, details folded.

Nothing in it can be clicked or notifies anybody: file names, titles and text are their authors'. Their
punctuation becomes character references, which cannot mark anything up; and a word joiner after ``@``, ``#``
and the like keeps platforms from making links and mentions of what is left.
"""

from __future__ import annotations

import re
from html import escape

from ..checks.audit import Audit
from ..checks.relation import Judged
from .messages import Messages, messages
from .note import decision, detection_line, note, qualities
from .plain import xml_text
from .sheet import cause, passage, place, verdict
from .view import View
from .write import one_line

MOST = 60_000
"""A comment holds 65,536 characters at GitHub; 1,000,000 at GitLab."""

# what may mark up text anywhere, and what opens a list or a heading where a block begins
_PUNCTUATION = re.compile(r"[!\"#$&'()*/:<>?@\[\\\]^_`{|}~]")
_OPENING = re.compile(r"(?=[-+=]|\d+\.)")
_TRIGGER = re.compile(
    r"(?<=[@#!$%&~^:])(?=[\w/@])|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.IGNORECASE | re.ASCII
)
_JOINER = "\u2060"


def render(audit: Audit, lang: str, *, verbose: bool = False, most: int = MOST) -> str:
    """The comment; findings beyond ``most`` characters are counted, not told."""
    view, words = View(audit), messages(lang)
    key, lines = decision(view, words)
    mark = {"error": "❌", "warning": "⚠️", "clean": "✅"}.get(key, "⚪")
    head = [f"## {words('ui.title')}", "", f"{mark} **{lines[0]}**", *lines[1:], ""]
    head += [detection_line(view.detection_share, words), ""]
    tail = [*_read(view, words), *_unread(view, words), *_checked(view, words)]
    room = most - sum(len(line) + 1 for line in (*head, *tail)) - 200
    rows, details = [], []
    for number, judged in enumerate(view.findings, 1):
        row, detail = _row(view, words, number, judged), _detail(view, words, number, judged)
        room -= len(row) + len(detail) + 2
        if room < 0:
            break
        rows.append(row)
        details.append(detail)
    body = []
    if rows:
        names = ("number", "place", "tie", "verdict", "cause")
        body = [
            "| " + " | ".join(words.word("sheet", name) for name in names) + " |",
            "|---|---|---|---|---|",
        ]
        body += [*rows, "", *details]
    left = len(view.findings) - len(rows)
    if left:
        body += [words("ui.cut_results", wanted=len(view.findings), cut=left), ""]
    if view.suppressed:
        body += [words("ui.suppressed_line", count=len(view.suppressed)), ""]
    return "\n".join([*head, *body, *tail]).rstrip("\n") + "\n"


def inert(text: str) -> str:
    """Untrusted text as one line of Markdown that is text and nothing else."""
    text = _TRIGGER.sub(_JOINER, one_line(xml_text(text)))
    if _OPENING.match(text):
        text = _JOINER + text
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", text)


def _row(view: View, words: Messages, number: int, judged: Judged) -> str:
    cells = [
        str(number),
        inert(place(view, words, judged)),
        inert(note(judged, view, words)),
        inert(verdict(words, judged)),
        "<br>".join(inert(line) for line in cause(view, words, judged).split("\n")),
    ]
    return "| " + " | ".join(cells) + " |"


def _detail(view: View, words: Messages, number: int, judged: Judged) -> str:
    """A finding with its sentences, folded; inside ``pre`` nothing is Markdown."""
    check = inert(words.word("check", judged.relation.check))
    extra = words("ui.separator").join([*qualities(judged, view, words), judged.fingerprint])
    text = "\n".join(line.strip() or "…" for line in xml_text(passage(view, judged)).splitlines())
    return (
        f"<details><summary>{number} · {check} · {inert(extra)}</summary>\n\n"
        f"<pre>{escape(text)}</pre>\n\n</details>\n"
    )


def _read(view: View, words: Messages) -> list[str]:
    """What a user should know of how files were read."""
    if not view.read_notes:
        return []
    found = [
        f"- {inert(view.audit.documents[index].document.path)}{words('ui.colon')}{inert(line)}"
        for index, line in view.read_notes[:100]
    ]
    return [f"**{words('ui.read_notes')}**", "", *found, ""]


def _unread(view: View, words: Messages) -> list[str]:
    if not view.audit.unread:
        return []
    found = [
        f"- {inert(unread.path)}{words('ui.colon')}{inert(unread.reason)}" for unread in view.audit.unread
    ]
    return [f"**{words('ui.unread')}**", "", *found[:100], ""]


def _checked(view: View, words: Messages) -> list[str]:
    """What was checked and what was not, folded."""
    counts = view.counts
    figures = words(
        "ui.figures_line",
        figures=counts.figures,
        checked=counts.checked,
        unverified=counts.unverified,
        unrelated=counts.unrelated,
    )
    lines = [f"- {figures}"]
    for name, verdicts in view.tally():
        found = [f"{words.word('verdict', code)} {count}" for code, count in verdicts.items() if count]
        lines.append(
            f"- {inert(words.word('check', name))}{words('ui.colon')}{words('ui.comma').join(found)}"
        )
    lines += [
        f"- {words('ui.times', count=count)}{words('ui.colon')}{inert(words.reason(code))}"
        for code, count in view.unverified()
    ]
    summary = f"<details><summary>{words('ui.checked_what')}</summary>"
    return [summary, "", *lines, "", "</details>", ""]
