"""Known findings: written, matched again, dead or expired; and fingerprints that last."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.audit import Audit
from gouji.extract.document import Document
from gouji.reports import baseline
from gouji.reports.baseline import Entry
from gouji.reports.cli import cli
from gouji.reports.config import ConfigError
from gouji.reports.messages import LANGUAGES, messages
from gouji.reports.outcome import CLEAN, FINDINGS, UNREADABLE, USAGE
from gouji.reports.view import View, is_finding

from .texts import audited

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).parent / "data" / "fingerprints.json"
TITLE = "# 某某市司法局2017年法治政府建设情况报告\n\n"
SUM = "全年收到复议申请302件，其中受理252件，不予受理35件。\n"
RATE = "全年调解受理纠纷704件，调解成功573件，成功率82.93%。\n"
GOOD = "全年组织培训31场，比上年21场增长48%。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def put(text: str, name: str = "a.txt") -> None:
    Path(name).write_text(TITLE + text, "utf-8")


def entries() -> list[Entry]:
    return baseline.load("gouji-baseline.toml")


# --- written and matched --------------------------------------------------------------------------------


def test_known_findings_do_not_count_and_new_ones_do(here: Path) -> None:
    put(SUM)
    assert gouji("audit", "a.txt").exit_code == FINDINGS
    assert gouji("baseline", "a.txt").exit_code == CLEAN
    known = ("audit", "a.txt", "--baseline", "gouji-baseline.toml", "--fail-on", "warning")
    assert gouji(*known).exit_code == CLEAN
    put(SUM + "\n" + RATE)
    assert gouji(*known).exit_code == FINDINGS


def test_a_baseline_of_the_settings_is_used_without_being_named(here: Path) -> None:
    put(SUM)
    Path("gouji.toml").write_text("baseline = 'known.toml'")
    assert gouji("baseline", "a.txt").exit_code == CLEAN
    assert Path("known.toml").exists()
    assert gouji("audit", "a.txt").exit_code == CLEAN


def test_suppressed_findings_stay_visible_and_marked(here: Path) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    text = (
        Path("gouji-baseline.toml").read_text("utf-8").replace('reason = ""', 'reason = "另有15件正在审查"')
    )
    Path("gouji-baseline.toml").write_text(text, "utf-8")
    result = gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml")
    assert "另有15件正在审查" in result.stdout
    assert "302" in result.stdout
    assert "1 项问题不计数" in result.stdout
    shown = gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml", "--format", "json").stdout
    marks = [r["suppressed"] for r in json.loads(shown)["relations"] if r["verdict"] == "inconsistent"]
    assert marks == ["另有15件正在审查"]
    assert json.loads(shown)["summary"]["errors"] == 0


def test_without_a_reason_the_mark_is_the_baseline_itself(here: Path) -> None:
    put(SUM)
    found = audited(TITLE + SUM)
    listed = baseline.entries_of(found, messages("zh"))
    applied = baseline.apply(found, listed, date(2026, 1, 1)).audit
    assert {j.suppressed for j in applied.relations if is_finding(j)} == {baseline.MARK}
    assert {j.suppressed for j in applied.relations if not is_finding(j)} <= {None}


def test_moved_and_reworded_neighbours_change_nothing(here: Path) -> None:
    put(GOOD + "\n" + SUM)
    gouji("baseline", "a.txt")
    put(
        "新的第一段，没有数字。\n\n"
        + SUM
        + "\n全年组织各类培训班31场，比上年21场增长48%。\n\n"
        + RATE.replace("82.93", "81.39")
    )
    result = gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml", "--fail-on", "warning")
    assert result.exit_code == CLEAN, result.stdout


def test_a_renamed_subject_is_matched_by_check_and_values(here: Path) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    (old,) = entries()
    put(SUM.replace("复议申请", "各类复议的申请"))
    found = json.loads(gouji("audit", "a.txt", "--format", "json").stdout)
    fresh = [r["fingerprint"] for r in found["relations"] if r["verdict"] == "inconsistent"]
    assert fresh
    assert old.fingerprint not in fresh, (
        "the wording must change the fingerprint for this test to mean anything"
    )
    assert gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml").exit_code == CLEAN


def test_a_changed_number_is_a_new_finding(here: Path) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    put(SUM.replace("35件", "36件"))
    result = gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml")
    assert result.exit_code == FINDINGS
    assert "gouji-baseline.toml:" in result.stderr  # and the old entry is dead


def test_the_same_numbers_in_another_document_are_not_known(here: Path) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    put(SUM, "b.txt")
    assert gouji("audit", "a.txt", "b.txt", "--baseline", "gouji-baseline.toml").exit_code == FINDINGS


def test_a_renamed_file_is_known_by_its_fingerprints(here: Path) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    os.rename("a.txt", "b.txt")
    result = gouji("audit", "b.txt", "--baseline", "gouji-baseline.toml")
    assert result.exit_code == CLEAN
    assert result.stderr == ""


def test_an_entry_answers_one_finding_only() -> None:
    found = audited([TITLE + SUM, TITLE + SUM])
    first, second = baseline.entries_of(found, messages("zh"))
    applied = baseline.apply(found, [first], date(2026, 1, 1))
    assert sum(bool(j.suppressed) for j in applied.audit.relations) == 1
    both = baseline.apply(found, [second, first], date(2026, 1, 1))
    assert sum(bool(j.suppressed) for j in both.audit.relations) == 2
    assert not both.dead


# --- dead and expired -----------------------------------------------------------------------------------


def test_dead_entries_are_told(here: Path) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    put(SUM.replace("252件", "267件"))
    result = gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml")
    assert result.exit_code == CLEAN
    assert "gouji-baseline.toml:4" in result.stderr
    assert gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml", "--quiet").stderr == ""


def test_an_entry_of_a_report_that_was_not_audited_is_not_dead(here: Path) -> None:
    put(SUM)
    put(GOOD, "b.txt")
    gouji("baseline", "a.txt", "b.txt")
    assert gouji("audit", "b.txt", "--baseline", "gouji-baseline.toml").stderr == ""
    os.unlink("a.txt")
    assert "gouji-baseline.toml" in gouji("audit", "b.txt", "--baseline", "gouji-baseline.toml").stderr


@pytest.mark.parametrize(("day", "exit_code"), [(30, CLEAN), (31, CLEAN), (32, FINDINGS)])
def test_an_entry_holds_to_the_end_of_its_day(
    here: Path, monkeypatch: pytest.MonkeyPatch, day: int, exit_code: int
) -> None:
    put(SUM)
    gouji("baseline", "a.txt")
    with open("gouji-baseline.toml", "a", encoding="utf-8") as file:
        file.write("expires = 2026-01-31\n")
    assert [entry.expires for entry in entries()] == [date(2026, 1, 31)]
    midnight = (date(2026, 1, 1) - date(1970, 1, 1)).days + day - 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(midnight * 86400))
    result = gouji("audit", "a.txt", "--baseline", "gouji-baseline.toml")
    assert result.exit_code == exit_code
    assert ("2026-01-31" in result.stderr) == (exit_code == FINDINGS)


# --- the file -------------------------------------------------------------------------------------------


def test_writing_again_keeps_reasons_and_other_reports_and_drops_what_is_gone(here: Path) -> None:
    put(SUM + "\n" + RATE)
    put(SUM, "b.txt")
    gouji("baseline", "a.txt", "b.txt")
    marked = [replace(e, reason=f"because {e.path}", expires=date(2027, 1, 1)) for e in entries()]
    Path("gouji-baseline.toml").write_text(baseline.dump(marked, messages("zh")), "utf-8")
    put(RATE)
    assert gouji("baseline", "a.txt").exit_code == CLEAN
    again = entries()
    assert {(e.path, e.reason, e.expires) for e in again} == {
        ("a.txt", "because a.txt", date(2027, 1, 1)),
        ("b.txt", "because b.txt", date(2027, 1, 1)),
    }
    assert "sum" not in {e.check for e in again if e.path == "a.txt"}


def test_writing_twice_gives_the_same_bytes(here: Path) -> None:
    put(SUM + "\n" + RATE)
    gouji("baseline", "a.txt")
    first = Path("gouji-baseline.toml").read_bytes()
    gouji("baseline", "a.txt")
    assert Path("gouji-baseline.toml").read_bytes() == first


def test_a_file_that_is_no_baseline_is_not_overwritten(here: Path) -> None:
    put(SUM)
    Path("gouji-baseline.toml").write_text("precious = 1\n")
    assert gouji("baseline", "a.txt").exit_code == USAGE
    assert Path("gouji-baseline.toml").read_text() == "precious = 1\n"


def test_standard_output_and_unreadable_reports(here: Path) -> None:
    put(SUM)
    result = gouji("baseline", "a.txt", "none.txt", "-o", "-")
    assert result.exit_code == UNREADABLE
    assert "none.txt" in result.stderr
    assert len(tomllib.loads(result.stdout)["suppress"]) == 1


ENTRY = "[[suppress]]\nfingerprint = 'f'\ncheck = 'sum'\npath = 'a'\nvalues = ['1']\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("suppressed = 1", "b.toml:1: suppressed"),
        ("suppress = 1", "b.toml:1: suppress"),
        ("[[suppress]]\ncheck = 'sum'", "b.toml:1: suppress.1"),
        (ENTRY + "reasons = ''", "b.toml:6: suppress.1.reasons"),
        (ENTRY + "reason = 3", "b.toml:6: suppress.1.reason"),
        (ENTRY + "expires = 'soon'", "b.toml:6: suppress.1.expires"),
        (ENTRY + "expires = 3", "b.toml:6: suppress.1.expires"),
        (ENTRY + ENTRY.replace("['1']", "'1'"), "b.toml:10: suppress.2.values"),
        (ENTRY + ENTRY.replace("['1']", "[1]"), "b.toml:10: suppress.2.values"),
        ("[[suppress]\n", "b.toml:1"),
    ],
)
def test_an_error_names_file_line_and_key(here: Path, text: str, place: str) -> None:
    Path("b.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        baseline.load("b.toml")
    assert caught.value.line(messages("en")).startswith(place)
    put(SUM)
    assert gouji("audit", "a.txt", "--baseline", "b.toml").exit_code == USAGE


def test_a_baseline_that_is_missing_is_an_error(here: Path) -> None:
    put(SUM)
    assert gouji("audit", "a.txt", "--baseline", "none.toml").exit_code == USAGE


NAMES = st.text(max_size=20)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.builds(
            Entry,
            NAMES,
            NAMES,
            NAMES,
            st.lists(NAMES, max_size=3).map(tuple),
            NAMES,
            NAMES,
            st.none() | st.dates(),
            by=NAMES,
        )
    ),
    st.sampled_from(LANGUAGES),
)
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, listed: list[Entry], lang: str
) -> None:
    path = tmp_path_factory.mktemp("b") / "b.toml"
    path.write_text(baseline.dump(listed, messages(lang)), "utf-8", newline="\n")
    assert [replace(entry, line=0) for entry in baseline.load(str(path))] == listed


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from([SUM, RATE, GOOD]), min_size=1, max_size=3), st.randoms(use_true_random=False)
)
def test_a_baseline_of_an_audit_leaves_nothing_to_count(texts: list[str], random: object) -> None:
    found = audited([TITLE + text for text in texts])
    listed = baseline.entries_of(found, messages("en"))
    random.shuffle(listed)  # type: ignore[attr-defined]
    applied = baseline.apply(found, listed, date(2026, 1, 1))
    assert not View(applied.audit).findings
    assert not applied.dead
    assert not applied.expired
    assert baseline.apply(found, [], date(2026, 1, 1)).audit == found


# --- fingerprints that last -----------------------------------------------------------------------------


def examples() -> Iterator[tuple[str, Audit]]:
    from gouji.checks.run import audit
    from gouji.extract import reader

    for path in reader.paths([str(ROOT / "examples")]):
        if path.endswith("README.md"):
            continue
        document = reader.load(path)
        assert isinstance(document, Document)
        yield Path(path).relative_to(ROOT).as_posix(), audit([replace(document, path=path)])


def named(found: Audit) -> dict[str, str]:
    """Fingerprints by what a person would call the tie: check, printed values, and which of several."""
    names: dict[str, str] = {}
    for judged in found.relations:
        if judged.verdict.verdict != "unverified":
            name = " ".join((judged.relation.check, *baseline.values_of(judged)))
            while name in names:
                name += "'"
            names[name] = judged.fingerprint
    return names


def test_fingerprints_of_the_examples_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade must not make known findings new. ``GOUJI_REGEN=1`` writes the file anew.

    Do that only when a fingerprint has to change, and say so in CHANGELOG.md: everybody's baseline then falls back
    on check and values. New ties may appear and need no rewriting; a tie may vanish only if it is no finding.
    """
    now = {path: (named(found), {j.fingerprint for j in View(found).findings}) for path, found in examples()}
    if os.environ.get("GOUJI_REGEN"):
        rows = {
            path: {name: {"fingerprint": f, "finding": f in findings} for name, f in sorted(names.items())}
            for path, (names, findings) in now.items()
        }
        KEPT.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    kept = json.loads(KEPT.read_text("utf-8"))
    assert sum(map(len, kept.values())) > 50
    gone = []
    for path, names in kept.items():
        for name, was in names.items():
            found = now[path][0].get(name)
            if found != was["fingerprint"] and (found is not None or was["finding"]):
                gone.append(f"{path}: {name}: {was['fingerprint']} became {found}")
    assert not gone
