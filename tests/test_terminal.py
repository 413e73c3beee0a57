"""The audit for a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gouji.checks.audit import Audit
from gouji.extract.document import Unread
from gouji.extract.interval import Interval
from gouji.reports.layout import harmless, pad, width, wrap
from gouji.reports.terminal import render

from .fixture_audit import audit, clean
from .golden_files import compare


def test_golden_zh() -> None:
    compare("audit.zh.txt", render(audit(), "zh", verbose=True))


def test_golden_en() -> None:
    compare("audit.en.txt", render(audit(), "en"))


def test_golden_clean() -> None:
    compare("clean.zh.txt", render(clean(), "zh"))


def test_errors_come_first_and_name_their_place() -> None:
    lines = [line for line in render(audit(), "zh").splitlines() if line.startswith(("错误", "警告"))]
    assert [line.split()[0] for line in lines] == ["错误", "错误", "警告"]
    assert "reports/2017.md:6:31" in lines[0]


def test_a_clean_report_makes_no_noise() -> None:
    text = render(clean(), "zh")
    assert not re.search(r"错误|警告|疑误", text)
    assert text.endswith("未发现问题：3 项勾稽关系全部相符。\n")


def test_nothing_checked_is_not_called_clean() -> None:
    assert "不能据此认为数字无误" in render(Audit((), ()), "zh")


def test_accepted_exceptions_are_counted_apart() -> None:
    full = audit()
    kept = tuple(replace(judged, suppressed="accepted") for judged in full.relations)
    text = render(replace(full, relations=kept), "zh")
    assert "3 项问题已确认为例外" in text
    assert "不宜发布" not in text


def test_colour_only_where_asked() -> None:
    assert "\x1b[" not in render(audit(), "zh")
    coloured = render(audit(), "zh", color=True)
    assert "\x1b[" in coloured
    assert "【" not in coloured


def test_no_line_is_wider_than_the_terminal() -> None:
    for columns in (40, 60, 100):
        text = render(audit(), "zh", verbose=True, columns=columns)
        # a closing mark may hang over the edge with the token that it belongs to, never a whole word
        assert max(map(width, text.splitlines())) <= columns


def test_a_report_cannot_steer_the_terminal() -> None:
    broken = Audit((), (), (Unread("a\x1b[31m.txt", "line\rbreak\x07"),))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(broken, "zh"))


@given(st.lists(st.tuples(st.text(), st.sampled_from(["", "mark"]))), st.integers(2, 60))
def test_wrapping_loses_no_visible_character(parts: list[tuple[str, str]], columns: int) -> None:
    clean_parts = [(harmless(text), style) for text, style in parts]
    wrapped = "".join(text for line in wrap(clean_parts, columns) for text, _ in line)
    whole = "".join(text for text, _ in clean_parts)
    assert re.sub(r"\s", "", wrapped) == re.sub(r"\s", "", whole)


def test_a_closing_mark_never_opens_a_line() -> None:
    lines = wrap([("受理七百零四件，" * 20, "")], 16)
    assert all(not line[0][0].startswith("，") for line in lines)


def test_widths() -> None:
    assert width("受理704件") == 9
    assert pad("率", 4) == "率  "


def test_a_dropped_zero_is_judged_and_shown_at_the_usual_digits() -> None:
    full = audit()
    rate = full.relations[0]
    claim = rate.relation.terms["rate"][0]
    figure = replace(claim.figure, text="90.8%", decimals=1, ulp=Fraction(1, 10), value=Fraction("90.8"))
    short = replace(claim, figure=figure)
    coarse = replace(
        rate,
        relation=replace(rate.relation, terms={**rate.relation.terms, "rate": (short,)}),
        verdict=replace(
            rate.verdict,
            verdict="suspicious",
            basis="coarse",
            stated=Interval(Fraction("90.795"), Fraction("90.805")),
        ),
    )
    text = render(replace(full, relations=(coarse,)), "zh")
    assert "按全文习惯的位数应为 90.78%，报告为 90.8%" in text
    assert "差额 +0.02个百分点" in text
