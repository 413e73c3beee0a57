"""``gouji checks``: the checks there are, and what one of them says of itself."""

from __future__ import annotations

import click

from . import checkdoc
from .config import Config, ConfigError
from .layout import pad, width
from .messages import LANGUAGES, Messages, messages
from .output import fail
from .session import settings as load

_WEIGHTS = {
    "default": "checks.default",
    "error": "checks.error",
    "warning": "checks.warning",
    "off": "checks.off",
}
_EXAMPLES = {"Fails": "checks.fails", "Holds": "checks.holds", "Silent": "checks.silent"}


@click.command("checks")
@click.argument("name", required=False)
@click.option("--config", "settings", metavar="FILE", help="Settings. [default: found upwards from here]")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language. [default: zh]")
def command(name: str | None, settings: str | None, lang: str | None) -> None:
    """List the checks, or explain the check NAME with its own examples, audited now."""
    try:
        config = load((), settings)
    except ConfigError as error:
        fail(error.line(messages(lang or "zh")))
    words = messages(lang or config.lang)
    if name is None:
        click.echo("\n".join(_list(config, words)))
    elif checkdoc.row(name) is None:
        known = ", ".join(row.name for row in checkdoc.table())
        fail(words("checks.unknown", name=name, known=known))
    else:
        click.echo("\n".join(page(name, config, words)))


def in_force(row: checkdoc.Row, config: Config, words: Messages) -> str:
    """What a finding of this check weighs under the settings."""
    if not row.runs:
        return words("checks.to_come")
    if row.name in config.off:
        return words("checks.not_run")
    return words(_WEIGHTS[config.severity.get(row.name, "default")])


def _list(config: Config, words: Messages) -> list[str]:
    heads = tuple(
        words(key)
        for key in (
            "checks.name", "checks.tie", "checks.roles", "checks.formula", "checks.strength", "checks.severity",
        )
    )  # fmt: skip
    rows = [heads]
    for row in checkdoc.table():
        tie, strength = words.word("check", row.name), _strength(row, words)
        rows.append((row.name, tie, row.roles, row.formula, strength, in_force(row, config, words)))
    widths = [max(width(row[place]) for row in rows) for place in range(len(heads))]
    return ["  ".join(map(pad, row, widths)).rstrip() for row in rows]


def page(name: str, config: Config, words: Messages) -> list[str]:
    """The documentation of one check, line by line."""
    row = checkdoc.row(name)
    assert row is not None
    lines = [f"{row.name}  {words.word('check', row.name)}", ""]
    facts = [
        (words("checks.formula"), row.formula),
        (words("checks.roles"), row.roles),
        (words("checks.strength"), _strength(row, words)),
        (words("checks.severity"), in_force(row, config, words)),
    ]
    label = max(width(key) for key, _ in facts)
    lines += [f"  {pad(key, label)}  {value}" for key, value in facts]
    if not row.runs:
        return [*lines, "", f"  {row.example}"]
    first, rest = checkdoc.prose(name)
    lines += ["", first, *(["", rest] if rest else [])]
    for outcome in checkdoc.outcomes(name, words):
        lines += ["", words(_EXAMPLES[outcome.kind])]
        lines += [f"  │ {text}" for text in outcome.texts]
        lines += [
            f"  → {words.word('verdict', verdict)}{words('ui.colon')}{note}"
            for verdict, note in outcome.verdicts
        ] or [f"  → {words('checks.nothing_tied')}"]
    return lines


def _strength(row: checkdoc.Row, words: Messages) -> str:
    return words("checks.or").join(words.word("strength", part) for part in row.strength.split(" or "))
