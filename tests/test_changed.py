"""Reports that a git branch changes, long runs, several processes, and faults that stay with their document."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gouji.checks import alone as apart
from gouji.checks import diagnose, joint, run
from gouji.extract import reader
from gouji.extract.document import Document, Unread
from gouji.reports import reading
from gouji.reports.changed import GitError, since
from gouji.reports.cli import cli
from gouji.reports.messages import messages
from gouji.reports.outcome import CLEAN, FINDINGS, UNREADABLE, USAGE

TITLE = "# 某某市司法局{year}年法治政府建设情况报告\n\n"
WRONG = TITLE + "全年收到复议申请302件，其中受理252件，不予受理35件。\n"
RIGHT = TITLE + "全年收到复议申请302件，其中受理267件，不予受理35件。\n"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_CEILING_DIRECTORIES": str(here.parent),
    }.items():
        monkeypatch.setenv(name, value)
    git("init", "-q", "-b", "main")
    put("报告 一.txt", WRONG.format(year=2016))
    put("二.txt", RIGHT.format(year=2017))
    put("三.txt", RIGHT.format(year=2018))
    commit()
    git("checkout", "-q", "-b", "work")
    return here


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def put(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def contract(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


# --- what git says --------------------------------------------------------------------------------------


def names(repository: Path, revision: str = "main") -> set[str]:
    return {os.path.relpath(path, os.path.realpath(repository)) for path in since(revision, ["."])}


@needs_git
def test_committed_staged_unstaged_and_new_files_are_changed(repository: Path) -> None:
    put("二.txt", WRONG.format(year=2017))
    commit()
    put("四 ‘x’\t.txt", "a")
    git("add", "-A")
    put("三.txt", "b")
    put("五.txt", "c")
    put("ignored.txt", "c")
    put(".gitignore", "ignored.txt\n")
    assert names(repository) == {"二.txt", "四 ‘x’\t.txt", "三.txt", "五.txt", ".gitignore"}


@needs_git
def test_what_others_changed_meanwhile_is_not_ours(repository: Path) -> None:
    put("二.txt", "mine")
    commit()
    git("checkout", "-q", "main")
    put("三.txt", "theirs")
    commit()
    git("checkout", "-q", "work")
    assert names(repository) == {"二.txt"}


@needs_git
def test_deleted_files_are_none_and_renamed_ones_count_under_the_new_name(repository: Path) -> None:
    git("rm", "-q", "三.txt")
    git("mv", "二.txt", "六.txt")
    assert names(repository) == {"六.txt"}


@needs_git
@pytest.mark.parametrize("revision", ["none", "--output=x", "-h", "main..work", ""])
def test_no_revision_is_one_line(repository: Path, revision: str) -> None:
    with pytest.raises(GitError):
        since(revision, ["."])
    result = gouji("audit", ".", f"--changed-since={revision}")
    assert result.exit_code == USAGE
    assert result.stderr.count("\n") == 1
    assert not Path("x").exists()


@needs_git
def test_no_repository_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    put("a.txt", WRONG.format(year=2016))
    for lang, said in (("zh", "git 仓库"), ("en", "git repository")):
        result = gouji("audit", "a.txt", "--changed-since", "main", "--lang", lang)
        assert result.exit_code == USAGE
        assert said in result.stderr
        assert result.stderr.count("\n") == 1


def test_no_git_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here))
    put("a.txt", WRONG.format(year=2016))
    result = gouji("audit", "a.txt", "--changed-since", "main")
    assert result.exit_code == USAGE
    assert result.stderr == f"gouji: {messages('zh')('git.missing')}\n"


# --- what counts ----------------------------------------------------------------------------------------


@needs_git
def test_only_findings_of_changed_reports_count(repository: Path) -> None:
    assert gouji("audit", ".").exit_code == FINDINGS
    put("二.txt", RIGHT.format(year=2017) + "\n新的一段。\n")
    result = gouji("audit", ".", "--changed-since", "main")
    assert result.exit_code == CLEAN
    shown = contract(gouji("audit", ".", "--changed-since", "main", "--format", "json"))
    assert len(shown["documents"]) == 3  # the rest is context
    (found,) = [r for r in shown["relations"] if r["verdict"] == "inconsistent"]
    assert found["suppressed"] == messages("zh")("git.unchanged", revision="main")
    put("二.txt", WRONG.format(year=2017))
    assert gouji("audit", ".", "--changed-since", "main").exit_code == FINDINGS


@needs_git
def test_a_tie_between_a_changed_report_and_its_context_counts(repository: Path) -> None:
    put("old.txt", TITLE.format(year=2020) + "全年受理法律援助案件1000件。\n")
    commit()
    git("branch", "-f", "main")
    put("new.txt", TITLE.format(year=2021) + "全年受理法律援助案件1500件，比上年增长20%。\n")
    shown = contract(gouji("audit", "old.txt", "new.txt", "--changed-since", "main", "--format", "json"))
    cross = [r for r in shown["relations"] if r["check"] == "growth_cross" and r["verdict"] == "inconsistent"]
    assert [r["suppressed"] for r in cross] == [None]


@needs_git
def test_nothing_changed_is_clean_and_said(repository: Path) -> None:
    result = gouji("audit", ".", "--changed-since", "main")
    assert result.exit_code == CLEAN
    assert "main" in result.stderr
    assert gouji("audit", ".", "--changed-since", "main", "--quiet").stderr == ""


@needs_git
def test_what_cannot_be_read_counts_only_where_it_changed(repository: Path) -> None:
    put("bad.txt", "")
    commit()
    git("branch", "-f", "main")
    put("二.txt", RIGHT.format(year=2017) + "\n新的一段。\n")
    result = gouji("audit", "二.txt", "bad.txt", "--changed-since", "main")
    assert result.exit_code == CLEAN
    assert "bad.txt" in result.stderr
    put("worse.txt", "")
    assert gouji("audit", "二.txt", "worse.txt", "--changed-since", "main").exit_code == UNREADABLE


# --- long runs ------------------------------------------------------------------------------------------


def many(count: int) -> list[str]:
    for number in range(count):
        put(f"r/{number:02}.txt", (WRONG if number % 2 else RIGHT).format(year=2000 + number))
    return [f"r/{number:02}.txt" for number in range(count)]


def test_processes_give_the_same_bytes(here: Path) -> None:
    many(7)
    put("r/03.txt", "")
    one, two = (
        gouji("audit", "r", "none.txt", "--format", "json", "--jobs", jobs).stdout for jobs in ("1", "3")
    )
    assert one == two
    assert len(json.loads(one)["documents"]) == 6
    assert len(json.loads(one)["unread"]) == 2


def broken(document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reading the claims of one document fail as no test of a reader would."""
    real = getattr(apart, "read")  # noqa: B009 (it is not exported)

    def read(found: Document, number: int) -> Any:
        if found.path.endswith(document):
            raise ZeroDivisionError("on purpose")
        return real(found, number)

    monkeypatch.setattr(apart, "read", read)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_broken_document_never_hides_the_others(
    here: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    many(4)
    expected = contract(gouji("audit", "r/01.txt", "r/03.txt", "--format", "json"))
    broken("00.txt", monkeypatch)
    result = gouji("audit", "r/00.txt", "r/01.txt", "r/03.txt", "--format", "json", "--jobs", jobs)
    shown = contract(result)
    assert result.exit_code == FINDINGS
    assert "Traceback" not in result.stderr
    assert [u["path"] for u in shown["unread"]] == ["r/00.txt"]
    assert "ZeroDivisionError: on purpose" in shown["unread"][0]["reason"]
    assert shown["documents"] == expected["documents"]
    assert shown["relations"] == expected["relations"]


def test_a_fault_while_judging_stays_with_its_document(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(3)
    real = getattr(apart, "detection_share")  # noqa: B009 (it is not exported)

    def share(claims: Any, judged: Any) -> Any:
        if claims and claims[0].document == 1:
            raise KeyError("on\npurpose")
        return real(claims, judged)

    monkeypatch.setattr(apart, "detection_share", share)
    found = run.audit(map(reader.load, ["r/00.txt", "r/01.txt"]), fault=lambda error: repr(error))
    assert [a.document.path for a in found.documents] == ["r/00.txt"]
    assert [u.path for u in found.unread] == ["r/01.txt"]
    with pytest.raises(KeyError):
        run.audit(map(reader.load, ["r/00.txt", "r/01.txt"]))


def test_a_fault_across_documents_hides_no_document(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(3)
    real = run.checks()

    def fails(*_: Any) -> Any:
        raise LookupError("on purpose")

    table = tuple(
        (name, relate, fails if name == "growth_cross" else across) for name, relate, across in real
    )
    monkeypatch.setattr(run, "checks", lambda: table)
    result = gouji("audit", "r", "--format", "json")
    shown = contract(result)
    assert len(shown["documents"]) == 3
    assert [u["path"] for u in shown["unread"]] == ["growth_cross"]
    assert "LookupError: on purpose" in shown["unread"][0]["reason"]
    assert result.exit_code == FINDINGS


def test_a_fault_in_diagnosis_leaves_the_verdicts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.txt").write_text("全年受理案件704件，调解成功753件，调解成功率为81.39%。", "utf-8")
    (here / "b.txt").write_text("全年受理案件588件，办结503件，办结率为84.54%。", "utf-8")
    expected = contract(gouji("audit", "a.txt", "b.txt", "--format", "json"))
    real = getattr(diagnose, "_part")  # noqa: B009 (it is not exported)

    def part(graph: Any, ties: Any, hints: Any, limit: int) -> Any:
        if any(claim.document == 0 for i in ties for claim in graph.ties[i].probe.claims()):
            raise LookupError("on purpose")
        return real(graph, ties, hints, limit)

    monkeypatch.setattr(diagnose, "_part", part)
    monkeypatch.setattr(joint, "_parts", lambda *_: 1 / 0)
    result = gouji("audit", "a.txt", "b.txt", "--format", "json")
    shown = contract(result)
    assert "Traceback" not in result.stderr
    assert {u["path"] for u in shown["unread"]} == {"diagnose"}
    assert any("LookupError: on purpose" in u["reason"] for u in shown["unread"])
    assert any("ZeroDivisionError" in u["reason"] for u in shown["unread"])
    assert shown["documents"] == expected["documents"]
    for relation, known in zip(shown["relations"], expected["relations"], strict=True):
        mine = known["suspects"] if relation["terms"] and _home(relation) == "d2" else []
        assert relation == {
            **known,
            "suspects": mine,
            "diagnosis": known["diagnosis"] if _home(relation) == "d2" else None,
        }


def _home(relation: dict[str, Any]) -> str:
    return str(next(iter(relation["terms"].values()))[0][:2])


def test_a_fault_is_traced_only_when_asked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(2)
    broken("00.txt", monkeypatch)
    result = gouji("audit", "r", "--verbose")
    assert result.exit_code == FINDINGS
    assert "Traceback" in result.stderr


def test_a_reader_that_fails_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(path: str, lang: str) -> Document | Unread:
        raise RecursionError("deep")

    monkeypatch.setattr(reader, "load", load)
    found = reading.load("a.txt", "en")
    assert isinstance(found, Unread)
    assert "RecursionError: deep" in found.reason


def test_a_process_that_dies_takes_only_its_document_along(here: Path) -> None:
    paths = many(4)
    code = (
        "import os, sys\n"
        "from gouji.extract import reader\n"
        "real = reader.load\n"
        "def load(path, lang='zh'):\n"
        "    if path.endswith('01.txt'): os._exit(1)\n"
        "    return real(path, lang)\n"
        "reader.load = load\n"
        "from gouji.reports.reading import documents\n"
        f"for d in documents({paths!r}, 'en', 2): print(type(d).__name__, d.path)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    if "_alone" not in dir(reading) or sys.platform != "linux" or sys.version_info >= (3, 14):
        pytest.skip("processes do not inherit the failing reader here")
    assert done.stdout.splitlines() == [
        "Document r/00.txt",
        "Unread r/01.txt",
        "Document r/02.txt",
        "Document r/03.txt",
    ], done.stderr


class Watched:
    """A standard error on which someone watches."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@pytest.mark.parametrize(("options", "drawn"), [((), True), (("--quiet",), False)])
def test_progress_is_drawn_only_where_someone_watches(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    drawn: bool,
) -> None:
    many(5)
    arguments = ["audit", "r", "--format", "json", "-o", "a.json", *options]
    with pytest.raises(SystemExit):
        cli(arguments)
    assert messages("zh")("cli.progress") not in capsys.readouterr().err
    monkeypatch.setattr(sys, "stderr", Watched(sys.stderr))
    with pytest.raises(SystemExit):
        cli(arguments)
    shown = capsys.readouterr()
    assert (messages("zh")("cli.progress") in shown.err) == drawn
    assert shown.out == ""
