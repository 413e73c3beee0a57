"""The command line: arguments, files, exit status; nothing else."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click

from ..checks.audit import Audit
from ..extract.document import Document, Unread
from . import FORMATS, KINDS
from .messages import LANGUAGES, Messages, messages
from .outcome import CLEAN as CLEAN
from .outcome import FINDINGS as FINDINGS
from .outcome import THRESHOLDS, UNREADABLE, USAGE, status_of
from .view import View

_STATUS = """\b
Exit status:
  0  nothing at or above the threshold, everything was read
  1  findings at or above the threshold (this wins over 3)
  2  wrong usage, or an output that cannot be written
  3  something could not be read, and nothing reached the threshold
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("gouji"), prog_name="gouji")
def cli() -> None:
    """Check that the numbers in a report agree with one another (勾稽)."""


@cli.command(epilog=_STATUS)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help="Output format; may be repeated. [default: terminal]",
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
    "--fail-on",
    type=click.Choice(THRESHOLDS),
    default="error",
    show_default=True,
    help="Threshold for exit status 1.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language.")
@click.option("--verbose", is_flag=True, help="Show every tie, and what was not taken for a number.")
@click.version_option(version("gouji"), prog_name="gouji")
def audit(
    paths: Sequence[str],
    formats: Sequence[str],
    outputs: Sequence[str],
    fail_on: str,
    lang: str,
    verbose: bool,
) -> None:
    """Audit reports: files, folders (searched for .txt and .md) or globs."""
    words = messages(lang)
    targets = _targets(formats or ("terminal",), outputs, words)
    if not paths:
        _fail(words("cli.usage_no_path"))
    try:
        result = _audited(list(paths), lang)
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
        if KINDS[name].file != "-" and target != "-":
            click.echo(words("cli.written", path=target), err=True)
    _job_summary(result, lang, formats)
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
    targets = [*outputs, *defaults[len(outputs) :]]
    files = [os.path.abspath(target) for target in targets if target != "-"]
    for place, target in enumerate(files):
        if target in files[:place]:
            _fail(words("cli.same_output", path=os.path.relpath(target)))
    return list(zip(formats, targets, strict=True))


def _audited(paths: list[str], lang: str) -> Audit:
    from ..checks.run import audit as run
    from ..extract import reader

    return run(_named(reader.load(path, lang), paths) for path in reader.paths(paths))


def _named(found: Document | Unread, arguments: Sequence[str]) -> Document | Unread:
    """Name an absolute path from the working folder, or from the argument that led to it.

    Outputs hold no absolute path: they must not tell whose machine they were made on.
    """
    if not os.path.isabs(found.path):
        return found
    roots = [os.getcwd(), *(os.path.dirname(argument.rstrip("/")) for argument in arguments)]
    for root in roots:
        if os.path.isabs(root) and found.path.startswith(root.rstrip("/") + "/"):
            return replace(found, path=found.path[len(root.rstrip("/")) + 1 :])
    return replace(found, path=os.path.basename(found.path))


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


def _write(target: str, text: str | bytes, words: Messages) -> None:
    """Write to standard output, or to a file as a whole or not at all."""
    if target == "-":
        click.echo(text, nl=False, color=True)
        return
    path = Path(target)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        _fail(words("cli.unwritable", path=target, why=error.strerror or type(error).__name__))


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those of any new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _fail(line: str) -> NoReturn:
    click.echo(f"gouji: {line}", err=True)
    sys.exit(USAGE)


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
