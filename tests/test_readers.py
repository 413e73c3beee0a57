"""Originals of real reports bring back the numbers of their texts, and audits say how files were read."""

from __future__ import annotations

import importlib.util
import io
import os
import sys
import zipfile
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest

from gouji.checks.run import audit
from gouji.extract.document import Document
from gouji.extract.reader import load, paths
from gouji.reports import FORMATS
from gouji.reports.terminal import render

from .docx_file import docx, p, r

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GOUJI_SHARED", ROOT.parent / "shared"))
ORIGINALS = SHARED / "corpus" / "original"

#: Files that may stay below 99%: short ones to which the title adds two years, and texts that have the head
#: of the page, names of downloads, or blanks inside of numbers.
BELOW = {"docx": 0, "html": 5}


def readers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readers", ROOT / "benchmarks" / "readers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["readers"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the folder of real originals is not here")
@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_the_numbers_of_originals(suffix: str) -> None:
    results = list(readers().compared(suffix, SHARED))
    assert results
    assert sum(one.agreement < 0.99 for one in results) <= BELOW[suffix]
    assert min(one.agreement for one in results) > 0.87
    assert sum(one.lost.total() for one in results) <= 0.002 * sum(one.total for one in results)


def test_numbers_are_compared_as_multisets() -> None:
    found = readers().numbers("１２,298件、12298件，3.5%和3.5")
    assert found == {"12298": 2, "3.5": 2}


CHANGED = docx(p(r("办结") + f"<w:ins>{r('573')}</w:ins>" + r("件。")))


@pytest.mark.parametrize(("lang", "words"), [("zh", "1 处插入"), ("en", "1 insertions")])
def test_the_terminal_says_how_files_were_read(lang: str, words: str, tmp_path: Path) -> None:
    changed, plain = tmp_path / "a.docx", tmp_path / "b.docx"
    changed.write_bytes(CHANGED)
    plain.write_bytes(docx(p("办结573件。")))
    told = render(audit([load(str(changed), lang), load(str(plain), lang)]), lang)
    assert words in told
    assert told.count("b.docx") == render(audit([load(str(plain), lang)]), lang).count("b.docx")


@pytest.mark.parametrize("format", ["terminal", "json", "html", "sarif", "markdown", "github"])
@pytest.mark.parametrize(("lang", "words"), [("zh", "1 处插入"), ("en", "1 insertions")])
def test_every_output_for_people_says_how_files_were_read(
    format: str, lang: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(CHANGED)
    (tmp_path / "b.docx").write_bytes(docx(p("办结573件。")))
    said, silent = (audit([load(str(tmp_path / name), lang)]) for name in ("a.docx", "b.docx"))
    assert words in str(FORMATS[format](said, lang))
    assert words not in str(FORMATS[format](silent, lang))


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_the_check_sheet_says_how_files_were_read(format: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(CHANGED)
    data = FORMATS[format](audit([load(str(tmp_path / "a.docx"))]), "zh")
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = (
            unescape(archive.read(name).decode()) for name in archive.namelist() if name.endswith(".xml")
        )
        assert any("1 处插入" in text for text in texts)


def test_a_folder_gives_word_documents_but_not_what_an_audit_wrote(tmp_path: Path) -> None:
    for name, creator in (("sheet.docx", "gouji"), ("report.docx", "gouji office")):
        data = io.BytesIO(CHANGED)
        with zipfile.ZipFile(data, "a") as archive:
            archive.writestr("docProps/core.xml", f"<c><dc:creator>{creator}</dc:creator></c>")
        (tmp_path / name).write_bytes(data.getvalue())
    (tmp_path / "broken.docx").write_bytes(b"PK")
    (tmp_path / "~$report.docx").write_bytes(b"")
    (tmp_path / "audit.html").write_text(str(FORMATS["html"](audit([]), "zh")), "utf-8")
    found = [Path(path).name for path in paths([str(tmp_path)])]
    assert found == ["broken.docx", "report.docx"]
    assert isinstance(load(str(tmp_path / "sheet.docx")), Document)
