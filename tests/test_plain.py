"""Untrusted text made harmless."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.reports.plain import cell_text, csv_text, looks_like_formula, whole_text, xml_text

ANY = st.text(alphabet=st.characters(exclude_categories=[]))


@given(ANY)
def test_any_text_fits_into_xml(text: str) -> None:
    element = Element("a")
    element.text = xml_text(text)
    read = fromstring(tostring(element, "utf-8")).text or ""
    # a parser reads every line end as one line feed
    assert read == xml_text(text).replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["Cc"])))
def test_ordinary_text_stays(text: str) -> None:
    assert xml_text(text) == text == whole_text(text)


@given(ANY)
def test_whole_text_is_utf8(text: str) -> None:
    assert len(whole_text(text).encode("utf-8").decode("utf-8")) == len(text)


@given(ANY)
def test_no_csv_cell_is_a_formula(text: str) -> None:
    assert not looks_like_formula(csv_text(text))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "%0A", "|x", "＝1", "＋1", "－1"]
)
def test_formulas_are_led_by_an_apostrophe(text: str) -> None:
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["704件", "90.78%", "", "1=1", "增长5.27%"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert csv_text(text) == text


def test_a_cell_means_no_character_by_number() -> None:
    assert cell_text("_x000D_ _x41_ a_x") == "_x005F_x000D_ _x41_ a_x"
    assert cell_text("\x00") == "\ufffd"
