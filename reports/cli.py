"""The command line: arguments, files, exit status; nothing else."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

import click

from ..checks.audit import Audit
from . import FORMATS, KINDS, format_of, session
from .config import ConfigError
from .extras import is_store, needed
from .messages import LANGUAGES, Messages, messages
from .outcome import CLEAN, THRESHOLDS, UNREADABLE, USAGE, status_of
from .output import fail as _fail
from .output import reason
from .output import write as _write
from .view import View

_STATUS = """\b
Exit status:
  0  nothing at or above the threshold, everything was read
  1  findings at or above the threshold (this wins over 3)
  2  wrong usage, or an output that cannot be written
  3  something could not be read, and nothing reached the threshold
"""


_COMMANDS = {
    "baseline": ".baseline_cli",
    "checks": ".checks_cli",
    "config": ".config_cli",
    "diff": ".diff_cli",
    "history": ".history_cli",
    "series": ".series_cli",
    "trace": ".trace_cli",
    "verify": ".verify_cli",
}
"""Commands in files of their own, each loaded when it is called."""


class _Group(click.Group):
    """The commands of this file, and those of :data:`_COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS:
            command: click.Command = import_module(_COMMANDS[cmd_name], __package__).command
            return command
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gouji", prog_name="gouji")
def cli() -> None:
    """Check that the numbers in a report agree with one another (勾稽)."""


@cli.command(epilog=_STATUS)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help="Output format; may be repeated. [default: what the names of the outputs end in (.html, .json …), else terminal]",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Where the format goes, in the order of --format; - is standard output. "
    f"[default: standard output; {', '.join(kind.file for kind in KINDS.values() if kind.file != '-')}]",
)
@click.option(
    "--fail-on", type=click.Choice(THRESHOLDS), help="Threshold for exit status 1. [default: error]"
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language. [default: zh]")
@click.option("--verbose", is_flag=True, help="Show every tie, and what was not taken for a number.")
@click.option("--quiet", is_flag=True, help="No progress and no remarks on standard error.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read and check. [default: 1]"
)
@click.option(
    "--annotate",
    "copies",
    metavar="DIR",
    help="Write copies of Word and PDF files with findings into DIR, comments at the numbers.",
)
@click.option(
    "--config", "settings", metavar="FILE", help="Settings. [default: gouji.toml or pyproject.toml, upwards]"
)
@click.option(
    "--baseline", "known", metavar="FILE", help="Known findings that do not count (gouji baseline)."
)
@click.option(
    "--changed-since",
    "since",
    metavar="REV",
    help="Count only findings of reports that this git branch adds or changes since REV; the rest is context.",
)
@click.option(
    "--cache", metavar="DIR", help="Keep what is done with each document; unchanged ones are not done again."
)
@click.option(
    "--each",
    "folder",
    metavar="FOLDER",
    help="Audit each report by itself, into a JSON file in FOLDER: any number of reports, the finished ones not again.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Do the work in a Dask cluster (gouji[cluster]).")
@click.option(
    "--history",
    metavar="HISTORY",
    help="Earlier reports to compare with: a gouji history, or a folder of reports.",
)
@click.option(
    "--bundle",
    is_flag=True,
    help="The files tell one report together (report, annexes, press release): equal indicators must be equal.",
)
@click.version_option(package_name="gouji", prog_name="gouji")
def audit(
    paths: Sequence[str],
    formats: Sequence[str],
    outputs: Sequence[str],
    fail_on: str | None,
    lang: str | None,
    verbose: bool,
    quiet: bool,
    jobs: int | None,
    copies: str | None,
    settings: str | None,
    known: str | None,
    since: str | None,
    history: str | None,
    cache: str | None,
    folder: str | None,
    scheduler: str | None,
    bundle: bool,
) -> None:
    """Audit reports: files, folders (searched for reports of every kind), zip archives or globs."""
    words = messages(lang or "zh")
    try:
        config = session.settings(paths, settings)
    except ConfigError as error:
        _fail(error.line(words))
    lang, fail_on = lang or config.lang, fail_on or config.fail_on
    words = messages(lang)
    if not formats and not outputs and config.outputs and not folder:
        formats, outputs = zip(*config.outputs, strict=True)
    formats = formats or [format_of(output) for output in outputs] or ["terminal"]
    targets = [] if folder else _targets(formats, outputs, words)
    if not paths:
        _fail(words("cli.usage_no_path"))
    if copies is not None:
        from . import annotate

        annotate.folder(copies, words)
    run = session.Run(config, lang, words, jobs or config.jobs, quiet, verbose, cache or "", scheduler or "")
    if scheduler and find_spec("distributed") is None:
        _fail(words("cli.missing_extra", format="--scheduler", extra="cluster"))
    if history and is_store(history):
        needed(words)
    if folder:
        if formats != ["terminal"] or outputs or known or since or cache or bundle:
            _fail(words("cli.each_alone"))
        try:
            totals = session.each(run, list(paths), folder, history or "")
        except session.REFUSALS as error:
            _fail(error.line(words))
        counts = totals.counts
        click.echo(
            words("cli.each", reports=totals.reports, kept=totals.kept, unread=totals.unread, **counts)
        )
        sys.exit(totals.status(fail_on))
    try:
        result = session.audited(
            run, list(paths), known=known or config.baseline, since=since, history=history, bundle=bundle
        )
    except session.REFUSALS as error:
        _fail(error.line(words))
    except Exception as error:
        if verbose:
            raise
        # a fault of gouji itself: the line says so, --verbose shows where
        click.echo(f"gouji: {words('cli.internal', why=f'{type(error).__name__}: {error}')}", err=True)
        sys.exit(UNREADABLE)
    rendered = [
        FORMATS[name](result, lang, verbose=verbose, **_options(name, target, fail_on))
        for name, target in targets
    ]
    for (name, target), text in zip(targets, rendered, strict=True):
        _write(target, text, words)
        if KINDS[name].file != "-" and target != "-" and not quiet:
            click.echo(words("cli.written", path=target), err=True)
    _job_summary(result, lang, formats)
    if copies is not None:
        annotate.Copies(copies, session.originals(paths), words, quiet).write(result)
    if ("terminal", "-") not in targets:
        for unread in result.unread:
            click.echo(f"gouji: {unread.path}{words('ui.colon')}{unread.reason}", err=True)
    sys.exit(status(result, fail_on))


def status(result: Audit, fail_on: str) -> int:
    """The exit status of an audit for a threshold (error, warning, never)."""
    return status_of(View(result), fail_on)


def _targets(formats: Sequence[str], outputs: Sequence[str], words: Messages) -> list[tuple[str, str]]:
    """Formats with their targets, ``-`` for standard output."""
    if len(outputs) > len(formats):
        _fail(words("cli.usage_output_extra"))
    for name in formats:
        if KINDS[name].missing():
            _fail(words("cli.missing_extra", format=name, extra=KINDS[name].extra))
    defaults = [KINDS[name].file for name in formats]
    given = [*outputs, *[""] * (len(formats) - len(outputs))]
    targets = [target or default for target, default in zip(given, defaults, strict=True)]
    files = [os.path.abspath(target) for target in targets if target != "-"]
    for place, target in enumerate(files):
        if target in files[:place]:
            _fail(words("cli.same_output", path=os.path.relpath(target)))
    return list(zip(formats, targets, strict=True))


def _options(name: str, target: str, fail_on: str) -> dict[str, object]:
    """What a renderer is told beyond the audit: the threshold, or what the terminal can show."""
    if KINDS[name].graded:
        return {"fail_on": fail_on}
    return _terminal(target) if name == "terminal" else {}


def _terminal(target: str) -> dict[str, object]:
    """Colour and width where someone watches; plain text of a fixed width anywhere else."""
    if target != "-" or not sys.stdout.isatty():
        return {}
    return {"color": not os.environ.get("NO_COLOR"), "columns": min(shutil.get_terminal_size().columns, 120)}


def _job_summary(result: Audit, lang: str, formats: Sequence[str]) -> None:
    """Add the audit to the page of a GitHub job, which names a file for it; it is no output of its own."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path and "github" in formats:
        from .github import summary

        with suppress(OSError), open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(summary(result, lang))


def main() -> None:
    """Run the command line; a reader that closes the pipe early is no failure."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLEAN)
    except OSError as error:  # a full disk behind standard output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        words = messages("en" if {"--lang=en", "en"} & set(sys.argv[1:]) else "zh")
        try:
            _fail(words("cli.unwritable", path=words("cli.stdout"), why=reason(error)))
            sys.stderr.flush()
        except (
            OSError
        ):  # there as well: nobody is left to tell, and what is buffered must not fail again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        sys.exit(USAGE)
