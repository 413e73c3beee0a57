"""``gouji series``: an indicator over years and issuers, as a table, a picture or a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from ..checks.past import Told
from ..extract.identity import same_issuer
from . import session
from .config import ConfigError
from .extras import is_store, needed
from .faults import HistoryError
from .messages import LANGUAGES, messages
from .outcome import CLEAN, UNREADABLE
from .output import fail, write


@click.command()
@click.argument("indicator")
@click.option(
    "--history", "path", required=True, metavar="HISTORY", help="A gouji history, or a folder of reports."
)
@click.option("--issuer", metavar="NAME", help="Only reports of this issuer.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["terminal", "svg", "html"]),
    default="terminal",
    help="Table, picture or page. [default: terminal]",
)
@click.option("-o", "--output", "target", default="-", metavar="FILE", help="[default: standard output]")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language. [default: zh]")
@click.option(
    "--config", "settings", metavar="FILE", help="Settings. [default: gouji.toml or pyproject.toml, upwards]"
)
def command(
    indicator: str,
    path: str,
    issuer: str | None,
    kind: str,
    target: str,
    lang: str | None,
    settings: str | None,
) -> None:
    """Print or plot an INDICATOR over the years, as the reports of a history told it."""
    from . import series

    words = messages(lang or "zh")
    try:
        config = session.settings([path], settings)
    except ConfigError as error:
        fail(error.line(words))
    words = messages(lang or config.lang)
    if is_store(path):
        needed(words)
    run = session.Run(config, words.lang, words, config.jobs)
    try:
        told = [one for one in everything(run, path) if not issuer or same_issuer(issuer, one.source.issuer)]
    except HistoryError as error:
        fail(error.line(words))
    found = series.lines(told, indicator)
    if not found:
        click.echo(f"gouji: {words('series.nothing', indicator=indicator)}", err=True)
        if names := series.like(told, indicator):
            shown = words("ui.separator").join(names)
            click.echo(f"gouji: {words('series.others', names=shown)}", err=True)
        sys.exit(UNREADABLE)
    if kind == "terminal":
        text = series.table(found, words)
    else:
        text = (series.svg if kind == "svg" else series.page)(found, indicator, words)
    write(target, text, words)
    sys.exit(CLEAN)


def everything(run: session.Run, path: str) -> Iterator[Told]:
    """All claims of a history with an indicator, or of the reports of a folder."""
    if is_store(path):
        from .history import Store

        yield from Store(path).everything()
    else:
        yield from session.told(run, path)
