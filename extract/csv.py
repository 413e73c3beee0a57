"""Tables of plain text (.csv, .tsv): fields parted by commas, tabs or semicolons, perhaps in quotes.

Told by content: every line has as many fields as the others, and few of them are prose. The name only
lowers what is asked of the content. Encodings are those of any text file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from .extracted import Extracted, Writer

_DELIMITERS = ",\t;"
_SAMPLE = 60  # lines by which the delimiter is judged
_LONGEST_FIELD = 60  # characters of an ordinary field
_PROSE = re.compile("[。！？]|，.*，")
_LIMIT = 1 << 20  # characters of one field; the standard limit of 131,072 is an error of the module


def delimiter(text: str, path: str = "") -> str:
    """Tell the delimiter of a table; empty where the text is none.

    Of a file named .csv or .tsv two lines with a delimiter suffice; of any other nine tenths of at least
    three lines must have the same number of fields, three or more of them.
    """
    named = path.lower().endswith((".csv", ".tsv"))
    if "|" in text[:2000] and not named:
        return ""
    lines = [line for line in text[:65536].splitlines()[:_SAMPLE] if line.strip()]
    if len(text) > 65536:
        lines = lines[:-1]
    best, most = "", 0
    for mark in _DELIMITERS:
        if mark not in text[:65536]:
            continue
        rows = [row for row in csv.reader(lines, delimiter=mark) if any(field.strip() for field in row)]
        width, count = (
            Counter(len(row) for row in rows if len(row) > 1).most_common(1)[0]
            if any(len(row) > 1 for row in rows)
            else (0, 0)
        )
        if named:
            fits = count >= 1 and width >= 2
        else:
            fields = [field for row in rows for field in row]
            prose = sum(1 for field in fields if len(field) > _LONGEST_FIELD or _PROSE.search(field))
            fits = len(rows) >= 3 and width >= 3 and count * 10 >= len(rows) * 9 and prose == 0
        if fits and count * width > most:
            best, most = mark, count * width
    return best


def table(text: str, mark: str, encoding: str) -> Extracted:
    """Write the fields as rows of a table; a line with one filled field is a title, a note or a unit."""
    writer = Writer()
    csv.field_size_limit(_LIMIT)
    inside = False
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            filled = [field for field in row if field.strip()]
            if len(filled) == 1 and not re.fullmatch(r"[-+\d,.%\s]+", filled[0]) and not inside:
                writer.paragraph(filled[0])
                continue
            if not filled:
                continue
            if not inside:
                writer.begin_table()
                inside = True
            indents = [len(field) - len(field.lstrip()) for field in row]
            writer.row(row, indents=indents)
    except csv.Error:  # a quote that never closes: the text is read as it is
        return Extracted(text, "text", encoding=encoding)
    return writer.finish("csv", encoding=encoding)
