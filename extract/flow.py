"""From text to the reading copy: half-width, Simplified, mended across line and page breaks.

Three passes, all linear. *Characters*: a mapping of one code point to one, so that offsets stay exact
(full-width digits and letters, Traditional characters, ASCII punctuation that stands for Chinese). *Lines*:
each line is stripped of marks and of spaces that mean nothing, and sorted into headings, list items,
table rows, page numbers, running text. *Blocks*: a line continues the one before when that one breaks
off in mid-sentence. What decides are punctuation, marks and line widths, never what a number would be.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from importlib.resources import files
from itertools import pairwise

from .document import Block, Flow
from .script import simplified

_LEXICON = tomllib.loads(files(__package__ or "").joinpath("flow.toml").read_text("utf-8"))


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# --- characters ------------------------------------------------------------------------------------

#: Dropped wherever it stands; also what removed markup is overwritten with.
_NOTHING = "\u200b"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_KEPT_WIDE = "！（），：；？～＃＊＿｀＞＜＼"  # Chinese punctuation, and what would turn into markup


def _base_table() -> dict[int, int | str]:
    table: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    for wide in _KEPT_WIDE:
        del table[ord(wide)]
    table.update({ord(space): " " for space in _SPACES})
    table.update({ord("("): "（", ord(")"): "）"})
    # Radicals and compatibility ideographs, which PDF extractors print for the ordinary characters.
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


_BASE = _base_table()

_COMMA = re.compile(
    r"(?<![0-9A-Za-z]),|(?<=[0-9]),(?![0-9]{3}(?![0-9]))|(?<=[A-Za-z]),(?! ?[A-Za-z])"
)  # 22,214 keeps its comma, and so does "Hello, world"
# 3,594， 026 and 3,594, 026: one of the separators was typed wide or with a space
_SEPARATOR = re.compile(r"(?<=[0-9],[0-9]{3})[，,] ?(?=[0-9]{3}(?![0-9]))")
_SEMICOLON = re.compile(r"(?<![A-Za-z]);|;(?! ?[A-Za-z])")
_COLON = re.compile(
    r"(?<![0-9A-Za-z]):(?!/)|(?<=[0-9]):(?![0-9/])|(?<=[A-Za-z]):(?![A-Za-z/ \\])"
)  # 10:30, 36:64 and http: keep theirs
_RATIO = re.compile(r"(?<=[0-9])：(?=[0-9])")
_MARK = re.compile(r"(?<![0-9A-Za-z])!|!(?![0-9A-Za-z=])")
_QUESTION = re.compile(r"(?<![0-9A-Za-z/])\?|\?(?![0-9A-Za-z=])")

_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,300})\]\(((?:https?:|mailto:|[/.#\w])[^()\s]{0,500})\)")
_TAG = re.compile(
    r"</?(?:br|p|b|i|u|strong|em|span|div|font|sup|sub|center|a|td|tr|th|table)\b[^<>\n]{0,300}>", re.I
)
_SPACE_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#12288|#x3000);", re.I)
_ZERO_ENTITY = re.compile(r"&(?:zwnj|zwj|ZeroWidthSpace|#8203|#x200b|#65279|#xfeff);", re.I)
_AMP_ENTITY = re.compile(r"&amp;")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def _without_link(match: re.Match[str]) -> str:
    image, label = match.group(1), match.group(2)
    if image:
        return _NOTHING * len(match.group())
    return _NOTHING + label + _NOTHING * (len(match.group()) - len(label) - 1)


def _characters(text: str) -> str:
    """``text`` after the mapping of one character to one; markup becomes droppable characters."""
    if "](" in text:
        text = _LINK.sub(_without_link, text)
    if "<" in text:
        text = _TAG.sub(lambda m: " " * len(m.group()), text)
    if "&" in text:
        text = _SPACE_ENTITY.sub(lambda m: " " * len(m.group()), text)
        text = _ZERO_ENTITY.sub(lambda m: _NOTHING * len(m.group()), text)
        text = _AMP_ENTITY.sub("&" + _NOTHING * 4, text)
    if "\\" in text:
        text = _ESCAPE.sub(_NOTHING, text)
    distinct = set(text)
    table = {code: new for code in map(ord, distinct) if (new := _BASE.get(code)) is not None}
    table.update({ord(old): new for old, new in simplified(distinct).items()})
    if table:
        text = text.translate(table)
    if "," in distinct:
        text = _COMMA.sub("，", text)
        text = _SEPARATOR.sub(lambda m: "," + _NOTHING * (len(m.group()) - 1), text)
    if ";" in distinct:
        text = _SEMICOLON.sub("；", text)
    if ":" in distinct:
        text = _COLON.sub("：", text)
    if "：" in distinct:
        text = _RATIO.sub(":", text)
    if "!" in distinct:
        text = _MARK.sub("！", text)
    if "?" in distinct:
        text = _QUESTION.sub("？", text)
    return text


# --- lines -----------------------------------------------------------------------------------------

_LINE = re.compile("[^\n\r\f\v\x85\u2028\u2029]+")
_ZERO = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f"
_ALNUM = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_SPACED = _ALNUM | frozenset(".,%")
_IDLE = re.compile(rf"[{_ZERO} \t*_`][{_ZERO} \t*_`]*+")  # begins with a set, which the engine skips to fast
# Every alternative is linear: the quantifiers are possessive and a run of spaces is looked at twice at most.
_DROP = re.compile(
    rf"[{_ZERO}]++|\*\*++|__++|`++"
    r"|(?<![0-9A-Za-z.,%])[ \t]++|[ \t]++(?![0-9A-Za-z])|(?<=[0-9A-Za-z.,%][ \t])[ \t]++"
)
_HEAD = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]*)+")
_BULLET = re.compile(r"[ \t]*(?:[-*+][ \t]+|[•●■◆▪□○◇★☆➢]+[ \t]*)(?=\S)")
_THIN_RULES = ("|-|", "|：-|", "|-：|", "|：-：|")
_RULE_MARKS = "-*_=—─ \t|:：+"
_FENCE = re.compile(r"(?:`{3,}+|~{3,}+)[^`~]{0,40}")
_NUMBERS = "一二三四五六七八九十百"
#: 三、四 at the beginning of a line is no mark but the rest of 三、四季度.
_PAIR = "(?:" + "|".join(f"{a}、{b}" for a, b in pairwise(_NUMBERS[:10])) + ")"
#: （五）项规定 is the rest of a reference to a clause of a law.
_NOT_HEADING = (
    "[" + "".join(_LEXICON["not_headings"]) + "](?:[，。；、）]|" + _any_of(_LEXICON["after_clause"]) + ")|、"
)
#: Marks of headings and list items; the group that matched tells the level.
_MARKED = re.compile(
    rf"(第[{_NUMBERS}0-9]{{1,4}}(?:章|部分|编|篇)|(?!{_PAIR})[{_NUMBERS}]{{1,4}}、)"
    rf"|(（[{_NUMBERS}]{{1,3}}）(?!{_NOT_HEADING}))"
    r"|([0-9]{1,2}(?:、|\.(?![0-9])|\.(?=(?:19|20)[0-9]{2}年)|．))"
    rf"|(（[0-9]{{1,2}}）(?!{_NOT_HEADING}))"
    rf"|([{_NUMBERS}]{{1,3}}是|——|[①-⑳]|[0-9]{{1,2}}）|第[{_NUMBERS}]{{1,2}}[，、])"
)
_PAGE = re.compile(_any_of(_LEXICON["pages"]).replace("#", "[0-9]{1,4}").replace("\\[0-9]", "[0-9]"))
_OPENS = re.compile(rf"(?:{_any_of(_LEXICON['opens'])})|(?:{_any_of(_LEXICON['captions'])})[0-9{_NUMBERS}]")
_DATE = re.compile(
    r"（?(?:[0-9]{4}年|[二〇○零一三四五六七八九]{4}年)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日）?"
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
_CLAUSE = re.compile(r"[，。；、！？]")  # no colon: "label: value" lines are no prose
_RUNNING = re.compile(r"[，。；！？]")  # nor is a list of names
_SENTENCE = re.compile(r"[。！？；]")
_NUMBER = r"(?:[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?|（[0-9][0-9,]*(?:\.[0-9]+)?%?）|-|—)"
_NUMBER_CELL = re.compile(_NUMBER)
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_WORD = re.compile(r"[^ \t]+")

_TERMINAL = "。！？…"
_CLOSING = '”’）》」』】〉"'
_FIRST_CLOSING = "，。、；）》”’！？：〕】」』%％"
_OPENING = "（《“〔「『【"
_PAIRS = ("（）", "《》", "“”", "〔〕")

_LONGEST_HEADING = 60
_FULL_SLACK = 5  # half-widths by which a full line may miss the measure: punctuation is not split off
_SHORT_RUN = 12


class _Line:
    __slots__ = ("end", "indent", "kind", "level", "spans", "start", "text", "width")

    def __init__(
        self, start: int, end: int, text: str, spans: list[tuple[int, int]], kind: str, level: int
    ) -> None:
        self.start, self.end, self.text, self.spans = start, end, text, spans
        self.kind, self.level = kind, level
        self.indent = 0
        # Half-widths: an ASCII character has one, an ideograph (three bytes) two.
        self.width = (len(text.encode("utf-8", "surrogatepass")) + len(text)) >> 1


def _kept(mapped: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the spans of ``mapped[start:end]`` that remain when marks and idle spaces are dropped."""
    spans: list[tuple[int, int]] = []
    at = start
    for match in _IDLE.finditer(mapped, start, end):
        a, b = match.span()
        if b - a == 1 and mapped[a] == " ":  # by far the commonest
            if start < a and b < end and mapped[a - 1] in _SPACED and mapped[b] in _ALNUM:
                continue
            if a > at:
                spans.append((at, a))
            at = b
            continue
        for drop in _DROP.finditer(mapped, a, min(b + 1, end)):
            c, d = drop.span()
            if c > at:
                spans.append((at, c))
            at = d
    if at < end:
        spans.append((at, end))
    return spans


def _cells(mapped: str, start: int, end: int, bordered: bool) -> list[tuple[int, int, int]]:
    """Give the cells of a table row as (start, end, offset of the separator before it)."""
    bounds: list[tuple[int, int, int]] = []
    at, before = start, -1
    for i in range(start, end + 1):
        if i == end or mapped[i] in "|\t":
            bounds.append((at, i, before))
            at, before = i + 1, i
    cells: list[tuple[int, int, int]] = []
    for a, b, separator in bounds:
        while a < b and mapped[a] in " \t":
            a += 1
        while b > a and mapped[b - 1] in " \t":
            b -= 1
        for inner in _split_cell(mapped, a, b, bordered):
            cells.append((inner[0], inner[1], separator if inner[0] == a else inner[2]))
    return cells


def _split_cell(mapped: str, start: int, end: int, bordered: bool) -> list[tuple[int, int, int]]:
    """Part a cell that holds several: numbers side by side, or wide gaps, as PDF extractors leave them."""
    cell = mapped[start:end]
    if " " not in cell:
        return [(start, end, -1)]
    words = [match.span() for match in _WORD.finditer(cell)]
    numbers = 0
    while numbers < len(words) and _NUMBER_CELL.fullmatch(cell, *words[-1 - numbers]):
        numbers += 1
    if bordered and (numbers < len(words) or _GROUPED.fullmatch(cell)):
        numbers = 0  # drawn borders tell the columns, and 1 100 is one number
    if numbers < 2:
        numbers = 0
    parts: list[tuple[int, int, int]] = []
    first, before = start, -1
    for number in range(1, len(words)):
        left, right = words[number - 1][1], words[number][0]
        if right - left >= 3 or number >= len(words) - numbers:
            parts.append((first, start + left, before))
            first, before = start + right, start + left
    parts.append((first, end, before))
    return parts


def _row(mapped: str, start: int, end: int) -> _Line | None:
    """Read the line as a table row, ``None`` where nothing but borders stands in it."""
    while start < end and mapped[start] in " \t":
        start += 1
    while end > start and mapped[end - 1] in " \t":
        end -= 1
    bordered = start < end and mapped[start] == "|"
    a, b = start, end
    if bordered:
        a += 1
        if b > a and mapped[b - 1] == "|":
            b -= 1
    spans: list[tuple[int, int]] = []
    text: list[str] = []
    filled = False
    for cell_start, cell_end, separator in _cells(mapped, a, b, bordered):
        if separator >= 0:
            spans.append((separator, separator + 1))
            text.append("|")
        for span in _kept(mapped, cell_start, cell_end):
            spans.append(span)
            text.append(mapped[span[0] : span[1]])
            filled = True
    return _Line(start, end, "".join(text), spans, "row", 0) if filled else None


def _line(mapped: str, start: int, end: int) -> _Line | None:
    """One line of the source, cleaned and sorted; ``None`` where nothing remains of it."""
    raw = mapped[start:end]
    if "|" in raw and raw.strip(" \t") not in ("|", "||"):
        return None if _is_rule(raw) else _row(mapped, start, end)
    inner = raw.strip(" \t")
    if not inner:
        return None
    if inner.count("\t") >= 2 or (" " in inner and _aligned(inner)):
        return _row(mapped, start, end)
    if inner[0] in "-*_=—─`~" and (_is_rule(inner) or _FENCE.fullmatch(inner)):
        return _Line(start, end, "", [], "rule", 0)
    kind, level = "text", 0
    at = start
    first = inner[0]
    if first == ">":
        quote = _QUOTE.match(mapped, at, end)
        at = quote.end() if quote else at
        first = mapped[at : at + 1]
    if first == "#":
        head = _HEAD.match(mapped, at, end)
        if head:
            kind, level, at = "heading", len(head.group(1)), head.end()
    elif first in "-*+•●■◆▪□○◇★☆➢":
        bullet = _BULLET.match(mapped, at, end)
        if bullet:
            kind, level, at = "item", 9, bullet.end()
    spans = _kept(mapped, at, end)
    if kind == "heading" and spans and mapped[spans[-1][1] - 1] == "#":
        spans = _kept(mapped, at, at + len(mapped[at:end].rstrip("# \t" + _NOTHING)))
    if not spans:
        return None
    text = mapped[at:end] if spans == [(at, end)] else "".join([mapped[a:b] for a, b in spans])
    line = _Line(start, end, text, spans, kind, level)
    line.indent = spans[0][0] - start if kind == "text" else 0
    if kind == "text":
        mark = _MARKED.match(text)
        if mark:
            line.level = mark.lastindex or 0
            line.kind = "item" if line.level == 5 else "marked"
        elif len(text) <= 16 and _PAGE.fullmatch(text):
            line.kind = "page"
        elif _OPENS.match(text) or (len(text) <= 16 and _DATE.fullmatch(text)):
            line.kind = "opener"
    return line


def _is_rule(raw: str) -> bool:
    """Tell a drawn line, or the row of dashes under the head of a Markdown table."""
    if raw.strip(_RULE_MARKS):
        return False
    return any(mark * 2 in raw for mark in "-*_=─") or raw.strip() in _THIN_RULES


def _aligned(inner: str) -> bool:
    """Whether a line without bars is a row all the same: words, then two or more numbers set apart."""
    if inner[-1] not in "0123456789%-—）" or _SENTENCE.search(inner) or "，" in inner:
        return False
    if len(inner) <= 24 and _PAGE.fullmatch(inner.replace(" ", "")):
        return False
    words = inner.split()
    count = 0
    for word in reversed(words):
        if not _NUMBER_CELL.fullmatch(word):
            break
        count += 1
    return count >= 2 and (count < len(words) or count >= 3)


def _lines(mapped: str) -> list[_Line]:
    lines = []
    for match in _LINE.finditer(mapped):
        line = _line(mapped, match.start(), match.end())
        if line is not None:
            lines.append(line)
    # Two cells parted by a tab are a row beside other such lines, else a caption with a wide space.
    for i, line in enumerate(lines):
        if line.kind == "text" and "\t" in mapped[line.start : line.end].strip(" \t"):
            near = lines[max(0, i - 1) : i + 2]
            if any(
                o is not line and (o.kind == "row" or "\t" in mapped[o.start : o.end].strip(" \t"))
                for o in near
            ):
                lines[i] = _row(mapped, line.start, line.end) or line
    return lines


# --- blocks ----------------------------------------------------------------------------------------


def _terminal(text: str) -> bool:
    """Whether a line ends a sentence, closing quotes and a bracketed remark after the stop included."""
    bare = text.rstrip(_CLOSING)
    if not bare or bare[-1] in _TERMINAL:
        return True
    if text[-1] == "）":
        opened = text.rfind("（")
        return opened > 0 and text[opened - 1] in _TERMINAL
    return False


def _open(text: str) -> bool:
    """Whether a bracket or quotation that began in the last 200 characters is still open."""
    tail = text[-200:]
    return any(tail.rfind(pair[0]) > tail.rfind(pair[1]) for pair in _PAIRS)


def _measures(lines: list[_Line]) -> tuple[list[int], bool]:
    """Find the widths at which lines of this text are broken, and whether nearly all of it is so broken.

    Empty where each line is a paragraph. Headings do not count: many of them have one length, too.
    """
    widths = Counter(
        line.width // 2
        for line in lines
        if line.kind == "text" and line.width >= 40 and not _terminal(line.text)
    )
    total = sum(widths.values())
    found: list[int] = []
    covered = 0
    for half, _ in widths.most_common(3):
        near = sum(widths[half + d] for d in (-2, -1, 0, 1, 2))
        if near >= 8 and near * 5 >= total:
            found.append(2 * half + 1)
            covered = max(covered, near)
    return found, covered * 2 >= total > 0


class _Mender:
    """Decides line by line whether a line continues the block before it."""

    def __init__(self, mapped: str, lines: list[_Line]) -> None:
        self.mapped = mapped
        self.lines = lines
        self.measures, self.strong = _measures(lines)
        short = Counter(
            line.text for line in lines if line.kind in ("text", "opener") and 4 <= len(line.text) <= 40
        )
        self.furniture = {text for text, count in short.items() if count >= 3 and not _CLAUSE.search(text)}
        indented = sum(1 for line in lines if line.kind == "text" and line.indent >= 2)
        self.indents = indented * 3 >= sum(1 for line in lines if line.kind == "text")

    def full(self, line: _Line) -> bool:
        return any(abs(line.width - measure) <= _FULL_SLACK for measure in self.measures)

    def heading_like(self, block: list[_Line]) -> bool:
        first = block[0]
        if first.kind == "heading":
            return True
        text = block[-1].text
        return (
            first.kind == "marked"
            and len(block) == 1
            and len(text) <= _LONGEST_HEADING
            and text[-1] not in "，、；："
            and not _SENTENCE.search(text)
        )

    def continues(self, block: list[_Line], line: _Line, position: int) -> bool:
        """Whether ``line`` goes on where ``block`` breaks off."""
        before = block[-1]
        if line.kind in ("heading", "row") or before.kind in ("heading", "row"):
            return False
        text, last, first = before.text, before.text[-1], line.text[0]
        if first in _FIRST_CLOSING and line.kind == "text":
            return True
        if line.kind == "marked" and line.level <= 4 and last in "第条款、" and not _terminal(text):
            return last == "第" or line.level in (2, 4)
        if line.kind != "text":
            return False
        full = self.full(before)
        parted = self.indents and line.indent >= 2
        if _terminal(text):
            # In broken lines a sentence may end exactly at the edge; the paragraph goes on all the same.
            near = self.mapped.count("\n", before.end, line.start) <= 1
            return (
                full
                and self.strong
                and near
                and not parted
                and len(block) > 1
                and bool(_CLAUSE.search(line.text))
            )
        if last in "，、" or last in _OPENING or (last == "；" and not parted):
            return True
        if last in "—–-～~" and len(text) > 1 and text[-2].isdigit():
            return first.isdigit()
        if parted:
            return False
        if (len(text) >= _SHORT_RUN or full) and _open("".join([part.text for part in block[-3:]])):
            return True
        if last == "：":
            return full or text.endswith(tuple(_LEXICON["goes_on"]))
        clause = _CLAUSE.search(line.text)
        running = any(_RUNNING.search(part.text) for part in block)
        if full and (not self.heading_like(block) or (self.strong and "，" in text) or not clause):
            if not running and (not self.strong or block[0].kind == "opener"):
                return not clause and self.full(line)  # a title or a caption, and what stands under it
            return bool(clause or running or self.full(line))
        if position < 12 and len(text) <= 40 and not _CLAUSE.search(text) and not clause:
            return text.endswith(tuple(_LEXICON["title_goes_on"]))
        if self.heading_like(block) or len(text) < _SHORT_RUN:
            return False
        return bool(clause) and bool(_RUNNING.search(text))

    def blocks(self) -> list[list[_Line]]:
        blocks: list[list[_Line]] = []
        lines = self.lines
        fresh = True
        for i, line in enumerate(lines):
            if line.kind == "page":
                continue
            if line.kind == "rule":
                fresh = True
                continue
            if not fresh and self.continues(blocks[-1], line, i):
                blocks[-1].append(line)
                continue
            if not fresh and self.between(blocks[-1], i):
                continue
            blocks.append([line])
            fresh = False
        return blocks

    def between(self, block: list[_Line], i: int) -> bool:
        """Whether line ``i`` is a page number or a running head that parts a sentence."""
        line = self.lines[i]
        if (
            block[-1].kind == "row"
            or line.kind == "row"
            or i + 1 >= len(self.lines)
            or _terminal(block[-1].text)
        ):
            return False
        if not (_BARE_NUMBER.fullmatch(line.text) or line.text in self.furniture):
            return False
        after = self.lines[i + 1]
        return bool(_CLAUSE.search(block[-1].text)) and self.continues(block, after, i + 1)


def _kind(block: list[_Line], text: str, position: int) -> tuple[str, int]:
    """Kind and level of a finished block."""
    first = block[0]
    if first.kind == "row":
        return "row", 0
    stops = _SENTENCE.search(text)
    if first.kind in ("heading", "marked"):
        level = first.level
        if first.kind == "heading":
            # A run-in heading with its paragraph on the same line is a paragraph.
            return ("heading", level) if not stops or stops.end() == len(text) <= 40 else ("text", 0)
        closed = stops is not None and stops.end() == len(text) and len(text) <= 30 and "，" not in text
        if len(text) <= _LONGEST_HEADING and text[-1] not in "，、；：" and (not stops or closed):
            return "heading", level
    elif (
        position == 0
        and first.kind == "text"
        and len(text) <= _LONGEST_HEADING
        and not stops
        and text[-1] != "："
    ):
        return "heading", 1
    return "text", 0


def flow(text: str) -> Flow:
    r"""Make the reading copy of ``text``.

    Any string is admitted, the empty one included. ``origin`` is strictly increasing; a flow character is
    the mapped character at its origin, except: ``|`` may stand for the tab or space that parted two cells,
    ``\n`` for whatever parted two blocks, a space for the break between two Latin words.
    """
    mapped = _characters(text)
    out: list[str] = []
    origin: list[int] = []
    blocks: list[Block] = []
    at = 0
    for position, group in enumerate(_Mender(mapped, _lines(mapped)).blocks()):
        if position:
            out.append("\n")
            origin.append(origin[-1] + 1)
            at += 1
        begin = at
        previous = ""
        for line in group:
            if (
                previous
                and previous.isascii()
                and previous.isalpha()
                and line.text[0].isascii()
                and line.text[0].isalpha()
            ):
                out.append(" ")
                origin.append(origin[-1] + 1)
                at += 1
            out.append(line.text)
            for a, b in line.spans:
                origin.extend(range(a, b))
            at += len(line.text)
            previous = line.text[-1]
        whole = group[0].text if len(group) == 1 else "".join([line.text for line in group])
        kind, level = _kind(group, whole, position)
        blocks.append(Block(begin, at, kind, level))
    origin.append(len(text))
    return Flow("".join(out), origin, tuple(blocks))
