"""``gouji trace``: why a number is tied as it is, or is not tied at all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, NoReturn

import click

from .layout import harmless, pad, width
from .messages import LANGUAGES, Messages, messages
from .write import one_line, percent

FOUND, NOTHING, USAGE, UNREADABLE = 0, 1, 2, 3

_STATUS = """\b
Exit status:
  0  a number stands there
  1  none does; what was skipped there, or the nearest numbers, are told
  2  wrong usage, or a place outside the file
  3  the file cannot be read
"""


@click.command("trace", epilog=_STATUS)
@click.argument("path", metavar="FILE")
@click.argument("place", metavar="OFFSET")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="Output format.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language.")
def command(path: str, place: str, form: str, lang: str) -> None:
    """Tell everything known about the number at OFFSET in FILE.

    OFFSET counts characters of the decoded text from 0, as the JSON does, or is LINE:COLUMN, both from 1.
    """
    from ..checks.run import audit
    from ..extract.document import Unread
    from ..extract.reader import load
    from .trace import offset_of, prepare, trace

    words = messages(lang)
    document = load(path, lang)
    if isinstance(document, Unread):
        _fail(f"{path}{words('ui.colon')}{document.reason}", UNREADABLE)
    try:
        offset = offset_of(document.text, place)
    except ValueError:
        _fail(words("trace.bad_place", place=place), USAGE)
    except IndexError:
        _fail(words("trace.outside", place=place), USAGE)
    if os.path.isabs(path):
        document = replace(document, path=os.path.basename(path))
    found = trace(prepare(audit([document])), offset, words)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for line in _lines(found, document.text, words):
            click.echo(harmless(line))
    sys.exit(FOUND if found["figure"] else NOTHING)


def _fail(line: str, status: int) -> NoReturn:
    click.echo(f"gouji: {harmless(line)}", err=True)
    sys.exit(status)


def _lines(found: dict[str, Any], text: str, words: Messages) -> Iterator[str]:
    place = f"{found['path']}:{found['line']}:{found['column']}"
    if found["figure"] is None:
        skipped = found["skipped"]
        if skipped:
            reason = words.word("skipped", skipped["reason"])
            said = words("trace.skipped", text=one_line(skipped["text"]), reason=reason)
        else:
            said = words("trace.nothing")
        yield f"{place}  {said}"
        yield from _part(words("trace.nearest"), [_at(f, text, words) for f in found["nearest"]])
        return
    yield f"{place}  {one_line(found['figure']['text'])}"
    yield from _part(words("trace.reading"), _read(found["figure"], words))
    if found["claim"]:
        yield from _part(words("trace.claim"), _said(found["claim"], words))
    if found["frame"]:
        yield from _part(words("trace.frame"), _framed(found["frame"], words))
    ties = [line for tie in found["ties"] for line in _tied(tie, words)]
    yield from _part(words("trace.ties"), ties or [words("trace.no_ties")])
    apart = [
        words("trace.untied_line", text=one_line(f["text"]), why=f["explained"]) for f in found["untied"]
    ]
    yield from _part(words("trace.untied"), apart)


def _part(title: str, lines: list[str]) -> Iterator[str]:
    """A title with its lines beside it."""
    for number, line in enumerate(lines):
        yield f"  {pad('' if number else title, max(width(title), 10))}  {line}".rstrip()


def _at(figure: dict[str, Any], text: str, words: Messages) -> str:
    before = text[: figure["start"]].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return words("trace.at", text=one_line(figure["text"]), line=line, column=column)


def _read(figure: dict[str, Any], words: Messages) -> list[str]:
    approx = "" if figure["approx"] == "exact" else words.word("approx", figure["approx"])
    value = words(
        "trace.value",
        value=figure["value"],
        unit=figure["unit"],
        approx=approx,
        interval=figure["interval"],
    )
    habit = figure["habit"] if figure["habit"] != figure["decimals"] else None
    precision = words(
        "trace.precision_text", decimals=figure["decimals"], digit=figure["last_digit"], habit=habit
    )
    status = words.word("status", figure["status"])
    reason = words.reason(figure["reason"])
    return [
        value,
        _labelled(
            words, "trace.precision", words("trace.precision_count") if figure["discrete"] else precision
        ),
        _labelled(words, "trace.status", status + (words("ui.bracketed", text=reason) if reason else "")),
    ]


def _said(claim: dict[str, Any], words: Messages) -> list[str]:
    item = words("trace.item", item=claim["item"]) if claim["item"] else ""
    facts = [
        ("trace.role", words.word("saying", claim["role"]) + (words("ui.comma") + item if item else "")),
        ("ui.indicator", claim["indicator"]),
        ("ui.subject", claim["subject"]),
        ("trace.label", claim["label"] if claim["label"] != claim["indicator"] else ""),
        ("trace.object", claim["object"] if claim["object"] != claim["indicator"] else ""),
        ("trace.scope", claim["scope"]),
        ("ui.period", claim["period"]),
        ("trace.direction", words.word("direction", claim["direction"]) if claim["direction"] else ""),
        ("trace.stage", claim["stage"]),
        ("ui.evidence", words("ui.separator").join(dict.fromkeys(w for w in claim["words"] if w))),
    ]
    return [_labelled(words, key, one_line(text)) for key, text in facts if text]


def _framed(frame: dict[str, Any], words: Messages) -> list[str]:
    def listed(name: str) -> str:
        return words("ui.separator").join(one_line(text) for text in frame[name])

    lines = []
    if frame["head"]:
        lines.append(words("trace.head", head=one_line(frame["head"]), members=listed("members")))
    if frame["under"]:
        lines.append(words("trace.under", under=one_line(frame["under"]), words=frame["opened"]))
    if frame["siblings"]:
        lines.append(words("trace.siblings", siblings=listed("siblings")))
    if frame["below"]:
        lines.append(words("trace.below", below=listed("below")))
    return lines


def _tied(tie: dict[str, Any], words: Messages) -> Iterator[str]:
    yield f"{tie['id']} {words.word('check', tie['check'])}{words('ui.colon')}{tie['message']}"
    roles = [
        words.word("role", role) + " " + " + ".join(one_line(text) for text in texts)
        for role, texts in tie["terms"].items()
    ]
    more = [words("ui.comma").join(roles)]
    if tie["evidence"]:
        more.append(words("trace.evidence", words=words("ui.separator").join(tie["evidence"])))
    if tie["candidates"] > 1:
        more.append(words("trace.candidates", count=tie["candidates"]))
    if tie["power"] is not None:
        more.append(words("trace.power", power=percent(Fraction(str(tie["power"])))))
    for line in more:
        yield f"  {line}"


def _labelled(words: Messages, key: str, text: str) -> str:
    return f"{words(key)}{words('ui.colon')}{text}"
