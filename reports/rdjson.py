"""The findings as diagnostics of reviewdog (rdjson), which writes them at the lines of a merge request.

Source: reviewdog, ``proto/rdf``. Columns count bytes of UTF-8, from 1; ends are exclusive. Accepted
exceptions are left out: the format cannot mark them.
"""

from __future__ import annotations

import json
from typing import Any

from ..checks.audit import Audit
from .brief import body
from .messages import messages
from .plain import whole_text
from .region import Region, Regions
from .view import View
from .write import one_line

_SEVERITY = {"error": "ERROR", "warning": "WARNING"}


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """One ``DiagnosticResult``: a diagnostic per finding and per unread file."""
    view, words = View(audit), messages(lang)
    regions = Regions(view)
    rows: list[dict[str, Any]] = []
    for judged in view.findings:
        region, repair = regions.primary(judged), regions.repair(judged)
        row: dict[str, Any] = {
            "message": whole_text(body(judged, view, words)),
            "severity": _SEVERITY.get(judged.verdict.severity or "", "INFO"),
            "code": {"value": judged.relation.check},
        }
        if region:
            row["location"] = _location(view, regions, region)
        if repair and region and repair.region.document == region.document:
            row["suggestions"] = [
                {"range": _range(view, regions, repair.region), "text": whole_text(repair.text)}
            ]
        row["related_locations"] = [
            {
                "message": whole_text(
                    f"{words.word('role', role)}{words('ui.colon')}{one_line(claim.figure.text)}"
                ),
                "location": _location(view, regions, place),
            }
            for role, claim, place in regions.others(judged)
        ]
        rows.append(row)
    for unread in audit.unread:
        rows.append(
            {
                "message": whole_text(unread.reason),
                "severity": "ERROR",
                "code": {"value": "unread"},
                "location": {"path": whole_text(unread.path)},
            }
        )
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"source": {{"name": "gouji"}}, "diagnostics": [\n{lines}\n]}}\n'


def _location(view: View, regions: Regions, region: Region) -> dict[str, Any]:
    path = view.audit.documents[region.document].document.path
    return {"path": whole_text(path), "range": _range(view, regions, region)}


def _range(view: View, regions: Regions, region: Region) -> dict[str, Any]:
    text, starts = view.audit.documents[region.document].document.text, regions.starts(region.document)

    def position(offset: int, line: int) -> dict[str, int]:
        before = text[starts[line - 1] : offset].encode("utf-8", "surrogatepass")
        return {"line": line, "column": len(before) + 1}

    return {"start": position(region.start, region.line), "end": position(region.end, region.end_line)}
