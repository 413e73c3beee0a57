"""``gouji history``: build a store of what reports told, and list the reports in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from ..extract import reader
from ..extract.document import Document, Unread
from . import history, session
from .config import ConfigError
from .extras import needed
from .faults import RefusalError
from .layout import harmless
from .messages import LANGUAGES, messages
from .outcome import CLEAN, UNREADABLE
from .output import fail


@click.group()
def command() -> None:
    """What earlier reports told: gouji audit NEW --history HISTORY compares with it."""


@command.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("-o", "--output", "folder", required=True, metavar="HISTORY", help="The folder of the history.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read. [default: 1]")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language. [default: zh]")
@click.option("--quiet", is_flag=True, help="No progress and no remarks on standard error.")
@click.option(
    "--config", "settings", metavar="FILE", help="Settings. [default: gouji.toml or pyproject.toml, upwards]"
)
def build(
    paths: Sequence[str], folder: str, jobs: int | None, lang: str | None, quiet: bool, settings: str | None
) -> None:
    """Read reports into a history, or bring it up to date: what has not changed is not read again."""
    words = messages(lang or "zh")
    try:
        config = session.settings(paths, settings)
    except ConfigError as error:
        fail(error.line(words))
    words = messages(lang or config.lang)
    needed(words)
    if not paths:
        fail(words("cli.usage_no_path"))
    found = reader.paths(paths)
    run = session.Run(config, lang or config.lang, words, jobs or config.jobs, quiet)
    told = lambda several: _told(run, several, paths)  # noqa: E731
    try:
        built = history.build(folder, found, told, lambda path: session.named(Unread(path, ""), paths).path)
    except RefusalError as error:
        fail(error.line(words))
    for unread in built.unread:
        click.echo(f"gouji: {unread.path}{words('ui.colon')}{unread.reason}", err=True)
    click.echo(
        words(
            "history.built",
            reports=built.reports,
            claims=built.claims,
            read=built.read,
            kept=built.kept,
            path=folder,
        )
    )
    sys.exit(UNREADABLE if built.unread else CLEAN)


def _told(
    run: session.Run, paths: Sequence[str], arguments: Sequence[str]
) -> Iterator[tuple[Document | Unread, list[dict[str, Any]]]]:
    from . import reading

    with session.progress(run, len(paths)) as step:
        for document in reading.documents(paths, run.lang, run.jobs, step):
            known = session.named(document, arguments)
            try:
                yield known, [] if isinstance(known, Unread) else history.tell(known)
            except Exception as error:
                yield Unread(known.path, reading.fault(error, run.lang)), []


@command.command(name="list")
@click.argument("folder", metavar="HISTORY")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", help="Language. [default: zh]")
def list_(folder: str, lang: str) -> None:
    """List the reports of a history: issuer, year of the results, path."""
    words = messages(lang)
    needed(words)
    try:
        for entry in history.Store(folder).documents():
            click.echo(harmless("\t".join((entry["issuer"], entry["year"], entry["path"]))))
    except RefusalError as error:
        fail(error.line(words))
