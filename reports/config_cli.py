"""``gouji config``: what is in force, and from where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from .config import Config, ConfigError
from .layout import pad, width
from .messages import LANGUAGES, Messages, messages
from .output import fail
from .session import settings as load


@click.command("config")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--config", "settings", metavar="FILE", help="Settings. [default: found upwards from the first PATH]"
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language. [default: zh]")
def command(paths: Sequence[str], settings: str | None, lang: str | None) -> None:
    """Show the settings in force for PATH, each with the file and line that it comes from."""
    try:
        found = load(paths, settings)
    except ConfigError as error:
        fail(error.line(messages(lang or "zh")))
    words = messages(lang or found.lang)
    rows = list(_rows(found, words))
    click.echo(words("config.in_force", path=found.path) if found.path else words("config.not_found"))
    names, values = (max(width(row[place]) for row in rows) for place in (0, 1))
    for name, value, source in rows:
        click.echo(f"{pad(name, names)}  {pad(value, values)}  {source}".rstrip())


def _rows(found: Config, words: Messages) -> Iterator[tuple[str, str, str]]:
    """Name, value and source of every setting, then one row for every check that differs from the default."""
    none = words("config.none")

    def row(key: str, value: str, field: str = "") -> tuple[str, str, str]:
        return key, value or none, found.sources.get(field or key, words("config.default"))

    yield row("lang", found.lang)
    yield row("fail_on", found.fail_on)
    yield row("tail_errors", found.tail_errors)
    yield row("jobs", str(found.jobs))
    yield row("baseline", found.baseline)
    yield row("lexicons", ", ".join(found.lexicons))
    outputs = ", ".join(f"{name} {target}".strip() for name, target in found.outputs)
    yield row("output", outputs or "terminal -", "outputs")
    yield row("checks.off", ", ".join(found.off), "off")
    for check, severity in found.severity.items():
        yield row(f"severity.{check}", severity, "severity")
    if not found.severity:
        yield row("severity", "")
