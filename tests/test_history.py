"""``gouji history``, ``audit --history`` and ``gouji series``, from files to outputs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from gouji.extract.document import Unread
from gouji.reports import history
from gouji.reports.cli import cli
from gouji.reports.extras import INDEX
from gouji.reports.lock import writing
from gouji.reports.outcome import CLEAN, FINDINGS, UNREADABLE, USAGE
from gouji.reports.verify import verify
from gouji.reports.verify_contract import shape

OLD = "# 某某市司法局2016年法治政府建设情况报告\n\n前言。\n\n2016年，全市人民调解组织受理矛盾纠纷329242件。\n一般公共预算收入完成186.42亿元。\n"
NEW = (
    "# 某某市司法局2017年法治政府建设情况报告\n\n2017年，全市人民调解组织受理矛盾纠纷355197件，同比增长{}。\n"
)


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("old").mkdir()
    Path("old/2016.txt").write_text(OLD, encoding="utf-8")
    Path("new.txt").write_text(NEW.format("5.27%"), encoding="utf-8")
    return tmp_path


def built(*paths: str) -> str:
    result = gouji("history", "build", *(paths or ("old",)), "-o", "h")
    assert result.exit_code == CLEAN, result.output
    return result.output


def contract(*arguments: str) -> dict[str, Any]:
    result = gouji("audit", *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def across(audit: dict[str, Any]) -> list[dict[str, Any]]:
    return [r for r in audit["relations"] if any(f.startswith("h") for m in r["terms"].values() for f in m)]


@pytest.mark.parametrize("store", [True, False])
def test_a_new_report_is_tied_to_an_earlier_one(here: Path, store: bool) -> None:
    if store:
        built()
    audit = contract("new.txt", "--history", "h" if store else "old")
    (tie,) = across(audit)
    assert (tie["check"], tie["verdict"], tie["severity"]) == ("growth_cross", "inconsistent", "warning")
    assert tie["terms"]["prior"] == [audit["history"][0]["figures"][0]["id"]]
    assert shape(audit) is None
    found = verify(audit)
    assert found.passed, found.faults
    assert audit["summary"]["documents"] == 1


def test_an_earlier_figure_is_told_with_its_source(here: Path) -> None:
    built()
    (earlier,) = contract("new.txt", "--history", "h")["history"]
    (figure,) = earlier["figures"]
    (piece,) = earlier["pieces"]
    source = OLD
    assert earlier["path"] == "old/2016.txt"
    assert earlier["period"] == figure["period"] == "2016"
    start = piece["offset"] + figure["start"] - piece["start"]
    assert source[start : start + len("329242件")] == figure["text"] == "329242件"
    assert source.split("\n")[figure["where"]["line"] - 1][figure["where"]["column"] - 1 :].startswith(
        "329242件"
    )
    column = figure["where"]["column"]
    assert earlier["text"][piece["start"] : piece["end"]] in source
    terminal = gouji("audit", "new.txt", "--history", "h").stdout
    assert f"old/2016.txt:5:{column} (2016)" in terminal
    assert "跨期" in terminal
    page = gouji("audit", "new.txt", "--history", "h", "--format", "html", "-o", "-").stdout
    assert f"old/2016.txt:5:{column} (2016)" in page
    sarif = json.loads(gouji("audit", "new.txt", "--history", "h", "--format", "sarif").stdout)
    (run,) = sarif["runs"]
    (result,) = run["results"]
    place = result["relatedLocations"][-1]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "old/2016.txt"
    region = place["region"]
    assert (region["charOffset"], region["startLine"], region["startColumn"]) == (start, 5, column)
    assert "2016" in result["relatedLocations"][-1]["message"]["text"]
    assert [a["roles"] for a in run["artifacts"]] == [["analysisTarget"], []]


def test_verify_finds_an_earlier_figure_that_was_changed(here: Path) -> None:
    built()
    audit = contract("new.txt", "--history", "h")
    audit["history"][0]["figures"][0]["value"] = "329243"
    assert not verify(audit).passed
    audit = contract("new.txt", "--history", "h")
    audit["history"][0]["pieces"][0]["line"] += 1
    assert not verify(audit).passed


def test_what_holds_is_no_finding(here: Path) -> None:
    built()
    Path("new.txt").write_text(NEW.format("7.88%"), encoding="utf-8")
    audit = contract("new.txt", "--history", "h")
    assert [r["verdict"] for r in across(audit)] == ["consistent"]
    assert audit["summary"]["warnings"] == 0


def test_without_a_tie_there_is_no_history_in_the_audit(here: Path) -> None:
    built()
    Path("new.txt").write_text(
        "# 某某市民政局2017年工作情况报告\n\n受理355197件，同比增长5.27%。\n", encoding="utf-8"
    )
    assert "history" not in contract("new.txt", "--history", "h")


def test_the_report_itself_in_the_history_is_not_its_own_past(here: Path) -> None:
    shutil.copy("new.txt", "old/2017.txt")
    built()
    assert len(across(contract("new.txt", "--history", "h"))) == 1


def test_what_has_not_changed_is_not_read_again(here: Path) -> None:
    Path("old/2015.txt").write_text(OLD.replace("2016", "2015"), encoding="utf-8")
    assert "读取 2 份，0 份未变" in built()
    assert "读取 0 份，2 份未变" in built()
    Path("old/2015.txt").write_text(OLD.replace("2016", "2015").replace("329242", "319242"), encoding="utf-8")
    assert "读取 1 份，1 份未变" in built()
    store = history.Store("h")
    values = {t.claim.figure.value for t in store.everything()}
    assert {319242, 329242} <= values
    assert len(store.documents()) == 2


def test_the_same_reports_make_the_same_bytes(here: Path) -> None:
    Path("old/2015.txt").write_text(OLD.replace("2016", "2015"), encoding="utf-8")
    built("old/2015.txt")
    built()
    first = {p.name: p.read_bytes() for p in Path("h").iterdir()}
    shutil.rmtree("h")
    gouji("history", "build", "old", "-o", "h", "--jobs", "2")
    assert {p.name: p.read_bytes() for p in Path("h").iterdir()} == first


def test_reports_that_are_not_named_stay(here: Path) -> None:
    built()
    Path("old/2015.txt").write_text(OLD.replace("2016", "2015"), encoding="utf-8")
    built("old/2015.txt")
    listed = gouji("history", "list", "h").stdout
    assert listed == "某某市司法局\t2015\told/2015.txt\n某某市司法局\t2016\told/2016.txt\n"


def test_values_are_exact_and_come_back_whole(here: Path) -> None:
    built()
    from gouji.checks.tell import Teller
    from gouji.extract.claims import read
    from gouji.extract.reader import load

    document = load("old/2016.txt")
    assert not isinstance(document, Unread)
    kept = {
        (t.kind, t.claim.figure): (t.key, t.period, t.place)
        for t in history.Store("h").told([next(iter(Teller(read(document)).told())).source])
    }
    told = list(Teller(read(document)).told())
    assert told
    for one in told:
        from dataclasses import replace

        figure = replace(one.claim.figure, flow_start=0, flow_end=0)
        assert kept[one.kind, figure] == (one.key, one.period, one.place)


def test_one_writer_at_a_time(here: Path) -> None:
    built()
    before = {p.name: p.read_bytes() for p in Path("h").iterdir()}
    with writing("h"):
        code = "import sys; from gouji.reports.cli import cli; cli(['history', 'build', 'old', '-o', 'h'])"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == USAGE
    assert found.stderr.count("\n") == 1
    assert {p.name: p.read_bytes() for p in Path("h").iterdir()} == before


def test_a_writer_that_stops_half_way_leaves_the_old_history(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built()
    before = (Path("h") / INDEX).read_bytes()
    Path("old/2016.txt").write_text(OLD.replace("329242", "329243"), encoding="utf-8")

    def stop(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(history, "_replace", stop)
        result = gouji("history", "build", "old", "-o", "h")
    assert result.exit_code == USAGE
    assert "No space left" in result.stderr
    assert (Path("h") / INDEX).read_bytes() == before
    assert 329242 in {t.claim.figure.value for t in history.Store("h").everything()}
    built()
    assert 329243 in {t.claim.figure.value for t in history.Store("h").everything()}
    named = history.Store("h").index
    assert {p.name for p in Path("h").iterdir()} == {
        INDEX,
        ".lock",
        named["documents"],
        *named["claims"].values(),
    }


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: (Path("h") / INDEX).write_text("{"),
        lambda: (Path("h") / INDEX).write_text('{"history": 99}'),
        lambda: (Path("h") / INDEX).write_text('{"history": 1, "documents": "../x", "claims": {}}'),
        lambda: [p.write_bytes(b"PAR1") for p in Path("h").glob("claims-*")],
        lambda: shutil.move(
            "h/" + min(os.listdir("h"), key=lambda name: not name.startswith("claims-")), "gone"
        ),
    ],
)
def test_a_spoilt_history_is_one_line(here: Path, spoil: Any) -> None:
    built()
    spoil()
    result = gouji("audit", "new.txt", "--history", "h", "--format", "json")
    assert result.exit_code in (USAGE, FINDINGS, UNREADABLE)
    assert "Traceback" not in result.output
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("path", ["nowhere", "empty"])
def test_no_history_is_one_line(here: Path, path: str) -> None:
    Path("empty").mkdir()
    result = gouji("audit", "new.txt", "--history", path)
    assert result.exit_code == USAGE
    assert "历史数据" in result.stderr


def test_a_folder_of_other_things_is_left_alone(here: Path) -> None:
    result = gouji("history", "build", "old", "-o", "old")
    assert result.exit_code == USAGE
    assert os.listdir("old").count("2016.txt") == 1


def test_what_cannot_be_read_is_said_and_the_rest_is_kept(here: Path) -> None:
    Path("old/bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    result = gouji("history", "build", "old", "-o", "h")
    assert result.exit_code == UNREADABLE
    assert "old/bad.txt" in result.stderr
    assert len(history.Store("h").documents()) == 1


def years() -> None:
    for year, value in ((2015, "180.21"), (2016, "186.42"), (2017, "192.02")):
        text = f"# 某某市财政局{year}年财政决算报告\n\n一般公共预算收入完成{value}亿元。\n"
        Path(f"old/{year}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("store", [True, False])
def test_a_series_is_printed_with_its_sources(here: Path, store: bool) -> None:
    years()
    built()
    result = gouji("series", "一般公共预算收入", "--history", "h" if store else "old")
    assert result.exit_code == CLEAN
    lines = result.stdout.split("\n")
    assert lines[3].split() == ["某某市", "2015", "180.21亿元", "old/2015.txt:3@31"]
    assert lines[4].split()[2:4] == ["186.42亿元", "+3.4%"]


def test_a_series_is_drawn_as_one_picture_and_on_a_page(here: Path) -> None:
    years()
    built()
    gouji("series", "全市一般公共预算收入", "--history", "h", "--format", "svg", "-o", "s.svg")
    picture = ElementTree.fromstring(Path("s.svg").read_text(encoding="utf-8"))
    ns = "{http://www.w3.org/2000/svg}"
    (way,) = picture.findall(f"{ns}polyline")
    points = [tuple(map(int, p.split(","))) for p in way.attrib["points"].split()]
    assert [x for x, _ in points] == sorted({x for x, _ in points})
    assert points[0][1] > points[1][1] > points[2][1], "a greater value stands higher"
    assert "180.21亿元" in "".join(picture.itertext())
    page = gouji("series", "一般公共预算收入", "--history", "h", "--format", "html").stdout
    assert "<svg" in page
    assert "old/2016.txt" in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_a_series_escapes_what_reports_say(here: Path) -> None:
    text = "# 某某市<b>财政局2016年财政决算报告\n\n一般公共预算收入完成180.21亿元<script>。\n"
    Path("old/x<i>_2016_年报.txt").write_text(text, encoding="utf-8")
    built()
    page = gouji("series", "一般公共预算收入", "--history", "h", "--format", "html").stdout
    assert "<script" not in page
    assert "<i>" not in page


def test_an_unknown_indicator_names_those_like_it(here: Path) -> None:
    years()
    built()
    result = gouji("series", "公共预算收入", "--history", "h")
    assert result.exit_code == UNREADABLE
    assert "一般公共预算收入" in result.stderr
    assert gouji("series", "降雨量", "--history", "h").exit_code == UNREADABLE


def test_a_history_needs_its_extra(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built()
    monkeypatch.setattr("gouji.reports.extras.find_spec", lambda name: None)
    for arguments in (
        ("history", "build", "old", "-o", "h"),
        ("audit", "new.txt", "--history", "h"),
        ("series", "收入", "--history", "h"),
    ):
        result = gouji(*arguments)
        assert result.exit_code == USAGE
        assert "gouji[history]" in result.stderr
    assert across(contract("new.txt", "--history", "old"))
