"""Settings: found upwards, checked key by key, in force on a run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.extract import lexicons
from gouji.reports import config, own_words
from gouji.reports.cli import cli
from gouji.reports.config import Config, ConfigError
from gouji.reports.messages import LANGUAGES, messages
from gouji.reports.outcome import CLEAN, FINDINGS, USAGE
from gouji.reports.toml_lines import line_of

TAIL = "全年受理纠纷704件，调解成功573件，成功率81.38%。\n"  # 81.39…%: one last digit off, and cut off
WRONG = "全年受理申请302件，其中受理252件，不予受理35件。\n"
TITLE = "# 某某市司法局2017年法治政府建设情况报告\n\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()  # nothing above this folder is asked
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TITLE + WRONG, "utf-8")
    return tmp_path


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def write(text: str, name: str = "gouji.toml") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def refused(text: str, name: str = "gouji.toml") -> str:
    with pytest.raises(ConfigError) as caught:
        config.load(write(text, name))
    return caught.value.line(messages("en"))


# --- finding the file ---------------------------------------------------------------------------------


def test_the_nearest_file_upwards_is_taken(here: Path) -> None:
    deep = here / "x" / "y"
    deep.mkdir(parents=True)
    assert config.find("x/y/report.txt") == ""
    write("lang = 'en'")
    assert config.find("x/y/report.txt") == "gouji.toml"
    (here / "x" / "gouji.toml").write_text("")
    assert config.find("x/y/report.txt") == "x/gouji.toml"


def test_a_pyproject_counts_only_with_a_table_of_ours(here: Path) -> None:
    write("[tool.other]\nlang = 'en'", "pyproject.toml")
    assert config.find(".") == ""
    write("[tool.gouji]\nlang = 'en'", "pyproject.toml")
    assert config.find(".") == "pyproject.toml"
    assert config.load("pyproject.toml").lang == "en"
    write("lang = 'zh'")
    assert config.find(".") == "gouji.toml"


def test_a_broken_pyproject_of_somebody_else_is_passed_over(here: Path) -> None:
    write("[tool.gouji\n", "pyproject.toml")
    assert config.find(".") == ""


def test_the_search_ends_at_the_top_of_the_repository(here: Path) -> None:
    inner = here / "inner"
    (inner / ".git").mkdir(parents=True)
    write("lang = 'en'")
    assert config.find("inner") == ""


# --- values and errors ----------------------------------------------------------------------------------


def test_everything_that_can_be_set(here: Path) -> None:
    (here / "sub").mkdir()
    write(
        """
lang = "en"
fail_on = "warning"
tail_errors = "off"
jobs = 2
baseline = "known.toml"
lexicons = ["own.toml"]

[severity]
duplicate = "error"
wording = "off"

[checks]
off = ["enumeration"]

[[output]]
format = "terminal"

[[output]]
format = "json"
file = "out/audit.json"
""",
        "sub/gouji.toml",
    )
    found = config.load("sub/gouji.toml")
    assert (found.lang, found.fail_on, found.tail_errors, found.jobs) == ("en", "warning", "off", 2)
    assert found.baseline == "sub/known.toml"
    assert found.lexicons == ("sub/own.toml",)
    assert found.severity == {"duplicate": "error", "wording": "off"}
    assert found.off == ("enumeration",)
    assert found.outputs == (("terminal", ""), ("json", "sub/out/audit.json"))
    assert found.sources["tail_errors"] == "sub/gouji.toml:4"
    assert found.sources["outputs"].startswith("sub/gouji.toml:1")


def test_on_names_the_only_checks_that_run(here: Path) -> None:
    from gouji.checks import CHECKS

    found = config.load(write("[checks]\non = ['sum', 'rate']"))
    assert set(found.off) == set(CHECKS) - {"sum", "rate"}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("\nlanguage = 'en'", "gouji.toml:2: language", "no such key"),
        ("lang = 'fr'", "gouji.toml:1: lang", "one of zh, en"),
        ("lang = 1", "gouji.toml:1: lang", "one of zh, en"),
        ("fail_on = 'sometimes'", "gouji.toml:1: fail_on", "never"),
        ("tail_errors = 'default'", "gouji.toml:1: tail_errors", "off"),
        ("jobs = 0", "gouji.toml:1: jobs", "1 to 64"),
        ("jobs = true", "gouji.toml:1: jobs", "1 to 64"),
        ("baseline = 3", "gouji.toml:1: baseline", "text"),
        ("lexicons = 'own.toml'", "gouji.toml:1: lexicons", "list of texts"),
        ("lang = 'en'\n[severity]\n# a remark\nrate = 'fatal'", "gouji.toml:4: severity.rate", "'fatal'"),
        ("[severity]\nrates = 'off'", "gouji.toml:2: severity.rates", "no such key"),
        ("severity = 'off'", "gouji.toml:1: severity", "table"),
        ("[checks]\noff = ['rates']", "gouji.toml:2: checks.off", "'rates'"),
        ("[checks]\non = ['rate']\noff = ['rate']", "gouji.toml:3: checks.off", "rate"),
        ("[output]\nformat = 'json'", "gouji.toml:1: output", "list of tables"),
        ("[[output]]\nfile = 'a'", "gouji.toml:1: output.1", "format"),
        ("[[output]]\nformat = 'json'\n[[output]]\nformat = 'odf'", "gouji.toml:4: output.2.format", "'odf'"),
        ("[[output]]\nformat = 'json'\nfile = '../a.json'", "gouji.toml:3: output.1.file", "outside"),
        ("[[output]]\nformat = 'json'\nfile = '/tmp/a.json'", "gouji.toml:3: output.1.file", "outside"),
        ("lang = ", "gouji.toml:1", "TOML"),
        ("jobs = 1\nlang = en\n", "gouji.toml:2", "TOML"),
    ],
)
def test_an_error_names_file_line_and_key(here: Path, text: str, place: str, said: str) -> None:
    line = refused(text)
    assert line.startswith(place)
    assert said in line
    assert "\n" not in line


def test_an_error_in_a_pyproject_names_its_line(here: Path) -> None:
    line = refused("[project]\nname = 'x'\n\n[tool.gouji]\nlang = 'fr'\n", "pyproject.toml")
    assert line.startswith("pyproject.toml:5: lang")


def test_what_is_no_text_is_said_with_its_line(here: Path) -> None:
    Path("gouji.toml").write_bytes(b"lang = 'en'\nbaseline = '\xff'\n")
    with pytest.raises(ConfigError) as caught:
        config.load("gouji.toml")
    assert caught.value.line(messages("en")).startswith("gouji.toml:2")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_is_one_line_and_wrong_usage(here: Path, lang: str) -> None:
    write("lang = 'fr'")
    for arguments in (
        ("audit", "a.txt"),
        ("config",),
        ("checks",),
        ("baseline", "a.txt"),
        ("diff", "a.txt", "a.txt"),
    ):
        result = gouji(*arguments, "--lang", lang)
        assert result.exit_code == USAGE, arguments
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert "gouji.toml:1" in result.stderr


def test_a_named_file_that_is_missing_is_an_error(here: Path) -> None:
    result = gouji("audit", "a.txt", "--config", "none.toml")
    assert result.exit_code == USAGE
    assert "none.toml" in result.stderr


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_no_text_whatever_breaks_the_search_for_lines(source: str) -> None:
    line = line_of(source, ("a", 0, "b"))
    assert line is None or 1 <= line <= source.count("\n") + 1


@settings(deadline=None, max_examples=50)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["format", "file", "off", "on", "rate"]), inner, max_size=3)
        ),
    ),
    st.sampled_from(
        ["lang", "fail_on", "jobs", "baseline", "lexicons", "output", "severity", "checks", "else"]
    ),
)
def test_any_value_is_taken_or_refused_in_one_line(value: Any, key: str) -> None:
    try:
        found = config._Reader("gouji.toml", "", ()).config({key: value})
    except ConfigError as error:
        line = error.line(messages("zh"))
    else:
        line = found.lang
        assert isinstance(found, Config)
    assert line
    assert "\n" not in line


def test_lines_are_those_of_the_tables_they_stand_in() -> None:
    source = 'a = 1\n[t]\n"b" = 2\nc.d = 3\n[[l]]\na = 1\n[[l]]\na = 2\n[l.x]\ny = """\nz = 1\n"""\nz = 2\n'
    assert [line_of(source, path) for path in (("a",), ("t",), ("t", "b"), ("t", "c", "d"))] == [1, 2, 3, 4]
    assert [line_of(source, ("l", place, "a")) for place in (0, 1)] == [6, 8]
    assert line_of(source, ("l", 1, "x", "z")) == 13
    assert line_of(source, ("l", 1, "none")) == 7
    assert line_of(source, ("none",)) is None


# --- in force -------------------------------------------------------------------------------------------


def relations(*arguments: str) -> list[dict[str, Any]]:
    result = gouji("audit", "a.txt", "--format", "json", *arguments)
    assert result.stdout, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)["relations"]
    return found


def test_config_shows_what_is_in_force_and_from_where(here: Path) -> None:
    write("lang = 'en'\ntail_errors = 'error'\n[severity]\nsum = 'warning'\n")
    text = gouji("config", "a.txt").stdout
    lines = {line.split()[0]: line for line in text.splitlines()[1:]}
    assert "gouji.toml:2" in lines["tail_errors"]
    assert "warning" in lines["severity.sum"]
    assert "gouji.toml:3" in lines["severity.sum"]
    assert "default" in lines["jobs"]


def test_settings_without_a_file_are_the_defaults(here: Path) -> None:
    assert "gouji.toml:" not in gouji("config").stdout


def test_a_severity_weighs_and_the_command_line_goes_before_the_settings(here: Path) -> None:
    assert gouji("audit", "a.txt").exit_code == FINDINGS
    write("[severity]\nsum = 'warning'")
    assert gouji("audit", "a.txt").exit_code == CLEAN
    write("fail_on = 'warning'\n[severity]\nsum = 'warning'")
    assert gouji("audit", "a.txt").exit_code == FINDINGS
    assert gouji("audit", "a.txt", "--fail-on", "error").exit_code == CLEAN


def test_what_is_switched_off_stays_in_sight_and_does_not_count(here: Path) -> None:
    write("[severity]\nsum = 'off'")
    (found,) = [r for r in relations() if r["check"] == "sum"]
    assert (found["verdict"], found["suppressed"]) == ("inconsistent", "severity.sum = off")
    result = gouji("audit", "a.txt", "--fail-on", "warning")
    assert result.exit_code == CLEAN
    assert "severity.sum = off" in result.stdout


def test_a_check_that_does_not_run_is_said_not_to(here: Path) -> None:
    write("[checks]\noff = ['sum']")
    assert not [r for r in relations() if r["check"] == "sum"]
    assert "合计" in gouji("audit", "a.txt").stderr
    assert gouji("audit", "a.txt", "--quiet").stderr == ""


@pytest.mark.parametrize(
    ("setting", "severity", "suppressed"),
    [("warning", "warning", None), ("error", "error", None), ("off", "warning", "tail_errors = off")],
)
def test_a_miss_of_one_last_digit(here: Path, setting: str, severity: str, suppressed: str | None) -> None:
    (here / "a.txt").write_text(
        TITLE + "收入合计302.5万元，其中税收收入267.1万元，非税收入35.2万元。\n", "utf-8"
    )
    write(f"tail_errors = '{setting}'")
    tails = [r for r in relations() if r["verdict"] == "inconsistent" and r["gap"] <= 1]
    assert tails
    assert {(r["severity"], r["suppressed"]) for r in tails} == {(severity, suppressed)}


def test_outputs_come_from_the_settings_unless_the_command_line_names_some(here: Path) -> None:
    write("[[output]]\nformat = 'terminal'\n[[output]]\nformat = 'json'\nfile = 'audit.json'")
    assert "不宜发布" in gouji("audit", "a.txt").stdout
    assert json.loads(Path("audit.json").read_text("utf-8"))["schema"] == 1
    Path("audit.json").unlink()
    gouji("audit", "a.txt", "--format", "terminal")
    assert not Path("audit.json").exists()


# --- words of one's own ---------------------------------------------------------------------------------


OWN = """
[units.count]
words = "簋"

[[partitions.partition]]
name = "kinds of rites"
parts = [["朝礼"], ["晚礼"]]

[[ladders.stage]]
id = "settled"
words = ["一拍即合"]
under = []

[[ladders.rate]]
names = ["拍合率"]
part = ["settled"]
whole = ["accepted"]

[[wordings.wording]]
words = ["丝毫"]
high = 1

[[synonyms.same]]
names = ["礼乐增加值", "礼增值"]

[[named_rates.rate]]
names = ["酬神率"]
part = ["戊类"]
whole = ["己类"]
"""


def test_words_of_ones_own_bind(here: Path) -> None:
    text = "全年办礼302次，其中朝礼252次，晚礼35次。全年用簋12簋。全年受理纠纷704件，一拍即合573件，拍合率80.12%。"
    text += "\n\n全市礼乐增加值64.42亿元。全市雅乐增加值12.45亿元，占全市礼增值的29.3%。"
    text += "\n\n全年己类500亩，戊类330亩，酬神率63.0%。\n"
    (here / "a.txt").write_text(TITLE + text, "utf-8")
    write(OWN, "own.toml")

    def run() -> dict[str, Any]:
        command = [sys.executable, "-m", "gouji.reports", "audit", "a.txt", "--format", "json"]
        done = subprocess.run(command, capture_output=True, check=False)
        assert not done.stderr, done.stderr.decode()
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def found(result: dict[str, Any]) -> set[tuple[str, str]]:
        return {(r["check"], r["verdict"]) for r in result["relations"]}

    assert not {("sum", "inconsistent"), ("rate", "inconsistent"), ("share", "inconsistent")} & found(run())
    write("lexicons = ['own.toml']\njobs = 2")
    result = run()
    assert ("sum", "inconsistent") in found(result)
    assert ("rate", "inconsistent") in found(result)
    assert ("share", "inconsistent") in found(result)
    assert [r["stated"] for r in result["relations"] if r["equation"].startswith("330 / 500")]
    assert "簋" in {f["unit"] for f in result["documents"][0]["figures"]}


def test_every_lexicon_that_is_read_can_be_extended() -> None:
    """A lexicon that code reads through lexicon_of is one that settings may extend, under its own name."""
    root = Path(__file__).resolve().parents[1]
    called = {
        found
        for folder in ("extract", "checks")
        for path in (root / folder).glob("*.py")
        for found in re.findall(r'lexicon_of\("gouji\.(\w+)", "(\w+)"\)', path.read_text("utf-8"))
    }
    assert {(name, package) for package, name in called} == {
        (name, package.removeprefix("gouji.")) for name, package in lexicons.LEXICONS.items()
    }


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("[unit.count]\nwords = '簋'", "own.toml:1: unit", "units"),
        ("[units.counts]\nwords = '簋'", "own.toml:1: units.counts", "count"),
        ("[units.count]\nword = '簋'", "own.toml:2: units.count.word", "words"),
        ("[units.count]\nwords = ['簋']", "own.toml:2: units.count.words", "text"),
        ("[units.count.same]\n'簋' = 1", "own.toml:2: units.count.same.簋", "text"),
        ("[units.count]\ndiscrete = 'yes'", "own.toml:2: units.count.discrete", ""),
        ("[[partitions.partition]]\nname = 'x'", "own.toml:1: partitions.partition.1", "parts"),
        (
            "[[partitions.partition]]\nname = 'x'\nparts = ['甲']",
            "own.toml:3: partitions.partition.1.parts",
            "",
        ),
        (
            "[[partitions.partition]]\nname = 'x'\nparts = []",
            "own.toml:3: partitions.partition.1.parts",
            "empty",
        ),
        ("[[ladders.stage]]\nid = 'x'\nwords = ['甲']\nunder = ['nowhere']", "own.toml", "nowhere"),
        ("[roles.comparison]\nyear = '.*'", "own.toml:2: roles.comparison.year", "cannot be changed"),
        ("[roles.direction]\nup = '升'", "own.toml:2: roles.direction.up", "list"),
    ],
)
def test_a_wrong_lexicon_names_file_line_and_key(
    here: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, said: str
) -> None:
    monkeypatch.setattr(lexicons, "_read", set())
    monkeypatch.setattr(lexicons, "_extra", {})
    from gouji.extract.ladders import ladders

    ladders.cache_clear()
    try:
        with pytest.raises(ConfigError) as caught:
            own_words.put_in_force([write(text, "own.toml")])
    finally:
        lexicons._extra = {}
        ladders.cache_clear()
    line = caught.value.line(messages("en"))
    assert line.startswith(place)
    assert said in line


def test_words_that_come_too_late_are_refused(here: Path) -> None:
    from gouji.extract import units

    assert units.UNITS
    with pytest.raises(ConfigError) as caught:
        own_words.put_in_force([write("[units.count]\nwords = '簋'", "own.toml")])
    assert caught.value.message == "config.too_late"
    own_words.put_in_force([])  # nothing to extend is never too late


def test_merging_adds_and_never_takes_away() -> None:
    shipped = {"a": {"words": "x y", "flag": True}, "l": [1, 2], "t": [{"id": "s", "w": ["p"]}, {"n": 1}]}
    more = {"a": {"words": "z"}, "l": [2, 3], "t": [{"id": "s", "w": ["q"]}, {"n": 2}]}
    merged = lexicons.merge(shipped, more)
    assert merged["a"] == {"words": "x y z", "flag": True}
    assert merged["l"] == [1, 2, 3]
    assert merged["t"] == [{"id": "s", "w": ["p", "q"]}, {"n": 1}, {"n": 2}]
    assert shipped["l"] == [1, 2]
    assert lexicons.merge(shipped, {}) == shipped


# --- checks ---------------------------------------------------------------------------------------------


def test_checks_lists_every_line_of_the_table(here: Path) -> None:
    from gouji.checks import CHECKS
    from gouji.reports.checkdoc import table

    lines = gouji("checks", "--lang", "en").stdout.splitlines()[1:]
    assert [line.split()[0] for line in lines] == [row.name for row in table()]
    assert set(CHECKS) <= {row.name for row in table()}
    write("[severity]\nsum = 'off'\n[checks]\noff = ['rate']")
    shown = {line.split()[0]: line for line in gouji("checks", "--lang", "en").stdout.splitlines()}
    assert "not counted" in shown["sum"]
    assert "not run" in shown["rate"]


def test_a_check_is_explained_with_examples_audited_now(here: Path) -> None:
    text = gouji("checks", "sum", "--lang", "en").stdout
    assert "total = sum(part)" in text
    assert "inconsistent" in text
    assert "consistent: " in text
    assert "nothing is tied" in text


def test_an_unknown_check_names_those_there_are(here: Path) -> None:
    result = gouji("checks", "sums")
    assert result.exit_code == USAGE
    assert "sum_bound" in result.stderr
