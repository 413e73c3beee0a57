"""What is told about the number at one place, and about a place without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gouji.reports.cli import cli
from gouji.reports.messages import messages
from gouji.reports.trace import Traced, offset_of, prepare, trace

from . import texts

TEXT = """2025年工作报告

全年收到申请704件，审结690件，其中维持573件、驳回80件、终止37件。
全市受理纠纷355197件，其中社区纠纷115572件，占总量的32.54%。
完成投资340亿元，其中工业120.55亿元。债务余额320亿元，没有超过限额462亿元。新增病床500张，培训80人。
"""


@pytest.fixture(scope="module")
def traced() -> Traced:
    return prepare(texts.audited(TEXT))


def at(traced: Traced, printed: str, lang: str = "zh") -> dict[str, Any]:
    return trace(traced, TEXT.index(printed), messages(lang))


def test_the_reading_of_a_number(traced: Traced) -> None:
    figure = at(traced, "32.54%")["figure"]
    assert (figure["value"], figure["unit"], figure["decimals"]) == ("32.54", "%", 2)
    assert figure["interval"] == "[6507/200, 6509/200]"
    assert at(traced, "704件")["figure"]["discrete"]


def test_every_character_of_a_number_leads_to_it(traced: Traced) -> None:
    start = TEXT.index("115572件")
    found = {trace(traced, start + i, messages("zh"))["figure"]["text"] for i in range(len("115572件"))}
    assert found == {"115572件"}
    assert trace(traced, start - 1, messages("zh"))["figure"] is None


def test_the_claim_says_what_the_words_say(traced: Traced) -> None:
    claim = at(traced, "32.54%")["claim"]
    assert claim["role"] == "share"
    assert at(traced, "355197件")["claim"]["scope"] == "全市"


def test_the_frame_names_what_a_part_stands_under(traced: Traced) -> None:
    frame = at(traced, "573件")["frame"]
    assert frame["under"] == "690件"
    assert "其中" in frame["opened"]
    assert frame["siblings"] == ["80件", "37件"]
    assert at(traced, "690件")["frame"]["below"] == ["573件", "80件", "37件"]


def test_ties_are_those_of_the_audit(traced: Traced) -> None:
    ties = at(traced, "32.54%")["ties"]
    assert [tie["check"] for tie in ties] == ["share"]
    assert ties[0]["terms"] == {"part": ["115572件"], "whole": ["355197件"], "share": ["32.54%"]}
    assert ties[0]["verdict"] == "consistent"
    assert ties[0]["equation"].startswith("115572 / 355197")


def test_what_is_not_tied_says_why(traced: Traced) -> None:
    untied = {entry["text"]: entry for entry in at(traced, "500张")["untied"]}
    assert untied["80人"]["why"] == "unit"
    assert untied["80人"]["explained"] == messages("zh")("apart.unit")
    tied = {text for tie in at(traced, "573件")["ties"] for terms in tie["terms"].values() for text in terms}
    assert tied.isdisjoint(entry["text"] for entry in at(traced, "573件")["untied"])


def test_what_was_skipped_says_why(traced: Traced) -> None:
    found = at(traced, "2025年")
    assert found["figure"] is None
    assert found["skipped"]["reason"] == "year"
    assert [figure["text"] for figure in found["nearest"]] == ["704件", "690件"]


def test_a_place_without_a_number_names_those_around(traced: Traced) -> None:
    found = at(traced, "，审结")
    assert (found["figure"], found["skipped"]) == (None, None)
    assert [figure["text"] for figure in found["nearest"]] == ["704件", "690件", "573件"]


def test_every_place_has_the_same_keys(traced: Traced) -> None:
    keys = {tuple(trace(traced, offset, messages("en"))) for offset in range(len(TEXT))}
    assert len(keys) == 1


# --- places --------------------------------------------------------------------------------------


@given(st.text(alphabet="a数\n\r", max_size=30), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    if not text:
        return
    offset = data.draw(st.integers(0, len(text) - 1))
    if text[offset] == "\n" and text[offset - 1 : offset] == "\r":
        return
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert offset_of(text, f"{line}:{column}") == offset
    assert offset_of(text, str(offset)) == offset


@pytest.mark.parametrize("place", ["", "x", "1:", ":1", "1:2:3", "1.5", "²"])
def test_other_forms_are_refused(place: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        offset_of("abc", place)


@pytest.mark.parametrize("place", ["-1", "3", "0:1", "1:0", "2:1", "1:9", "99:1"])
def test_places_outside_are_refused(place: str) -> None:
    with pytest.raises(IndexError):
        offset_of("abc", place)


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = tmp_path / "report.txt"
    made.write_text(TEXT, encoding="utf-8")
    return str(made)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["trace", *arguments])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_tells_of_every_figure(path: str, lang: str) -> None:
    for printed in ("704件", "573件", "32.54%", "340亿元", "500张"):
        done = run(path, str(TEXT.index(printed)), "--lang", lang)
        assert done.exit_code == 0
        assert done.stdout.splitlines()[0].endswith(printed)
        assert "{" not in done.stdout


def test_the_command_takes_a_line_and_a_column(path: str) -> None:
    done = run(path, "3:7")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "report.txt:3:7  704件")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_says_what_was_skipped(path: str, lang: str) -> None:
    done = run(path, "0", "--lang", lang)
    assert done.exit_code == 1
    assert "2025年" in done.stdout
    assert "704件" in done.stdout


def test_json_holds_the_same(path: str, traced: Traced) -> None:
    done = run(path, "3:7", "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == trace(traced, TEXT.index("704件"), messages("zh")) | {
        "path": "report.txt"
    }


@pytest.mark.parametrize(("place", "status"), [("x", 2), ("99999", 2), ("9:99", 2)])
def test_a_wrong_place_is_one_line(path: str, place: str, status: int) -> None:
    done = run(path, place)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (status, "", 1)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none.txt"), "1")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)


LIMITS = {
    "limit": ("债务余额320亿元，没有超过限额462亿元。", "320亿元", "462亿元"),
    "list": ("三家医院分别为31张、45张和18张。", "31张", "45张"),
    "paren": ("新建学校31所（可容纳学生45所）。", "31所", "45所"),
    "matter": ("新建学校31所，另修缮教学点45所。", "31所", "45所"),
}


@pytest.mark.parametrize("why", LIMITS)
def test_each_reason_is_told(why: str) -> None:
    text, one, other = LIMITS[why]
    made = prepare(texts.audited(f"2025年工作报告\n\n{text}"))
    place = made.audited.document.text.index(one)
    found = {entry["text"]: entry["why"] for entry in trace(made, place, messages("en"))["untied"]}
    assert found[other] == why
