"""The data of the page's script: every number, every tie, every finding, as short as they can be said.

Words that come again and again stand once in ``strings`` and are named by their place there. A number is
``[text, state, reason, subject, indicator, period, minimum, maximum, precision, line, column, document]``,
a tie ``[check, verdict, state, note, power, weak, evidence, terms, minimum, maximum, finding]`` with terms
``[role, [number, …]]``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..checks.relation import Judged
from ..extract.document import Figure
from ..extract.interval import Interval
from .card import Card
from .messages import Messages
from .note import evidence, note, result_claim
from .view import WEAK, View, is_finding
from .write import one_line, percent, readable, unit_scale, with_unit

WORDS = (
    "approx",
    "baseline_head",
    "close",
    "copied",
    "copy_failed",
    "decided_confirm",
    "decided_dismiss",
    "export_count",
    "export_missing",
    "export_none",
    "found_in_text",
    "indicator",
    "inspector_empty",
    "maximum",
    "minimum",
    "next",
    "no_ties",
    "not_kept",
    "note_on",
    "number",
    "opens",
    "period",
    "power",
    "previous",
    "range",
    "reasons",
    "recomputed",
    "review_progress",
    "role",
    "said",
    "shown_count",
    "subject",
    "ties",
    "to_finding",
    "weak",
    "where",
    "where_line",
)
"""The entries of ``ui`` that the script writes."""


class Strings:
    """Strings by their place: each stands once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """The place of ``text``, a new one if it has none."""
        return self.places.setdefault(text, len(self.places))


def data(view: View, cards: list[Card], words: Messages) -> dict[str, Any]:
    """All that the script needs; plain values for JSON."""
    strings = Strings()
    figures = {
        identifier: _figure(view, index, identifier, words, strings)
        for identifier, (index, _) in view.figures.items()
    }
    ties = {judged.id: _tie(view, judged, words, strings) for judged in view.audit.relations}
    return {
        "words": {key: words.entries[f"ui.{key}"] for key in WORDS},
        "strings": list(strings.places),
        "paths": [audited.document.path for audited in view.audit.documents],
        "figures": figures,
        "ties": ties,
        "findings": {card.id: [card.mail, card.code, card.path, card.note, card.values] for card in cards},
    }


def _figure(view: View, index: int, identifier: str, words: Messages, strings: Strings) -> list[Any]:
    audited = view.audit.documents[index]
    figure, claim = view.figures[identifier][1], view.claims.get(identifier)
    state, reason = view.state(audited, figure)
    place = view.where(figure, index)
    indicator = claim.indicator or claim.label if claim else ""
    low, high = ends(figure.interval, figure)
    return [
        one_line(figure.text),
        strings(words.word("status", state)),
        strings(words.reason(reason) if state in ("unverified", "unrelated") else ""),
        strings(claim.subject if claim and claim.subject != indicator else ""),
        strings(indicator),
        strings(claim.period if claim else ""),
        low,
        high,
        strings(words.word("approx", figure.approx)),
        place.line,
        place.column,
        index,
    ]


def _tie(view: View, judged: Judged, words: Messages, strings: Strings) -> list[Any]:
    verdict, relation = judged.verdict, judged.relation
    if is_finding(judged):
        state = verdict.severity or "warning"
    else:
        state = "good" if verdict.verdict == "consistent" else "unverified"
    result, primary = result_claim(judged), view.primary(judged)
    units = {term.figure.unit for term in relation.claims()}
    scale = result.figure if result else primary.figure if primary and len(units) == 1 else None
    low, high = ends(verdict.recomputed, scale) if verdict.recomputed else ("", "")
    return [
        strings(words.word("check", relation.check)),
        strings(words.word("verdict", verdict.verdict)),
        strings(state),
        note(judged, view, words),
        "" if verdict.power is None else percent(verdict.power),
        int(verdict.power is not None and verdict.power < WEAK),
        evidence(judged),
        [
            [strings(words.word("role", role)), [claim.figure.id for claim in claims]]
            for role, claims in relation.terms.items()
            if claims
        ],
        low,
        high,
        judged.fingerprint if is_finding(judged) else "",
    ]


def ends(found: Interval, figure: Figure | None) -> tuple[str, str]:
    """The least and the greatest admissible value in the figure's unit; ``>`` and ``<`` before open ends."""
    scale = unit_scale(figure) if figure else Fraction(1)

    def text(number: Fraction | None, sign: str, infinite: str) -> str:
        if number is None:
            return infinite
        digits = readable(number / scale)
        return sign + (with_unit(digits, figure) if figure else digits)

    return (
        text(found.low, ">" if found.low_open else "", "−∞"),
        text(found.high, "<" if found.high_open else "", "+∞"),
    )
