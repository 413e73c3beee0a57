"""Paths to documents, and what a document says of itself."""

import hashlib
import os
from pathlib import Path

import pytest

from gouji.extract import sections
from gouji.extract.document import Document
from gouji.extract.flow import flow
from gouji.extract.reader import load, paths

REPORT = (
    "某某市司法局2017年法治政府建设情况报告\r\n\r\n一、基本情况\r\n全年受理704件。\r\n"
    "| 项目 | 件数 |\r\n| 受理 | 704 |\r\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.md",
        ".hidden.txt",
        "c.json",
        "~$a.docx",
        "deep/d.TXT",
        "deep/.git/e.txt",
        "deep/a.txt",
    ):
        path = tmp_path / "r" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(REPORT.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["r"], ["r/a.md", "r/b.txt", "r/deep/a.txt", "r/deep/d.TXT"]),
        (["r/"], ["r/a.md", "r/b.txt", "r/deep/a.txt", "r/deep/d.TXT"]),
        (["r/b.txt", "r/a.md"], ["r/b.txt", "r/a.md"]),
        (["r/b.txt", "r/b.txt", "./r/b.txt"], ["r/b.txt"]),
        (["r/*.txt"], ["r/b.txt"]),
        (["r/*"], ["r/a.md", "r/b.txt", "r/deep/a.txt", "r/deep/d.TXT"]),
        (["r/**/*.txt"], ["r/b.txt", "r/deep/a.txt"]),
        (["r/c.json"], ["r/c.json"]),
        (["r/*.json"], ["r/*.json"]),
        (["none.txt", "none*.txt"], ["none.txt", "none*.txt"]),
        ([], []),
    ],
)
def test_paths(folder: Path, args: list[str], expected: list[str]) -> None:
    assert paths(args) == expected


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    Path("r/[2017].txt").write_text("受理704件", "utf-8")
    assert paths(["r/[2017].txt"]) == ["r/[2017].txt"]
    assert isinstance(load("r/[2017].txt"), Document)


def test_links_that_run_in_a_circle_end(folder: Path) -> None:
    os.symlink("..", "r/deep/up")
    assert paths(["r"]) == ["r/a.md", "r/b.txt", "r/deep/a.txt", "r/deep/d.TXT"]


def test_load(folder: Path) -> None:
    document = load("r/b.txt")
    assert isinstance(document, Document)
    assert document.path == "r/b.txt"
    assert document.text == REPORT
    assert document.sha256 == hashlib.sha256(REPORT.encode()).hexdigest()
    assert (document.title, document.issuer, document.period, document.encoding) == (
        "某某市司法局2017年法治政府建设情况报告",
        "某某市司法局",
        "2017",
        "utf-8",
    )
    assert [figure.numeral for figure in document.figures][:1] == ["704"]
    for figure in document.figures:
        assert document.text[figure.start : figure.end] == figure.text


def test_where() -> None:
    document = Document("", "", REPORT, flow=flow(REPORT))
    place = sections.where(document, REPORT.index("704"))
    assert (place.paragraph, place.line, place.column) == (3, 4, 5)
    assert (place.page, place.table, place.row, place.cell) == (None, None, None, None)
    cell = sections.where(document, REPORT.rindex("704"))
    assert (cell.line, cell.table, cell.row, cell.cell) == (6, 1, 2, 2)
    first = sections.where(document, 0)
    assert (first.paragraph, first.line, first.column) == (1, 1, 1)
    last = sections.where(document, len(REPORT))
    assert (last.line, last.column) == (7, 1)


def test_pages_are_told_by_form_feeds() -> None:
    text = "受理七百件。\f办结三百件。"
    document = Document("", "", text, flow=flow(text))
    assert [sections.where(document, text.index(word)).page for word in ("受理", "办结")] == [1, 2]


def test_where_in_a_text_without_blocks() -> None:
    assert sections.where(Document("", "", " \n", flow=flow(" \n")), 1).line == 1


BUDGET = "关于某某市2025年预算执行情况的报告"
BULLETIN = "2024年某某市国民经济和社会发展统计公报"
BROKEN = ("关于某某市2025年地方财政预算执行", "情况和2026年地方财政预算草案的报告")
SIGNED = "现报告如下：\n一、主要工作\n2021年，受理3件。\n特此报告。\n某某区人民政府\n2022年1月5日"


@pytest.mark.parametrize(
    ("text", "title", "issuer", "period"),
    [
        (f"{BUDGET}\n——2026年2月在某会上\n某某市财政局\n各位代表：", BUDGET, "某某市财政局", "2025"),
        (f"{BULLETIN}\n全年平稳。", BULLETIN, "某某市", "2024"),
        ("2022年度某区司法局工作情况报告\n区政府：", "2022年度某区司法局工作情况报告", "某区司法局", "2022"),
        ("# 二〇一九年政府工作报告\n某县人民政府县长 张三", "二〇一九年政府工作报告", "某县人民政府", "2019"),
        (SIGNED, "", "某某区人民政府", "2021"),
        ("一、主要工作\n截至2020年底，共3件。2019年2件，2019年1件。", "", "", "2020"),
        ("受理3件，办结2件。", "", "", ""),
        ("\n".join((*BROKEN, "某某市财政局", "全年平稳。")), "".join(BROKEN), "某某市财政局", "2025"),
    ],
)
def test_what_a_document_says_of_itself(text: str, title: str, issuer: str, period: str) -> None:
    reading = flow(text)
    found = sections.title(reading)
    assert found == title
    assert sections.issuer(reading, found) == issuer
    assert sections.period(reading, found) == period
