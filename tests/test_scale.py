"""Many documents: who works and what was kept never change the result, and nothing is lost or done twice."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
import zlib
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gouji.checks.alone import alone, numbered, packed
from gouji.extract import reader
from gouji.extract.document import Document, Unread
from gouji.reports import cache, working
from gouji.reports.cli import cli
from gouji.reports.lock import writing
from gouji.reports.outcome import FINDINGS, UNREADABLE, USAGE
from gouji.reports.verify import verify

PAGE = """# 某某市司法局{year}年法治政府建设情况报告

{year}年，全市人民调解组织受理矛盾纠纷{whole}件，调解成功{part}件，成功率{rate}%，同比增长5.27%。
"""


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def write(count: int) -> None:
    Path("r").mkdir(exist_ok=True)
    for number in range(count):
        text = PAGE.format(year=2000 + number % 20, whole=704 + number, part=573, rate="81.39")
        Path(f"r/{number:03}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(6)
    Path("r/003.txt").write_bytes(b"\x00\x01" * 50)
    return tmp_path


def bytes_of(*arguments: str) -> str:
    result = gouji("audit", "r", "--format", "json", "--fail-on", "warning", *arguments)
    assert result.exit_code == FINDINGS, result.output
    return result.stdout


def test_processes_and_caches_do_not_change_the_bytes(here: Path) -> None:
    plain = bytes_of()
    assert bytes_of("--jobs", "2") == plain
    assert bytes_of("--cache", "c") == plain
    assert bytes_of("--cache", "c") == plain
    assert bytes_of("--cache", "c", "--jobs", "2") == plain
    across = [r for r in json.loads(plain)["relations"] if r["check"] == "stale"]
    assert across, "ties across reports are found however the reports were read"


@pytest.mark.skipif(find_spec("distributed") is None, reason="no dask.distributed")
def test_a_cluster_does_not_change_the_bytes(here: Path) -> None:
    LocalCluster: Any = import_module("distributed").LocalCluster

    plain = bytes_of()
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster:
        # threads share the memory of this process, so the address is that of no socket
        address = cluster.scheduler_address
        assert bytes_of("--scheduler", address) == plain
        assert bytes_of("--scheduler", address, "--cache", "c") == plain
    assert bytes_of("--cache", "c") == plain


@pytest.mark.skipif(find_spec("distributed") is None, reason="no dask.distributed")
def test_a_cluster_that_does_not_answer_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    def never(*_: object, **__: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr(distributed, "Client", never)
    result = gouji("audit", "r", "--scheduler", "tcp://127.0.0.1:1")
    assert result.exit_code == USAGE
    assert result.stderr.count("\n") == 1


def test_a_cluster_needs_its_extra(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.reports.cli.find_spec", lambda name: None)
    result = gouji("audit", "r", "--scheduler", "tcp://127.0.0.1:1")
    assert result.exit_code == USAGE
    assert "gouji[cluster]" in result.stderr


def test_what_has_not_changed_is_not_done_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bytes_of("--cache", "c")
    done: list[str] = []
    real = alone

    def counted(document: Document, *rest: Any) -> Any:
        done.append(document.path)
        return real(document, *rest)

    monkeypatch.setattr(working, "alone", counted)
    bytes_of("--cache", "c")
    assert done == []
    Path("r/001.txt").write_text(PAGE.format(year=2001, whole=705, part=574, rate="81.42"), encoding="utf-8")
    changed = bytes_of("--cache", "c")
    assert done == ["r/001.txt"]
    assert changed == bytes_of()
    # another setting is another result
    Path("gouji.toml").write_text('[checks]\noff = ["rate"]\n', encoding="utf-8")
    bytes_of("--cache", "c")
    assert len(done) == 6


def test_a_document_is_the_same_under_any_number(here: Path) -> None:
    found = reader.load("r/001.txt")
    assert isinstance(found, Document)
    for number in (0, 3, 11):
        moved, direct = numbered(alone(found, 0), number), alone(found, number)
        assert moved == direct
        assert numbered(packed(alone(found, 7)), number).stated == direct.stated


def entries() -> list[Path]:
    return sorted(path for path in Path("c").rglob("*") if path.is_file())


def test_a_damaged_entry_counts_as_absent(here: Path) -> None:
    plain = bytes_of("--cache", "c")
    for path in entries():
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
    assert bytes_of("--cache", "c") == plain
    for path in entries():
        path.write_bytes(b"")
    assert bytes_of("--cache", "c") == plain


class Hostile:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("touch harmed",)


def test_a_hostile_entry_runs_nothing(here: Path) -> None:
    plain = bytes_of("--cache", "c")
    harm = zlib.compress(pickle.dumps(Hostile()))
    for path in entries():
        path.write_bytes(sha256(harm).digest() + harm)
    assert bytes_of("--cache", "c") == plain
    assert not Path("harmed").exists()
    for call in (b"cbuiltins\neval\n(V1\ntR.", b"cgouji.extract.extracted\nos.system\n(Vtouch harmed\ntR."):
        data = zlib.compress(call)
        path = entries()[0]
        path.write_bytes(sha256(data).digest() + data)
        assert cache.load("c", path.parent.name + path.name) is None
    assert not Path("harmed").exists()


def test_a_cache_that_cannot_be_written_is_one_line(here: Path) -> None:
    Path("c").write_text("a file", encoding="utf-8")
    result = gouji("audit", "r", "--cache", "c")
    assert result.exit_code == USAGE
    assert result.stderr.count("\n") == 1


def test_a_disk_that_fills_up_ends_no_run(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = bytes_of()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert bytes_of("--cache", "c") == plain
    assert entries() == []


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "gouji.reports", "audit", "r", "--format", "json", "--quiet", *arguments]


def test_a_killed_run_goes_on_where_it_stopped(here: Path) -> None:
    write(60)
    with subprocess.Popen(command("--cache", "c", "-o", "out.json"), start_new_session=True) as run:
        end = time.monotonic() + 60
        while len(entries()) < 10 and time.monotonic() < end and run.poll() is None:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGKILL)
    kept = {path: path.read_bytes() for path in entries() if not path.name.startswith(".tmp-")}
    assert kept
    assert not Path("out.json").exists(), "an output is written as a whole or not at all"
    subprocess.run(command("--cache", "c", "-o", "out.json"), check=False)
    subprocess.run(command("-o", "plain.json"), check=False)
    assert Path("out.json").read_bytes() == Path("plain.json").read_bytes()
    assert all(path.read_bytes() == data for path, data in kept.items()), "what was done is not done twice"


def test_two_runs_at_once_on_one_cache(here: Path) -> None:
    write(30)
    runs = [
        subprocess.Popen(command("--cache", "c", "--jobs", "2", "-o", f"{name}.json")) for name in ("a", "b")
    ]
    for run in runs:
        run.wait(120)
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()
    assert bytes_of("--cache", "c") == Path("a.json").read_text(encoding="utf-8")


def test_work_that_kills_its_process_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    how = working.Work()
    found = list(working.each([("r/000.txt", "zero"), ("r/001.txt", "one")], how, jobs=2))
    assert [f.reading.document.path for f in found if not isinstance(f, Unread)] == ["zero", "one"]
    monkeypatch.setattr(working, "work", _dies)
    found = list(working.each([("r/000.txt", "zero"), ("r/001.txt", "one")], how, jobs=2))
    assert [isinstance(f, Unread) and f.path for f in found] == ["zero", False]


def _dies(path: str, shown: str, how: working.Work) -> Any:
    if path.endswith("000.txt"):
        os._exit(9)
    return alone(reader.load(path), 0)  # type: ignore[arg-type]


def test_every_document_is_stepped_twice(here: Path) -> None:
    steps: list[None] = []
    paths = [(path, path) for path in reader.paths(["r"])]
    list(working.each(paths, working.Work(), step=lambda: steps.append(None)))
    assert len(steps) == 2 * len(paths)


def each(*arguments: str) -> str:
    result = gouji("audit", "r", "--each", "e", "--fail-on", "never", *arguments)
    assert result.exit_code == UNREADABLE, result.output
    return result.stdout


def files(folder: str) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


def test_each_report_is_audited_into_a_file_of_its_own(here: Path) -> None:
    said = each()
    assert "5 份报告（0 份已有结果），1 份未能读取" in said
    found = files("e")
    assert sorted(found) == [".lock", "gouji-each.jsonl", *(f"r/{n:03}.txt.json" for n in (0, 1, 2, 4, 5))]
    for name in found:
        if name.endswith(".json"):
            audit = json.loads(found[name])
            plain = json.loads(gouji("audit", name.removesuffix(".json"), "--format", "json").stdout)
            assert audit == plain
    rows = [json.loads(line) for line in found["gouji-each.jsonl"].splitlines()]
    assert [row["path"] for row in rows] == [f"r/{n:03}.txt" for n in range(6)]
    assert [row["path"] for row in rows if "reason" in row] == ["r/003.txt"]


def test_each_is_the_same_whoever_works(here: Path) -> None:
    each()
    plain = files("e")
    shutil.rmtree("e")
    each("--jobs", "2")
    assert files("e") == plain


@pytest.mark.skipif(find_spec("distributed") is None, reason="no dask.distributed")
def test_each_is_the_same_in_a_cluster(here: Path) -> None:
    LocalCluster: Any = import_module("distributed").LocalCluster

    each()
    plain = files("e")
    shutil.rmtree("e")
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster:
        each("--scheduler", cluster.scheduler_address)
    assert files("e") == plain


def test_each_goes_on_after_what_is_finished(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    each()
    plain = files("e")
    assert "5 份已有结果" in each()
    assert files("e") == plain
    # a line cut off, an audit that is gone, and a report that changed are done again
    ledger = Path("e/gouji-each.jsonl")
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:5]) + lines[5][:40])
    Path("e/r/000.txt.json").unlink()
    assert "3 份已有结果" in each()
    assert files("e") == plain
    Path("r/001.txt").write_text(PAGE.format(year=2001, whole=800, part=574, rate="71.75"), encoding="utf-8")
    assert "4 份已有结果" in each()
    assert files("e")["r/001.txt.json"] != plain["r/001.txt.json"]


def test_each_killed_and_resumed_ends_with_the_same_bytes(here: Path) -> None:
    write(60)
    run = [*command()[:3], "audit", "r", "--each", "e", "--quiet", "--fail-on", "never", "--jobs", "2"]
    ledger = Path("e/gouji-each.jsonl")
    with subprocess.Popen(run, start_new_session=True, stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            if ledger.exists() and ledger.read_bytes().count(b"\n") >= 10:
                break
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    resumed = files("e")
    shutil.rmtree("e")
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    assert files("e") == resumed


def test_each_ties_to_a_history(here: Path) -> None:
    gouji("history", "build", "r", "-o", "h")
    each("--history", "h")
    audits = [json.loads(data) for name, data in files("e").items() if name.endswith(".json")]
    assert [len(a.get("history", ())) > 0 for a in audits].count(True) >= 3
    assert all(verify(a).passed for a in audits)
    result = gouji("audit", "r", "--each", "e", "--history", "r")
    assert result.exit_code == USAGE


def test_each_writes_only_below_its_folder(here: Path) -> None:
    Path("sub").mkdir()
    os.chdir("sub")
    result = gouji("audit", "../r", "--each", "e", "--fail-on", "never")
    assert result.exit_code == UNREADABLE
    assert Path("e/r/000.txt.json").is_file()


@pytest.mark.parametrize("more", [("--format", "json"), ("-o", "x"), ("--cache", "c"), ("--bundle",)])
def test_each_goes_with_no_other_output(here: Path, more: tuple[str, ...]) -> None:
    result = gouji("audit", "r", "--each", "e", *more)
    assert result.exit_code == USAGE
    assert not Path("e").exists()


def test_one_run_writes_into_a_folder_at_a_time(here: Path) -> None:
    with writing("e"):
        result = subprocess.run(
            [*command()[:3], "audit", "r", "--each", "e"], capture_output=True, text=True, check=False
        )
    assert result.returncode == USAGE
    assert result.stderr.count("\n") == 1


def test_threads_do_not_mix_up_their_reports(here: Path) -> None:
    """What is kept of the report asked last is kept for that report alone, whoever asks next."""
    from concurrent.futures import ThreadPoolExecutor

    write(40)
    how = working.Work()
    paths = reader.paths(["r"])
    one = [working.work(path, path, how) for path in paths]
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            several = list(pool.map(lambda path: working.work(path, path, how), paths))
    finally:
        sys.setswitchinterval(switch)
    assert several == one
