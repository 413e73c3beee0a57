"""The ledger (核对台账) as a table: every figure once, checked by which ties, or why not.

Needs pandas, and for Parquet pyarrow (extra ``ledger``). Exact numbers are text: no column rounds.
"""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any

import pandas

from ..checks.audit import Audit
from .messages import messages
from .plain import csv_text, whole_text
from .view import View
from .write import exact_value, interval, share_number

_COUNTS = ("start", "end", "page", "paragraph", "line", "column", "table", "row", "cell", "ties")
_SHARES = ("confidence", "power")
_SEPARATOR = " "


_COLUMNS = [
    "path",
    "id",
    "text",
    "value",
    "unit",
    "approx",
    "interval",
    "kind",
    "indicator",
    "subject",
    "period",
    "direction",
    "start",
    "end",
    "page",
    "paragraph",
    "line",
    "column",
    "table",
    "row",
    "cell",
    "confidence",
    "status",
    "reason",
    "state",
    "ties",
    "relations",
    "checks",
    "verdicts",
    "power",
]


def frame(audit: Audit) -> pandas.DataFrame:
    """A row per figure in reading order, columns by the names of the JSON contract."""
    view = View(audit)
    found: list[dict[str, Any]] = []
    for index, audited in enumerate(view.audited):
        for figure in audited.document.figures:
            claim, where = view.claims.get(figure.id), view.where(figure, index)
            status, reason = audited.status.get(figure.id, ("unrelated", None))
            ties = view.ties.get(figure.id, [])
            powers = [
                judged.verdict.power
                for judged in ties
                if judged.verdict.verdict == "consistent" and judged.verdict.power is not None
            ]
            found.append(
                {
                    "path": audited.document.path,
                    "id": figure.id,
                    "text": figure.text,
                    "value": exact_value(figure),
                    "unit": figure.unit,
                    "approx": figure.approx,
                    "interval": interval(figure.interval),
                    "kind": figure.kind,
                    "indicator": claim.indicator if claim else "",
                    "subject": claim.subject if claim else "",
                    "period": claim.period if claim else "",
                    "direction": claim.direction or "" if claim else "",
                    "start": figure.start,
                    "end": figure.end,
                    "page": where.page,
                    "paragraph": where.paragraph,
                    "line": where.line,
                    "column": where.column,
                    "table": where.table,
                    "row": where.row,
                    "cell": where.cell,
                    "confidence": share_number(None if figure.sure is None else Fraction(figure.sure, 100)),
                    "status": status,
                    "reason": reason or "",
                    "state": view.state(audited, figure)[0],
                    "ties": len(ties),
                    "relations": _SEPARATOR.join(judged.id for judged in ties),
                    "checks": _SEPARATOR.join(dict.fromkeys(judged.relation.check for judged in ties)),
                    "verdicts": _SEPARATOR.join(dict.fromkeys(judged.verdict.verdict for judged in ties)),
                    "power": share_number(max(powers, default=None)),
                }
            )
    rows = [
        {name: whole_text(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in found
    ]
    table = pandas.DataFrame(rows, columns=_COLUMNS)
    for name in table.columns:
        if name in _COUNTS:
            table[name] = table[name].astype("Int64")
        elif name in _SHARES:
            table[name] = table[name].astype("Float64")
        else:
            table[name] = table[name].astype("string")
    return table


def csv(audit: Audit, lang: str, *, verbose: bool = False) -> bytes:
    """The ledger for a spreadsheet: headings and codes in words, UTF-8 with the mark that Excel looks for."""
    words, table = messages(lang), frame(audit)
    for name in table.columns:
        if name in ("status", "state"):
            table[name] = table[name].map(lambda code: words.word("status", code))
        elif name == "approx":
            table[name] = table[name].map(lambda code: words.word("approx", code))
        elif name == "direction":
            table[name] = table[name].map(lambda code: words.word("direction", code) if code else "")
        elif name == "reason":
            table[name] = table[name].map(words.reason)
        elif name == "checks":
            table[name] = table[name].map(
                lambda codes: words("ui.separator").join(words.word("check", code) for code in codes.split())
            )
        elif name == "verdicts":
            table[name] = table[name].map(
                lambda codes: words("ui.separator").join(
                    words.word("verdict", code) for code in codes.split()
                )
            )
        if name not in (*_COUNTS, *_SHARES):
            table[name] = table[name].map(csv_text)
    table.columns = [words.word("ledger", name) for name in table.columns]
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def parquet(audit: Audit, lang: str, *, verbose: bool = False) -> bytes:
    """The ledger for programs: codes and names of the JSON contract, in whatever language."""
    out = BytesIO()
    frame(audit).to_parquet(out, engine="pyarrow", index=False)
    return out.getvalue()
