"""Scans and pictures: what is read, what is reported, what a doubtful number may accuse of."""

from __future__ import annotations

import difflib
import hashlib
import io
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks.run import audit
from gouji.extract import ocr, reader
from gouji.extract.document import DOUBT, Document, Unread
from gouji.extract.extracted import Cell, Extracted, Layout, Note, said
from gouji.extract.reader import load
from gouji.extract.sureness import bare, marked, unmarked
from gouji.extract.text import UnreadError
from gouji.reports.cli import cli
from gouji.reports.json import contract
from gouji.reports.messages import messages
from gouji.reports.terminal import render

from .pdf_files import Pdf, paragraph
from .same_report import as_docx, as_html, as_pdf, as_pictures, as_scan, blocks, font

EXAMPLE = (Path(__file__).parents[1] / "examples" / "bulletin-2025.md").read_text("utf-8")
NEEDS_OCR = pytest.mark.skipif(
    not ocr.installed() or find_spec("PIL") is None or font() is None,
    reason="OCR (gouji[ocr]) or a font with Chinese characters is not here",
)


# --- how sure a reading is ---------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("收入12.5亿元，|\n"), st.integers(0, 100)), max_size=40))
def test_marks_travel_with_their_characters_and_leave_no_trace(chars: list[tuple[str, int]]) -> None:
    text = "".join(marked(char, percent) for char, percent in chars)
    plain = "".join(char for char, _ in chars)
    offsets = tuple(len("".join(marked(*one) for one in chars[:k])) for k in range(len(chars)))
    extracted = unmarked(Extracted(text, "pdf", layout=Layout(pages=offsets)))
    assert extracted.text == plain == bare(text)
    assert extracted.layout is not None
    assert extracted.layout.pages == tuple(range(len(chars)))
    expected = {
        k: max(percent, 69) for k, (char, percent) in enumerate(chars) if marked(char, percent) != char
    }
    assert dict(extracted.layout.sure) == expected


def test_a_cell_keeps_its_place_and_a_number_its_least_sure_digit() -> None:
    text = "| " + marked("1", 99) + marked("2", 71) + " | 万元 |"
    extracted = unmarked(
        Extracted(text, "pdf", layout=Layout(cells=(Cell(2, 6, 1, 1, 1), Cell(9, 11, 1, 1, 2))))
    )
    assert extracted.layout is not None
    assert [extracted.text[cell.start : cell.end] for cell in extracted.layout.cells] == ["12", "万元"]
    assert extracted.layout.sureness(2, 4) == 71
    assert extracted.layout.sureness(2, 3) == 99
    assert extracted.layout.sureness(7, 9) is None


# --- what a doubtful number may accuse of ------------------------------------------------------------


def document(text: str, sure: Callable[[str], int | None], tmp_path: Path) -> Document:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    loaded = load(str(path))
    assert isinstance(loaded, Document)
    return replace(loaded, figures=tuple(replace(f, sure=sure(f.numeral)) for f in loaded.figures))


WRONG = "全年受理纠纷704件，调解成功573件，成功率为91.39%。\n"
RIGHT = "全年受理纠纷704件，调解成功573件，成功率为81.39%。\n"


@pytest.mark.parametrize(
    ("text", "numeral", "percent", "verdict"),
    [
        (WRONG, "91.39", DOUBT - 1, "unverified"),
        (WRONG, "704", DOUBT - 1, "unverified"),
        (WRONG, "91.39", DOUBT, "inconsistent"),
        (WRONG, "none", 0, "inconsistent"),
        (RIGHT, "81.39", DOUBT - 1, "consistent"),
    ],
)
def test_a_tie_that_fails_on_a_doubtful_number_accuses_nobody(
    text: str, numeral: str, percent: int, verdict: str, tmp_path: Path
) -> None:
    found = audit([document(text, lambda printed: percent if printed == numeral else 100, tmp_path)])
    judged = next(judged for judged in found.relations if judged.relation.check == "rate")
    assert judged.verdict.verdict == verdict
    if verdict == "unverified":
        assert judged.verdict.reason == "doubtful_reading"
        assert judged.verdict.severity is None
        assert "OCR" in render(found, "zh")
    if verdict == "inconsistent":
        assert "100%" in render(found, "zh") or f"{DOUBT}%" in render(found, "zh")


def test_the_json_tells_how_sure_numbers_of_pictures_are(tmp_path: Path) -> None:
    found = audit([document(RIGHT, lambda printed: 93 if printed == "704" else None, tmp_path)])
    figures = contract(found, "zh")["documents"][0]["figures"]
    assert [figure.get("confidence") for figure in figures] == [0.93, None, None]


def test_notes_name_pages_and_places() -> None:
    found = {
        "read": [1, 2, 3, 7],
        "over": True,
        "scans": [8, 9],
        "lost": [[2, [0.211, 0.5]]],
        "pictures": [3],
    }
    lines = said(ocr.notes(found), "en")
    assert "1-3, 7" in lines[0]
    assert "8-9" in lines[1]
    assert "page 2 has 2 places" in lines[2]
    assert "21%, 50%" in lines[2]
    assert "3" in lines[3]
    assert ocr.notes({"read": [], "scans": [1]}) == []


# --- without the extra, and within bounds ------------------------------------------------------------


def scan_of_nothing() -> bytes:
    pdf = Pdf()
    for _ in range(3):
        pdf.page()
        pdf.picture()
    return pdf.data()


@pytest.mark.parametrize("data", [scan_of_nothing(), b"\x89PNG\r\n\x1a\n", b"II*\0", b"\xff\xd8\xff"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_the_extra_one_line_says_what_to_install(
    data: bytes, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    (tmp_path / "a.bin").write_bytes(data)
    loaded = load(str(tmp_path / "a.bin"), lang)
    assert isinstance(loaded, Unread)
    assert 'pip install "gouji[ocr]"' in loaded.reason
    assert "\n" not in loaded.reason


def test_pages_beside_a_scan_are_read_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, "全年受理纠纷704件，" * 12, 740)
    pdf.page()
    pdf.picture()
    (tmp_path / "a.pdf").write_bytes(pdf.data())
    loaded = load(str(tmp_path / "a.pdf"))
    assert isinstance(loaded, Document)
    assert "704件" in loaded.text
    assert any("gouji[ocr]" in note for note in loaded.notes)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import time; time.sleep(60)", "ocr_heavy"),
        ("import os; os.kill(os.getpid(), 9)", "ocr_heavy"),
        ("raise SystemExit(3)", "ocr_failed"),
    ],
)
def test_a_worker_that_hangs_or_dies_is_one_line(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{script}'\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(ocr, "SECONDS", 1)
    monkeypatch.setattr(ocr, "_WAIT", 1)
    monkeypatch.setattr(ocr, "installed", lambda: True)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    loaded = load(str(tmp_path / "a.png"), "en")
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError(code).message("en")


# --- with it -----------------------------------------------------------------------------------------


def decided(loaded: Document | Unread) -> list[tuple[object, ...]]:
    assert isinstance(loaded, Document), loaded
    return sorted(
        (
            judged.relation.check,
            judged.verdict.verdict,
            judged.verdict.severity,
            tuple(sorted(claim.figure.numeral for claim in judged.relation.claims())),
        )
        for judged in audit([loaded]).relations
        if judged.verdict.verdict != "unverified"
    )


FORMATS: dict[str, Callable[[str], bytes]] = {
    "md": str.encode,
    "txt": lambda text: "\n".join(
        block if isinstance(block, str) else "\n".join("| " + " | ".join(row) + " |" for row in block)
        for block in blocks(text)
    ).encode(),
    "docx": as_docx,
    "html": as_html,
    "pdf": as_pdf,
}


def read_as(kind: str, data: bytes, tmp_path: Path) -> Document | Unread:
    path = tmp_path / f"report.{kind}"
    path.write_bytes(data)
    return load(str(path))


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "md"])
def test_one_report_gives_the_same_findings_in_every_format(kind: str, tmp_path: Path) -> None:
    expected = decided(read_as("md", EXAMPLE.encode(), tmp_path))
    assert any(severity == "error" for _, _, severity, _ in expected)
    assert decided(read_as(kind, FORMATS[kind](EXAMPLE), tmp_path)) == expected


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Document:
    loaded = read_as("pdf", as_scan(EXAMPLE), tmp_path_factory.mktemp("scan"))
    assert isinstance(loaded, Document), loaded
    return loaded


@NEEDS_OCR
def test_a_scan_has_no_text_to_put_notes_on(
    scan: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = as_scan(EXAMPLE)
    Path("a.pdf").write_bytes(data)
    known = replace(scan, path="a.pdf", sha256=hashlib.sha256(data).hexdigest())
    monkeypatch.setattr(reader, "load", lambda path, lang: known)
    done = CliRunner().invoke(cli, ["audit", "a.pdf", "--annotate", "copies"])
    assert messages("zh")("cli.annotate_picture") in done.stderr
    assert list(Path("copies").iterdir()) == []


def digits(text: str) -> list[str]:
    return re.findall(r"[0-9.]", text.replace("．", "."))


@NEEDS_OCR
def test_a_scan_of_200_dpi_gives_the_same_findings(scan: Document, tmp_path: Path) -> None:
    assert decided(scan) == decided(read_as("md", EXAMPLE.encode(), tmp_path))
    assert any("识别" in note for note in scan.notes)
    assert all(figure.sure is not None for figure in scan.figures if figure.numeral.isascii())


@pytest.mark.parametrize(
    ("read", "meant"),
    [("5.9%0；", "5.9‰；"), ("5.9%", "5.9%"), ("%0.5", "%0.5"), ("-0.8%o", "-0.8‰"), ("0%00", "0%00")],
)
def test_per_mille_is_read_as_percent_and_nought(read: str, meant: str) -> None:
    from gouji.extract.ocr_page import _per_mille

    assert "".join(char for char, *_ in _per_mille([(char, 0.9, 0.0) for char in read])) == meant


@NEEDS_OCR
def test_the_digits_of_a_scan_are_right_and_no_line_is_lost(scan: Document) -> None:
    printed = digits(re.sub("-{3,}:?", "", "".join(map(str, blocks(EXAMPLE)))))
    read = digits(scan.text)
    matcher = difflib.SequenceMatcher(None, printed, read, autojunk=False)
    right = sum(size for *_, size in matcher.get_matching_blocks())
    assert right >= 0.995 * max(len(printed), len(read))
    assert not any("墨迹" in note for note in scan.notes)
    for block in blocks(EXAMPLE):
        assert isinstance(block, list) or block.replace("\u3000", "")[:6] in scan.text.replace(" ", "")


@NEEDS_OCR
def test_what_no_line_was_found_for_is_read_or_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for lines is made to skip one: it is read from its ink all the same, or reported."""
    numpy: Any = pytest.importorskip("numpy")
    from gouji.extract import ocr_page

    engine = ocr_page.Engine()
    every = engine.places
    picture = numpy.asarray(as_pictures(EXAMPLE)[0].crop((0, 150, 1654, 1000)).convert("RGB"))

    def length() -> int:
        glyphs = ocr_page.seen(engine, picture, 72 / 200).sheet.glyphs
        return len(bare("".join(glyph.char for glyph in glyphs)))

    full = length()
    monkeypatch.setattr(engine, "places", lambda image: every(image)[:5] + every(image)[6:])
    assert abs(length() - full) <= 2
    monkeypatch.setattr(engine, "line", lambda crop: [])
    assert len(ocr_page.seen(engine, picture, 72 / 200).unread) >= 8


@NEEDS_OCR
@pytest.mark.parametrize("turn", [0.8, 90, 180])
def test_a_page_that_lies_askew_is_turned(turn: float, tmp_path: Path) -> None:
    page = as_pictures(EXAMPLE)[0].crop((0, 150, 1654, 1000)).rotate(turn, expand=True, fillcolor=255)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=60)
    loaded = read_as("jpg", out.getvalue(), tmp_path)
    assert isinstance(loaded, Document), loaded
    for number in ("3268.45", "214.37", "1752.42", "59.1%"):
        assert number in loaded.text
    assert loaded.text.index("3268.45") < loaded.text.index("1752.42")


@NEEDS_OCR
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40)])
def test_a_broken_picture_is_one_line(data: bytes, tmp_path: Path) -> None:
    loaded = read_as("png", data, tmp_path)
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("image_damaged").message()


@NEEDS_OCR
def test_a_picture_that_unpacks_to_gigabytes_is_one_line(tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (40_000, 40_000), 1).save(out, "PNG")
    loaded = read_as("png", out.getvalue(), tmp_path)
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("image_large").message()


@NEEDS_OCR
def test_a_blank_page_is_blank(tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (800, 1100), 255).save(out, "PNG")
    loaded = read_as("png", out.getvalue(), tmp_path)
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("blank").message()


@NEEDS_OCR
def test_pages_beyond_the_time_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS", 0)
    loaded = read_as("pdf", as_scan(EXAMPLE), tmp_path)
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("ocr_over").message()


def test_notes_are_lines_of_the_catalogue() -> None:
    assert "12" in said([Note("ocr_doubtful", (("count", "12"), ("places", "x")))], "en")[0]
