"""What build logs and merge requests take: GitHub's commands, GitLab's report, reviewdog's diagnostics."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gouji.checks.audit import Audit
from gouji.checks.relation import Suspect
from gouji.checks.run import audit as run
from gouji.extract.document import Unread
from gouji.extract.reader import load
from gouji.reports import FORMATS
from gouji.reports.cli import cli
from gouji.reports.github import MOST_SUMMARY, summary

from .fixture_audit import audit, clean
from .golden_files import compare
from .hostile import ATTACKS, EVERYTHING, hostile

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize(
    ("name", "file"),
    [("github", "audit.github.txt"), ("gitlab", "audit.gitlab.json"), ("rdjson", "audit.rdjson")],
)
def test_golden(name: str, file: str) -> None:
    text = FORMATS[name](audit(), "zh")
    assert isinstance(text, str)
    compare(file, text)


def examples() -> Audit:
    return run(load(str(path)) for path in sorted(EXAMPLES.glob("*-*.*")))


# --- GitHub ---------------------------------------------------------------------------------------


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Parse as the runner does: split, then unescape."""

    def plain(value: str) -> str:
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, character)
        return value

    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        pairs = dict(part.split("=", 1) for part in match[2].split(","))
        found.append((match[1], {name: plain(value) for name, value in pairs.items()}, plain(match[3])))
    return found


def github(found: Audit, lang: str = "zh") -> list[tuple[str, dict[str, str], str]]:
    text = FORMATS["github"](found, lang)
    assert isinstance(text, str)
    return commands(text)


def test_commands_name_file_line_and_column() -> None:
    found = github(audit())
    assert [kind for kind, _, _ in found] == ["error", "error", "warning", "error", "notice"]
    _, properties, message = found[2]
    assert (properties["file"], properties["line"], properties["col"]) == ("reports/2017.md", "5", "45")
    assert "90.78%" in message
    assert found[3][1]["file"] == "reports/broken.pdf"


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_gives_no_commands_of_its_own(attack: str) -> None:
    found = github(hostile(attack))
    assert [kind for kind, _, _ in found] == ["error", "warning", "notice", "notice", "error", "notice"]
    assert set().union(*(properties for _, properties, _ in found)) == {
        "file",
        "line",
        "endLine",
        "col",
        "endColumn",
        "title",
    }


def test_the_summary_is_added_to_the_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    report = str(EXAMPLES / "justice-2016.txt")
    assert CliRunner().invoke(cli, ["audit", report, "--format", "github"]).exit_code == 0
    text = page.read_text("utf-8")
    assert text.startswith("before\n## 勾稽审计")
    CliRunner().invoke(cli, ["audit", report, "--format", "json"])
    assert page.read_text("utf-8") == text


def test_a_summary_that_cannot_be_written_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/no/such/folder/summary.md")
    report = str(EXAMPLES / "justice-2016.txt")
    assert CliRunner().invoke(cli, ["audit", report, "--format", "github"]).exit_code == 0


def test_the_summary_keeps_to_the_limit() -> None:
    full = audit()
    many = replace(full, relations=full.relations[:3] * 1500)
    text = summary(many, "zh")
    assert len(text.encode()) <= 1_048_576
    assert len(text) > MOST_SUMMARY // 2


# --- GitLab ---------------------------------------------------------------------------------------


def gitlab(found: Audit) -> list[dict[str, Any]]:
    entries = json.loads(FORMATS["gitlab"](found, "zh"))
    for entry in entries:
        assert list(entry) == ["description", "check_name", "fingerprint", "severity", "location"]
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return list(entries)


def test_code_quality() -> None:
    entries = gitlab(audit())
    assert [entry["severity"] for entry in entries] == ["critical", "critical", "minor", "blocker"]
    assert entries[0]["fingerprint"] == "subset-77aa01de"
    assert gitlab(clean()) == []
    assert len(gitlab(examples())) == 9
    gitlab(hostile(EVERYTHING))


def test_code_quality_leaves_accepted_exceptions_out() -> None:
    full = audit()
    kept = tuple(replace(judged, suppressed="known") for judged in full.relations)
    assert [entry["check_name"] for entry in gitlab(replace(full, relations=kept))] == ["unread"]


# --- reviewdog ------------------------------------------------------------------------------------


def rdjson(found: Audit) -> dict[str, Any]:
    whole = json.loads(FORMATS["rdjson"](found, "zh"))
    assert whole["source"] == {"name": "gouji"}
    for row in whole["diagnostics"]:
        assert row["severity"] in ("ERROR", "WARNING", "INFO")
        assert row["message"]
    assert isinstance(whole, dict)
    return whole


def cut(text: str, place: dict[str, Any]) -> str:
    """What a range names, read as reviewdog reads it: lines, and columns in bytes."""
    start, end = place["start"], place["end"]
    lines = text.split("\n")
    assert start["line"] == end["line"]
    line = lines[start["line"] - 1].encode()
    return bytes(line[start["column"] - 1 : end["column"] - 1]).decode()


def test_columns_count_bytes() -> None:
    found = examples()
    texts = {audited.document.path: audited.document.text for audited in found.documents}
    rows = rdjson(found)["diagnostics"]
    assert len(rows) == 9
    printed = [cut(texts[row["location"]["path"]], row["location"]["range"]) for row in rows]
    assert {"90.77%", "5.27%", "7.44亿元", "97.61亿元"} <= set(printed)
    for row in rows:
        for other in row["related_locations"]:
            place = other["location"]
            assert cut(texts[place["path"]], place["range"]) in other["message"]


def test_one_suggestion_is_a_suggestion() -> None:
    full = audit()
    (row,) = rdjson(replace(full, relations=full.relations[:1], unread=()))["diagnostics"]
    (suggestion,) = row["suggestions"]
    assert suggestion["text"] == "90.78%"
    assert cut(full.documents[0].document.text, suggestion["range"]) == "90.77%"
    two = (*full.relations[0].suspects, Suspect("d1f1", "1件", ""))
    (row,) = rdjson(replace(full, relations=(replace(full.relations[0], suspects=two),), unread=()))[
        "diagnostics"
    ]
    assert "suggestions" not in row


def test_diagnostics_of_the_unread_the_clean_and_the_hostile() -> None:
    assert rdjson(clean())["diagnostics"] == []
    (row,) = rdjson(Audit((), (), (Unread("a.pdf", "no"),)))["diagnostics"]
    assert (row["severity"], row["location"]) == ("ERROR", {"path": "a.pdf"})
    rdjson(hostile(EVERYTHING))
