"""Bytes to text: the encodings that reports come in, and what is refused."""

import codecs
import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.text import LIMIT, UnreadError, decode, message

SIMPLIFIED = "2017年，全市共受理矛盾纠纷704件，调解成功573件，成功率81.39%。\r\n其中，劳动争议占三成。\n"
TRADITIONAL = "2017年，全市共受理矛盾糾紛704件，調解成功573件，成功率81.39%。\r\n其中，勞動爭議佔三成。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED, "utf-8"),
        (codecs.BOM_UTF8 + SIMPLIFIED.encode(), SIMPLIFIED, "utf-8"),
        (codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED, "utf-16-le"),
        (codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED.encode("utf-16-le"), SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL.encode("utf-16-be"), TRADITIONAL, "utf-16-be"),
        ("受理七百件，办结三百件".encode("utf-16-le"), "受理七百件，办结三百件", "utf-16-le"),
        ("704, 573\n".encode("utf-16-le"), "704, 573\n", "utf-16-le"),
        (codecs.BOM_UTF32_LE + SIMPLIFIED.encode("utf-32-le"), SIMPLIFIED, "utf-32-le"),
        (SIMPLIFIED.encode("gb18030"), SIMPLIFIED, "gb18030"),
        (SIMPLIFIED.encode("gbk"), SIMPLIFIED, "gb18030"),
        (TRADITIONAL.encode("gb18030"), TRADITIONAL, "gb18030"),
        (TRADITIONAL.encode("big5hkscs"), TRADITIONAL, "big5hkscs"),
        ("受理七百件".encode("gb18030"), "受理七百件", "gb18030"),
        (b"1,204\r\n", "1,204\r\n", "utf-8"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@given(st.text(st.sampled_from(SIMPLIFIED + "一二三四五六七八九十\t 　"), min_size=1).filter(str.strip))
def test_utf_8_is_read_back_as_written(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "blank"),
        (b" \r\n\t ", "blank"),
        ("　\u00a0\n".encode(), "blank"),
        (b"%PDF-1.7\n%\xe2\xe3", "format"),
        (b"PK\x03\x04\x14\x00", "format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format"),
        (b"{\\rtf1\\ansi 704}", "format"),
        (b"\x89PNG\r\n\x1a\n", "format"),
        (b"<!DOCTYPE html>\n<html></html>", "format"),
        (b'<?xml version="1.0"?><a/>', "format"),
        ("受理\0七百件".encode(), "binary"),
        ("受理\x01七百件".encode(), "binary"),
        (bytes(range(256)) * 4, "undecodable"),
        (b"\xff\xfe\x00\xd8", "undecodable"),  # a lone surrogate in UTF-16
        (b"\x80\x80\x80\x80", "undecodable"),
        (SIMPLIFIED.encode()[:-30], "damaged"),
        (SIMPLIFIED.encode().replace("件".encode(), b"\xe4\xbb", 1), "damaged"),
        ("受理七百件".encode() + b"\xed\xa0\x80" + "，办结三百件。".encode(), "damaged"),  # a lone surrogate
        (codecs.BOM_UTF8 + b"\xe4\xbb", "damaged"),
        (b"7" * (LIMIT + 1), "too_large"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadError) as caught:
        decode(data)
    assert caught.value.code == code
    for lang in ("zh", "en"):
        line = caught.value.message(lang)
        assert line
        assert "\n" not in line
        assert "{" not in line
    assert caught.value.message("zh") != caught.value.message("en")


def test_damage_is_placed() -> None:
    with pytest.raises(UnreadError) as caught:
        decode("受理七百件。\n办结三百件。\n".encode() + b"\xff" + "共三百件。".encode())
    assert caught.value.params == {"byte": "39", "line": "3"}


def test_a_message_is_one_line_whatever_fills_it() -> None:
    assert message("system", {"detail": "a\nb\r\u2028c"}, "en") == "reading failed: a b c"


@pytest.mark.parametrize("unit", [b"7", b"\x81", b"\xe4\xbb"], ids=["digits", "legacy", "broken"])
def test_the_largest_files_take_bounded_time(unit: bytes) -> None:
    begin = time.process_time()
    with contextlib.suppress(UnreadError):
        decode(unit * (LIMIT // len(unit)))
    assert time.process_time() - begin < 60
