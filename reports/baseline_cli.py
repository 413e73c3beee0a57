"""``gouji baseline``: write the findings that are there now as known ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from . import baseline, session
from .messages import LANGUAGES, messages
from .outcome import CLEAN, UNREADABLE
from .output import fail, write

DEFAULT = "gouji-baseline.toml"


@click.command("baseline")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    help=f"Where it goes; - is standard output. [default: {DEFAULT}]",
)
@click.option(
    "--config", "settings", metavar="FILE", help="Settings. [default: found upwards from the first PATH]"
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of the messages in the file. [default: zh]"
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read. [default: 1]")
@click.option("--quiet", is_flag=True, help="No progress and no remarks on standard error.")
def command(
    paths: Sequence[str],
    target: str | None,
    settings: str | None,
    lang: str | None,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Write a file of known findings: they stay visible, but no longer count.

    A file that is already there keeps its reasons, its days of expiry, and its entries for other reports; entries
    whose finding is gone are left out.
    """
    words = messages(lang or "zh")
    try:
        config = session.settings(paths, settings)
        words = messages(lang or config.lang)
        if not paths:
            fail(words("cli.usage_no_path"))
        target = target or config.baseline or DEFAULT
        known = baseline.load(target) if target != "-" and os.path.exists(target) else []
        run = session.Run(config, words.lang, words, jobs or config.jobs, quiet)
        audit = session.audited(run, list(paths))
    except session.REFUSALS as error:
        fail(error.line(words))
    entries = baseline.entries_of(audit, words, known)
    write(target, baseline.dump(entries, words), words)
    if target != "-":
        run.say(words("baseline.written", path=target, count=len(entries)))
    for unread in audit.unread:
        click.echo(f"gouji: {unread.path}{words('ui.colon')}{unread.reason}", err=True)
    sys.exit(UNREADABLE if audit.unread else CLEAN)
