"""SARIF: valid, placed to the character, suppressed not dropped, within the limits of code scanning."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gouji.checks import CHECKS
from gouji.checks.audit import Audit
from gouji.checks.relation import Suspect
from gouji.checks.run import audit as run
from gouji.extract.document import Unread
from gouji.extract.reader import load
from gouji.reports import sarif
from gouji.reports.sarif import render, uri

from .fixture_audit import audit, clean
from .golden_files import compare
from .hostile import ATTACKS, EVERYTHING, hostile

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"


@cache
def validator() -> Draft202012Validator:
    # see data/README.md
    return Draft202012Validator(json.loads((HERE / "data" / "sarif-2.1.0.json").read_text("utf-8-sig")))


def log(found: Audit, lang: str = "zh", **options: Any) -> dict[str, Any]:
    whole = json.loads(render(found, lang, **options))
    assert not [error.message for error in validator().iter_errors(whole)][:3]
    (one,) = whole["runs"]
    assert isinstance(one, dict)
    return one


def test_the_schema_refuses_what_is_not_sarif() -> None:
    whole = json.loads(render(audit(), "zh"))
    whole["runs"][0]["results"][0]["level"] = "grave"
    assert not validator().is_valid(whole)


def test_golden() -> None:
    """The rules are left out: they change with the documentation of any check."""
    whole = json.loads(render(audit(), "zh"))
    del whole["runs"][0]["tool"]["driver"]["rules"]
    for result in whole["runs"][0]["results"]:
        del result["ruleIndex"]
    compare("audit.sarif", json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_valid_for_every_kind_of_audit(lang: str) -> None:
    for found in (audit(), clean(), Audit((), ()), Audit((), (), (Unread("a", "b"),)), hostile()):
        log(found, lang)


def test_examples_are_valid_and_placed_to_the_character() -> None:
    found = run(load(str(path)) for path in sorted(EXAMPLES.glob("*-*.*")))
    one = log(found)
    assert one["columnKind"] == "unicodeCodePoints"
    texts = {audited.document.path: audited.document.text for audited in found.documents}
    assert len(one["results"]) == 9
    for result in one["results"]:
        for place in result["locations"] + result["relatedLocations"]:
            physical = place["physicalLocation"]
            region, text = (
                physical["region"],
                texts[unquote(physical["artifactLocation"]["uri"]).removeprefix("file://")],
            )
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
            assert text[start:end] == region["snippet"]["text"]
            lines = text.split("\n")
            assert region["startLine"] == region["endLine"]
            line = lines[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]


def test_a_rule_per_check_with_its_documentation() -> None:
    rules = log(audit())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules[: len(CHECKS)]] == list(CHECKS)
    rate = next(rule for rule in rules if rule["id"] == "rate")
    assert rate["help"]["text"].startswith("率：")
    assert "- **Fails:** " in rate["help"]["markdown"]
    assert all(rule["id"] != rule["name"] for rule in rules)


def test_results_name_their_rule_by_place() -> None:
    one = log(audit())
    for result in one["results"]:
        assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_levels_and_other_numbers() -> None:
    results = {result["ruleId"]: result for result in log(audit())["results"]}
    assert {name: result["level"] for name, result in results.items()} == {
        "subset": "error",
        "duplicate": "error",
        "rate": "warning",
    }
    assert [place["message"]["text"] for place in results["rate"]["relatedLocations"]] == [
        "部分：217523件",
        "整体：239625件",
    ]
    assert "[217523件](1)、[239625件](2)" in results["rate"]["message"]["text"]
    assert results["rate"]["partialFingerprints"]["primaryLocationLineHash"] == "rate-1b6f0c11"


def test_a_finding_without_severity_is_a_note() -> None:
    full = audit()
    off = tuple(replace(judged, verdict=replace(judged.verdict, severity=None)) for judged in full.relations)
    assert {result["level"] for result in log(replace(full, relations=off))["results"]} == {"note"}


def test_accepted_exceptions_are_marked_not_dropped() -> None:
    full = audit()
    kept = tuple(replace(judged, suppressed="revised in May") for judged in full.relations)
    results = log(replace(full, relations=kept))["results"]
    assert len(results) == 3
    for result in results:
        (found,) = result["suppressions"]
        assert found == {"kind": "external", "status": "accepted", "justification": "revised in May"}
    assert all(result["suppressions"] == [] for result in log(full)["results"])


@pytest.mark.parametrize(
    ("suggestion", "deleted"),
    [("90.78%", "90.77%"), ("90.78", "90.77"), ("九成", "90.77%")],
)
def test_a_fix_where_one_change_is_suggested(suggestion: str, deleted: str) -> None:
    full = audit()
    changed = replace(full.relations[0], suspects=(Suspect("d1f3", suggestion, "x"),))
    (result,) = log(replace(full, relations=(changed,)))["results"]
    (fix,) = result["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"]["text"] == suggestion
    region = replacement["deletedRegion"]
    start = region["charOffset"]
    assert full.documents[0].document.text[start : start + region["charLength"]] == deleted


def test_a_hedge_stays_where_the_suggestion_has_none() -> None:
    full = audit()
    for suggestion, deleted in (("1.3万人次", "1.2万人次"), ("约1.3万人次", "约1.2万人次")):
        changed = replace(full.relations[0], suspects=(Suspect("d1f4", suggestion, "x"),))
        (result,) = log(replace(full, relations=(changed,)))["results"]
        region = result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
        start = region["charOffset"]
        assert full.documents[0].document.text[start : start + region["charLength"]] == deleted


def test_no_fix_where_there_is_a_choice_or_nothing_to_write() -> None:
    full = audit()
    for suspects in (
        (Suspect("d1f3", "90.78%", ""), Suspect("d1f1", "239625件", "")),
        (Suspect("d1f3", "", "copied"),),
        (),
    ):
        changed = replace(full.relations[0], suspects=suspects)
        (result,) = log(replace(full, relations=(changed,)))["results"]
        assert "fixes" not in result


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 3)])
def test_the_exit_code_and_what_was_not_read(fail_on: str, code: int) -> None:
    (invocation,) = log(audit(), fail_on=fail_on)["invocations"]
    assert invocation["exitCode"] == code
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["level"] == "error"
    assert "PDF" in notice["message"]["text"]
    place = notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "reports/broken.pdf"
    assert log(clean())["invocations"][0] == {
        "executionSuccessful": True,
        "exitCode": 0,
        "toolExecutionNotifications": [],
    }


def many(count: int) -> Audit:
    full = audit()
    found = [
        replace(full.relations[place % 3], id=f"r{place}", fingerprint=f"{place:016x}")
        for place in range(count)
    ]
    return replace(full, relations=tuple(found), unread=())


def test_more_results_than_are_taken_are_cut_errors_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 70)
    one = log(many(90))
    assert len(one["results"]) == 70
    assert [result["level"] for result in one["results"]].count("error") == 60
    (notice,) = one["invocations"][0]["toolExecutionNotifications"]
    assert "90" in notice["message"]["text"]
    assert "20" in notice["message"]["text"]


def test_more_results_than_are_shown_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "SHOWN_RESULTS", 50)
    one = log(many(51))
    assert len(one["results"]) == 51
    assert len(one["invocations"][0]["toolExecutionNotifications"]) == 1
    assert log(many(50))["invocations"][0]["toolExecutionNotifications"] == []


def test_a_log_too_large_is_cut_by_its_compressed_size(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    whole = render(many(300), "zh")
    limit = len(gzip.compress(whole.encode(), 6)) * 2 // 3
    monkeypatch.setattr(sarif, "MOST_BYTES", limit)
    text = render(many(300), "zh")
    assert len(gzip.compress(text.encode(), 6)) <= limit
    one = json.loads(text)["runs"][0]
    assert 0 < len(one["results"]) < 300
    assert one["invocations"][0]["toolExecutionNotifications"]


def test_a_tie_of_many_numbers_keeps_to_the_places_that_are_taken() -> None:
    full = audit()
    parts = full.documents[0].claims * 10
    wide = [replace(claim, figure=replace(claim.figure, id=f"x{n}")) for n, claim in enumerate(parts)]
    found = replace(
        full.relations[0], relation=replace(full.relations[0].relation, terms={"part": tuple(wide)})
    )
    (result,) = log(replace(full, relations=(found,)))["results"]
    assert len(result["locations"]) + len(result["relatedLocations"]) == 100


def test_messages_make_no_links_of_text() -> None:
    for result in log(hostile())["results"]:
        text = result["message"]["text"]
        assert "[a](https" not in text
        assert "\\[a\\](https" in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_leaves_a_valid_log_of_plain_uris(attack: str) -> None:
    one = log(hostile(attack))
    for entry in one["artifacts"]:
        assert entry["location"]["uri"].isascii()
        assert not set(entry["location"]["uri"]) & set(' <>"{}|\\^`:\n')


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_path_is_a_uri_that_reads_back(path: str) -> None:
    found = uri(path)
    assert found.isascii()
    if not any("\ud800" <= character <= "\udfff" for character in path):
        assert unquote(found) == path


def test_a_path_that_is_absolute_all_the_same_has_no_base() -> None:
    full = audit()
    first = replace(full.documents[0], document=replace(full.documents[0].document, path="/tmp/年报 1.md"))
    one = log(replace(full, documents=(first, *full.documents[1:])))
    assert one["artifacts"][0]["location"] == {"uri": "file:///tmp/%E5%B9%B4%E6%8A%A5%201.md"}
    assert one["artifacts"][1]["location"]["uriBaseId"]


def test_same_input_same_bytes() -> None:
    assert render(hostile(EVERYTHING), "zh") == render(hostile(EVERYTHING), "zh")
