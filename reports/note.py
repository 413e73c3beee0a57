"""What is said of one relation: name, expected and stated value, difference, and the auditor's note."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from ..checks.relation import BUNDLE, Judged
from ..checks.severity import WITHOUT_TAIL
from ..extract.claim import Claim
from ..extract.interval import Interval
from .messages import Messages, fill
from .view import View, checks, is_finding
from .write import (
    decimal,
    odds,
    one_line,
    percent,
    printed,
    readable,
    readable_interval,
    unit_scale,
    with_unit,
)

_FINEST = 6
"""No habit adds more decimals than this."""

_FEW = 99
"""A larger gap says no more in last digits than the difference says already."""


def name_of(claim: Claim | None, words: Messages, check: str) -> str:
    """What people call the thing: subject and indicator, else the label, else the check's name."""
    if claim is None:
        return words.word("check", check)
    subject, indicator = _bare(claim.subject), _bare(claim.indicator or claim.label)
    if subject and indicator and not _overlap(subject, indicator):
        return subject + _gap(words) + indicator
    return indicator or subject or words.word("check", check)


def _bare(text: str) -> str:
    """A name without a quotation mark whose partner was cut off."""
    for opening, closing in ("“”", "‘’", "（）", "《》", "「」"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.strip("，、；：。 ")


def _overlap(subject: str, indicator: str) -> bool:
    """Whether two names say the same thing: they share most of the shorter one."""
    shorter, longer = sorted((subject, indicator), key=len)
    size = max(2, (len(shorter) + 1) // 2)
    return any(shorter[place : place + size] in longer for place in range(len(shorter) - size + 1))


def expected(judged: Judged, claim: Claim | None, words: Messages) -> str:
    """What should stand where the result stands, in its own format; "" where nothing can be said."""
    found = judged.verdict.recomputed
    if found is None or claim is None:
        return ""
    figure = _at_habit(judged, claim).figure

    def text(number: Fraction) -> str:
        return _directed(number, replace(claim, figure=figure), words)

    if found.low is None and found.high is not None:
        return words("ui.range_below" if found.high_open else "ui.range_at_most", high=text(found.high))
    if found.low is not None and found.high is None:
        return words("ui.range_above" if found.low_open else "ui.range_at_least", low=text(found.low))
    if found.low is None or found.high is None:
        return ""
    if figure.discrete and found.low == found.high and found.low.denominator != 1:
        return with_unit(readable(found.low, 2), figure)
    low, high = text(found.low), text(found.high)
    return low if low == high else words("ui.range_between", low=low, high=high)


def _at_habit(judged: Judged, claim: Claim) -> Claim:
    """The claim at the precision it was judged at: dropped zeros count where the document's habit says so."""
    figure, found = claim.figure, judged.verdict.stated
    if judged.verdict.basis != "coarse" or found is None or found.low is None or found.high is None:
        return claim
    decimals, step = figure.decimals, figure.ulp
    while step > found.high - found.low > 0 and decimals < figure.decimals + _FINEST:
        decimals, step = decimals + 1, step / 10
    return replace(claim, figure=replace(figure, decimals=decimals, ulp=step))


def stated(claim: Claim | None, words: Messages) -> str:
    """What the report prints for the result, verbatim, with its direction where it has one."""
    if claim is None:
        return ""
    text = one_line(claim.figure.text)
    return f"{words(f'direction.{claim.direction}')}{_gap(words)}{text}" if _has_direction(claim) else text


def difference(judged: Judged, claim: Claim | None, words: Messages) -> str:
    """Stated minus recomputed at the result's digits; "" where either is unknown or they agree."""
    found = judged.verdict.recomputed
    if found is None or claim is None or claim.figure.upper is not None:
        return ""
    figure = _at_habit(judged, claim).figure
    step = figure.ulp if figure.ulp > 0 else Fraction(1)
    value = _signed(claim)
    low = None if found.low is None else round_half_up(found.low, step)
    high = None if found.high is None else round_half_up(found.high, step)
    if low is not None and value < low:
        gap = value - low
    elif high is not None and value > high:
        gap = value - high
    else:
        return ""
    sign = "+" if gap > 0 else ""
    text = sign + decimal(gap / unit_scale(figure), figure.decimals)
    if (figure.printed_unit or figure.unit) == "%":
        return text + words("ui.points")
    return with_unit(text, figure)


def round_half_up(number: Fraction, step: Fraction) -> Fraction:
    """``number`` at whole steps, halves away from zero."""
    steps = abs(number) / step
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return whole * step * (-1 if number < 0 else 1)


def equation(judged: Judged) -> str:
    """The derivation with the signs of print: ÷ × − for / * -."""
    return judged.verdict.equation.replace(" / ", " ÷ ").replace(" * ", " × ").replace(" - ", " − ")


def note(judged: Judged, view: View, words: Messages) -> str:
    """One line about a relation, as an auditor would write it on the margin."""
    verdict, relation = judged.verdict, judged.relation
    claim = view.primary(judged)
    result = result_claim(judged)
    values = {
        "name": name_of(claim, words, relation.check),
        "equation": equation(judged) or words.word("check", relation.check),
        "verdict": words.word("verdict", verdict.verdict),
        "basis": words.word("basis", verdict.basis) if verdict.basis else "",
        "expected": expected(judged, result, words),
        "stated": stated(result, words),
        "difference": difference(judged, result, words),
        "reason": words.reason(verdict.reason or relation.reason),
        "others": words("ui.separator").join(equation(other) for other in view.joined(judged)),
    }
    # of a date by itself nothing is out of order: the calendar lacks it
    key = "calendar" if relation.check == "dates" and "second" not in relation.terms else relation.check
    text = fill(words.note(key, verdict.verdict, verdict.basis), values)
    # a finding tells this among its qualities
    possible = feasible(judged, words) if verdict.verdict == "consistent" else ""
    return text + words("ui.comma") + possible if possible else text


def result_claim(judged: Judged) -> Claim | None:
    """The claim whose value the formula computes, where it computes one."""
    check = checks().get(judged.relation.check)
    found = judged.relation.terms.get(check.result, ()) if check and check.result else ()
    return found[0] if found else None


def decision(view: View, words: Messages) -> tuple[str, list[str]]:
    """Whether the report may go out: error, warning, clean or nothing; and the lines that say so."""
    counts, lines = view.counts, []
    decided = sum(judged.verdict.verdict != "unverified" for judged in view.audit.relations)
    if counts.errors:
        key = "error"
    elif counts.warnings:
        key = "warning"
    else:
        key = "clean" if decided else "nothing"
    accepted = len(view.suppressed)
    template = "accepted" if key == "clean" and accepted else key
    lines.append(
        words(
            f"decision.{template}",
            errors=counts.errors,
            warnings=counts.warnings or None,
            decided=decided - accepted,
            accepted=accepted,
        )
    )
    if view.audit.unread:
        lines.append(words("decision.unread", unread=len(view.audit.unread)))
    return key, lines


def detection_line(view_share: Fraction | None, words: Messages) -> str:
    """The sentence on the detection share."""
    if view_share is None:
        return words("ui.detection_unknown")
    return words("ui.detection", share=percent(view_share))


def location(view: View, claim: Claim, words: Messages) -> str:
    """``第 40 行第 7 列`` and what else is known of a place."""
    place = view.where(claim.figure, view.document_of(claim))
    parts = []
    if place.page is not None:
        parts.append(words("ui.where_page", page=place.page))
    if place.table is not None and place.row is not None and place.cell is not None:
        parts.append(words("ui.where_table", table=place.table, row=place.row, cell=place.cell))
    elif place.paragraph is not None:
        parts.append(words("ui.where_paragraph", paragraph=place.paragraph))
    parts.append(words("ui.where_line", line=place.line, column=place.column))
    return words("ui.comma").join(parts)


def qualities(judged: Judged, view: View, words: Messages) -> list[str]:
    """What qualifies a verdict: nature, one-digit gap, another period, power where weak, chance."""
    verdict, found, check = judged.verdict, [], judged.relation.check
    if verdict.severity:
        found.append(words.word("nature", verdict.severity))
    if verdict.basis:
        found.append(words.word("basis", verdict.basis))
    if is_finding(judged):
        if verdict.verdict == "inconsistent" and verdict.gap == 1 and check not in WITHOUT_TAIL:
            found.append(words("ui.tail"))
        elif 1 <= verdict.gap <= _FEW and result_claim(judged):
            found.append(words("ui.gap", gap=verdict.gap))
        if judged.relation.note == BUNDLE:
            found.append(words("ui.bundle"))
        elif len({(view.document_of(claim), claim.report) for claim in judged.relation.claims()}) > 1:
            found.append(words("ui.cross_period"))
        known = [claim.figure.sure for claim in judged.relation.claims() if claim.figure.sure is not None]
        if known:
            found.append(words("ui.by_picture", share=f"{min(known)}%"))
    if verdict.chance is not None:
        found.append(words.chance(judged.relation.check, odds(verdict.chance)))
    if possible := feasible(judged, words):
        found.append(possible)
    return found


def _has_direction(claim: Claim) -> bool:
    return claim.direction in ("up", "down") and claim.role in ("growth", "change", "points")


def _gap(words: Messages) -> str:
    return " " if words.lang == "en" else ""


def _signed(claim: Claim) -> Fraction:
    figure = claim.figure
    down = figure.negative or (_has_direction(claim) and claim.direction == "down")
    return -figure.value if down else figure.value


def _directed(number: Fraction, claim: Claim, words: Messages) -> str:
    if not _has_direction(claim) or claim.figure.negative:
        return printed(number, claim.figure)
    return (
        words("direction.down" if number < 0 else "direction.up")
        + _gap(words)
        + printed(abs(number), claim.figure)
    )


def suspicions(judged: Judged, view: View, words: Messages) -> list[str]:
    """Which number is probably wrong; alternatives are said to be such, and so is that nothing explains it."""
    if judged.diagnosis == "unexplained":
        return [words("ui.unexplained")]
    if judged.diagnosis == "entangled":
        return [words("ui.entangled")]
    lines = []
    claims = [c for j in (judged, *view.joined(judged)) for c in j.relation.claims()]
    known = {claim.figure.id: claim for claim in claims}
    printed_here = Counter(one_line(claim.figure.text) for claim in known.values())
    for suspect in judged.suspects:
        found = view.figures.get(suspect.figure)
        text = one_line(found[1].text) if found else suspect.figure
        if printed_here[text] > 1 and suspect.figure in known:  # which of two that look alike
            text += words("ui.bracketed", text=_spot(view, known[suspect.figure], words))
        template = "ui.suspect_change" if suspect.suggestion else "ui.suspect_only"
        line = words(template, text=text, suggestion=suspect.suggestion)
        reason = words.word("suspicion", suspect.reason)
        lines.append(line + (words("ui.bracketed", text=reason) if reason else ""))
    if len(lines) > 1 and judged.diagnosis in ("ambiguous", None):
        one = len({suspect.figure for suspect in judged.suspects}) == 1
        lines.insert(0, words("ui.ambiguous_value" if one else "ui.ambiguous_suspect"))
    return lines + _why_copied(judged, view, words)


def _spot(view: View, claim: Claim, words: Messages) -> str:
    """A place as short as will do: line and column of a text, all that is known elsewhere."""
    place = view.where(claim.figure, view.document_of(claim))
    if place.page is None and place.table is None:
        return words("ui.where_line", line=place.line, column=place.column)
    return location(view, claim, words)


def _why_copied(judged: Judged, view: View, words: Messages) -> list[str]:
    """Why the one of two equal lists is the copy and not the other: a tie that holds there, one that fails here."""
    suspected = {suspect.figure for suspect in judged.suspects}
    if judged.relation.check != "duplicate" or judged.diagnosis != "asserted":
        return []
    others = [c.figure.id for c in judged.relation.claims() if c.figure.id not in suspected]
    holds = [
        j
        for name in others
        for j in view.ties[name]
        if j.verdict.verdict == "consistent" and not j.joint and j.verdict.power is not None
    ]
    fails = [j for name in sorted(suspected) for j in view.ties[name] if j is not judged and is_finding(j)]
    best = max(holds, key=lambda j: j.verdict.power or 0, default=None)
    return (
        [
            words(
                "ui.why_copied",
                holds=equation(best) if best else "",
                fails=equation(fails[0]) if fails else "",
            )
        ]
        if best or fails
        else []
    )


def feasible(judged: Judged, words: Messages) -> str:
    """What an unprinted prior, part or whole can be; "" where none is missing."""
    found = judged.feasible
    if found is None:
        return ""
    if isinstance(found, Interval):
        figure = next((c.figure for c in judged.relation.claims() if c.figure.unit != "%"), None)
        if figure and figure.discrete and found.low is not None and found.high is not None:
            text = words("ui.range_between", low=found.low, high=found.high)  # whole numbers, both included
        else:
            text = readable_interval(found, figure)
    else:
        text = words("ui.separator").join(map(str, found))
    told = judged.relation.terms
    missing = "prior" if told.get("growth") else "part" if told.get("whole") else "whole"
    key = "ui.feasible" if text else "ui.infeasible"
    return words(key, role=words.word("role", missing), values=text)


def evidence(judged: Judged) -> list[str]:
    """The words that tie the numbers, each once."""
    return [word for word in dict.fromkeys(map(_bare, judged.relation.evidence)) if word]
