"""Annotated copies of the reports: comments in Word, highlights with notes in PDF, at the numbers.

A copy is named ``report.gouji.docx`` and stands in a folder of its own or beside the report: it can never be
the report itself, and folders that are searched for reports leave it out. A report without findings gets no
copy; one that an earlier run left is replaced by a copy without notes, since it would tell what is no more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath

import click

from ..checks.audit import Audit
from ..extract.document import Document
from ..extract.formats import name as format_of
from ..extract.reader import COPY, content
from ..extract.text import UnreadError
from . import annotate_docx, annotate_pdf
from .brief import body, title
from .mark import Mark, Refused
from .messages import Messages
from .output import fail, reason, write
from .view import View

_LONGEST = 180
"""Bytes of a copy's name; file systems take 255, and a file being written has a longer name."""

_NAMED = 5
"""So many reports without a copy are named in the line that speaks of them."""

_WHY = {
    "changed": "cli.annotate_changed",
    "locked": "cli.annotate_locked",
    "structure": "cli.annotate_structure",
    "picture": "cli.annotate_picture",
}


def marks(view: View, words: Messages) -> dict[int, list[Mark]]:
    """The findings that count as notes at the number that each is shown at, by document, in reading order."""
    found: dict[int, list[Mark]] = {}
    for judged in view.findings:
        claim = view.primary(judged)
        if claim is None:
            continue
        text = f"{title(judged, words)}\n{body(judged, view, words)}"
        mark = Mark(claim.figure.start, claim.figure.end, text, judged.verdict.severity == "error")
        found.setdefault(view.document_of(claim), []).append(mark)
    for listed in found.values():
        listed.sort(key=lambda mark: (mark.start, mark.end))
    return found


def names(paths: Iterable[str]) -> dict[str, str]:
    """The name of the copy of each report; reports of one name in several folders are numbered."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for path in paths:
        pure = PurePath(path)
        stem, number = pure.stem, 1
        while len(os.fsencode(stem)) > _LONGEST:
            stem = stem[:-1]
        name = f"{stem}{COPY}{pure.suffix}"
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{COPY}{pure.suffix}"
        taken.add(name.casefold())
        found[path] = name
    return found


def folder(path: str, words: Messages) -> None:
    """End the run where ``path`` can be no folder, before anything is read."""
    try:
        os.makedirs(path, exist_ok=True)
    except (OSError, ValueError) as error:
        fail(words("cli.unwritable", path=path, why=reason(error)))


class Copies:
    """The copies of one run, written into the folder ``into``.

    ``originals`` leads from the paths of an audit to those of the files; ``say`` takes remarks that
    ``--quiet`` leaves out.
    """

    def __init__(
        self, into: str, originals: Mapping[str, Sequence[str]], words: Messages, quiet: bool
    ) -> None:
        self.into, self.originals, self.words, self.quiet = into, originals, words, quiet

    def write(self, audit: Audit) -> None:
        """Write a copy of every report with findings, and say in a line each what was written or not."""
        view = View(audit)
        found = marks(view, self.words)
        documents = [audited.document for audited in audit.documents]
        known = names(document.path for document in documents)
        none: list[str] = []
        for index, document in enumerate(documents):
            target = os.path.join(self.into, known[document.path])
            here = found.get(index, [])
            if here or os.path.lexists(target):
                try:
                    self._copy(document, here, target, none)
                except Refused as error:
                    self._failed(document, self.words(_WHY[error.code]))
                except UnreadError as error:
                    self._failed(document, error.message(self.words.lang))
        if none:
            listed = self.words("ui.separator").join(none[:_NAMED]) + ("…" if len(none) > _NAMED else "")
            self._line(self.words("cli.annotate_format", count=len(none), paths=listed))

    def _copy(self, document: Document, here: list[Mark], target: str, none: list[str]) -> None:
        data = self._original(document)
        kind = format_of(data)
        if kind not in ("docx", "pdf"):
            none.append(document.path)
            return
        if any(_same(target, path) for paths in self.originals.values() for path in paths):
            self._line(self.words("cli.annotate_input", path=target))
            return
        placed = 0
        if here:
            if kind == "pdf" and annotate_pdf.missing():
                self._line(self.words("cli.missing_extra", format="--annotate (pdf)", extra="annotate"))
                return
            if document.layout is not None and document.layout.sure:
                raise Refused("picture")
            annotated = (annotate_docx if kind == "docx" else annotate_pdf).annotated
            data, placed = annotated(data, document.text, here)
        write(target, data, self.words)
        if placed < len(here):
            self._line(self.words("cli.annotate_unplaced", path=target, count=len(here) - placed))
        if not self.quiet:
            click.echo(self.words("cli.annotate_written", path=target, count=placed), err=True)

    def _original(self, document: Document) -> bytes:
        """The bytes that the document was read from."""
        for path in self.originals.get(document.path, ()):
            try:
                data = content(path)
            except UnreadError:
                continue
            if sha256(data).hexdigest() == document.sha256:
                return data
        raise Refused("changed")

    def _failed(self, document: Document, why: str) -> None:
        self._line(self.words("cli.annotate_failed", path=document.path, why=why))

    def _line(self, line: str) -> None:
        click.echo(f"gouji: {line}", err=True)


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False
