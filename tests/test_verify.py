"""Audits verified from their JSON alone: true ones agree, tampered ones are caught."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from gouji.checks.audit import Audit
from gouji.checks.run import audit
from gouji.extract.reader import load
from gouji.reports.cli import cli
from gouji.reports.json import contract, render
from gouji.reports.verify import verify
from gouji.reports.verify_contract import schema, shape

from . import fixture_audit, texts

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted(
    p for p in (ROOT / "examples").rglob("*") if p.suffix in (".txt", ".md") and p.stem != "README"
)
SHARED = Path(os.environ.get("GOUJI_SHARED") or ROOT.parent / "shared") / "reports"
REPORTS = sorted(SHARED.glob("*.txt"))

TEXT = """2025年工作报告

全年收到申请704件，审结690件，其中维持573件、驳回80件、终止37件。
全市受理纠纷355197件，其中社区纠纷115572件，占总量的32.54%。
办理案件31件，与上年21件相比，上升约48%。完成投资340亿元，其中工业120.55亿元。
受理纠纷704件，调解成功573件，调解成功率81.93%。
"""


def data(found: Audit) -> dict[str, Any]:
    made = json.loads(render(found, "zh", verbose=True))
    assert isinstance(made, dict)
    return made


def faults(made: dict[str, Any]) -> list[str]:
    return [f"{f.place} {f.key}: {f.says} / {f.finds}" for f in verify(made).faults]


def sample() -> dict[str, Any]:
    return data(texts.audited(TEXT))


# --- true audits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_the_examples_agree(path: Path) -> None:
    made = data(audit([load(str(path))]))
    assert shape(made) is None
    assert faults(made) == []
    assert verify(made).agreed


def test_the_examples_agree_together() -> None:
    assert faults(data(audit([load(str(path)) for path in EXAMPLES]))) == []


@pytest.mark.skipif(not REPORTS, reason="no folder of real reports (GOUJI_SHARED)")
@pytest.mark.parametrize("path", REPORTS or [None], ids=lambda p: p.stem if p else "none")
def test_real_reports_agree(path: Path) -> None:
    made = data(audit([load(str(path))]))
    found = verify(made)
    assert faults(made) == []
    decided = sum(r["verdict"] != "unverified" for r in made["relations"])
    assert (found.agreed, found.beyond) == (decided, 0)


def test_the_sample_has_every_kind_of_figure_and_agrees() -> None:
    made = sample()
    assert faults(made) == []
    assert {r["verdict"] for r in made["relations"]} >= {"consistent", "inconsistent"}


# --- the shape -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made", [sample(), contract(fixture_audit.audit(), "en", verbose=True)], ids=["real", "made"]
)
def test_the_schema_describes_what_is_written(made: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(made, schema())
    assert shape(made) is None


def _without(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(made: dict[str, Any]) -> None:
        at: Any = made
        for key in path[:-1]:
            at = at[key]
        del at[path[-1]]

    return change


def _put(value: Any, *path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(made: dict[str, Any]) -> None:
        at: Any = made
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value

    return change


SHAPES = {
    "no relations": _without("relations"),
    "no text": _without("documents", 0, "text"),
    "no habit": _without("documents", 0, "habits", "rounding", "rounded"),
    "schema 2": _put(2, "schema"),
    "a float for an offset": _put(1.5, "documents", 0, "figures", 0, "start"),
    "true for a gap": _put(True, "relations", 0, "gap"),
    "a word for a verdict": _put("fine", "relations", 0, "verdict"),
    "a word for a status": _put("fine", "documents", 0, "figures", 0, "status"),
    "a float for a value": _put("1e9", "documents", 0, "figures", 0, "value"),
    "no number for an interval": _put("[1, x]", "documents", 0, "figures", 0, "interval"),
    "a power above 1": _put(1.5, "relations", 0, "power"),
    "a list for an object": _put([], "documents", 0, "habits"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_shape_is_checked_as_jsonschema_checks_it(name: str) -> None:
    made = sample()
    SHAPES[name](made)
    assert shape(made) is not None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, schema())


@pytest.mark.parametrize("value", [None, [], "audit", 3, {}, {"schema": 1}])
def test_other_json_is_no_audit(value: Any) -> None:
    assert shape(value) is not None


# --- tampering -----------------------------------------------------------------------------------


def _relation(made: dict[str, Any], check: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in made["relations"] if r["check"] == check)
    return found


def _figure(made: dict[str, Any], text: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in made["documents"][0]["figures"] if f["text"] == text)
    return found


def _change(check: str, /, **keys: Any) -> Callable[[dict[str, Any]], None]:
    return lambda made: _relation(made, check).update(keys)


def _figure_change(text: str, /, **keys: Any) -> Callable[[dict[str, Any]], None]:
    return lambda made: _figure(made, text).update(keys)


def _drop(text: str) -> Callable[[dict[str, Any]], None]:
    return lambda made: made["documents"][0]["figures"].remove(_figure(made, text))


def _drop_quietly(made: dict[str, Any]) -> None:
    """A figure goes, and with it its relations and its place in the counts."""
    figure = _figure(made, "704件")
    made["documents"][0]["figures"].remove(figure)
    made["summary"]["figures"] -= 1
    made["summary"]["checked"] -= 1


def _reverse(made: dict[str, Any]) -> None:
    rate = _relation(made, "rate")
    rate["terms"]["part"], rate["terms"]["whole"] = rate["terms"]["whole"], rate["terms"]["part"]


def _twice(made: dict[str, Any]) -> None:
    made["relations"].append(copy.deepcopy(made["relations"][0]))


TAMPERED: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "an error made consistent": (
        _change("rate", verdict="consistent", basis="exact", severity=None, gap=0),
        "verdict",
    ),
    "an error made suspicious": (_change("rate", verdict="suspicious", severity="warning"), "verdict"),
    "an error made a warning": (_change("rate", severity="warning"), "severity"),
    "an error left unverified without a reason": (_change("rate", verdict="unverified"), "reason"),
    "a pass made an error": (
        _change("share", verdict="inconsistent", basis=None, severity="error"),
        "verdict",
    ),
    "a better basis": (_change("growth", basis="exact"), "basis"),
    "a smaller gap": (_change("rate", gap=1), "gap"),
    "another power": (_change("share", power=0.5), "power"),
    "another stated interval": (_change("rate", stated="[8138/100, 8140/100]"), "stated"),
    "another recomputed interval": (_change("rate", recomputed="[8193/100, 8193/100]"), "recomputed"),
    "an empty interval": (_figure_change("81.93%", interval="[82, 81]"), "interval"),
    "another formula": (_change("rate", formula="rate = part"), "formula"),
    "a formula that is a program": (_change("rate", formula="__import__('os').system('true')"), "formula"),
    "an unknown check": (_change("rate", check="guess"), "formula"),
    "other roles": (_reverse, "recomputed"),
    "an unknown figure": (
        _change("rate", terms={"part": ["d9f9"], "whole": ["d1f1"], "rate": ["d1f2"]}),
        "terms",
    ),
    "roles that nobody knows": (_change("rate", terms={"x": ["d1f1"], "y": ["d1f2"]}), "verdict"),
    "a role without a figure": (_change("growth", terms={"growth": ["d1f1"]}), "verdict"),
    "a bound without a total": (
        _change("rate", check="sum_bound", formula="sum(part) <= total"),
        "recomputed",
    ),
    "a count without a count": (
        _change("rate", check="enumeration", formula="count = len(item)"),
        "terms",
    ),
    "no figures": (_change("rate", terms={}), "terms"),
    "a relation twice": (_twice, "id"),
    "another value": (_figure_change("81.93%", value="81.39"), "value"),
    "another value and interval": (
        _figure_change("355197件", value="355179", interval="[355179, 355179]"),
        "value",
    ),
    "ten times the value": (_figure_change("340亿元", value="340000000000"), "value"),
    "a wider interval": (_figure_change("81.93%", interval="[81, 82]"), "interval"),
    "a closed end opened": (_figure_change("81.93%", interval="(16385/200, 16387/200]"), "interval"),
    "a hedge dropped": (_figure_change("约48%", approx="exact"), "interval"),
    "a figure dropped": (_drop("704件"), "figures"),
    "a figure dropped from the counts too": (_drop_quietly, "terms"),
    "a figure moved": (_figure_change("81.93%", start=3, end=9), "text"),
    "a text changed": (_figure_change("81.93%", text="81.39%"), "text"),
    "a line changed": (lambda made: _figure(made, "81.93%")["where"].update(line=1), "line"),
    "a status changed": (_figure_change("81.93%", status="unrelated"), "status"),
    "the text of the report changed": (
        lambda made: made["documents"][0].update(text=made["documents"][0]["text"].replace("81.93", "81.39")),
        "text",
    ),
    "fewer errors": (lambda made: made["summary"].update(errors=0), "errors"),
    "more relations": (lambda made: made["summary"].update(relations=99), "relations"),
    "a habit invented": (
        lambda made: made["documents"][0]["habits"]["rounding"].update(rounded=0, truncated=9),
        "verdict",
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_caught(name: str) -> None:
    made = sample()
    tamper, key = TAMPERED[name]
    tamper(made)
    assert key in {fault.key for fault in verify(made).faults}, faults(made)


# --- the command ---------------------------------------------------------------------------------


def run(*arguments: str, input: bytes | None = None) -> Any:
    return CliRunner().invoke(cli, ["verify", *arguments], input=input)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "audit.json"
    made.write_text(json.dumps(sample()), encoding="utf-8")
    return made


@pytest.mark.parametrize(("lang", "words"), [("zh", "不一致之处 0"), ("en", "disagreements: 0")])
def test_the_command_says_that_all_agrees(path: Path, lang: str, words: str) -> None:
    done = run(str(path), "--lang", lang)
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert words in done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_names_each_disagreement_in_a_line(path: Path, lang: str) -> None:
    made = json.loads(path.read_bytes())
    _relation(made, "rate").update(gap=7)
    name = _relation(made, "rate")["id"]
    path.write_text(json.dumps(made), encoding="utf-8")
    done = run(str(path), "--lang", lang)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert name in lines[0]
    assert "gap" in lines[0]
    assert "7" in lines[0]


def test_the_command_reads_standard_input(path: Path) -> None:
    assert run("-", input=path.read_bytes()).exit_code == 0


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b"NaN"])
def test_what_is_no_audit_is_said_in_one_line(tmp_path: Path, content: bytes) -> None:
    made = tmp_path / "x.json"
    made.write_bytes(content)
    done = run(str(made))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)


def test_a_missing_file_is_said_in_one_line(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none.json"))
    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)


def test_no_file_is_wrong_usage() -> None:
    assert run().exit_code == 2


def test_without_sympy_one_line_says_what_to_install(path: Path) -> None:
    code = (
        "import sys; sys.modules['sympy'] = None\n"
        "from gouji.reports.cli import cli\n"
        f"cli(['verify', {str(path)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "gouji[verify]" in done.stderr


def test_the_verifier_shares_nothing_with_the_engine() -> None:
    code = (
        "import sys, gouji.reports.verify\n"
        "print([n for n in sys.modules if n.startswith('gouji.checks.') and n.split('.')[2] in "
        "('engine', 'solve', 'formulas', 'formula', 'terms', 'power', 'equations', 'integer', 'partial')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- severities of the house ---------------------------------------------------------------------


@pytest.mark.parametrize("weight", ["error", "warning", "off"])
def test_severities_of_the_house_are_part_of_the_file(weight: str) -> None:
    from gouji.reports.config import Config
    from gouji.reports.policy import apply

    found = apply(texts.audited(TEXT), Config(severity={"rate": weight}))
    made = data(found)
    assert made["weights"] == {"rate": weight}
    assert shape(made) is None
    jsonschema.validate(made, schema())
    assert faults(made) == []
    made["weights"] = {}
    made["relations"][-1]["suppressed"] = None
    assert faults(made) or weight == "error"


def test_the_golden_audit_was_made_by_hand() -> None:
    made = json.loads((ROOT / "tests/golden/audit.json").read_text("utf-8").replace('"0.0.0"', '"0.1.0"'))
    assert shape(made) is None
    found = verify(made)
    # what its author made up (an invented power, a severity, no intervals) is told; its arithmetic agrees
    assert {fault.key for fault in found.faults} <= {
        "interval",
        "formula",
        "stated",
        "recomputed",
        "power",
        "severity",
    }
    assert found.agreed >= 4
    assert ("d1f4", "interval") in {(fault.place, fault.key) for fault in found.faults}
