"""One finding as its card on the page shows it, and as text for a mail."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from ..checks.relation import Judged
from .baseline import values_of
from .mathml import mathml
from .messages import Messages
from .note import (
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
from .passage import Passage
from .view import View
from .write import odds, one_line, percent, readable_interval


@dataclass(frozen=True, slots=True)
class Card:
    """What the template writes of a finding; empty strings are left out."""

    id: str
    severity: str
    check: str
    code: str
    verdict: str
    qualities: list[str]
    note: str
    document: int
    path: str
    where: str
    figure: str
    passages: list[tuple[str, Passage]]
    result: str
    equation: Markup | str
    expected: str
    stated: str
    difference: str
    stated_range: str
    recomputed_range: str
    evidence: list[str]
    power: str
    chance: str
    suspects: list[str]
    suppressed: str | None
    values: list[str]
    mail: str


def card(view: View, judged: Judged, words: Messages) -> Card:
    """The card of one finding."""
    verdict, relation = judged.verdict, judged.relation
    result, primary = result_claim(judged), view.primary(judged)
    # a bound has no result: its ranges are read in the unit of its numbers where they share one
    units = {term.figure.unit for term in relation.claims()}
    figure = result.figure if result else None
    scale = figure or (primary.figure if primary and len(units) == 1 else None)
    should = expected(judged, result, words)
    index = view.document_of(primary) if primary else 0
    found = view.passages(judged)
    chance = "" if verdict.chance is None else words.chance(relation.check, odds(verdict.chance))
    made = Card(
        id=judged.fingerprint,
        severity=verdict.severity or "warning",
        check=words.word("check", relation.check),
        code=relation.check,
        verdict=words.word("verdict", verdict.verdict),
        qualities=[quality for quality in qualities(judged, view, words) if quality != chance],
        note=note(judged, view, words),
        document=index + 1,
        path=_path(view, index),
        where=location(view, primary, words) if primary else "",
        figure=primary.figure.id if primary else "",
        passages=[(view.source(passage) if passage.document != index else "", passage) for passage in found],
        result=figure.id if figure else "",
        equation=mathml(_bound(judged)) if verdict.equation else "",
        expected=should,
        stated=stated(result, words) if should else "",
        difference=difference(judged, result, words) if should else "",
        stated_range=readable_interval(verdict.stated, scale) if verdict.stated else "",
        recomputed_range=readable_interval(verdict.recomputed, scale) if verdict.recomputed else "",
        evidence=evidence(judged),
        power="" if verdict.power is None else percent(verdict.power),
        chance=chance,
        suspects=suspicions(judged, view, words),
        suppressed=judged.suppressed,
        values=list(values_of(judged)),
        mail="",
    )
    return replace(made, mail=_mail(made, words))


def _bound(judged: Judged) -> str:
    """The derivation; a bound that is broken says so in its sign."""
    found = equation(judged)
    broken = judged.verdict.verdict == "inconsistent" and not judged.joint
    return found.replace("≤", "≰") if broken else found


def _path(view: View, index: int) -> str:
    return view.audit.documents[index].document.path


def _mail(made: Card, words: Messages) -> str:
    """The card in plain lines: what is wrong first, then where, the sentence, and how it is known."""
    colon = words("ui.colon")

    def line(key: str, text: str) -> list[str]:
        return [key + colon + text] if text else []

    lines = [
        words(
            "ui.mail_head",
            severity=words.word("severity", made.severity),
            check=made.check,
            verdict=made.verdict,
        ),
        made.note,
    ]
    lines += line(words("ui.expected"), made.expected)
    lines += line(words("ui.stated"), made.stated)
    lines += line(words("ui.difference"), made.difference)
    lines += line(words("ui.where"), words("ui.comma").join(filter(None, (made.path, made.where))))
    for path, passage in made.passages:
        text = one_line("".join(piece.text for piece in passage.pieces))
        lines += line(words("ui.quoted"), f"{path}{colon}{text}" if path else text)
    lines += line(words("ui.evidence"), words("ui.separator").join(made.evidence))
    for suspect in made.suspects:
        lines += line(words("ui.suspects"), suspect)
    lines += line(words("ui.fingerprint"), made.id)
    return "\n".join(lines)
