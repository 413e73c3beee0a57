"""``gouji diff``: two drafts of one report, for people and as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from ..checks.audit import Audit
from ..checks.relation import Judged
from ..extract.claim import Claim
from . import session
from .diff import Diff, Left, Pair, diff
from .layout import harmless
from .messages import LANGUAGES, Messages, messages
from .note import name_of, note
from .outcome import CLEAN, FINDINGS, THRESHOLDS, UNREADABLE
from .output import fail, write
from .view import View
from .write import exact_value, one_line

SCHEMA = 1
_SHOWN = 30
_STATUS = """\b
Exit status:
  0  no tie broke, no equal value was left behind at or above the threshold
  1  a tie broke (by its severity), or a value was left behind (a warning)
  2  wrong usage
  3  a draft could not be read
"""


@click.command("diff", epilog=_STATUS)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "form", type=click.Choice(("terminal", "json")), default="terminal", show_default=True
)
@click.option(
    "-o", "--output", "target", default="-", metavar="FILE", help="Where it goes. [default: standard output]"
)
@click.option(
    "--fail-on", type=click.Choice(THRESHOLDS), help="Threshold for exit status 1. [default: error]"
)
@click.option("--config", "settings", metavar="FILE", help="Settings. [default: found upwards from NEW]")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language. [default: zh]")
@click.option("--verbose", is_flag=True, help="List everything, however long.")
def command(
    old: str,
    new: str,
    form: str,
    target: str,
    fail_on: str | None,
    settings: str | None,
    lang: str | None,
    verbose: bool,
) -> None:
    """Compare two drafts of one report: numbers changed, ties broken or mended, values left behind."""
    words = messages(lang or "zh")
    try:
        config = session.settings((new,), settings)
        words = messages(lang or config.lang)
        run = session.Run(config, words.lang, words, quiet=True, verbose=verbose)
        for path in (old, new):
            if os.path.isdir(path):
                fail(words("diff.folder", path=path))
        audits = [session.audited(run, [path]) for path in (old, new)]
    except session.REFUSALS as error:
        fail(error.line(words))
    for audit in audits:
        for unread in audit.unread:
            click.echo(f"gouji: {unread.path}{words('ui.colon')}{unread.reason}", err=True)
    if any(audit.unread for audit in audits):
        sys.exit(UNREADABLE)
    for path, audit in zip((old, new), audits, strict=True):
        if len(audit.documents) != 1:
            fail(words("diff.folder", path=path))
    found = diff(*audits)
    if form == "json":
        text = json.dumps(contract(found, words), ensure_ascii=False, indent=1) + "\n"
    else:
        text = "".join(f"{harmless(line)}\n" for line in _lines(found, words, None if verbose else _SHOWN))
    write(target, text, words)
    sys.exit(status(found, fail_on or config.fail_on))


def status(found: Diff, fail_on: str) -> int:
    """The exit status: what broke counts by its severity, what was left behind as a warning."""
    severities = {judged.verdict.severity for judged in found.broke if not judged.suppressed}
    if found.left:
        severities.add("warning")
    counting = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}[fail_on]
    return FINDINGS if severities & counting else CLEAN


def contract(found: Diff, words: Messages) -> dict[str, Any]:
    """The difference as plain values: same input, same bytes."""
    return {
        "schema": SCHEMA,
        "old": _file(found.old.audit),
        "new": _file(found.new.audit),
        "changed": [_pair(found, pair, words) for pair in found.changed],
        "restyled": [_pair(found, pair, words) for pair in found.restyled],
        "added": [_number(found.new, claim) for claim in found.added],
        "removed": [_number(found.old, claim) for claim in found.removed],
        "broke": [_tie(found.new, judged, words) for judged in found.broke],
        "mended": [_tie(found.old, judged, words) for judged in found.mended],
        "still": [_tie(found.new, judged, words) for judged in found.still],
        "left": [
            {
                **_pair(found, left.pair, words),
                "standing": _number(found.new, left.standing),
                "same_indicator": left.same_indicator,
            }
            for left in found.left
        ],
    }


def _file(audit: Audit) -> dict[str, str]:
    document = audit.documents[0].document
    return {"path": document.path, "sha256": document.sha256}


def _number(view: View, claim: Claim) -> dict[str, Any]:
    figure, where = claim.figure, _where(view, claim)
    return {
        "start": figure.start,
        "end": figure.end,
        "line": where[0],
        "column": where[1],
        "text": one_line(figure.text),
        "value": exact_value(figure),
        "unit": figure.unit,
    }


def _pair(found: Diff, pair: Pair, words: Messages) -> dict[str, Any]:
    return {
        "name": name_of(pair.new, words, ""),
        "old": _number(found.old, pair.old),
        "new": _number(found.new, pair.new),
    }


def _tie(view: View, judged: Judged, words: Messages) -> dict[str, Any]:
    claim = view.primary(judged)
    return {
        "check": judged.relation.check,
        "verdict": judged.verdict.verdict,
        "severity": judged.verdict.severity,
        "message": note(judged, view, words),
        "line": _where(view, claim)[0] if claim else None,
        "suppressed": judged.suppressed,
        "fingerprint": judged.fingerprint,
    }


def _where(view: View, claim: Claim) -> tuple[int | None, int | None]:
    where = view.where(claim.figure, view.document_of(claim))
    return where.line, where.column


def _place(view: View, claim: Claim | None) -> str:
    if claim is None:
        return ""
    line, column = _where(view, claim)
    return f"{view.audit.documents[0].document.path}:{line}:{column}"


def _lines(found: Diff, words: Messages, most: int | None) -> Iterator[str]:
    """What people must look at first comes first: left behind, broken, then the rest."""
    before = len(found.left) + len(found.broke) + len(found.mended) + len(found.changed) + len(found.restyled)
    if not before and not found.added and not found.removed:
        yield words("diff.none")
    old, new = found.old, found.new
    yield from _section("diff.left", [_left(found, left, words) for left in found.left], words, None)
    for key, view, ties in (("diff.broke", new, found.broke), ("diff.mended", old, found.mended)):
        yield from _section(key, [_tie_line(view, judged, words) for judged in ties], words, None)
    changes = [_change(new, pair, words, "diff.change") for pair in found.changed]
    changes += [_change(new, pair, words, "diff.restyled") for pair in found.restyled]
    yield from _section("diff.changed", changes, words, most)
    for key, view, claims in (("diff.added", new, found.added), ("diff.removed", old, found.removed)):
        yield from _section(key, [_figure(view, claim, words) for claim in claims], words, most)
    yield from _section("diff.still", [_tie_line(new, judged, words) for judged in found.still], words, most)


def _section(key: str, lines: Sequence[str], words: Messages, most: int | None) -> Iterator[str]:
    if not lines:
        return
    yield words(key, count=len(lines))
    yield from (f"  {line}" for line in lines[:most])
    if most is not None and len(lines) > most:
        yield f"  {words('diff.more', count=len(lines) - most)}"
    yield ""


def _change(view: View, pair: Pair, words: Messages, key: str) -> str:
    said = words(key, old=_printed(pair.old, words), new=_printed(pair.new, words))
    name = name_of(pair.new, words, "")
    return f"{_place(view, pair.new)}  {name + words('ui.colon') if name else ''}{said}"


def _left(found: Diff, left: Left, words: Messages) -> str:
    line = _where(found.new, left.pair.new)[0]
    said = words(
        "diff.left_line", old=_printed(left.pair.old, words), new=_printed(left.pair.new, words), line=line
    )
    name = name_of(left.standing, words, "") or words("diff.same_numbers")
    mark = words("ui.bracketed", text=words("diff.same")) if left.same_indicator else ""
    return f"{_place(found.new, left.standing)}  {name}{words('ui.colon')}{said}{mark}"


def _tie_line(view: View, judged: Judged, words: Messages) -> str:
    kind = words.word("check", judged.relation.check)
    return f"{_place(view, view.primary(judged))}  {kind}{words('ui.colon')}{note(judged, view, words)}"


def _figure(view: View, claim: Claim, words: Messages) -> str:
    name = name_of(claim, words, "")
    return f"{_place(view, claim)}  {name + words('ui.colon') if name else ''}{_printed(claim, words)}"


def _printed(claim: Claim, words: Messages) -> str:
    direction = ""
    if claim.direction in ("up", "down") and claim.role in ("growth", "change", "points"):
        direction = words(f"direction.{claim.direction}") + (" " if words.lang == "en" else "")
    return direction + one_line(claim.figure.text)
