"""A file that hangs or explodes becomes one clear line, the rest is audited, and nothing is fetched."""

from __future__ import annotations

import io
import os
import socket
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gouji.extract import apart, docx, formats
from gouji.extract.document import Document, Unread
from gouji.extract.extracted import Extracted
from gouji.extract.reader import load
from gouji.extract.text import UnreadError
from gouji.reports.cli import cli

from .docx_file import NAMES, packed
from .docx_file import docx as word
from .docx_file import p as par

GOOD = "全年受理纠纷704件，调解成功573件，成功率为91.39%。\n"
FORKS = pytest.mark.skipif(
    sys.platform != "linux", reason="readers are changed for the test, which a copy sees"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(GOOD, "utf-8")
    return tmp_path


def line(name: str, data: bytes, lang: str = "en") -> str:
    """The reason why ``data`` is not read; the good report beside it is audited all the same."""
    Path(name).write_bytes(data)
    loaded = load(name, lang)
    assert isinstance(loaded, Unread), loaded
    assert "\n" not in loaded.reason
    done = CliRunner().invoke(cli, ["audit", name, "good.txt", "--format", "json", "--lang", lang])
    assert done.exit_code == 1
    assert "91.39" in done.stdout
    assert "Traceback" not in done.output
    return loaded.reason


def said(code: str, **params: str) -> str:
    return UnreadError(code, **params).message("en")


def of_parts(**parts: bytes) -> bytes:
    out = io.BytesIO(word(""))
    with zipfile.ZipFile(io.BytesIO(word(""))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return out.getvalue()


def test_a_zip_bomb() -> None:
    text = f"<w:document {NAMES}><w:body>".encode() + b" " * (97 << 20)
    assert line("a.docx", of_parts(document=text)) == said("unpacked", limit="96")


def test_entities_that_grow() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><w:document {NAMES}>&l19;</w:document>'.encode()
    assert "DOCTYPE" in line("a.docx", of_parts(document=bomb))


def test_levels_without_end() -> None:
    deep = b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000
    body = f"<w:document {NAMES}><w:body>".encode() + deep + b"</w:body></w:document>"
    assert line("a.docx", of_parts(document=body)) == said("too_deep", limit=str(docx.DEPTH))


def test_a_page_of_a_million_levels_ends() -> None:
    Path("a.html").write_bytes(b"<!doctype html><html><body>" + b"<div>" * 300_000 + GOOD.encode())
    begin = time.monotonic()
    assert isinstance(load("a.html"), (Document, Unread))
    assert time.monotonic() - begin < 60


def test_a_sheet_of_a_million_cells() -> None:
    row = "".join(f"<c><v>{n}</v></c>" for n in range(100))
    sheet = f'<worksheet xmlns="x"><sheetData>{f"<row>{row}</row>" * 4_100}</sheetData></worksheet>'
    book = (
        '<workbook xmlns="x" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    data = packed(
        {
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
    )
    assert line("a.xlsx", data) == said("too_many_cells", limit="400000")


def test_a_locked_package() -> None:
    data = bytearray(word(par("x")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    assert line("a.docx", bytes(data)) == said("encrypted")


@pytest.mark.parametrize("cut", [20, 300, 700])
def test_a_file_that_was_cut_off(cut: int) -> None:
    line("a.docx", word(par(GOOD) * 50)[:cut])


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.4\n1 0 obj<</Kids[1 0 R 1 0 R]/Count 99999999/Type/Pages/Parent 1 0 R>>endobj\n"
        b"2 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 2 0 R/Size 3>>",
        b"%PDF-1.7\n%%EOF",
    ],
)
def test_a_malformed_pdf(data: bytes) -> None:
    line("a.pdf", data)


# --- what no bound of a format has foreseen ----------------------------------------------------------


def _hang(data: bytes, path: str) -> Extracted:
    while True:
        time.sleep(0.1)


def _burn(data: bytes, path: str) -> Extracted:
    while True:
        pass


def _grow(data: bytes, path: str) -> Extracted:
    kept = []
    while True:
        kept.append(bytearray(1 << 26))


def _die(data: bytes, path: str) -> Extracted:
    os.abort()


def _deepen(data: bytes, path: str) -> Extracted:
    return _deepen(data, path)


@FORKS
@pytest.mark.parametrize("reader", [_hang, _burn, _grow, _die, _deepen])
def test_a_reader_that_does_not_come_back(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "read", reader)
    monkeypatch.setattr(apart, "SECONDS", 1)
    monkeypatch.setattr(apart, "WAIT", 4)
    begin = time.monotonic()
    assert line("a.docx", word(par(GOOD))) == said("heavy")
    assert time.monotonic() - begin < 60


@FORKS
def test_a_fault_of_a_reader_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, path: str) -> Extracted:
        raise KeyError("nothing")

    monkeypatch.setattr(docx, "read", fail)
    Path("a.docx").write_bytes(word(par(GOOD)))
    done = CliRunner().invoke(cli, ["audit", "a.docx", "good.txt", "--lang", "en"])
    assert done.exit_code == 1
    assert "KeyError" in done.output


def test_a_text_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "CHARACTERS", 10)
    Path("a.docx").write_bytes(word(par(GOOD)))
    loaded = load("a.docx")
    assert isinstance(loaded, Unread)


@FORKS
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file refers to, no connection is opened; the copy of this process would refuse one."""

    def refuse(*_: Any) -> None:
        os._exit(3)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    away = "http://127.0.0.1:9/x"
    Path("a.html").write_text(
        f'<!doctype html><html><head><link rel=stylesheet href="{away}"><base href="{away}"></head>'
        f'<body><img src="{away}"><iframe src="{away}"></iframe><p>{GOOD}</p></body></html>',
        "utf-8",
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="http://x/image" TargetMode="External" Target="{away}"/></Relationships>'
    )
    Path("a.docx").write_bytes(
        packed(
            {
                "_rels/.rels": relations.encode(),
                "word/document.xml": f"<w:document {NAMES}><w:body>{par(GOOD)}</w:body></w:document>".encode(),
            }
        )
    )
    for name in ("a.html", "a.docx"):
        loaded = load(name)
        assert isinstance(loaded, Document), loaded
        assert "704" in loaded.text
