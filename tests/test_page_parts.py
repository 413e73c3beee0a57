"""What the page is put together from: derivations, pictures, outlines, words, the shortened data."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks.audit import Audit, Habits
from gouji.checks.relation import Judged, Relation, Verdict
from gouji.extract.claim import Claim
from gouji.extract.document import Block, Flow
from gouji.extract.interval import Interval
from gouji.reports import inline, inspector
from gouji.reports.card import card
from gouji.reports.charts import bar, series
from gouji.reports.html import render
from gouji.reports.mathml import mathml
from gouji.reports.messages import messages
from gouji.reports.pages import text_blocks
from gouji.reports.view import View

from .fixture_audit import OLD, Build, audit


def tree(equation: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<all>{mathml(equation)}</all>")


def plain(node: ElementTree.Element) -> str:
    return "".join(node.itertext()).replace("\u2009", " ")


@pytest.mark.parametrize(
    ("equation", "over", "under"),
    [
        ("217523 / 239625 = 90.7764…%", "217523", "239625"),
        ("355197 ÷ 329242 − 1 = 7.8832…%", "355197", "329242"),
        ("7.43 / (186.42 - 7.43) = 4.1510…%", "7.43", "186.42−7.43"),
        ("(1 + 2) / 3 = 1", "1+2", "3"),
        ("1 / p - 1, p ∈ {2, 3, …} (32)", "1", "p"),
    ],
)
def test_a_quotient_is_a_fraction(equation: str, over: str, under: str) -> None:
    (fraction,) = tree(equation).iter("mfrac")
    assert [plain(part) for part in fraction] == [over, under]


def test_a_unit_stays_with_its_number_and_a_broken_bound_keeps_its_sign() -> None:
    root = tree("3.10 + 4.90 ≰ 7.44 亿元")
    assert [node.text for node in root.iter("mo")] == ["+", "≰"]
    assert plain(root) == "3.10+4.90≰7.44 亿元"


def test_a_long_sum_may_be_broken_between_its_terms() -> None:
    assert len(tree(" + ".join("123456789") + " = 45").findall("math")) == 10
    assert len(tree("1 + 2 = 3").findall("math")) == 1


@pytest.mark.parametrize(
    "line", ["((((1", "1 + ", "a = <b>", "}", "∈", "(" * 200, "1" * 500, "1 + " * 3000, "", "…"]
)
def test_what_is_no_derivation_stays_text(line: str) -> None:
    assert "".join(plain(tree(line)).split()).replace("−", "-") == "".join(line.split())


@given(st.text(alphabet="0123456789.,+-*/=≤(){}%… 亿<&\"'p∈"))
def test_no_line_is_lost_and_none_becomes_markup(line: str) -> None:
    shown = plain(tree(line))
    digits = re.sub(r"\D", "", line)
    assert re.sub(r"\D", "", shown) == digits


def test_a_bar_fills_its_length_and_no_more() -> None:
    found = bar(Counter(a=1, b=1, c=1), "abc")
    assert sum(stretch.width for stretch in found) == 1000
    assert all(one.x + one.width == other.x for one, other in itertools.pairwise(found))
    assert sum(stretch.width for stretch in bar(Counter(a=1), "abc", 4)) == 250
    assert [stretch.width for stretch in bar(Counter(), "ab")] == [0, 0]


def across(growth: str, verdict: str, direction: str = "up") -> Audit:
    """Three years of one indicator; the second growth has the verdict."""
    years = []
    for place, (year, text) in enumerate(
        (
            ("2015", "受理各类纠纷190000件。"),
            ("2016", "受理各类纠纷228000件，增长20%。"),
            ("2017", f"受理各类纠纷239400件，增长{growth}。"),
        )
    ):
        build = Build(OLD.split("\n")[0] + "\n\n" + text, place, f"{year}.txt", year, year)
        value = build.figure(re.findall(r"\d+件", text)[0], "件", "受理")
        rate = (
            build.figure(re.findall(r"[\d.]+%", text)[0], "%", "", role="growth", direction=direction)
            if place
            else None
        )
        years.append((build, value, rate))
    relations = []
    for place in (1, 2):
        (_, prior, _), (_, current, rate) = years[place - 1], years[place]
        assert rate
        decided = Verdict("consistent", basis="exact") if place == 1 else Verdict(verdict, severity="warning")
        terms: dict[str, tuple[Claim, ...]] = {"current": (current,), "prior": (prior,), "growth": (rate,)}
        relations.append(
            Judged(f"r{place}", Relation("growth_cross", terms, "customary"), decided, f"cross-{place}")
        )
    return Audit(tuple(build.audited(Habits(), None, {}) for build, _, _ in years), tuple(relations))


def test_an_indicator_is_drawn_over_the_years_with_the_failing_point() -> None:
    (one,) = series(View(across("7.0%", "inconsistent")), messages("zh"))
    assert [point.period for point in one.points] == ["2015", "2016", "2017"]
    assert [point.wrong for point in one.points] == [False, False, True]
    (asked,) = one.expected
    assert asked.text == "243960件"  # 228000 and 7% more
    assert one.points[0].y > one.points[1].y > one.points[2].y > asked.y
    assert abs(asked.label[1] - one.points[2].label[1]) >= 15
    assert one.findings == ["cross-2"]
    assert "2017 应为 243960件" in one.description


def test_a_fall_is_drawn_downwards() -> None:
    (one,) = series(View(across("7.0%", "inconsistent", "down")), messages("zh"))
    assert one.expected[0].text == "212040件"
    assert one.expected[0].y > one.points[1].y


def test_what_holds_and_what_is_undecided_asks_for_no_other_point() -> None:
    assert not series(View(across("5.0%", "consistent")), messages("zh"))[0].expected
    (one,) = series(View(across("5.0%", "unverified")), messages("zh"))
    assert [point.period for point in one.points] == ["2015", "2016"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_ties_across_reports_come_before_the_findings(lang: str) -> None:
    source = render(across("7.0%", "inconsistent"), lang)
    assert source.index('class="index"') < source.index('class="charts"') < source.index('id="findings"')


def test_an_outline_has_no_gaps() -> None:
    full = audit()
    first = full.documents[0]
    levels = [2, 4, 4, 1, 3, 2]
    text = "\n".join("标题" for _ in levels)
    blocks = tuple(Block(place * 3, place * 3 + 2, "heading", level) for place, level in enumerate(levels))
    document = replace(
        first.document, text=text, figures=(), flow=Flow(text, list(range(len(text) + 1)), blocks)
    )
    view = View(Audit((replace(first, document=document),), ()))
    assert [block.rank for block in text_blocks(view, 0)] == [1, 2, 2, 1, 2, 2]


def test_cells_that_name_columns_and_rows_are_headings_of_the_table() -> None:
    (table,) = [block for block in text_blocks(View(audit()), 0) if block.kind == "table"]
    assert [[cell.head for cell in row] for row in table.rows] == [
        ["col", "col", "col"],
        ["row", "", ""],
        ["row", "", ""],
    ]
    assert [cell.number for cell in table.rows[1]] == [False, True, True]


def test_ends_say_what_is_left_out() -> None:
    figure = audit().documents[0].document.figures[2]
    assert inspector.ends(Interval(Fraction(1, 2), Fraction(3), True, True), figure) == (">0.5%", "<3%")
    assert inspector.ends(Interval(None, Fraction(3)), None) == ("−∞", "3")


def test_a_broken_bound_is_not_written_as_if_it_held() -> None:
    view = View(audit())
    (broken,) = [judged for judged in view.findings if judged.relation.check == "subset"]
    assert "≰" in card(view, broken, messages("zh")).equation


def test_the_mail_says_what_and_where_in_the_reader_s_language() -> None:
    view = View(audit())
    (rate,) = [judged for judged in view.findings if judged.relation.check == "rate"]
    text = card(view, rate, messages("en")).mail
    assert text.startswith("[warning] rate: truncated\n")
    assert "expected: 90.78%" in text
    assert "fingerprint: rate-1b6f0c11" in text


def test_scripts_and_catalogues_agree_on_the_words() -> None:
    used = set(re.findall(r"\bwords\.([a-z_]+)\b", "".join(map(inline.asset, inline.SCRIPTS))))
    assert used == set(inspector.WORDS)


def test_every_part_of_the_page_is_shipped_and_used() -> None:
    folder = files("gouji.reports")
    names = {path.name for path in folder.iterdir() if path.name.startswith("page")}
    templates = {name for name in names if name.endswith(".html")}
    included = set(re.findall(r'include "([^"]+)"', inline.asset("page.html")))
    assert templates == included | {"page.html"}
    assert {name for name in names if name.endswith((".css", ".js"))} == {*inline.STYLES, *inline.SCRIPTS}
