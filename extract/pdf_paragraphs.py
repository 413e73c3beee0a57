"""Pages into paragraphs: running heads and page numbers taken out, lines joined by where they stand."""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files

from .pdf_layout import Page
from .pdf_lines import Line
from .pdf_tables import Table, goes_on, unite
from .sureness import bare

_LEXICON = tomllib.loads(files(__package__ or "").joinpath("pdf.toml").read_text("utf-8"))
_KEEP = tuple(_LEXICON["keep"])
_OPENERS = tuple(_LEXICON["openers"])

_EDGE = 0.13  # share of the page's height at its top and bottom where furniture stands
_OUTER = 3  # lines from the edge that may be furniture
_NUMBER = re.compile(
    r"[-—–―─·•~\[(（<《第Pp\s]*(?:age|AGE)?\s*(?P<n>[0-9]{1,4})\s*(?:页)?"
    r"(?:[/／，,\s]*(?:共|of)?\s*[0-9]{1,4}\s*页?)?[-—–―─·•~\])）>》\s]*"
)
_ROMAN = re.compile(r"[-—–\s]*[ivxIVXⅠ-ⅻ]{1,6}[-—–\s]*")
_AROUND = re.compile(r"(?P<a>[0-9]{1,3})?(?P<text>.*?)(?P<b>[0-9]{1,3})?", re.S)
_MARKED = re.compile(
    r"第[一二三四五六七八九十百0-9]{1,4}[章节部编篇条]|[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十0-9]{1,3}[）)]"
    r"|[0-9]{1,2}(?:、|[.．](?![0-9]))|[①-⑳●■◆▪•]|——"
)
_STOP = "。！？；!?;"
_WORD = re.compile(r"[0-9A-Za-z.,%％]{2,24}")
_POINT = re.compile(r"(?<=[\u4e00-\u9fff％%）)”])[.．](?=[\u4e00-\u9fff（(“]|$)")
_LEADER = re.compile(r"[.…·．]{4,}\s*[0-9]{0,4}$")


@dataclass(slots=True)
class Paragraph:
    """Text in one line; ``turns`` are the offsets in it at which a new page begins.

    ``lines`` are the texts that it was joined of, each with its page, from 0.
    """

    text: str
    turns: list[int]
    lines: list[tuple[int, str]] = field(default_factory=list)


Item = tuple[int, Paragraph | Table]  # the page, from 0, on which it begins


# --- furniture -------------------------------------------------------------------------------------


def _edges(page: Page) -> list[tuple[Line, bool, int]]:
    """Lines near the edges of a page: line, whether at the top, and how many lines stand further out."""
    lines = [item for item in page.items if isinstance(item, Line)]
    tables = [item for item in page.items if isinstance(item, Table)]
    found: list[tuple[Line, bool, int]] = []
    for top in (True, False):
        ordered = sorted(lines, key=lambda one: one.base if top else -one.base)
        for rank, one in enumerate(ordered[:_OUTER]):
            near = one.base - one.em <= _EDGE * page.height if top else one.base >= (1 - _EDGE) * page.height
            behind = any(t.y1 <= one.base if top else t.y0 >= one.base for t in tables)
            if near and not behind:
                found.append((one, top, rank))
    return found


def furniture(pages: list[Page]) -> set[int]:
    """Find the lines (by ``id``) that are page numbers, running heads or running feet."""
    edges = [_edges(page) for page in pages]
    dropped: set[int] = set()
    offsets: Counter[int] = Counter()
    repeated: Counter[tuple[str, bool, int]] = Counter()
    for number, found in enumerate(edges):
        for one, top, _ in found:
            bare = _bare(one.text)
            match = _NUMBER.fullmatch(bare)
            if match:
                offsets[int(match["n"]) - number] += 1
            repeated[_key(one, top)] += 1
    # Of the page numbers most agree by how much they differ from the count of the pages.
    usual = {offset for offset, count in offsets.items() if count >= 2 or (len(pages) == 1 and offset == 1)}
    for number, found in enumerate(edges):
        gone: dict[bool, int] = {True: 0, False: 0}
        for one, top, rank in found:
            if rank > gone[top]:
                continue  # a line of text stands further out
            bare = _bare(one.text)
            match = _NUMBER.fullmatch(bare)
            if match:
                decorated = not bare.isdigit()
                drop = int(match["n"]) - number in usual or (decorated and not bare.endswith(("）", ")")))
            elif _ROMAN.fullmatch(bare):
                drop = len(pages) > 1
            else:
                drop = _runs(one, top, repeated, number, usual, len(pages))
            if drop:
                dropped.add(id(one))
                gone[top] += 1
            elif len(one.cells) > 1:
                _trim(one, number, usual)
    return dropped


def _trim(one: Line, number: int, usual: set[int]) -> None:
    """Take a page number off a line beside which it stands with a wide gap."""
    for end in (0, -1):
        match = _NUMBER.fullmatch(_bare(one.cells[end][0]))
        if match and not match.group().isdigit() and int(match["n"]) - number in usual:
            del one.cells[end]
            return


def _bare(text: str) -> str:
    """``text`` without spaces, its digits half-width, to be compared."""
    return unicodedata.normalize("NFKC", bare(text)).replace(" ", "")


def _key(one: Line, top: bool) -> tuple[str, bool, int]:
    match = _AROUND.fullmatch(_bare(one.text))
    return (match["text"] if match else "", top, round(one.base / 6))


def _runs(
    one: Line, top: bool, repeated: Counter[tuple[str, bool, int]], number: int, usual: set[int], pages: int
) -> bool:
    """Whether a line runs along the pages: same words, same height; its number, if any, counts pages."""
    text = _bare(one.text)
    if any(word in text for word in _KEEP) or len(text) > 60:
        return False
    key = _key(one, top)
    count = sum(repeated[(key[0], top, key[2] + d)] for d in (-1, 0, 1))
    if not key[0] or count < (2 if pages <= 4 else 3) or 4 * count < pages:
        return False
    match = _AROUND.fullmatch(text)
    assert match is not None
    numbers = [int(n) for n in (match["a"], match["b"]) if n]
    return all(n - number in usual for n in numbers) or repeated_exactly(numbers, count)


def repeated_exactly(numbers: list[int], count: int) -> bool:
    """Whether the numbers round a running head may be part of it: a head without page number."""
    return not numbers or count >= 3


# --- paragraphs ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Margins:
    left: float
    right: float
    indents: bool
    pitch: float  # ems from line to line


def _usual(values: list[float], default: float) -> float:
    counts = Counter(round(value / 3) for value in values)
    if not counts:
        return default
    best = max(counts, key=lambda k: (counts[k] + counts[k - 1] + counts[k + 1], counts[k]))
    near = sorted(value for value in values if abs(value / 3 - best) <= 1.5)
    return near[len(near) // 2]


def _margins(lines: list[Line]) -> _Margins:
    """Find where lines begin and end: what most of the lines of one width of column do."""
    long = [one for one in lines if len(one.cells) == 1 and one.x1 - one.x0 > 8 * one.em] or lines
    right = _usual([one.x1 for one in long], lines[0].right)
    left = _usual([one.x0 for one in long if one.x1 >= right - 2 * one.em], lines[0].left)
    # Where paragraphs of one line are most, the indent would pass for the edge.
    further = [one.x0 for one in long if left - 3.2 * one.em < one.x0 < left - 1.2 * one.em]
    if 5 * len(further) >= len(long):
        left = _usual(further, left)
    indented = sum(1 for one in long if 1.2 * one.em < one.x0 - left < 3.2 * one.em)
    pitches = sorted(
        (b.base - a.base) / a.em for a, b in itertools.pairwise(lines) if 0 < b.base - a.base < 4 * a.em
    )
    pitch = pitches[len(pitches) // 2] if pitches else 1.6
    return _Margins(left, right, 12 * indented >= len(long), pitch)


def _continues(before: Line, after: Line, here: _Margins, there: _Margins, turned: bool) -> bool:
    """Whether ``after`` goes on in the sentence of ``before``, told by their places, not by their words."""
    em = min(before.em, after.em)
    if max(before.em, after.em) > 1.15 * em or (len(after.cells) > 1 and len(after.cells[0][0]) < 4):
        return False
    begins = bare(after.text)
    if _LEADER.search(bare(before.text)) or _LEADER.search(begins):
        return False
    # A line is full where the first word of the next would not have fitted; numbers are not broken.
    word = _WORD.match(begins)
    slack = 1.6 if not here.indents or before.text[-1] in _STOP else 2.6
    full = before.x1 >= here.right - (slack + (0.55 * len(word.group()) if word else 0)) * em
    parted = after.x0 - there.left > 0.9 * em
    if not full or parted or after.x0 < there.left - 2.5 * em:
        return False
    if before.x0 - here.left > 3.4 * em:  # a line in the middle, or at the right
        return False
    if not turned and not 0 < after.base - before.base <= 1.5 * here.pitch * before.em:
        return False
    if before.text[-1] in _STOP and (not here.indents or _MARKED.match(begins)):
        return False
    if _MARKED.match(begins) and not here.indents:
        return False
    return not (after.text.startswith(_OPENERS) and before.text[-1] in _STOP + "：")


def paragraphs(pages: list[Page]) -> list[Item]:
    """Give the paragraphs and tables of all pages in reading order, furniture left out."""
    dropped = furniture(pages)
    rows: list[tuple[int, Line | Table]] = []
    groups: dict[tuple[int, int], list[Line]] = {}
    widths: dict[tuple[int, int], list[Line]] = {}
    for number, page in enumerate(pages):
        for item in page.items:
            if isinstance(item, Line):
                if id(item) in dropped or not item.text.strip():
                    continue
                groups.setdefault((number, item.zone), []).append(item)
            rows.append((number, item))
    # A column with few lines takes its margins from the columns like it on other pages.
    for lines in groups.values():
        kind = (round(min(one.x0 for one in lines) / 40), round(max(one.x1 for one in lines) / 40))
        widths.setdefault(kind, []).extend(lines)
    whole = [one for lines in groups.values() for one in lines]
    margins: dict[tuple[int, int], _Margins] = {}
    shared = _margins(whole) if whole else None
    pooled = {kind: _margins(lines) for kind, lines in widths.items() if len(lines) >= 12}
    for place, lines in groups.items():
        kind = (round(min(one.x0 for one in lines) / 40), round(max(one.x1 for one in lines) / 40))
        own = _margins(lines) if len(lines) >= 10 else None
        common = pooled.get(kind) or shared
        assert common is not None
        if own is not None:
            own.indents = common.indents
        margins[place] = own or common
    items: list[Item] = []
    before: tuple[int, Line] | None = None
    for number, item in rows:
        if isinstance(item, Table):
            items.append((number, item))
            before = None
            continue
        if before is not None:
            last = items[-1][1]
            assert isinstance(last, Paragraph)
            here, there = margins[(before[0], before[1].zone)], margins[(number, item.zone)]
            turned = before[0] != number or before[1].zone != item.zone
            near = number - before[0] <= 1
            if near and _continues(before[1], item, here, there, turned):
                text = item.text.strip()
                if number != before[0]:
                    last.turns.append(len(last.text))
                last.text += _between(last.text, text) + text
                last.lines.append((number, item.text))
                before = (number, item)
                continue
        items.append((number, Paragraph(item.text.strip(), [], [(number, item.text)])))
        before = (number, item)
    _stops(items)
    _run_on(items)
    return items


def _run_on(items: list[Item]) -> None:
    """Give the pieces of a table that runs over pages the same columns."""
    run: list[Table] = []
    page = -1
    for number, item in [*items, (-1, None)]:
        goes = isinstance(item, Table) and number == page + 1 and bool(run) and goes_on(run[-1], item)
        if not goes:
            if len(run) > 1:
                unite(run)
            run = []
        if isinstance(item, Table):
            run.append(item)
            page = number


def _stops(items: list[Item]) -> None:
    """Write 。 for the points that end sentences, where a font has no other and the text has no 。 at all."""
    texts = [item for _, item in items if isinstance(item, Paragraph)]
    if any("。" in item.text for item in texts):
        return
    if sum(len(_POINT.findall(item.text)) for item in texts) >= 5:
        for item in texts:
            item.text = _POINT.sub("。", item.text)


def _between(before: str, after: str) -> str:
    """A space between two Latin words; a number wrapped from its rest or its unit is rejoined."""
    a, b = before[-1], after[0]
    return " " if a.isascii() and a.isalpha() and b.isascii() and b.isalpha() else ""
