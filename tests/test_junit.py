"""JUnit XML: valid, failures by threshold, undecided never passed, unread an error."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from gouji.checks.audit import Audit
from gouji.checks.run import audit as run
from gouji.extract.document import Unread
from gouji.extract.reader import load
from gouji.reports.junit import render

from .fixture_audit import audit, clean
from .golden_files import compare
from .hostile import ATTACKS, hostile

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"


@cache
def schema() -> etree.XMLSchema:
    # the schema of the xUnit plugin of Jenkins (MIT), from the tests of pytest
    return etree.XMLSchema(etree.parse(str(HERE / "data" / "junit-10.xsd")))


def suites(found: Audit, lang: str = "zh", fail_on: str = "error") -> etree._Element:
    root = etree.fromstring(render(found, lang, fail_on=fail_on).encode())
    schema().assertValid(root)
    return root


def test_the_schema_refuses_what_is_not_junit() -> None:
    with pytest.raises(etree.DocumentInvalid):
        schema().assertValid(etree.fromstring("<testsuites><testcase/></testsuites>"))


def test_golden() -> None:
    compare("audit.junit.xml", render(audit(), "zh"))


def test_a_suite_per_document_and_a_case_per_check() -> None:
    root = suites(audit())
    assert [suite.get("name") for suite in root] == [
        "reports/2017.md",
        "reports/2016.txt",
        "reports/broken.pdf",
    ]
    names = [case.get("name") for case in root[0]]
    assert names == ["率", "合计", "不超过整体", "增长率", "雷同数组"]
    assert [case.get("name") for case in root[1]] == ["跨期衔接"]


def test_counts() -> None:
    root = suites(audit())
    assert {str(name): value for name, value in root[0].attrib.items()} == {
        "name": "reports/2017.md",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
        "tests": "5",
    }
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("7", "2", "1")


@pytest.mark.parametrize(("fail_on", "failed"), [("error", 2), ("warning", 3), ("never", 0)])
def test_failures_follow_the_threshold(fail_on: str, failed: int) -> None:
    root = suites(audit(), fail_on=fail_on)
    assert len(root.findall(".//failure")) == failed
    outs = "".join(out.text or "" for out in root.findall(".//system-out"))
    assert ("90.77%" in outs) is (fail_on != "warning")


def test_a_check_that_decided_nothing_is_skipped_with_the_reason() -> None:
    (case,) = [case for case in suites(audit()).iter("testcase") if case.get("name") == "增长率"]
    (skipped,) = case.findall("skipped")
    assert "可比价格" in (skipped.get("message") or "")


def test_a_document_without_ties_is_not_passed() -> None:
    (case,) = suites(replace(audit(), relations=()))[0]
    assert case.find("skipped") is not None


def test_what_was_not_read_is_an_error() -> None:
    (case,) = suites(Audit((), (), (Unread("a.pdf", "no"),)))[0]
    (error,) = case.findall("error")
    assert error.get("message") == "no"


def test_an_accepted_exception_does_not_fail() -> None:
    full = audit()
    kept = tuple(replace(judged, suppressed="known") for judged in full.relations)
    root = suites(replace(full, relations=kept))
    assert root.findall(".//failure") == []
    assert "已确认例外" in "".join(out.text or "" for out in root.findall(".//system-out"))


def test_clean_and_examples() -> None:
    assert suites(clean()).get("failures") == "0"
    found = run(load(str(path)) for path in sorted(EXAMPLES.glob("*-*.*")))
    assert len(suites(found, "en").findall(".//failure")) == 6
    assert len(suites(found, fail_on="warning").findall(".//failure")) == 9


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(attack: str) -> None:
    root = suites(hostile(attack), fail_on="warning")
    tags = {str(element.tag) for element in root.iter()}
    assert tags <= {"testsuites", "testsuite", "testcase", "failure", "skipped", "error", "system-out"}
