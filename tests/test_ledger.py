"""The ledger: every figure once, exact, and inert in a spreadsheet."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pandas
import pytest

from gouji.checks.audit import Audit
from gouji.checks.run import audit as run
from gouji.extract.reader import load
from gouji.reports import FORMATS
from gouji.reports.json import contract
from gouji.reports.ledger import frame

from .fixture_audit import audit
from .hostile import ATTACKS, EVERYTHING, hostile

EXAMPLES = Path(__file__).parents[1] / "examples"


def rendered(name: str, found: Audit, lang: str = "zh") -> bytes:
    data = FORMATS[name](found, lang)
    assert isinstance(data, bytes)
    return data


def sheet(found: Audit, lang: str = "zh") -> list[dict[str, str]]:
    data = rendered("csv", found, lang)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def table(found: Audit) -> pandas.DataFrame:
    return pandas.read_parquet(BytesIO(rendered("parquet", found)))


def test_every_figure_once_and_as_in_the_json() -> None:
    found = run(load(str(path)) for path in sorted(EXAMPLES.glob("*-*.*")))
    figures = [figure for document in contract(found, "zh")["documents"] for figure in document["figures"]]
    assert len(figures) > 200
    rows = table(found).to_dict("records")
    assert len(sheet(found)) == len(rows) == len(figures)
    for row, figure in zip(rows, figures, strict=True):
        for name in ("id", "text", "value", "unit", "approx", "interval", "kind", "start", "end", "status"):
            assert row[name] == figure[name]
        assert row["line"] == figure["where"]["line"]


def test_what_checked_it_or_why_not() -> None:
    rows = {row["id"]: row for row in table(audit()).to_dict("records")}
    assert rows["d1f3"]["checks"] == "rate"
    assert rows["d1f3"]["state"] == "warning"
    assert rows["d1f3"]["verdicts"] == "truncated"
    assert rows["d1f7"]["relations"] == "r2 r3"
    assert rows["d1f12"]["ties"] == 1
    assert rows["d1f11"]["power"] == 0.9999
    assert rows["d1f4"]["reason"] == "no_relation"
    assert rows["d1f4"]["ties"] == 0
    assert rows["d1f4"]["direction"] == ""


def test_words_for_people() -> None:
    row = {row["编号"]: row for row in sheet(audit())}["d1f4"]
    assert row["原文"] == "约1.2万人次"
    assert row["精度"] == "约数"
    assert row["核对状态"] == "无勾稽"
    assert row["未核原因"] == "没有找到与它勾稽的数字"
    assert row["页"] == ""
    english = {row["id"]: row for row in sheet(audit(), "en")}
    assert english["d1f4"]["precision"] == "about"


@pytest.mark.parametrize("attack", [*ATTACKS, EVERYTHING])
def test_no_cell_is_a_formula(attack: str) -> None:
    for row in sheet(hostile(attack)):
        assert len(row) == 30
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert len(table(hostile(attack))) == 24


def test_no_documents() -> None:
    empty = Audit((), ())
    assert sheet(empty) == []
    assert list(table(empty).columns) == list(frame(audit()).columns)


def test_same_input_same_bytes() -> None:
    for name in ("csv", "parquet"):
        assert rendered(name, audit()) == rendered(name, audit())
