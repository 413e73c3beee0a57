"""The JSON contract."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks.audit import Audit
from gouji.extract.document import Unread
from gouji.extract.interval import Interval
from gouji.reports import FORMATS
from gouji.reports.json import render
from gouji.reports.write import decimal, exact_value, interval, percent, readable, share_number

from .fixture_audit import audit
from .golden_files import compare

FIGURE_KEYS = (
    "id start end text value unit approx interval kind indicator subject period direction where status reason"
)
RELATION_KEYS = (
    "id check formula terms strength evidence verdict basis reason severity power equation stated recomputed "
    "gap message suspects diagnosis feasible suppressed fingerprint"
)


def data(**options: Any) -> dict[str, Any]:
    found = json.loads(render(audit(), "zh", **options))
    assert isinstance(found, dict)
    return found


def test_golden() -> None:
    compare("audit.json", render(audit(), "zh", verbose=True))


def test_keys_and_their_order() -> None:
    found = data()
    assert list(found) == ["gouji", "schema", "documents", "relations", "unread", "summary"]
    document = found["documents"][0]
    assert " ".join(document) == "path sha256 title issuer period text habits detection_share notes figures"
    assert " ".join(document["figures"][0]) == FIGURE_KEYS
    assert " ".join(document["figures"][0]["where"]) == "page paragraph line column table row cell"
    assert " ".join(found["relations"][0]) == RELATION_KEYS
    assert list(data(verbose=True)["documents"][0])[-1] == "skipped"


def test_offsets_name_the_printed_text() -> None:
    for document in data(verbose=True)["documents"]:
        for entry in [*document["figures"], *document["skipped"]]:
            assert document["text"][entry["start"] : entry["end"]] == entry["text"]


def test_places_count_from_one_in_the_original() -> None:
    for document in data()["documents"]:
        for figure in document["figures"]:
            line = document["text"].split("\n")[figure["where"]["line"] - 1]
            assert line[figure["where"]["column"] - 1 :].startswith(figure["text"])
    cells = [figure["where"] for figure in data()["documents"][0]["figures"]][-4:]
    assert [(cell["table"], cell["row"], cell["cell"]) for cell in cells] == [
        (1, 2, 2),
        (1, 2, 3),
        (1, 3, 2),
        (1, 3, 3),
    ]


def test_summary_counts() -> None:
    assert data()["summary"] == {
        "documents": 2,
        "figures": 24,
        "checked": 17,
        "unverified": 2,
        "unrelated": 5,
        "relations": 8,
        "errors": 2,
        "warnings": 1,
    }


def test_accepted_exceptions_do_not_count() -> None:
    full = audit()
    kept = tuple(replace(judged, suppressed="accepted") for judged in full.relations)
    assert json.loads(render(replace(full, relations=kept), "zh"))["summary"]["errors"] == 0


def test_relations_name_figures_that_exist() -> None:
    found = data()
    known = {figure["id"] for document in found["documents"] for figure in document["figures"]}
    used = {name for relation in found["relations"] for terms in relation["terms"].values() for name in terms}
    assert used
    assert used <= known


def test_same_input_same_bytes_and_no_absolute_path() -> None:
    assert render(audit(), "zh") == render(audit(), "zh")
    assert not re.search(r'"path": "(/|[A-Z]:)', render(audit(), "zh"))


def test_the_message_follows_the_language() -> None:
    assert "应为 90.78%" in render(audit(), "zh")
    assert "rounds to 90.78%" in render(audit(), "en")


def test_empty_audit() -> None:
    found = json.loads(render(Audit((), (), (Unread("a.txt", "no"),)), "zh"))
    assert found["documents"] == []
    assert found["unread"] == [{"path": "a.txt", "reason": "no"}]


def test_json_never_pays_for_html() -> None:
    code = "import sys; from gouji.reports import FORMATS; FORMATS['json']; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_formats_are_listed_without_import() -> None:
    assert list(FORMATS)[:3] == ["terminal", "json", "html"]
    with pytest.raises(KeyError):
        FORMATS["pdf"]


def test_intervals() -> None:
    assert interval(None) is None
    assert interval(Interval(Fraction(16277, 200), Fraction(704), high_open=True)) == "[16277/200, 704)"
    assert interval(Interval(None, Fraction(3))) == "(-inf, 3]"
    assert interval(Interval(Fraction(3), None)) == "[3, inf)"


def test_values() -> None:
    figure = audit().documents[0].document.figures[0]
    values = {
        Fraction(22000): "22000",
        Fraction("81.39"): "81.39",
        Fraction(2, 3): "2/3",
        Fraction(5, 2): "2.5",
    }
    for value, text in values.items():
        assert exact_value(replace(figure, value=value)) == text
    assert exact_value(replace(figure, value=Fraction(3), upper=Fraction(5))) == "3..5"


@given(st.fractions(min_value=0, max_value=1))
def test_a_share_is_never_rounded_up(share: Fraction) -> None:
    number = share_number(share)
    assert number is not None
    assert Fraction(str(number)) <= share < Fraction(str(number)) + Fraction(1, 10_000)
    assert (percent(share) == "100%") == (share == 1)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_decimals_are_exact(number: int, digits: int) -> None:
    text = decimal(Fraction(number, 10**digits), digits).replace("−", "-")
    assert Fraction(text) == Fraction(number, 10**digits)
    assert len(text.partition(".")[2]) == digits


@given(st.fractions())
def test_a_decimal_that_does_not_end_says_so(number: Fraction) -> None:
    text = readable(number).replace("−", "-")
    assert text.endswith("…") == ((number * 10_000).denominator != 1)
    assert abs(Fraction(text.rstrip("…"))) <= abs(number)
