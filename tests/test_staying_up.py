"""A run that is killed, a disk that is full, a folder that takes nothing: whole outputs or none, and one line."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gouji.reports.cli import cli
from gouji.reports.outcome import FINDINGS, USAGE

from .docx_file import docx, p

TEXT = (
    "# 某某市司法局2017年法治政府建设情况报告\n\n全年受理物业纠纷704件，调解成功573件，调解成功率81.93%。\n"
)
FILES = {"terminal": "a.log", "json": "a.json", "html": "a.html", "sarif": "a.sarif", "markdown": "out.mark"}
OUTPUTS = [part for name, file in FILES.items() for part in ("--format", name, "-o", file)]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("report.md").write_text(TEXT, "utf-8")
    Path("report.docx").write_bytes(docx(p("某某市司法局2017年工作报告") + p(TEXT.splitlines()[2])))
    return tmp_path


def run(*arguments: str, before: str = "", **streams: Any) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own; ``before`` is done there first."""
    program = f"import os, signal, sys\n{before}\nfrom gouji.reports.cli import main\nmain()"
    piped: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        [sys.executable, "-c", program, "audit", *arguments], check=False, **piped
    )
    return done


def whole() -> dict[str, bytes]:
    assert run("report.md", "report.docx", *OUTPUTS, "--annotate", "copies").returncode == FINDINGS
    names = [*FILES.values(), "copies/report.gouji.docx"]
    return {name: Path(name).read_bytes() for name in names}


def hidden() -> list[str]:
    return [name for name in os.listdir(".") if name.startswith(".")]


# --- killed ------------------------------------------------------------------------------------------

DYING = """
import gouji.reports.output as output
count = [{after}]
def die(*_, **__):
    count[0] -= 1
    if count[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*_, **__)
real = output.os.{at}
output.os.{at} = die
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize(("at", "after"), [("fdopen", 0), ("chmod", 2), ("replace", 5)])
def test_killed_at_any_step_of_writing_leaves_whole_files(at: str, after: int) -> None:
    good = whole()
    for name in good:
        Path(name).write_bytes(b"old")
    done = run(
        "report.md", "report.docx", *OUTPUTS, "--annotate", "copies", before=DYING.format(at=at, after=after)
    )
    assert done.returncode == -signal.SIGKILL
    assert {name: Path(name).read_bytes() in (b"old", good[name]) for name in good} == dict.fromkeys(
        good, True
    )
    assert [Path(name).read_bytes() != b"old" for name in good].count(True) == after
    again = whole()
    assert again == good, "what is left of the killed run does not disturb the next"
    assert run(".", "--format", "json").stdout.count(b'"path"') == 2, "nor is it taken for a report"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killed_at_some_moment_leaves_whole_files() -> None:
    good = whole()
    for delay in (0.1, 0.4):
        process = subprocess.Popen(
            # the command that made them, so that a run that is done before it is killed leaves the same
            [sys.executable, "-m", "gouji.reports", "audit", "report.md", "report.docx", *OUTPUTS],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.kill()
        process.wait()
        assert {name: Path(name).read_bytes() for name in good} == good


# --- full --------------------------------------------------------------------------------------------

FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit here")
def test_a_file_that_finds_no_room_is_one_line_and_no_file() -> None:
    Path("a.json").write_bytes(b"old")
    done = run("report.md", "--format", "json", "-o", "a.json", before=FULL)
    assert done.returncode == USAGE
    assert len(done.stderr.splitlines()) == 1
    assert b"a.json" in done.stderr
    assert Path("a.json").read_bytes() == b"old"
    assert not hidden()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit here")
def test_a_copy_that_finds_no_room_is_one_line_and_no_file() -> None:
    done = run("report.docx", "--annotate", "copies", "--quiet", before=FULL.replace("2000", "900"))
    assert done.returncode == USAGE
    assert len(done.stderr.splitlines()) == 1
    assert not list(Path("copies").iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["terminal", "json", "docx"])
def test_standard_output_that_is_full_is_one_line(name: str, lang: str) -> None:
    with open("/dev/full", "wb") as full:
        done = run("report.md", "--format", name, "-o", "-", "--lang", lang, stdout=full)
    assert done.returncode == USAGE, "not 1, which would mean findings"
    (line,) = done.stderr.decode().splitlines()
    assert ("标准输出" if lang == "zh" else "standard output") in line


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_both_streams_full_still_give_the_status() -> None:
    with open("/dev/full", "wb") as full:
        assert run("report.md", stdout=full, stderr=full).returncode == USAGE


@pytest.mark.parametrize(
    "command", [["checks"], ["config"], ["trace", "report.md", "3:9"], ["baseline", "report.md", "-o", "-"]]
)
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_other_commands_say_it_too(command: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gouji.reports", *command], stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == USAGE
    assert b"Traceback" not in done.stderr


# --- where nothing can be put ------------------------------------------------------------------------


def test_a_folder_that_takes_nothing_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    for arguments in (["--format", "json", "-o", "a.json"], ["--annotate", "copies", "--quiet"]):
        result = CliRunner().invoke(cli, ["audit", "report.docx", *arguments])
        assert result.exit_code == USAGE
        assert len(result.stderr.splitlines()) == 1
        assert os.strerror(errno.EROFS) in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_line() -> None:
    Path("out").mkdir()
    Path("out").chmod(0o500)
    result = CliRunner().invoke(cli, ["audit", "report.md", "--format", "json", "-o", "out/a.json"])
    assert result.exit_code == USAGE
    assert len(result.stderr.splitlines()) == 1


def test_a_name_that_no_file_can_have_is_one_line() -> None:
    result = CliRunner().invoke(cli, ["audit", "report.md", "--format", "json", "-o", "a\0b"])
    assert (result.exit_code, len(result.stderr.splitlines())) == (USAGE, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_what_is_no_file_is_written_into_and_never_replaced() -> None:
    os.mkfifo("pipe")
    with subprocess.Popen(
        [sys.executable, "-c", "print(len(open('pipe','rb').read()))"], stdout=subprocess.PIPE
    ) as process:
        CliRunner().invoke(cli, ["audit", "report.md", "--format", "json", "-o", "pipe"])
        assert process.stdout
        assert int(process.stdout.read()) > 1000
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.skipif(os.name != "posix", reason="no devices in folders here")
def test_a_device_stays_a_device() -> None:
    os.symlink("/dev/null", "link")
    for target in ("link", "/dev/null"):
        result = CliRunner().invoke(cli, ["audit", "report.md", "--format", "json", "-o", target])
        assert result.exit_code == FINDINGS, result.output
    assert os.path.islink("link")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
