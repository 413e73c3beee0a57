"""What folders, patterns and archives give to be read."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.checks.run import audit
from gouji.extract import archive, ole
from gouji.extract.document import Document, Unread
from gouji.extract.reader import load, paths
from gouji.extract.text import UnreadError
from gouji.reports import FORMATS
from gouji.reports.cli import cli

from .docx_file import docx, p

TEXT = "全年受理纠纷704件，调解成功573件，成功率为91.39%。\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        *(
            (f"报告{suffix}", True)
            for suffix in (".txt", ".md", ".csv", ".html", ".HTM", ".pdf", ".ofd", ".docx")
        ),
        *(
            (f"报告{suffix}", True)
            for suffix in (".doc", ".wps", ".rtf", ".xlsx", ".xls", ".xlsb", ".et", ".zip")
        ),
        *((f"报告{suffix}", True) for suffix in (".rar", ".7z", ".png", ".JPG", ".jpeg", ".tif")),
        *((name, False) for name in ("README.md", "readme.txt", "Readme.zh-CN.md", "报告.json", "报告.exe")),
        *((name, False) for name in (".报告.txt", "~$报告.docx", "报告.gouji.docx", "网页_files/a.html")),
    ],
)
def test_a_folder_gives_what_readers_know(name: str, taken: bool) -> None:
    path = Path("reports") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * 50_000)
    assert paths(["reports"]) == ([path.as_posix()] if taken else ["reports"])


def test_an_ornament_is_no_page() -> None:
    Path("reports").mkdir()
    Path("reports/logo.png").write_bytes(b"\x89PNG\r\n" + bytes(1000))
    assert paths(["reports"]) == ["reports"]
    assert paths(["reports/logo.png"]) == ["reports/logo.png"]


@pytest.mark.parametrize("format", ["html", "xlsx", "docx", "csv"])
def test_a_folder_leaves_out_what_an_audit_wrote(format: str) -> None:
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("reports").mkdir()
    data = FORMATS[format](audit([load("a.txt")]), "zh")
    Path(f"reports/gouji-audit.{format}").write_bytes(data if isinstance(data, bytes) else data.encode())
    assert paths(["reports"]) == ["reports"]


def test_reports_in_a_zip_are_read_under_names_of_their_own() -> None:
    Path("附件.zip").write_bytes(
        zipped(
            {
                "决算/说明.txt": TEXT.encode(),
                "a.docx": docx(p(TEXT)),
                "logo.ico": b"x",
                "__MACOSX/a.txt": b"x",
                "inner.zip": zipped({"b.txt": b"x"}),
            }
        )
    )
    found = paths(["附件.zip"])
    assert found == ["附件.zip/a.docx", "附件.zip/inner.zip", "附件.zip/决算/说明.txt"]
    first, inner, second = map(load, found)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text.strip() == second.text.strip() == TEXT.strip()
    assert isinstance(inner, Unread)
    assert inner.reason == UnreadError("archive_empty").message()
    done = CliRunner().invoke(cli, ["audit", "附件.zip", "--format", "markdown"])
    assert "说明" in done.stdout
    assert done.exit_code == 1


def test_names_of_chinese_systems() -> None:
    data = zipped({"xxxx.txt": TEXT.encode()}).replace(b"xxxx.txt", "报告".encode("gb18030") + b".txt")
    Path("a.zip").write_bytes(data)
    assert paths(["a.zip"]) == ["a.zip/报告.txt"]
    assert isinstance(load("a.zip/报告.txt"), Document)


def test_no_member_leaves_the_archive() -> None:
    Path("a.zip").write_bytes(zipped({"../../etc/报告.txt": TEXT.encode()}))
    assert paths(["a.zip"]) == ["a.zip/etc/报告.txt"]


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (zipped({"a.exe": b"x"}), "archive_empty", {}),
        (zipped({f"{n}.txt": b"x" for n in range(501)}), "archive_members", {"count": "501", "limit": "500"}),
        (b"Rar!\x1a\x07\x01\x00", "archive", {}),
        (b"7z\xbc\xaf\x27\x1c\0\0", "archive", {}),
        (b"PK\x03\x04 broken", "archive_damaged", {}),
    ],
)
def test_what_is_not_opened_is_one_line(data: bytes, code: str, params: dict[str, str]) -> None:
    Path("a.zip").write_bytes(data)
    assert paths(["a.zip"]) == ["a.zip"]
    loaded = load("a.zip", "en")
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError(code, **params).message("en")


def test_a_member_that_is_not_there() -> None:
    Path("a.zip").write_bytes(zipped({"a.txt": TEXT.encode()}))
    loaded = load("a.zip/b.txt")
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("missing").message()


def test_a_locked_member_and_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": b"0" * 5_000_000}))
    locked = data[:]
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    Path("a.zip").write_bytes(bytes(locked))
    loaded = load("a.zip/a.txt")
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("encrypted").message()
    monkeypatch.setattr("gouji.extract.reader.PACKED_LIMIT", 1 << 20)
    loaded = load("a.zip/b.txt")
    assert isinstance(loaded, Unread)
    assert loaded.reason == UnreadError("unpacked", limit="1").message()
    assert archive.members("nothing.zip") == []


RTF = rb"{\rtf1\ansi\deff0 Total 704 items, of which 573 done.\par}"


@pytest.mark.parametrize("data", [RTF, zipped({"xl/workbook.bin": b"x"})])
def test_without_an_office_rtf_and_binary_workbooks_say_what_to_install(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ole, "office", lambda: None)
    Path("a").write_bytes(data)
    loaded = load("a", "en")
    assert isinstance(loaded, Unread)
    assert "LibreOffice" in loaded.reason


OFFICE = pytest.mark.skipif(ole.office() is None, reason="LibreOffice is not here")


@OFFICE
def test_an_office_reads_rtf_and_fetches_nothing() -> None:
    """A picture that a document only refers to is not asked for."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-uc",
            "import http.server as h\n"
            "class S(h.BaseHTTPRequestHandler):\n"
            "    def do_GET(self): print('asked', flush=True); self.send_error(404)\n"
            "    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET\n"
            "    def log_message(self, *a): pass\n"
            "s = h.HTTPServer(('127.0.0.1', 0), S); print(s.server_port, flush=True); s.serve_forever()",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        field = (
            rb'{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:%s/a.png" \\d}{\fldrslt}}' % port.encode()
        )
        Path("a.rtf").write_bytes(RTF[:-1] + field + b"}")
        loaded = load("a.rtf")
        assert isinstance(loaded, Document), loaded
        assert "704" in loaded.text
    finally:
        server.terminate()
        asked = server.communicate()[0]
    assert "asked" not in asked
