"""The command line: what goes where, and the exit status."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from gouji.checks.audit import Audit
from gouji.extract.document import Document, Unread
from gouji.reports.cli import cli, status
from gouji.reports.outcome import CLEAN, FINDINGS, UNREADABLE, USAGE
from gouji.reports.session import named

from .fixture_audit import audit, clean


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Audit]:
    """Stand in for the engine: whatever the paths, the audit under "result" comes back."""
    box = {"result": audit()}
    run, reader = ModuleType("gouji.checks.run"), ModuleType("gouji.extract.reader")

    def whole(documents: Iterable[Document | Unread], **_: object) -> Audit:
        list(documents)
        return box["result"]

    run.audit = whole  # type: ignore[attr-defined]
    reader.paths = list  # type: ignore[attr-defined]
    reader.load = lambda path, lang: Unread(path, lang)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gouji.checks.run", run)
    monkeypatch.setitem(sys.modules, "gouji.extract.reader", reader)
    monkeypatch.setattr("gouji.extract.reader", reader, raising=False)
    monkeypatch.setattr("gouji.checks.run", run, raising=False)
    monkeypatch.chdir(tmp_path)
    return box


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *arguments])


def warned() -> Audit:
    full = audit()
    kept = tuple(judged for judged in full.relations if judged.verdict.severity != "error")
    return Audit(full.documents, kept)


@pytest.mark.parametrize(
    ("result", "fail_on", "expected"),
    [
        (clean(), "error", CLEAN),
        (clean(), "warning", CLEAN),
        (audit(), "error", FINDINGS),  # although a file was not read
        (audit(), "never", UNREADABLE),
        (warned(), "error", CLEAN),
        (warned(), "warning", FINDINGS),
        (warned(), "never", CLEAN),
        (Audit((), (), (Unread("a", "b"),)), "error", UNREADABLE),
    ],
)
def test_status(stub: dict[str, Audit], result: Audit, fail_on: str, expected: int) -> None:
    stub["result"] = result
    assert status(result, fail_on) == expected
    assert gouji("a.txt", "--fail-on", fail_on).exit_code == expected


def test_terminal_is_the_default(stub: dict[str, Audit]) -> None:
    result = gouji("a.txt")
    assert "不宜发布" in result.stdout
    assert "\x1b[" not in result.stdout
    assert "Not fit to publish" in gouji("a.txt", "--lang", "en").stdout


def test_json_alone_on_standard_output(stub: dict[str, Audit]) -> None:
    result = gouji("a.txt", "--format", "json")
    assert json.loads(result.stdout)["schema"] == 1
    assert "broken.pdf" in result.stderr


def test_html_has_a_default_file(stub: dict[str, Audit], tmp_path: Path) -> None:
    result = gouji("a.txt", "--format", "terminal", "--format", "html")
    assert "gouji-audit.html" in result.stderr
    assert (tmp_path / "gouji-audit.html").read_text("utf-8").startswith("<!doctype html>")
    assert "<!doctype" not in result.stdout


def test_outputs_pair_with_formats_in_order(stub: dict[str, Audit], tmp_path: Path) -> None:
    gouji("a.txt", "--format", "json", "-o", "one.json", "--format", "html", "-o", "two.html")
    assert json.loads((tmp_path / "one.json").read_text("utf-8"))["schema"] == 1
    assert "<html" in (tmp_path / "two.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "two.html"]


def test_the_name_of_an_output_asks_for_its_format(stub: dict[str, Audit], tmp_path: Path) -> None:
    gouji("a.txt", "-o", "one.json", "-o", "two.html", "-o", "three.sarif", "-o", "four.txt")
    assert json.loads((tmp_path / "one.json").read_text("utf-8"))["schema"] == 1
    assert "<html" in (tmp_path / "two.html").read_text("utf-8")
    assert json.loads((tmp_path / "three.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert "不宜发布" in (tmp_path / "four.txt").read_text("utf-8")
    gouji("a.txt", "--format", "terminal", "-o", "five.json")
    assert "不宜发布" in (tmp_path / "five.json").read_text("utf-8"), "what is said goes before the name"


def test_a_collection_is_told_of_its_memory(stub: dict[str, Audit]) -> None:
    many = [f"{number}.txt" for number in range(1000)]
    assert "--each" in gouji(*many).stderr
    assert "--each" not in gouji(*many[1:]).stderr
    assert "--each" not in gouji(*many, "--quiet").stderr


def test_a_written_file_has_ordinary_permissions(stub: dict[str, Audit], tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        gouji("a.txt", "--format", "json", "-o", "one.json")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "one.json").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.txt", "--format", "pdf"),
        ("a.txt", "--nonsense"),
        ("a.txt", "--format", "json", "-o", "a", "-o", "b"),
        ("a.txt", "--format", "json", "-o", "a", "--format", "html", "-o", "./a"),
        ("a.txt", "--format", "json", "-o", "no/such/folder/a.json"),
        ("a.txt", "--fail-on", "sometimes"),
    ],
)
def test_wrong_usage(stub: dict[str, Audit], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = gouji(*arguments)
    assert result.exit_code == USAGE
    assert result.stdout == ""
    assert result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_output_is_one_line_and_leaves_no_file(stub: dict[str, Audit], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = gouji("a.txt", "--format", "json", "-o", "folder")
    assert result.exit_code == USAGE
    assert result.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_an_old_file_survives_a_failed_write(
    stub: dict[str, Audit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert gouji("a.txt", "--format", "json", "-o", "a.json").exit_code == USAGE
    assert (tmp_path / "a.json").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_help_documents_the_status(stub: dict[str, Audit]) -> None:
    text = CliRunner().invoke(cli, ["audit", "--help"]).stdout
    assert "Exit status" in text
    for code in (CLEAN, FINDINGS, USAGE, UNREADABLE):
        assert f"\n  {code}  " in text.replace("\n    ", "\n  ")


def test_version() -> None:
    assert "gouji" in CliRunner().invoke(cli, ["--version"]).stdout
    assert CliRunner().invoke(cli, ["audit", "--version"]).exit_code == 0


def test_absolute_paths_are_named_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inside, outside = str(tmp_path / "a" / "b.txt"), "/elsewhere/reports/c.txt"
    assert named(Unread(inside, ""), []).path == "a/b.txt"
    assert named(Unread(outside, ""), ["/elsewhere/reports/"]).path == "reports/c.txt"
    assert named(Unread(outside, ""), [outside]).path == "c.txt"
    assert named(Unread(outside, ""), ["/else*/**"]).path == "c.txt"
    assert named(Unread("x/y.txt", ""), []).path == "x/y.txt"


def test_a_closed_pipe_is_quiet() -> None:
    import subprocess

    code = (
        "import sys; from gouji.reports import cli; "
        "cli.cli = lambda: [print('x' * 9999, flush=True) for _ in range(999)]; cli.main()"
    )
    command = f'{sys.executable} -c "{code}" | head -c 1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_fault_of_gouji_is_one_line(stub: dict[str, Audit], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Audit:
        raise RuntimeError("oh")

    monkeypatch.setattr(sys.modules["gouji.checks.run"], "audit", broken)
    result = gouji("a.txt")
    assert result.exit_code == UNREADABLE
    assert result.stderr.count("\n") == 1
    assert "RuntimeError: oh" in result.stderr
    assert isinstance(gouji("a.txt", "--verbose").exception, RuntimeError)


def test_colour_needs_a_terminal_and_no_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    from gouji.reports.cli import _terminal

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert _terminal("-")["color"] is True
    assert _terminal("file.txt") == {}
    monkeypatch.setenv("NO_COLOR", "1")
    assert _terminal("-")["color"] is False
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert _terminal("-") == {}
