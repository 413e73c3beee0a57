"""Claims of earlier reports as rows of a table, and back: every field that a tie or an output needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from ..checks.past import Sentence, Source, Told
from ..extract.claim import Claim
from ..extract.document import Figure
from ..extract.identity import bucket
from ..extract.interval import Interval, parse

TEXTS = (
    "bucket", "issuer", "year", "path", "sha256", "title", "kind", "period", "indicator", "subject", "scope", "role",
    "direction", "object", "label", "noun", "value", "upper", "interval", "unit", "printed_unit", "numeral", "ulp",
    "approx", "measure", "text", "caveat", "sentence", "figure",
)  # fmt: skip
NUMBERS = ("sure", "start", "end", "numeral_start", "decimals", "place", "line", "column", "index", "clear")
FLAGS = ("own", "discrete", "negative")
LISTS = ("key", "words")
COLUMNS = (*TEXTS, *NUMBERS, *FLAGS, *LISTS)
"""The columns of a store of claims. ``value``, ``upper``, ``ulp`` and ``interval`` are exact rationals in writing.

``sure`` tells how sure the year is, ``clear`` how sure the reading of the figure (percent; -1 for printed text)."""


def row(told: Told) -> dict[str, Any]:
    """A claim as one row."""
    c, f, s, p = told.claim, told.claim.figure, told.source, told.place
    return {
        "bucket": bucket(s.issuer), "issuer": s.issuer, "year": s.year, "path": s.path, "sha256": s.sha256,
        "title": s.title, "kind": told.kind, "period": told.period, "indicator": c.indicator, "subject": c.subject,
        "scope": c.scope, "role": c.role, "direction": c.direction or "", "object": c.object, "label": c.label,
        "noun": c.noun, "value": str(f.value), "upper": "" if f.upper is None else str(f.upper),
        "interval": str(f.interval), "unit": f.unit, "printed_unit": f.printed_unit, "numeral": f.numeral,
        "ulp": str(f.ulp), "approx": f.approx, "measure": f.kind, "text": f.text, "caveat": told.caveat,
        "sentence": p.text, "figure": f.id, "sure": told.sure, "start": f.start, "end": f.end,
        "numeral_start": f.numeral_start, "decimals": f.decimals, "place": p.start, "line": p.line, "column": p.column,
        "index": c.index, "clear": -1 if f.sure is None else f.sure, "own": told.own, "discrete": f.discrete, "negative": f.negative, "key": list(told.key),
        "words": list(c.words),
    }  # fmt: skip


def columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows turned into columns, text that no file can hold made harmless."""
    found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for one in rows:
        for name in COLUMNS:
            value = one[name]
            if isinstance(value, str):
                value = clean(value)
            elif isinstance(value, list):
                value = [clean(text) for text in value]
            found[name].append(value)
    return found


def told(rows: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    """Rows as claims; raises ``ValueError`` for a row that is none."""
    for r in rows:
        figure = Figure(
            id=r["figure"], start=r["start"], end=r["end"], text=r["text"], value=Fraction(r["value"]), unit=r["unit"],
            approx=r["approx"], interval=_interval(r["interval"]), kind=r["measure"], printed_unit=r["printed_unit"],
            numeral=r["numeral"], numeral_start=r["numeral_start"], decimals=r["decimals"], ulp=Fraction(r["ulp"]),
            discrete=r["discrete"], upper=Fraction(r["upper"]) if r["upper"] else None, negative=r["negative"],
            sure=None if r["clear"] < 0 else r["clear"],
        )  # fmt: skip
        place = Sentence(r["sentence"], r["place"], r["line"], r["column"])
        if r["sentence"][figure.start - place.start : figure.end - place.start] != figure.text:
            raise ValueError(f"{r['path']}: {r['figure']}")
        claim = Claim(
            figure=figure, document=-1, index=r["index"], role=r["role"], indicator=r["indicator"], subject=r["subject"],
            scope=r["scope"], issuer=r["issuer"], period=r["period"], direction=r["direction"] or None,
            object=r["object"], words=tuple(r["words"]), label=r["label"], noun=r["noun"],
        )  # fmt: skip
        source = Source(r["path"], r["sha256"], r["title"], r["issuer"], r["year"])
        yield Told(
            r["kind"], tuple(r["key"]), r["period"], r["own"], r["sure"], r["caveat"], claim, source, place
        )


def _interval(text: str) -> Interval:
    return parse(text)


def clean(text: str) -> str:
    """Text without lone surrogates, one character for each, so that offsets stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
