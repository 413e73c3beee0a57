"""The audit as one self-contained page: it asks nothing of any network and runs only its own script.

The template escapes whatever it is given. Style and script are inlined from ``page.css`` and
``page.js`` and allowed by their hashes; the inspector reads its data from an inert JSON block and
writes text only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from ..checks.audit import Audit
from ..checks.relation import Judged
from .messages import Messages, messages
from .note import (
    decision,
    detection_line,
    difference,
    equation,
    evidence,
    expected,
    location,
    note,
    qualities,
    result_claim,
    stated,
    suspicions,
)
from .pages import text_blocks
from .view import WEAK, View, is_finding
from .write import one_line, percent, readable_interval

_SCRIPT_WORDS = (
    "approx",
    "close",
    "indicator",
    "inspector_empty",
    "next",
    "no_ties",
    "period",
    "power",
    "previous",
    "range",
    "reasons",
    "said",
    "subject",
    "ties",
    "to_finding",
    "weak",
    "where",
)
_STATES = ("error", "warning", "checked", "unverified", "unrelated")


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """The page; ``verbose`` lists what was not taken for a number under each document."""
    view, words = View(audit), messages(lang)
    style, script = _asset("page.css"), _asset("page.js")
    key, lines = decision(view, words)
    return _template().render(
        t=words,
        product=words("ui.product", version=version("gouji")),
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(inert(_data(view, words))),
        title=_title(view, words),
        decision=key,
        lines=lines,
        counts=view.counts,
        detection=detection_line(view.detection_share, words),
        share=None if view.detection_share is None else percent(view.detection_share),
        gauge=0 if view.detection_share is None else int(view.detection_share * 1000),
        states=_states(view, words),
        tally=[
            (words.word("check", name), {verdict: count for verdict, count in verdicts.items() if count})
            for name, verdicts in view.tally()
        ],
        unverified=[(words.reason(code), count) for code, count in view.unverified()],
        unrelated=[(words.reason(code), count) for code, count in view.unrelated()],
        unread=audit.unread,
        findings=[_finding(view, judged, words) for judged in view.findings],
        suppressed=[_finding(view, judged, words) for judged in view.suppressed],
        documents=[_document(view, index, words, verbose) for index in range(len(audit.documents))],
    )


def inert(data: object) -> str:
    """JSON that cannot end its script element nor open a comment in it, whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(files("gouji.reports").joinpath("page.html").read_text("utf-8"))


@cache
def _asset(name: str) -> str:
    return files("gouji.reports").joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded or sent; one style sheet and one script may run, named by hash."""

    def digest(text: str) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; img-src data:; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _title(view: View, words: Messages) -> str:
    documents = view.audit.documents
    if len(documents) == 1:
        return documents[0].document.title or documents[0].document.path
    return f"{words('ui.title')} · {words('ui.document_count', count=len(documents))}"


def _states(view: View, words: Messages) -> list[dict[str, Any]]:
    """The figures by colour, with their stretch of a bar of 1000."""
    count = Counter(
        view.state(audited, figure)[0]
        for audited in view.audit.documents
        for figure in audited.document.figures
    )
    total, at, found = sum(count.values()), 0, []
    for place, state in enumerate(_STATES):
        done = sum(count[name] for name in _STATES[: place + 1])
        end = done * 1000 // total if total else 0
        word = words.word("status", state)
        found.append({"state": state, "word": word, "count": count[state], "x": at, "width": end - at})
        at = end
    return found


def _finding(view: View, judged: Judged, words: Messages) -> dict[str, Any]:
    verdict, relation = judged.verdict, judged.relation
    claim, primary = result_claim(judged), view.primary(judged)
    figure = claim.figure if claim else None
    # a bound has no result: its ranges are read in the unit of its numbers where they share one
    units = {term.figure.unit for term in relation.claims()}
    scale = figure or (primary.figure if primary and len(units) == 1 else None)
    should = expected(judged, claim, words)
    index = view.document_of(primary) if primary else 0
    return {
        "id": judged.fingerprint,
        "severity": verdict.severity or "warning",
        "check": words.word("check", relation.check),
        "code": relation.check,
        "verdict": words.word("verdict", verdict.verdict),
        "qualities": qualities(judged, view, words),
        "note": note(judged, view, words),
        "path": _path(view, index),
        "where": location(view, primary, words) if primary else "",
        "figure": primary.figure.id if primary else "",
        "passages": [
            (
                "" if passage.document == index else view.audit.documents[passage.document].document.path,
                passage,
            )
            for passage in view.passages(judged)
        ],
        "terms": {term.figure.id for term in relation.claims()},
        "result": figure.id if figure else "",
        "equation": equation(judged) if verdict.recomputed else "",
        "expected": should,
        "stated": stated(claim, words) if should else "",
        "difference": difference(judged, claim, words) if should else "",
        "stated_range": readable_interval(verdict.stated, scale) if verdict.stated else "",
        "recomputed_range": readable_interval(verdict.recomputed, scale) if verdict.recomputed else "",
        "evidence": evidence(judged),
        "power": None if verdict.power is None else percent(verdict.power),
        "suspects": suspicions(judged, view, words),
        "suppressed": judged.suppressed,
    }


def _path(view: View, index: int) -> str:
    return view.audit.documents[index].document.path


def _document(view: View, index: int, words: Messages, verbose: bool) -> dict[str, Any]:
    audited = view.audit.documents[index]
    document, habits = audited.document, audited.habits
    severities = Counter(
        judged.verdict.severity
        for judged in view.findings
        if (claim := view.primary(judged)) and view.document_of(claim) == index
    )
    notes = [
        words("ui.habit_decimals", unit=unit, decimals=decimals)
        for unit, decimals in sorted(habits.decimals.items())
    ]
    if habits.rounded or habits.truncated:
        notes.append(words("ui.habit_rounding", rounded=habits.rounded, truncated=habits.truncated))
    return {
        "number": index + 1,
        "path": document.path,
        "title": document.title or document.path,
        "issuer": document.issuer,
        "period": document.period,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "figures": len(document.figures),
        "share": None if audited.detection_share is None else percent(audited.detection_share),
        "habits": notes,
        "blocks": text_blocks(view, index),
        "skipped": [
            (one_line(skipped.text), words.word("skipped", skipped.reason))
            for skipped in (document.skipped if verbose else ())
        ],
        "skipped_count": len(document.skipped),
    }


def _data(view: View, words: Messages) -> dict[str, Any]:
    """What the inspector shows of every number and tie."""
    return {
        "words": {key: words(f"ui.{key}") for key in _SCRIPT_WORDS},
        "figures": {
            identifier: _figure_data(view, index, identifier, words)
            for identifier, (index, _) in view.figures.items()
        },
        "ties": {
            judged.id: {
                "check": words.word("check", judged.relation.check),
                "verdict": words.word("verdict", judged.verdict.verdict),
                "state": judged.verdict.severity
                if is_finding(judged)
                else "good"
                if judged.verdict.verdict == "consistent"
                else "unverified",
                "note": note(judged, view, words),
                "power": None if judged.verdict.power is None else percent(judged.verdict.power),
                "weak": judged.verdict.power is not None and judged.verdict.power < WEAK,
                "evidence": evidence(judged),
                "terms": [
                    [words.word("role", role), [claim.figure.id for claim in claims]]
                    for role, claims in judged.relation.terms.items()
                    if claims
                ],
                "finding": judged.fingerprint if is_finding(judged) else None,
            }
            for judged in view.audit.relations
        },
    }


def _figure_data(view: View, index: int, identifier: str, words: Messages) -> dict[str, Any]:
    audited = view.audit.documents[index]
    figure, claim = view.figures[identifier][1], view.claims.get(identifier)
    state, reason = view.state(audited, figure)
    place = view.where(figure, index)
    indicator = claim.indicator or claim.label if claim else ""
    return {
        "text": one_line(figure.text),
        "state": state,
        "status": words.word("status", state),
        "reason": words.reason(reason) if state in ("unverified", "unrelated") else "",
        "indicator": indicator,
        "subject": claim.subject if claim and claim.subject != indicator else "",
        "period": claim.period if claim else "",
        "range": readable_interval(figure.interval, figure),
        "approx": words.word("approx", figure.approx),
        "where": words("ui.where_line", line=place.line, column=place.column),
        "ties": [judged.id for judged in view.ties.get(identifier, ())],
    }
