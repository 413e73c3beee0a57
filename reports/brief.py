"""One finding in few words, as every format for a build's log or a merge request tells it."""

from __future__ import annotations

from ..checks.relation import Judged
from .messages import Messages
from .note import note, qualities, suspicions
from .view import View


def title(judged: Judged, words: Messages) -> str:
    """Severity, check and verdict: ``错误：率 · 不符``."""
    severity = words.word("severity", judged.verdict.severity or "warning")
    check = words.word("check", judged.relation.check)
    return f"{severity}{words('ui.colon')}{check} · {words.word('verdict', judged.verdict.verdict)}"


def body(judged: Judged, view: View, words: Messages) -> str:
    """The note with what qualifies it; which number is probably wrong, in lines of their own."""
    extra = words("ui.separator").join(qualities(judged, view, words))
    head = note(judged, view, words) + (words("ui.bracketed", text=extra) if extra else "")
    return "\n".join([head, *suspicions(judged, view, words)])
