"""Where output goes: standard output, or a file that is written as a whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import NoReturn

import click

from .messages import Messages
from .outcome import USAGE
from .whole import whole


def write(target: str, text: str | bytes, words: Messages) -> None:
    """Write to standard output (``-``) or to a file; what cannot be written ends the run.

    A file that is there stays whole until the new one is, whenever the run is killed. What is no file (a
    device, a pipe) is written into and never replaced.
    """
    if target == "-":
        click.echo(text, nl=False, color=True)
        return
    path = Path(target)
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    try:
        if _is_stream(path):
            path.write_bytes(data)
            return
        with whole(str(path), prefix=f".{path.name}.", mode=_mode(path)) as file:
            file.write(data)
    except (OSError, ValueError) as error:
        fail(words("cli.unwritable", path=target, why=reason(error)))


def reason(error: Exception) -> str:
    """Why the system refused, in its own words."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _is_stream(path: Path) -> bool:
    """Whether ``path`` leads to a device, a pipe or a socket."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def fail(line: str) -> NoReturn:
    """Say in one line what was wrong with the call, and end."""
    click.echo(f"gouji: {line}", err=True)
    sys.exit(USAGE)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those of any new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
