"""Two drafts of one report: numbers changed, ties broken and mended, equal values left behind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.reports.cli import cli
from gouji.reports.diff import Diff, diff
from gouji.reports.outcome import CLEAN, FINDINGS, UNREADABLE, USAGE

from .texts import audited

TITLE = "# 某某市司法局2017年法治政府建设情况报告\n\n"
HEAD = "全年受理纠纷70412件。\n\n"
SUM = "全年收到复议申请302件，其中受理267件，不予受理35件。\n\n"
TALK = "全年组织培训31场，印发材料5208份，走访企业96家。\n\n"
TAIL = "综上，全年共受理纠纷70412件，成效明显。\n"


def compared(old: str, new: str) -> Diff:
    return diff(audited(TITLE + old), audited(TITLE + new))


def changes(found: Diff) -> list[tuple[str, str]]:
    return [(pair.old.figure.text, pair.new.figure.text) for pair in found.changed]


def test_equal_drafts_do_not_differ() -> None:
    found = compared(HEAD + SUM, HEAD + SUM)
    assert not any((found.changed, found.restyled, found.added, found.removed))
    assert not any((found.broke, found.mended, found.left))
    assert len(found.pairs) == 4


def test_a_changed_number_is_named_with_both_values() -> None:
    assert changes(compared(HEAD + SUM, HEAD.replace("70412", "70421") + SUM)) == [("70412件", "70421件")]


def test_moved_paragraphs_change_nothing() -> None:
    found = compared(HEAD + SUM + TALK, TALK + SUM + HEAD)
    assert not any((found.changed, found.added, found.removed))


def test_a_reworded_sentence_keeps_its_numbers() -> None:
    new = "这一年共组织各类培训32场，印发宣传材料5208份，并走访企业96家。\n\n"
    found = compared(SUM + TALK, SUM + new)
    assert changes(found) == [("31场", "32场")]
    assert not any((found.added, found.removed))


def test_numbers_come_and_go() -> None:
    found = compared(SUM + TALK, SUM + "全年组织培训31场，走访企业96家。\n\n新建法治公园12座。\n")
    assert [c.figure.text for c in found.removed] == ["5208份"]
    assert [c.figure.text for c in found.added] == ["12座"]


def test_print_alone_is_not_a_change() -> None:
    found = compared("完成投资340亿元。\n", "完成投资340.0亿元。\n")
    assert not found.changed
    assert [(p.old.figure.text, p.new.figure.text) for p in found.restyled] == [("340亿元", "340.0亿元")]


def test_a_direction_turned_is_a_change() -> None:
    found = compared("受理纠纷704件，同比增长12.5%。\n", "受理纠纷704件，同比下降12.5%。\n")
    assert changes(found) == [("12.5%", "12.5%")]


def test_ties_break_and_mend() -> None:
    wrong = SUM.replace("267", "276")
    assert [j.relation.check for j in compared(SUM, wrong).broke] == ["sum"]
    assert [j.relation.check for j in compared(wrong, SUM).mended] == ["sum"]
    both = compared(wrong, wrong)
    assert not both.broke
    assert not both.mended
    assert [j.relation.check for j in both.still] == ["sum"]


def test_changed_here_and_left_there() -> None:
    found = compared(HEAD + SUM + TAIL, HEAD.replace("70412", "70512") + SUM + TAIL)
    assert [(x.pair.new.figure.text, x.standing.figure.text) for x in found.left] == [("70512件", "70412件")]


def test_changed_along_is_not_left() -> None:
    new = (HEAD + SUM + TAIL).replace("70412", "70512")
    found = compared(HEAD + SUM + TAIL, new)
    assert len(found.changed) == 2
    assert not found.left


def test_short_numbers_are_equal_by_chance() -> None:
    old = "全年组织培训31场。\n\n全年走访企业31家。\n\n新建公园31场。\n"
    assert not compared(old, old.replace("培训31", "培训32")).left


def test_an_equal_value_in_another_unit_is_another_value() -> None:
    old = "全年受理纠纷70412件。\n\n全年培训70412人次。\n"
    assert not compared(old, old.replace("70412件", "70413件")).left


SENTENCES = (HEAD, SUM, TALK, TAIL, "没有数字的一段。\n\n", "完成投资18.25亿元，增长3.5%。\n\n")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_never_matters_to_what_changed(sentences: list[str], random: Any) -> None:
    shuffled = list(sentences)
    random.shuffle(shuffled)
    found = compared("".join(sentences), "".join(shuffled))
    assert not any((found.changed, found.added, found.removed))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5),
    st.lists(st.sampled_from(SENTENCES), max_size=5),
)
def test_every_number_is_told_once(old: list[str], new: list[str]) -> None:
    found = compared("".join(old), "".join(new) or "无。\n")
    before = [p.old.figure.id for p in found.pairs] + [c.figure.id for c in found.removed]
    after = [p.new.figure.id for p in found.pairs] + [c.figure.id for c in found.added]
    assert sorted(before) == sorted(f.id for f in found.old.audit.documents[0].document.figures)
    assert sorted(after) == sorted(f.id for f in found.new.audit.documents[0].document.figures)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 11), st.integers(1, 9))
def test_one_digit_changed_is_one_number_changed(place: int, step: int) -> None:
    old = HEAD + SUM + TALK
    digits = [m.start() for m in re.finditer("[0-9]", old)]
    at = digits[place % len(digits)]
    digit = (int(old[at]) + step) % 10
    if digit == 0 and not old[at - 1].isdigit():
        digit = int(old[at]) % 9 + 1  # 067 is no number
    new = old[:at] + str(digit) + old[at + 1 :]
    found = compared(old, new)
    assert not any((found.added, found.removed))
    assert len(found.changed) == 1


# --- the command ----------------------------------------------------------------------------------------


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("old.md").write_text(TITLE + HEAD + SUM + TAIL, "utf-8")
    Path("new.md").write_text(
        TITLE + HEAD.replace("70412", "70512") + SUM.replace("267", "276") + TAIL, "utf-8"
    )
    return tmp_path


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", *arguments])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_see_what_to_mend_first(drafts: Path, lang: str) -> None:
    result = gouji("old.md", "new.md", "--lang", lang)
    assert result.exit_code == FINDINGS
    assert result.stdout.index("70512件") < result.stdout.index("276件")
    assert "new.md:3:" in result.stdout
    assert "new.md:7:" in result.stdout
    assert "{" not in result.stdout


def test_machines_see_everything(drafts: Path) -> None:
    result = gouji("old.md", "new.md", "--format", "json")
    found = json.loads(result.stdout)
    assert [(c["old"]["value"], c["new"]["value"]) for c in found["changed"]] == [
        ("70412", "70512"),
        ("267", "276"),
    ]
    assert [tie["check"] for tie in found["broke"]] == ["sum"]
    assert found["left"][0]["standing"]["text"] == "70412件"
    text = Path("new.md").read_text("utf-8")
    for change in found["changed"]:
        assert text[change["new"]["start"] : change["new"]["end"]] == change["new"]["text"]
    assert gouji("old.md", "new.md", "--format", "json").stdout == result.stdout


def test_the_status_follows_the_threshold(drafts: Path) -> None:
    assert gouji("old.md", "old.md", "--fail-on", "warning").exit_code == CLEAN
    assert gouji("old.md", "new.md").exit_code == FINDINGS
    assert gouji("old.md", "new.md", "--fail-on", "never").exit_code == CLEAN
    Path("new.md").write_text(TITLE + HEAD.replace("70412", "70512") + SUM + TAIL, "utf-8")
    assert gouji("old.md", "new.md").exit_code == CLEAN
    assert gouji("old.md", "new.md", "--fail-on", "warning").exit_code == FINDINGS


def test_a_draft_that_cannot_be_read(drafts: Path) -> None:
    result = gouji("old.md", "none.md")
    assert result.exit_code == UNREADABLE
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert gouji("old.md").exit_code == USAGE


def test_folders_and_patterns_are_no_drafts(drafts: Path) -> None:
    for path in (".", "*.md"):
        result = gouji(path, "new.md")
        assert result.exit_code == USAGE
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1


def test_output_goes_to_a_file(drafts: Path) -> None:
    assert gouji("old.md", "new.md", "--format", "json", "-o", "d.json").stdout == ""
    assert json.loads(Path("d.json").read_text("utf-8"))["schema"] == 1
