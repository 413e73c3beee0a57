"""Untrusted text made harmless for the formats that it goes into.

Text, file names and titles of a report are its author's: they must not become markup, a formula, a command
or an invalid file.
"""

from __future__ import annotations

import re

# what XML 1.0 cannot hold at all, not even escaped (https://www.w3.org/TR/xml/#charsets)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what a spreadsheet may take for a formula at the start of a cell, full-width forms included
_FORMULA = re.compile("[=+\\-@\t\r\n|%＝＋－＠]")
# _x000D_ in a cell means the character of that number (ECMA-376, 22.9.2.19, ST_Xstring)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def xml_text(text: str) -> str:
    """Text without the characters that XML cannot hold; each becomes U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet that opens ``text`` as a cell may calculate it."""
    return _FORMULA.match(text) is not None


def cell_text(text: str) -> str:
    """Text for a cell of a workbook: no control characters, and no escapes that it did not mean."""
    return _ESCAPE.sub("_x005F_", xml_text(text))


def csv_text(text: str) -> str:
    """Text for a CSV cell: what may be taken for a formula is led by an apostrophe, which ends that."""
    text = xml_text(text)
    return f"'{text}" if looks_like_formula(text) else text


def whole_text(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate (an undecodable byte of a file name) becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)
