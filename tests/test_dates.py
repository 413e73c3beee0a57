"""Dates: how they are read, that only the check of dates knows them, and every word of ``dates.toml``."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.audit import Audit
from gouji.checks.run import audit
from gouji.extract.dates import dates
from gouji.extract.extracted import Layout
from gouji.reports.json import contract
from gouji.reports.verify import verify

from .test_lexicon_entries import all_work, lexicon
from .texts import audited, document, of, printed

LEX = lexicon("checks/dates")


@pytest.mark.parametrize(
    ("text", "value", "precision", "possible"),
    [
        ("2025年12月31日", 20251231, "day", True),
        ("2025 年 12 月 31 日", 20251231, "day", True),
        ("2025年10月底", 20251031, "day", True),
        ("2024年2月末", 20240229, "day", True),
        ("2025年2月份", 20250228, "month", True),
        ("2025年", 20251231, "year", True),
        ("2025年度", 20251231, "year", True),
        ("2025年底", 20251231, "day", True),
        ("10月8号", 1008, "day", True),
        ("二〇二五年三月十二日", 20250312, "day", True),
        ("二○二五年十月三十一日", 20251031, "day", True),
        ("二零二五年二月", 20250228, "month", True),
        ("2025年2月30日", 20250230, "day", False),
        ("2月29日", 229, "day", True),
        ("2023年2月29日", 20230229, "day", False),
        ("2025年13月5日", 20251305, "day", False),
        ("2025年0月5日", 20250005, "day", False),
    ],
)
def test_a_date_is_its_last_day(text: str, value: int, precision: str, possible: bool) -> None:
    (found,) = dates(f"截至{text}，")
    assert (found.start, found.end) == (2, 2 + len(text))
    assert (found.value(), found.precision, found.possible()) == (value, precision, possible)


@pytest.mark.parametrize(
    "text", ["受理25件", "25日内办结", "3.5月", "2025号文", "增长2025年均", "六月", "第3条", "2025-03-01"]
)
def test_what_is_no_date(text: str) -> None:
    assert [d for d in dates(text) if d.precision != "year"] == []


@settings(deadline=None)
@given(st.dates(Day(1950, 1, 1), Day(2099, 12, 1)), st.integers(0, 400))
def test_spans_are_judged_by_the_days(first: Day, more: int) -> None:
    later = min(first + timedelta(more), Day(2099, 12, 31))
    for one, two, holds in ((first, later, True), (later, first, first == later)):
        text = f"项目自{one.year}年{one.month}月{one.day}日至{two.year}年{two.month}月{two.day}日实施，投资25万元。"
        (judged,) = of(audited(text), "dates")
        assert (judged.verdict.verdict == "consistent") is holds
        assert judged.verdict.gap == max(0, (one - two).days)


TOLD = (
    "# 某某市2025年国民经济和社会发展统计公报\n\n2025年12月20日\n\n"
    "会议于2月30日召开，自2025年9月1日至2025年9月30日整改。截至10月底，全年共受理案件704件，其中二〇二五年三月二日受理25件。\n"
)


def test_only_tied_dates_are_figures() -> None:
    """A tied date has its exact span and its value; the others stay passed over."""
    found = audited(TOLD)
    figures = found.documents[0].document.figures
    kinds = {f.text: (f.kind, str(f.value)) for f in figures}
    assert kinds == {
        "2025年": ("date", "20251231"),
        "2025年12月20日": ("date", "20251220"),
        "2月30日": ("date", "230"),
        "2025年9月1日": ("date", "20250901"),
        "2025年9月30日": ("date", "20250930"),
        "10月底": ("date", "20251031"),
        "全年": ("date", "20251231"),
        "704件": ("count", "704"),
        "25件": ("count", "25"),
    }
    for figure in figures:
        assert TOLD[figure.start : figure.end] == figure.text
    assert [f.start for f in figures] == sorted(f.start for f in figures)
    skipped = [(s.start, s.end) for s in found.documents[0].document.skipped]
    assert not [f for f in figures for start, end in skipped if start < f.end and f.start < end]


def test_no_other_check_binds_a_date() -> None:
    plain = document(TOLD)
    assert {f.kind for f in plain.figures} == {"count"}
    for judged in audited(TOLD).relations:
        dated = {c.figure.kind == "date" for c in judged.relation.claims()}
        assert dated == {judged.relation.check == "dates"}


def test_an_audit_with_dates_verifies() -> None:
    data = json.loads(json.dumps(contract(audited(TOLD), "zh")))
    result = verify(data)
    assert result.faults == ()
    assert result.agreed == len(data["relations"]) >= 4


@pytest.mark.parametrize(("key", "value"), [("value", "20250901"), ("text", "2025年12月21日")])
def test_a_falsified_date_is_noticed(key: str, value: str) -> None:
    data = json.loads(json.dumps(contract(audited(TOLD), "zh")))
    (entry,) = (f for f in data["documents"][0]["figures"] if f["text"] == "2025年12月20日")
    entry[key] = value
    assert verify(data).faults


def test_a_falsified_verdict_is_noticed() -> None:
    data = json.loads(json.dumps(contract(audited(TOLD), "zh")))
    relation = data["relations"][0]
    relation["verdict"], relation["severity"], relation["basis"], relation["gap"] = (
        "consistent",
        None,
        "exact",
        0,
    )
    assert verify(data).faults


def test_one_day_is_no_last_digit() -> None:
    """A gap of one day is no rounding error: it weighs as much as any."""
    (judged,) = of(audited("公示期自2025年3月2日至2025年3月1日，意见25条。"), "dates")
    assert (judged.verdict.gap, judged.verdict.severity) == (1, "error")


def test_a_date_that_may_be_misread_accuses_nobody() -> None:
    """Read from a picture, with a digit that the reader is not sure of."""
    text = "协调会于2025年2月29日召开，到会25人。"
    at = text.index("9日")
    for sure, verdict in ((55, "unverified"), (99, "inconsistent")):
        read = replace(document(text), layout=Layout(sure=((at, sure),)))
        (judged,) = of(audit([read]), "dates")
        assert judged.verdict.verdict == verdict


# --- every entry of the lexicon -------------------------------------------------------------------------------


def said(text: str) -> dict[str, list[str]] | None:
    """The terms of the only tie of dates, and nothing where there is none."""
    found: Audit = audited(text)
    ties = of(found, "dates")
    return printed(ties[0]) if ties else None


def test_other_calendars() -> None:
    all_work("lunar", LEX["calendar"]["other"], lambda w: said(f"庙会于{w}2月30日举办，到会25人。") is None)
    assert said("庙会于2月30日举办，到会25人。")


def test_words_of_a_span() -> None:
    spans = LEX["interval"]
    both = {"first": ["2025年9月1日"], "second": ["2025年3月1日"]}
    all_work("joins", spans["joins"], lambda w: said(f"自2025年9月1日{w}2025年3月1日整改25处。") == both)

    def warns(word: str) -> bool:
        (judged,) = of(audited(f"自2025年9月1日{word}2025年3月1日整改25处。"), "dates")
        return judged.verdict.severity == "warning"

    all_work("dashes", spans["dashes"], warns)
    all_work("next year", spans["years"], lambda w: said(f"自2025年3月1日至{w}2月1日整改25处。") is None)
    assert said("自2025年3月1日至2月1日整改25处。")


def test_words_of_dates_beside_the_whole_year() -> None:
    until = LEX["until"]
    text = "{0}2025年10月底，{1}{2}受理案件704件。"
    tied = {"first": ["全年"], "second": ["2025年10月底"]}
    year = until["whole_year"]
    all_work("until", until["words"], lambda w: said(text.format(w, year, "共")) == tied)
    all_work("done", until["done"], lambda w: said(text.format("截至", year, w)) == tied)
    all_work(
        "not until",
        until["not"],
        lambda w: (
            said(text.format("截至", year, "共")) == tied
            and said(f"{w}截至2025年10月底，全年共受理案件704件。") is None
        ),
    )
    assert said(text.format("截至", year, "拟")) is None


def test_words_of_what_a_report_covers() -> None:
    def works(word: str) -> bool:
        text = f"# 某某区2025年政府信息公开工作年度报告\n\n本报告{word}自2024年1月1日至2024年12月31日，公开信息704条。\n"
        return any(
            printed(j) == {"first": ["2025年"], "second": ["2024年12月31日"]}
            for j in of(audited(text), "dates")
        )

    all_work("coverage", LEX["coverage"]["words"], works)


def test_titles() -> None:
    report = LEX["report"]
    text = "# 某某市司法局2025年{0}\n\n2025年12月20日\n\n{1}受理案件704件。\n"
    tied = {"first": ["2025年"], "second": ["2025年12月20日"]}
    all_work("sure titles", report["sure"], lambda w: said(text.format(w, "")) == tied)
    all_work("dated titles", report["titles"], lambda w: said(text.format(w, "全年")) == tied)
    all_work(
        "results",
        report["results"],
        lambda w: said(f"# 某某市司法局2025年工作总结\n\n2025年12月20日\n\n全年{w}案件704件。\n") == tied,
    )
    all_work("titles without 全年", report["titles"], lambda w: said(text.format(w, "")) is None)
    all_work("dated not", report["not"], lambda w: said(text.format(f"{w}年度报告", "全年")) is None)
