"""What a check says of itself: its line of ``checks.tsv``, its docstring, and what its own examples come to.

The same text is printed by ``gouji checks NAME`` and stands in the documentation.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from ..extract.document import Document
from .messages import Messages
from .note import note
from .view import View

EXAMPLES = ("Fails", "Holds", "Silent")
"""The kinds of example lines in a docstring; `` ‖ `` parts the texts of several reports."""

_YEAR = re.compile("[0-9]{4}(?=年)")
_TITLE = "# 某某市司法局{year}年法治政府建设情况报告\n\n{text}\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``checks.tsv``; ``runs`` tells whether a module states this tie yet."""

    name: str
    chinese: str
    roles: str
    formula: str
    strength: str
    example: str
    runs: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example with what the check makes of it: pairs of verdict code and note; none where it ties nothing."""

    kind: str
    texts: tuple[str, ...]
    verdicts: tuple[tuple[str, str], ...]


@cache
def table() -> tuple[Row, ...]:
    """All checks in the order of the table."""
    from ..checks import CHECKS

    lines = files("gouji.checks").joinpath("checks.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return tuple(
        Row(name, chinese, roles, formula, strength, example, name in CHECKS)
        for name, chinese, roles, formula, strength, example, *_ in rows
    )


def row(name: str) -> Row | None:
    """The check of that name, if there is one."""
    return next((row for row in table() if row.name == name), None)


def prose(name: str) -> tuple[str, str]:
    """The first sentence of a check's docstring, and the rest of it without the examples."""
    lines = (import_module(f"gouji.checks.{name}").__doc__ or "").strip().splitlines()
    kept = [line for line in lines[1:] if line.partition(":")[0] not in EXAMPLES]
    return lines[0] if lines else "", "\n".join(kept).strip()


def examples(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Kind and texts of every example line of a check's docstring."""
    for line in (import_module(f"gouji.checks.{name}").__doc__ or "").splitlines():
        kind, colon, text = line.partition(":")
        if colon and kind in EXAMPLES:
            yield kind, tuple(part.strip() for part in text.split("‖"))


def outcomes(name: str, words: Messages) -> list[Outcome]:
    """What the check makes of its own examples, audited now."""
    from ..checks.run import audit

    found = []
    for kind, texts in examples(name):
        result = audit(_documents(texts))
        view = View(result)
        verdicts = tuple(
            (judged.verdict.verdict, note(judged, view, words))
            for judged in result.relations
            if judged.relation.check == name
        )
        found.append(Outcome(kind, texts, verdicts))
    return found


def _documents(texts: Sequence[str]) -> Iterator[Document]:
    """The texts as reports, each under a title that names an issuer and its year."""
    from ..extract import sections
    from ..extract.figures import figures
    from ..extract.flow import flow

    for number, example in enumerate(texts, 1):
        year = _YEAR.search(example) if len(texts) > 1 else None
        text = _TITLE.format(year=year[0] if year else 2017, text=example)
        reading = flow(text)
        title = sections.title(reading)
        found, skipped = figures(reading, text)
        yield Document(
            path=f"{number}.txt",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
            title=title,
            issuer=sections.issuer(reading, title),
            period=sections.period(reading, title),
            flow=reading,
            figures=tuple(found),
            skipped=tuple(skipped),
        )
