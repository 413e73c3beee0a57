"""The findings as a code quality report of GitLab, which shows them in a merge request.

Source: docs.gitlab.com, "Code Quality report format". Accepted exceptions are left out: the format cannot
mark them.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from ..checks.audit import Audit
from .brief import body
from .messages import messages
from .plain import whole_text
from .region import Regions
from .view import View

_SEVERITY = {"error": "critical", "warning": "minor"}


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """A list with an entry per finding and per unread file (severity ``blocker``)."""
    view, words = View(audit), messages(lang)
    regions = Regions(view)
    entries: list[dict[str, Any]] = []
    for judged in view.findings:
        region = regions.primary(judged)
        if region is None:
            continue
        begin = {"line": region.line, "column": region.column}
        end = {"line": region.end_line, "column": region.end_column}
        entries.append(
            {
                "description": whole_text(body(judged, view, words)),
                "check_name": judged.relation.check,
                "fingerprint": judged.fingerprint,
                "severity": _SEVERITY.get(judged.verdict.severity or "", "info"),
                "location": {
                    "path": whole_text(view.audit.documents[region.document].document.path),
                    "positions": {"begin": begin, "end": end},
                    "lines": {"begin": region.line, "end": region.end_line},
                },
            }
        )
    for unread in audit.unread:
        path = whole_text(unread.path)
        entries.append(
            {
                "description": whole_text(unread.reason),
                "check_name": "unread",
                "fingerprint": sha256(f"unread\0{path}".encode()).hexdigest()[:16],
                "severity": "blocker",
                "location": {"path": path, "lines": {"begin": 1}},
            }
        )
    rows = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n{rows}\n]\n" if rows else "[]\n"
