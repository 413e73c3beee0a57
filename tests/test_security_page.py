"""Every threat on the page of hostile input names a test that is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.reports.cli import cli
from gouji.reports.outcome import USAGE

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "security.md"


def rows() -> list[str]:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    return [line for line in lines if not re.match(r"\|[-|]+$|\| threat ", line)]


def test_every_threat_has_its_test() -> None:
    assert len(rows()) > 30
    for row in rows():
        assert re.search(r"`tests/\w+\.py::\w+`", row.split("|")[3]), row


def test_every_named_test_is_there() -> None:
    named = re.findall(r"`(tests/\w+\.py)::(\w+)`", PAGE.read_text("utf-8"))
    assert named
    for file, test in named:
        assert re.search(rf"^def {test}\(", (ROOT / file).read_text("utf-8"), re.M), f"{file}::{test}"


@pytest.mark.parametrize("revision", ["--output=x", "-x", "--upload-pack=touch x", "main;touch x"])
def test_a_revision_is_never_an_option(
    revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    Path("a.md").write_text("受理3件。", "utf-8")
    result = CliRunner().invoke(cli, ["audit", "a.md", f"--changed-since={revision}"])
    assert result.exit_code == USAGE
    assert len(result.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "a.md"]
