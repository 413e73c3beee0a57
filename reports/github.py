"""The findings as workflow commands of GitHub Actions, which shows them at their lines.

Source: docs.github.com, "Workflow commands", and the toolkit's escaping of data and properties. A job shows
ten errors and ten warnings of a step; the rest is in its log and in the summary.
"""

from __future__ import annotations

from ..checks.audit import Audit
from .brief import body, title
from .markdown import render as markdown
from .messages import messages
from .note import decision
from .plain import whole_text
from .region import Regions
from .view import View

MOST_SUMMARY = 260_000
"""Characters; GitHub drops a summary of more than 1 MiB, and no character takes more than four bytes."""

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """A command per finding and per unread file, and the conclusion as a notice."""
    view, words = View(audit), messages(lang)
    regions, lines = Regions(view), []
    for judged in view.findings:
        properties = {}
        region = regions.primary(judged)
        if region:
            properties = {
                "file": view.audit.documents[region.document].document.path,
                "line": str(region.line),
                "endLine": str(region.end_line),
                "col": str(region.column),
                "endColumn": str(region.end_column - 1),
            }
        kind = "error" if judged.verdict.severity == "error" else "warning"
        lines.append(_command(kind, {**properties, "title": title(judged, words)}, body(judged, view, words)))
    for index, line in view.read_notes:
        path = audit.documents[index].document.path
        lines.append(_command("notice", {"file": path, "title": words("ui.read_notes")}, line))
    for unread in audit.unread:
        lines.append(_command("error", {"file": unread.path, "title": words("ui.unread")}, unread.reason))
    _, said = decision(view, words)
    lines.append(_command("notice", {"title": words("ui.title")}, "\n".join(said)))
    return "".join(f"{line}\n" for line in lines)


def summary(audit: Audit, lang: str) -> str:
    """The page of the job: the audit as Markdown, within GitHub's limit."""
    return markdown(audit, lang, most=MOST_SUMMARY)


def _command(kind: str, properties: dict[str, str], text: str) -> str:
    named = ",".join(f"{name}={whole_text(value).translate(_PROPERTY)}" for name, value in properties.items())
    return f"::{kind} {named}::{whole_text(text).translate(_DATA)}"
