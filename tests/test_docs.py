"""The documentation: what it shows can be run, and what can be run is shown."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from gouji.extract import lexicons
from gouji.reports import baseline, checkdoc, config, own_words
from gouji.reports.cli import cli
from gouji.reports.messages import messages

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
WRITTEN_AT_BUILD = {"checks.md"}


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def whole() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(DOCS.glob("*.md")))


def test_every_page_is_in_the_navigation_and_there() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    named = {page for entry in settings["nav"] for page in entry.values()}
    assert named == {path.name for path in DOCS.glob("*.md")} | WRITTEN_AT_BUILD


def test_the_settings_shown_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, words = blocks("settings.md", "toml")
    (tmp_path / "gouji.toml").write_text(shown, "utf-8")
    monkeypatch.chdir(tmp_path)
    found = config.load("gouji.toml")
    assert found.off == ("enumeration",)
    fields = {
        "output",
        "checks",
        "severity",
        "lang",
        "fail_on",
        "tail_errors",
        "jobs",
        "baseline",
        "lexicons",
    }
    assert set(tomllib.loads(shown)) == fields, "every key is shown"
    (tmp_path / "our-words.toml").write_text(words, "utf-8")
    source, tables = config.read_toml("our-words.toml")
    for name, table in tables.items():
        own_words._compare("our-words.toml", source, (name,), own_words._shipped(name), table)
        assert lexicons.merge(own_words._shipped(name), table) != own_words._shipped(name)


def test_the_baseline_shown_is_a_baseline(tmp_path: Path) -> None:
    (shown,) = blocks("ci.md", "toml")
    path = tmp_path / "b.toml"
    path.write_text(shown, "utf-8")
    (entry,) = baseline.load(str(path))
    assert entry.expires is not None
    assert entry.reason


@pytest.mark.parametrize("name", ["audit", "baseline", "checks", "config", "diff"])
def test_every_command_is_shown(name: str) -> None:
    assert f"gouji {name}" in whole()


@pytest.mark.parametrize(
    "option",
    ["--baseline", "--changed-since", "--config", "--fail-on", "--jobs", "--quiet", "--lang", "--format"],
)
def test_every_option_shown_exists(option: str) -> None:
    command = cli.get_command(click.Context(cli), "audit")
    assert command is not None
    assert option in {opt for parameter in command.params for opt in parameter.opts}
    assert option in whole()


def test_every_exit_status_is_shown() -> None:
    page = (DOCS / "ci.md").read_text("utf-8")
    assert all(f"\n| {status} |" in page for status in range(4))


def test_commands_shown_are_commands() -> None:
    shown = set(
        re.findall(
            r"^gouji (\w+)",
            "\n".join(b for p in DOCS.glob("*.md") for b in blocks(p.name, "sh")),
            re.MULTILINE,
        )
    )
    assert shown
    assert shown <= set(cli.list_commands(click.Context(cli)))


@pytest.mark.parametrize("name", [row.name for row in checkdoc.table() if row.runs])
def test_every_check_has_prose_and_examples_of_each_kind(name: str) -> None:
    first, _ = checkdoc.prose(name)
    assert first
    assert not any(
        line.startswith(("Fails:", "Holds:", "Silent:")) for line in checkdoc.prose(name)[1].splitlines()
    )
    assert [outcome.kind for outcome in checkdoc.outcomes(name, messages("en"))] == list(checkdoc.EXAMPLES)
