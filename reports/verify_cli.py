"""``gouji verify``: recompute an audit from its JSON alone, by another way than the one that made it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from .layout import harmless
from .messages import LANGUAGES, Messages, messages

AGREES, DISAGREES, USAGE, NOT_AN_AUDIT = 0, 1, 2, 3

_STATUS = """\b
Exit status:
  0  every relation was recomputed and agrees
  1  something disagrees, or could not be recomputed
  2  wrong usage, or sympy is missing
  3  the file cannot be read or is no audit
"""


@click.command("verify", epilog=_STATUS)
@click.argument("path", metavar="AUDIT.json")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language.")
def command(path: str, lang: str) -> None:
    """Verify the file AUDIT.json (- is standard input) that gouji audit --format json wrote.

    Every relation is recomputed from the file alone, with sympy and without gouji's engine; then the
    places, values, statuses and counts are compared. Each disagreement is one line.
    """
    words = messages(lang)
    data = _load(path, words)
    try:
        from .verify import verify
    except ModuleNotFoundError as error:
        if error.name != "sympy":
            raise
        _fail(words("verify.no_sympy"), USAGE)
    found = verify(data)
    for fault in found.faults:
        key = "verify.beyond" if fault.key == "beyond" else "verify.fault"
        line = words(key, place=fault.place, name=fault.key, says=fault.says, finds=fault.finds)
        click.echo(harmless(" ".join(line.split())))
    beyond = found.beyond or None
    faults = len(found.faults) - found.beyond
    click.echo(
        words(
            "verify.summary",
            relations=len(data["relations"]),
            agreed=found.agreed,
            unverified=found.unverified or None,
            beyond=beyond,
            faults=faults,
        )
    )
    sys.exit(AGREES if found.passed else DISAGREES)


def _load(path: str, words: Messages) -> dict[str, Any]:
    """The audit of a file; leaves with :data:`NOT_AN_AUDIT` where it is none."""
    from .verify_contract import shape

    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        data = json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        _fail(words("verify.unreadable", path=path, why=error.strerror or type(error).__name__), NOT_AN_AUDIT)
    except (ValueError, RecursionError) as error:
        _fail(words("verify.not_json", path=path, why=str(error).splitlines()[0]), NOT_AN_AUDIT)
    wrong = shape(data)
    if wrong is not None:
        _fail(words("verify.not_an_audit", path=path, why=wrong), NOT_AN_AUDIT)
    found: dict[str, Any] = data
    return found


def _fail(line: str, status: int) -> NoReturn:
    click.echo(f"gouji: {harmless(line)}", err=True)
    sys.exit(status)
