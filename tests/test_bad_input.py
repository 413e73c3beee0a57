"""Bad input gives one clear line each and never an exception."""

import os
import socket
import time
from pathlib import Path

import pytest

from gouji.extract.document import Document, Unread
from gouji.extract.reader import load, paths
from gouji.extract.text import LIMIT, message


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def reason(path: str, lang: str = "zh") -> str:
    (only,) = paths([path])
    unread = load(only, lang)
    assert isinstance(unread, Unread)
    assert "\n" not in unread.reason
    return unread.reason


def expected(code: str, lang: str = "zh", **params: str) -> str:
    return message(code, params, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_missing(lang: str) -> None:
    assert reason("none.txt", lang) == expected("missing", lang)
    assert reason("none.txt/below", lang) == expected("missing", lang)


def test_no_name() -> None:
    assert isinstance(load(""), Unread)


def test_a_pattern_without_matches() -> None:
    assert reason("*.txt") == expected("no_match")


def test_a_folder_without_reports() -> None:
    Path("empty/below").mkdir(parents=True)
    Path("empty/table.json").write_bytes(b"{}")
    assert reason("empty") == expected("no_reports")


def test_a_broken_link() -> None:
    os.symlink("gone.txt", "a.txt")
    assert reason("a.txt") == expected("broken_link", target="gone.txt")


def test_links_in_a_loop() -> None:
    os.symlink("b.txt", "a.txt")
    os.symlink("a.txt", "b.txt")
    assert reason("a.txt") == expected("link_loop")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission() -> None:
    Path("a.txt").write_text("受理3件", "utf-8")
    Path("a.txt").chmod(0)
    assert reason("a.txt") == expected("permission")


def test_no_permission_as_any_user(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text("受理3件", "utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert reason("a.txt") == expected("permission")


def test_a_disk_error(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text("受理3件", "utf-8")

    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert reason("a.txt") == expected("system", detail="Input/output error")


def test_a_pipe_is_not_waited_for() -> None:
    os.mkfifo("a.txt")
    assert reason("a.txt") == expected("not_a_file")


def test_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.txt")
        assert reason("a.txt") == expected("not_a_file")


def test_a_name_that_no_file_can_have() -> None:
    assert reason("a\0.txt") == expected("bad_name")


def test_a_name_too_long() -> None:
    assert isinstance(load("甲" * 5000), Unread)


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with open("a.txt", "wb") as file:
        file.truncate(50 * 1048576)
    assert reason("a.txt") == expected("too_large", size="50", limit=str(LIMIT // 1048576))


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (b"", "empty", {}),
        (b"\n \n", "blank", {}),
        (b"7z\xbc\xaf\x27\x1c", "archive", {}),
        (b"PK\x03\x04", "archive_damaged", {}),
        ("受理\0件".encode(), "binary", {"byte": "7", "value": "0x00"}),
    ],
)
def test_contents(data: bytes, code: str, params: dict[str, str]) -> None:
    Path("a.txt").write_bytes(data)
    assert reason("a.txt") == expected(code, **params)


@pytest.mark.parametrize("unit", ["7", "一", "，", "\n", "| ", "（", "3%", "1,", "第", "\u200b3"])
def test_strange_texts_are_read_in_bounded_time(unit: str) -> None:
    Path("a.txt").write_text(unit * 30_000 + "3", "utf-8")
    begin = time.process_time()
    assert isinstance(load("a.txt"), (Document, Unread))
    assert time.process_time() - begin < 60
