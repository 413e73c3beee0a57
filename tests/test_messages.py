"""The catalogues: the same keys, the same fields, nothing missing, nothing unused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.reports.messages import LANGUAGES, Messages, fill, messages
from gouji.reports.view import VERDICTS, checks

REPORTS = Path(str(import_module("gouji.reports").__path__[0]))
CHECKS = Path(str(import_module("gouji.checks").__path__[0]))
# families whose members are looked up by a code of the data, not by a name in the program
BY_CODE = {
    "apart",
    "approx",
    "basis",
    "chance",
    "check",
    "direction",
    "ledger",
    "nature",
    "note",
    "reason",
    "role",
    "saying",
    "severity",
    "sheet",
    "skipped",
    "status",
    "strength",
    "suspicion",
    "verdict",
    "decision",
}


def sources() -> str:
    return "".join(
        path.read_text("utf-8")
        for path in sorted(REPORTS.iterdir())
        if path.suffix in (".py", ".html", ".js")
    )


def test_both_languages_have_the_same_keys() -> None:
    assert messages("zh").entries.keys() == messages("en").entries.keys()


@pytest.mark.parametrize("key", sorted(messages("zh").entries))
def test_both_languages_fill_the_same_fields(key: str) -> None:
    fields = [set(re.findall(r"\{(\w+)\}", messages(lang).entries[key])) for lang in LANGUAGES]
    assert fields[0] == fields[1]


@pytest.mark.parametrize("key", sorted(messages("zh").entries))
def test_no_key_is_unused(key: str) -> None:
    family, _, name = key.partition(".")
    if family in BY_CODE:
        return
    text = sources()
    used = f'"{key}"' in text or f"'{key}'" in text or (family == "ui" and f"words.{name}" in text)
    assert used, f"nothing asks for {key}"


def test_every_key_that_the_program_names_exists() -> None:
    named = set(re.findall(r"""["']((?:ui|cli|decision)\.[a-z_]+)["']""", sources()))
    named |= {
        f"ui.{name}" for name in re.findall(r"words\.([a-z_]+)\b(?!\()", (REPORTS / "page.js").read_text())
    }
    assert named
    assert named <= messages("zh").entries.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_and_role_of_the_table_has_a_word(lang: str) -> None:
    entries = messages(lang).entries
    lines = (CHECKS / "checks.tsv").read_text("utf-8").splitlines()[1:]
    roles = {role.strip().rstrip("…") for line in lines for role in line.split("\t")[2].split(",")}
    assert {f"check.{name}" for name in checks()} <= entries.keys()
    assert {f"role.{role}" for role in roles} <= entries.keys()


def test_chinese_check_names_are_those_of_the_table() -> None:
    for line in (CHECKS / "checks.tsv").read_text("utf-8").splitlines()[1:]:
        name, chinese, *_ = line.split("\t")
        assert messages("zh")(f"check.{name}") == chinese


def test_chinese_verdicts_and_bases_are_those_of_the_design() -> None:
    words = messages("zh")
    verdicts = ["相符", "截尾", "存疑", "不符", "未核"]
    bases = ["恰合", "配平", "四舍五入", "粗略", "择合", "约数", "附注", "联立"]
    assert [words.word("verdict", code) for code in VERDICTS] == verdicts
    codes = ("exact", "balanced", "rounded", "coarse", "chosen", "hedged", "disclaimed", "joint")
    assert [words.word("basis", code) for code in codes] == bases
    assert [words.word("nature", code) for code in ("error", "warning")] == ["强制性", "核实性"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("check", sorted(checks()))
def test_every_check_and_verdict_has_a_note(check: str, verdict: str, lang: str) -> None:
    template = messages(lang).note(check, verdict)
    known = {"name", "equation", "verdict", "basis", "expected", "stated", "difference", "reason"}
    assert set(re.findall(r"\{(\w+)\}", template)) <= known


def reason_codes() -> Iterator[str]:
    """Reason codes in use: the published tuple where there is one, and what the sources write."""
    yield from getattr(import_module("gouji.checks.relation"), "REASONS", ())
    for path in sorted(CHECKS.glob("*.py")):
        if path.name != "generate.py":
            for found in re.findall(r"\breason ?= ?(.*)|Undecidable\((.*)\)", path.read_text("utf-8")):
                yield from re.findall(r'"([a-z_]+)"', "".join(found))


def test_every_reason_in_use_has_a_text() -> None:
    missing = {code for code in reason_codes() if f"reason.{code}" not in messages("zh").entries}
    assert not missing


def test_every_cause_of_passing_a_number_over_has_a_word() -> None:
    folder = Path(str(import_module("gouji.extract").__path__[0]))
    text = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    codes = set(re.findall(r"""(?:Passed|Skipped)\([^"\n]*"([a-z_]+)"\)""", text))
    assert codes
    assert {f"skipped.{code}" for code in codes} <= messages("zh").entries.keys()


def test_an_unknown_reason_is_shown_by_its_code() -> None:
    assert "brand_new" in messages("zh").reason("brand_new")
    assert messages("zh").reason(None) == ""


def test_an_optional_phrase_goes_when_a_value_of_it_is_unknown() -> None:
    assert fill("{a}〔, and {b}〕.", {"a": "x", "b": ""}) == "x."
    assert fill("{a}〔, and {b}〕.", {"a": "x", "b": "y"}) == "x, and y."
    assert fill("{a}〔, and {b}〕.", {"a": "x", "b": 0}) == "x, and 0."


@given(st.text())
def test_values_are_never_read_as_templates(value: str) -> None:
    assert fill("<{a}>", {"a": value, "b": "no"}) == f"<{value}>"


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        Messages("fr")


def test_catalogues_are_plain_strings() -> None:
    for lang in LANGUAGES:
        tables = tomllib.loads((REPORTS / f"messages_{lang}.toml").read_text("utf-8"))
        assert all(isinstance(table, dict) for table in tables.values())
