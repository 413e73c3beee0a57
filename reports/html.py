"""The audit as one self-contained page: it asks nothing of any network and runs only its own script.

The template escapes whatever it is given. Style and script are inlined and allowed by their hashes
(:mod:`.inline`); the script reads its data from an inert JSON block and writes text only.
"""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from typing import Any

from markupsafe import Markup

from ..checks.audit import Audit
from ..checks.relation import Judged
from ..extract.document import Document
from .card import card
from .charts import HEIGHT, STATES, WIDTH, bar, series, states
from .inline import inert, policy, script, style, template
from .inspector import data
from .messages import Messages
from .messages import messages as catalogue
from .note import decision, detection_line, equation, name_of, note
from .pages import text_blocks
from .view import VERDICTS, View, is_finding
from .write import one_line, percent


def render(audit: Audit, lang: str, *, verbose: bool = False) -> str:
    """The page; ``verbose`` lists what was not taken for a number under each document."""
    view, words = View(audit), catalogue(lang)
    key, lines = decision(view, words)
    findings = [card(view, judged, words) for judged in view.findings]
    suppressed = [card(view, judged, words) for judged in view.suppressed]
    every = range(len(audit.documents))
    return template().render(
        t=words,
        product=words("ui.product", version=version("gouji")),
        policy=policy(),
        style=Markup(style()),
        script=Markup(script()),
        data=Markup(inert(data(view, [*findings, *suppressed], words))),
        title=_title(view, words),
        decision=key,
        lines=lines,
        counts=view.counts,
        detection=detection_line(view.detection_share, words),
        share=None if view.detection_share is None else percent(view.detection_share),
        gauge=0 if view.detection_share is None else int(view.detection_share * 1000),
        states=bar(states(view, range(len(view.audited))), STATES),
        tally=_tally(view, words),
        unverified=[(words.reason(code), count) for code, count in view.unverified()],
        unrelated=[(words.reason(code), count) for code, count in view.unrelated()],
        unread=audit.unread,
        read_notes=[(audit.documents[index].document.path, line) for index, line in view.read_notes],
        findings=findings,
        suppressed=suppressed,
        kinds=list({found.code: found.check for found in (*findings, *suppressed)}.items()),
        across=_across(view, words),
        series=series(view, words),
        chart=(WIDTH, HEIGHT),
        documents=[_document(view, index, words, verbose) for index in every],
    )


def _title(view: View, words: Messages) -> str:
    documents = view.audited
    if len(documents) == 1:
        return documents[0].document.title or documents[0].document.path
    return f"{words('ui.title')} · {words('ui.document_count', count=len(documents))}"


def _tally(view: View, words: Messages) -> list[dict[str, Any]]:
    """The checks that found ties, each with its verdicts and a bar as long as it has ties."""
    tally = view.tally()
    most = max((sum(verdicts.values()) for _, verdicts in tally), default=0)
    return [
        {
            "check": words.word("check", name),
            "count": sum(verdicts.values()),
            "bar": bar(Counter(verdicts), VERDICTS, most),
            "odd": [(verdict, verdicts[verdict]) for verdict in VERDICTS[1:] if verdicts[verdict]],
        }
        for name, verdicts in tally
    ]


def _across(view: View, words: Messages) -> list[dict[str, Any]]:
    """The ties between documents, findings first."""
    found = []
    for judged in view.audit.relations:
        indices = sorted({view.document_of(claim) for claim in judged.relation.claims()})
        if len(indices) < 2:
            continue
        primary = view.primary(judged)
        verdict = judged.verdict
        found.append(
            {
                "state": _state(judged),
                "verdict": words.word("verdict", verdict.verdict),
                "check": words.word("check", judged.relation.check),
                "name": name_of(_named(judged), words, judged.relation.check),
                "equation": equation(judged) or note(judged, view, words),
                "documents": [
                    (index + 1, document.period or document.title or document.path)
                    for index in indices
                    for document in [view.audit.documents[index].document]
                ],
                "finding": judged.fingerprint if is_finding(judged) else "",
                "figure": primary.figure.id if primary else "",
            }
        )
    order = {"error": 0, "warning": 1, "good": 2, "unverified": 3}
    return sorted(found, key=lambda row: order[row["state"]])


def _named(judged: Judged) -> Any:
    """The claim that names a tie: one with an indicator of its own, else the first."""
    claims = judged.relation.claims()
    return next((claim for claim in claims if claim.indicator), claims[0])


def _state(judged: Judged) -> str:
    if is_finding(judged):
        return judged.verdict.severity or "warning"
    return "good" if judged.verdict.verdict == "consistent" else "unverified"


def _past(document: Document, words: Messages) -> str:
    return words("ui.earlier", path=document.path, period=document.period)


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
        "title": _past(document, words) if audited.earlier else document.title or document.path,
        "issuer": document.issuer,
        "period": document.period,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "figures": len(document.figures),
        "states": bar(states(view, [index]), STATES),
        "share": None if audited.detection_share is None else percent(audited.detection_share),
        "habits": notes,
        "blocks": text_blocks(view, index),
        "skipped": [
            (one_line(skipped.text), words.word("skipped", skipped.reason))
            for skipped in (document.skipped if verbose else ())
        ],
        "skipped_count": len(document.skipped),
    }
