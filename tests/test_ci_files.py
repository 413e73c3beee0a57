"""The files that others put into their CI: well formed, and their scripts run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.checks.run import audit
from gouji.extract.reader import load, paths
from gouji.reports import KINDS
from gouji.reports.messages import LANGUAGES
from gouji.reports.outcome import THRESHOLDS

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
BASH = shutil.which("bash")

needs_bash = pytest.mark.skipif(BASH is None, reason="no bash")


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """An executable that is gouji."""
    found = tmp_path / "bin" / "gouji"
    found.parent.mkdir()
    found.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m gouji.reports "$@"\n')
    found.chmod(0o755)
    return found


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    # as the runner calls bash
    return subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


# --- GitHub action ----------------------------------------------------------------------------------


def step(name: str) -> dict[str, Any]:
    (found,) = [step for step in read("action.yml")["runs"]["steps"] if step.get("name") == name]
    assert isinstance(found, dict)
    return found


def test_every_step_of_the_action_is_complete() -> None:
    action = read("action.yml")
    assert action["runs"]["using"] == "composite"
    for found in action["runs"]["steps"]:
        assert ("run" in found) is ("shell" in found)
        assert ("run" in found) is not ("uses" in found)
    assert action["inputs"]["paths"]["required"] is True
    assert action["inputs"]["fail-on"]["default"] in THRESHOLDS
    assert action["inputs"]["lang"]["default"] in LANGUAGES
    for name in re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text("utf-8")):
        assert name in action["inputs"]


def test_no_script_of_the_action_holds_an_expression() -> None:
    """An expression in a script would run what an input says."""
    for found in read("action.yml")["runs"]["steps"]:
        assert "${{" not in found.get("run", "")


def audit_step(folder: Path, command: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    inputs = {name.removeprefix("GOUJI_").lower().replace("_", "-"): name for name in step("Audit")["env"]}
    defaults = {
        variable: str(read("action.yml")["inputs"][name].get("default", ""))
        for name, variable in inputs.items()
    }
    return run(
        step("Audit")["run"],
        folder,
        **{**defaults, **variables},
        GOUJI=str(command),
        GITHUB_OUTPUT=str(folder / "outputs"),
        GITHUB_STEP_SUMMARY=str(folder / "summary.md"),
    )


@needs_bash
def test_the_action_audits(tmp_path: Path, command: Path) -> None:
    done = audit_step(
        tmp_path, command, GOUJI_PATHS=f"{EXAMPLES}\n", GOUJI_FORMATS="html\n junit\n\nxlsx\r\n"
    )
    assert done.returncode == 1, done.stderr
    found = audit([load(path) for path in paths([str(EXAMPLES)])]).relations
    errors = sum(judged.verdict.severity == "error" for judged in found)
    assert errors >= 4
    assert done.stdout.count("\n::error ") + done.stdout.startswith("::error ") == errors
    assert sorted(path.name for path in (tmp_path / "gouji-audit").iterdir()) == [
        "audit.html",
        "audit.sarif",
        "audit.xlsx",
        "junit.xml",
    ]
    assert (tmp_path / "outputs").read_text().splitlines() == [
        "status=1",
        "folder=gouji-audit",
        "sarif=gouji-audit/audit.sarif",
    ]
    assert (tmp_path / "summary.md").read_text("utf-8").startswith("## 勾稽审计")
    assert json.loads((tmp_path / "gouji-audit" / "audit.sarif").read_text("utf-8"))["version"] == "2.1.0"


@needs_bash
def test_the_action_takes_thresholds_languages_and_arguments(tmp_path: Path, command: Path) -> None:
    done = audit_step(
        tmp_path,
        command,
        GOUJI_PATHS=str(EXAMPLES / "justice-2017.md"),
        GOUJI_FAIL_ON="never",
        GOUJI_LANG="en",
        GOUJI_ARGUMENTS="--verbose",
    )
    assert done.returncode == 0, done.stderr
    assert "title=error%3A" in done.stdout


@needs_bash
def test_inputs_of_the_action_are_never_commands(tmp_path: Path, command: Path) -> None:
    attack = "$(touch owned); `touch owned` 'a\" --fail-on never\n--format\n*"
    done = audit_step(tmp_path, command, GOUJI_PATHS=attack, GOUJI_OUTPUT="$(touch owned)")
    assert done.returncode == 3, done.stderr
    assert not (tmp_path / "owned").exists()


@needs_bash
def test_the_action_has_a_file_for_every_format(tmp_path: Path, command: Path) -> None:
    report = str(EXAMPLES / "justice-2016.txt")
    done = audit_step(tmp_path, command, GOUJI_PATHS=report, GOUJI_FORMATS="\n".join(KINDS))
    assert done.returncode == 0, done.stderr
    # GitHub's commands go to the log
    assert len(list((tmp_path / "gouji-audit").iterdir())) == len(KINDS) - 1


@needs_bash
@pytest.mark.parametrize(
    ("formats", "extras"),
    [("html", ""), ("xlsx", "[office]"), ("html\nparquet", "[ledger]"), ("docx\ncsv", "[office,ledger]")],
)
def test_the_action_installs_what_its_formats_need(tmp_path: Path, formats: str, extras: str) -> None:
    fake = tmp_path / "bin" / "python"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\nif [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; else echo "$@"; fi\n'
    )
    fake.chmod(0o755)
    done = run(
        step("Install gouji")["run"],
        tmp_path,
        GOUJI_FORMATS=formats,
        RUNNER_TEMP=str(tmp_path / "temp"),
        GITHUB_ACTION_PATH="/action",
        GITHUB_ENV=str(tmp_path / "env"),
        PATH=f"{fake.parent}:{os.environ['PATH']}",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == f"/action{extras}"
    assert (tmp_path / "env").read_text() == f"GOUJI={tmp_path}/temp/gouji/bin/gouji\n"


# --- pre-commit -------------------------------------------------------------------------------------


def test_the_hook_runs(tmp_path: Path, command: Path) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    assert hook["language"] == "python"
    assert hook["require_serial"] is True
    files = [str(EXAMPLES / name) for name in ("justice-2017.md", "justice-2016.txt")]
    assert all(re.search(hook["files"], name) for name in files)
    program, *arguments = shlex.split(hook["entry"])
    assert program == "gouji"
    done = subprocess.run(
        [str(command), *arguments, *files], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "不宜发布" in done.stdout


# --- GitLab -----------------------------------------------------------------------------------------


@needs_bash
def test_the_gitlab_job_writes_what_it_files(tmp_path: Path, command: Path) -> None:
    job = read("ci-templates/gitlab.yml")["gouji"]
    folder = tmp_path / "work"
    (folder / "two words").mkdir(parents=True)
    shutil.copy(EXAMPLES / "justice-2017.md", folder / "two words")
    shutil.copy(EXAMPLES / "justice-2016.txt", folder)
    script = job["script"][-1].replace("/tmp/gouji/bin/gouji", shlex.quote(str(command)))
    variables = {name: value for name, value in job["variables"].items() if name.startswith("GOUJI")}
    variables["GOUJI_PATHS"] = "two words\njustice-*.txt\n"
    done = run(script, folder, **variables)
    assert done.returncode == 1, done.stderr
    assert "不宜发布" in done.stdout
    filed = [*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()]
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(("g", "G"))) == sorted(filed)
    paths = {entry["location"]["path"] for entry in json.loads((folder / filed[2]).read_text("utf-8"))}
    assert paths == {"two words/justice-2017.md"}
