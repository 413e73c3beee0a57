"""One pass over the reading copy: where its numbers are, and which of them are no figures.

A regular expression finds runs of digits and of Chinese numerals; what stands around a run decides. The order
of the questions is fixed: part of a code, a date, a document number, a mark, an ordinal, a name; what is left
is a number with its hedges and its unit. A Chinese numeral is a figure only before a word that it can count.

Nothing looks further than a few dozen characters around a run, and every pattern consumes what it matched, so
the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from . import hedges
from .numerals import Reading, ascending, parse, read
from .units import UNITS

_DATA = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Found:
    """A number in the flow, before it becomes a figure. Offsets are in the flow.

    ``start``/``end`` include hedges, sign and unit; ``num_start``/``num_end`` hold the digits alone.
    ``unit`` is the unit word without its multiplier, ``printed`` with it. ``form`` is ``plain``, or
    ``fraction``, ``tenth``, ``percent`` (百分之), ``doubling`` for numbers in words.
    """

    start: int
    end: int
    num_start: int
    num_end: int
    value: Fraction
    ulp: Fraction
    decimals: int
    big: int
    unit: str
    printed: str
    approx: str = "exact"
    soft: bool = False
    negative: bool = False
    upper: Fraction | None = None
    form: str = "plain"


@dataclass(slots=True)
class Passed:
    """A number in the flow that is no figure, with a reason code. Offsets are in the flow."""

    start: int
    end: int
    reason: str


_CN = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_RUN = re.compile(f"[0-9]+|[{_CN}]+|过半|超半数")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){1,5}(?![0-9., ])")
_TOKEN = re.compile(r"[0-9A-Za-z._/=&@:%+#?~-]*")
_SEP = r"(?:至|到|-{1,2}|—{1,2}|–{1,2}|~|～)"
_RANGE = re.compile(_SEP)
_MULTIPLIER = re.compile(
    r"([余多几]?)((?:十|百(?!分)|千(?![瓦米克伏安帕卡赫焦乏字分]))?(?:万亿|万|个?亿)?)([余多几]?)"
)
_MULTIPLIER_FIRST = frozenset("余多几十百千万亿")
_MIXED = re.compile(r"(?:[0-9]{1,4}(?:[百千]?[万亿]|[百千])){1,5}(?:[0-9]{1,8})?")
_TAIL = frozenset("0123456789")

_YEAR = re.compile(
    rf"(?:19|20)[0-9]{{2}}(?:年?{_SEP}(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}(?=年|学年|财年|跨)))?"
    r"(?:(?:学年|财政年度|财年|赛季|榜单|年度|年)(?:初|末|底)?(?:[0-9]{1,2}(?:[-—至到、][0-9]{1,2})*月(?:份|底|末|初)?"
    r"(?:[0-9]{1,2}(?:[-—至到、][0-9]{1,2})*[日号])?)?)?"
)
_YEARLIKE = re.compile(r"(?:19|20)[0-9]{2}(?![0-9,]|\.[0-9])")
_NUMERIC_DATE = re.compile(
    r"(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])|(?:19|20)[0-9]{2}[-./][01]?[0-9](?![0-9万亿%])(?=[月\s）】|]|$)"
)
_MONTH_DAY = re.compile(
    rf"[0-9]{{1,2}}(?:月?(?:{_SEP}|、|和)[0-9]{{1,2}})*月(?!均|度|薪|租)(?:份|底|末|初|中旬|上旬|下旬)?(?:[0-9]{{1,2}}(?:{_SEP}[0-9]{{1,2}})?[日号])?"
    rf"|[0-9]{{1,2}}(?:日?(?:{_SEP}|、|和)[0-9]{{1,2}})?日(?!以?内|均|游)"
)
_CLOCK = re.compile(
    r"[0-9]{1,2}(?:时(?!间|代|速|尚)(?:[0-9]{1,2}分)?|:[0-5][0-9](?::[0-5][0-9])?(?![0-9.:])|点[0-9]{1,2}分?|点(?:整|半))"
)
_PARTS_OF_DAY = ("午", "早上", "晚上", "凌晨", "傍晚", "夜间", "晨")
_PAGE_DATE = re.compile(r"[01][0-9]-[0-3][0-9](?=\n|$)")
_MIDDLE_DOT = re.compile(r"[0-9]{1,2}[·•][0-9]{1,2}(?![0-9])")
_NUMBERED = re.compile(r"[0-9]{1,3}(?:(?:号?线?)?[、和及][0-9]{1,3}){1,12}号")
_SECTION = re.compile(
    r"[0-9]{1,2}(?:\.[0-9]{1,2})? ?(?=[^\W0-9A-Za-z_])|[0-9]{1,2}(?:\.[0-9]{1,2})? (?=(?:19|20)[0-9]{2}年)"
)
_VERSION = re.compile(r"[1-9]\.0(?![0-9])")
_LIST_OF = re.compile(r"[0-9]{1,3}(?:[、和至-][0-9]{1,3}){0,20}")
_DOCUMENT = re.compile(r"[〔\[（【［]?(?:19|20)[0-9]{2}[〕\]）】］]?(?:第)?[0-9]{1,6}号")
_PHONE = re.compile(
    r"(?:0[0-9]{2,3}[-—][0-9]{7,8}|1[3-9][0-9]{9}|[48]00-[0-9]{3}-[0-9]{4}|[0-9]{3,4}-[0-9]{7,8})(?![0-9])"
)
_FORMULA = re.compile(
    r"[0-9]{1,3}(?:[+＋][0-9A-Za-z]{1,4}){1,8}|[0-9]{1,3}[×xX*✕][0-9]{1,4}|[0-9]{1,4}(?:-[0-9]{1,4}){2,}"
)
_DATED = re.compile("(?:19|20)[0-9]{2}年")
_DOTTED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){2,6}")
_SLASHED = re.compile(r"([0-9]{1,3})/([0-9]{1,3})(?![0-9/])")
_COLUMNS = re.compile(r"1 ?\|2 ?\|3(?: ?\|[0-9]{1,2})*")
_MARK = re.compile(r"[0-9]{1,3}(?:[、．]|\.(?![0-9])|\.(?=(?:19|20)[0-9]{2}年)|[)）])")
_LISTED = re.compile(r"[0-9]{1,2}\.(?=[^\W0-9A-Za-z]|(?:19|20)[0-9]{2}年)")
_MARK_AFTER = frozenset("\n。；：，、！|）”* ")
_ORDINAL_LIST = re.compile(f"[0-9{_CN}]+(?:[、和至到—-]第?[0-9{_CN}]+)*")

_CN_MARK = re.compile(f"[{_CN}]{{1,3}}(?:是|要|、|，|则|方面)")
_CN_FRACTION = re.compile(f"[{_CN}]{{1,8}}分之[{_CN}0-9]{{1,8}}(?:点[{_CN}]{{1,8}}|\\.[0-9]{{1,6}})?")
_CN_DECIMAL = re.compile(f"[{_CN}]{{1,12}}点[〇零一二三四五六七八九]{{1,8}}[万亿]{{0,2}}")
_CN_TENTH = re.compile("[一二三四五六七八九]成(?:[一二三四五六七八九半](?![{个件项}]))?")
_CN_TENTH_NOT = tuple("立为效果员本绩功交品熟长就都型套年人分了不的才因份活体群风语对")
_CN_DATE = re.compile(
    "[〇零一二三四五六七八九]{4}年?(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?|[一二三四五六七八九十]{1,3}月(?:份|[一二三四五六七八九十]{1,3}日)?|[一二三四五六七八九十]{1,3}日"
)
_CN_NEIGHBOURS = re.compile("([一二两三四五六七八])([二三四五六七八九])([十百千]?万?亿?)")
_LOOSE = frozenset(("个", "天", "年", "家", "人", "个月", "名"))
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_CN_OPEN = frozenset("百千万亿")
_CN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_CN_FIRST = frozenset(w[0] for w in UNITS.chinese) | frozenset("分点成半是要、，余多几月日番）")

_BEFORE = tuple(_DATA["ordinal"]["before"].split())
_BARE = tuple(_DATA["ordinal"]["bare"].split())
_ARABIC_AFTER = tuple(_DATA["ordinal"]["arabic_after"].split())
_HOTLINES = frozenset(_DATA["hotlines"]["words"].split())
_LEVELS = frozenset(_DATA["counted"]["levels_before"])
_ONE_NOT = frozenset(_DATA["counted"]["one_not_before"])
_GREAT = tuple(_DATA["counted"]["great"].split())
_NAMES: dict[str, tuple[str, ...]] = {}
for _name in _DATA["names"]["words"].split():
    _NAMES[_name[0]] = (*_NAMES.get(_name[0], ()), _name)

_QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "‘": "’"}
_CODES = ("代码", "编码", "证号", "代号")
_CLOSING = frozenset("”」』")
_TELEPHONE = ("电话", "传真", "热线", "证号", "代码", "联系")
_LATIN_WORD = re.compile(r"[A-Za-z&]+\Z")
_LONGEST = 24


def scan(text: str) -> Iterator[Found | Passed]:
    """Every number of ``text`` (a reading copy), in order, as a figure to be or as passed over."""
    done = 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < done:
            continue
        end = run.end()
        if text[start] <= "9":
            item = _arabic(text, start, end)
        else:
            if (
                text[end : end + 1] not in _CN_FIRST
                and text[start] not in "过超"
                and text[start - 1 : start] != "第"
            ):
                continue
            item = _chinese(text, start, end)
            if item is None:
                continue
        done = item.end
        yield item


def _arabic(text: str, s: int, e: int) -> Found | Passed:
    prev = text[s - 1] if s else "\n"
    if e - s > _LONGEST:
        return Passed(s, e, "code")
    # --- glued to Latin letters or inside an address
    glued = False
    if prev.isascii() and (prev.isalpha() or prev in "_/=&@#\\~?.") and not _DATED.match(text, s):
        word = _LATIN_WORD.search(text[max(0, s - 12) : s])
        if (
            word is None
            or len(word[0]) < 3
            or text[max(0, s - 12) : s - len(word[0])].endswith(("/", ".", "@"))
        ):
            return Passed(s, max(e, _TOKEN.match(text, s).end()), "code")  # type: ignore[union-attr]
        glued = True
    after = text[e : e + 1]
    # --- dates, clock times, document numbers
    if prev == "第" or (prev == " " and text[s - 2 : s - 1] == "第"):
        return Passed(s - 1, _ORDINAL_LIST.match(text, s).end(), "ordinal")  # type: ignore[union-attr]
    if e - s == 4 and _YEARLIKE.match(text, s):
        passed = _year(text, s, e, prev, after)
        if passed is not None:
            return passed
    if e - s <= 2 and (m := _MONTH_DAY.match(text, s)):
        return Passed(s, m.end(), "date")
    if (
        e - s <= 2
        and after in ("时", "点", ":")
        and prev not in ":∶："
        and (m := _CLOCK.match(text, s))
        and "比" not in text[max(0, s - 4) : s]
    ):
        return Passed(s, m.end(), "time")
    if after == "点" and e - s <= 2 and text[max(0, s - 2) : s].endswith(_PARTS_OF_DAY):
        return Passed(s, e + 1, "time")
    if prev == "\n" and after == "-" and (m := _PAGE_DATE.match(text, s)):
        return Passed(s, m.end(), "date")
    if after in ("·", "•") and (m := _MIDDLE_DOT.match(text, s)):
        return Passed(s, m.end(), "name")
    if e - s <= 3 and after in ("、", "和", "及") and (m := _NUMBERED.match(text, s)):
        return Passed(s, m.end(), "ordinal")
    if prev in "〔[［" and text[e : e + 1] in ("〕", "]", "］"):
        m2 = _DOCUMENT.match(text, s - 1)
        return Passed(s, m2.end() if m2 else e, "document_number" if m2 else "note")
    # --- codes
    if (after in ("-", "—") or e - s == 11) and (m := _PHONE.match(text, s)):
        return Passed(s, m.end(), "telephone")
    if after in ("+", "＋", "×", "x", "X", "*", "✕", "-") and (m := _FORMULA.match(text, s)):
        return Passed(s, m.end(), "name")
    # --- list marks and numbers of rows and columns
    if e - s <= 3:
        if prev in "\n（(|" or (prev == " " and text[s - 2 : s - 1] == "\n"):
            m = _MARK.match(text, s)
            if m and not (prev in "（(" and text[m.end() - 1] not in "）)"):
                return Passed(s, m.end(), "list_mark")
        if after == "." and prev in _MARK_AFTER and (m := _LISTED.match(text, s)):
            return Passed(s, m.end(), "list_mark")
        if after in "）)" and prev in "；：。\n" and e - s <= 2:
            return Passed(s, e + 1, "list_mark")
        if after in ("、",) and prev in "。；：！" and text[e + 1 : e + 2] not in "0123456789":
            return Passed(s, e + 1, "list_mark")
    if after == "|":
        if prev == "\n" or (prev == "|" and text[s - 2 : s - 1] == "\n"):
            cell = text[e + 1 : e + 2]
            if cell and not (cell.isascii() or cell in "—－–"):
                return Passed(s, e, "code")
        if text[s] == "1" and (m := _COLUMNS.match(text, s)):
            return Passed(s, m.end(), "code")
    if after == "." and (m := _DOTTED.match(text, s)):
        return Passed(s, m.end(), "code")
    # --- the number itself
    m = _NUMBER.match(text, s)
    assert m is not None
    ne = m.end()
    if text[ne : ne + 1] == " " and (g := _GROUPED.match(text, s)) and not prev.isdigit():
        nxt = text[g.end() : g.end() + 1]
        if nxt in _MULTIPLIER_FIRST or nxt in UNITS.lengths:
            ne = g.end()
    if ne - s > _LONGEST:
        return Passed(s, ne, "code")
    if text[s] == "0" and text[s + 1 : s + 2].isdigit():
        return Passed(s, ne, "code")
    found = _number(text, s, ne)
    bare = not found.unit and found.big == 1
    if after == "/" and (f := _SLASHED.match(text, s)) and bare:
        if f[2].strip("0") and found.approx == "exact":
            return _worded(text, s, f.end(), Fraction(int(f[1]), int(f[2])), "fraction")
        return Passed(s, f.end(), "code")
    if glued and (bare or found.unit in ("级", "号", "类")):
        return Passed(s, max(e, _TOKEN.match(text, s).end()), "code")  # type: ignore[union-attr]
    if bare and found.approx == "exact" and found.upper is None:
        if after == "成" and text[s] != "0" and e - s == 1 and not text.startswith(_CN_TENTH_NOT, e + 1):
            return _worded(text, s, e + 1, Fraction(10 * int(text[s])), "tenth", "%")
        if prev == "\n" and (m := _SECTION.match(text, s)) and "|" not in text[ne : ne + 2]:
            return Passed(s, ne, "list_mark")
        passed = _bare_name(text, s, ne, prev)
        if passed is not None:
            return passed
    elif bare and found.upper is not None and text[found.num_start : found.num_end].count("-"):
        return Passed(s, found.end, "code")
    if _ordinal_stage(text, found):
        return Passed(s, found.end, "ordinal")
    if (
        prev in _QUOTES
        and found.unit not in ("%", "元")
        and not found.printed.endswith("元")
        and _quoted(text, s, 10)
    ):
        return Passed(s, found.end, "name")
    if _in_title(text, s):
        return Passed(s, found.end, "title")
    return found


def _year(text: str, s: int, e: int, prev: str, after: str) -> Passed | None:
    """What a number between 1900 and 2099 is when it is a year; ``None`` when it counts something."""
    if m := _NUMERIC_DATE.match(text, s):
        return Passed(s, m.end(), "date")
    if after in ("〕", "]", "］", "）", "】") and prev in "〔[［（【":
        m = _DOCUMENT.match(text, s - 1)
        return Passed(s, m.end(), "document_number") if m else Passed(s, e, "year")
    m = _YEAR.match(text, s)
    assert m is not None
    if m.end() > e and (text[m.end() - 1] in "年度月日号末底初份财季单" or m.end() - s > 5):
        if text[m.end() - 1].isdigit() and UNITS.match(text, m.end()) not in ("", "年"):
            return None  # 2000—2100元 is a range of money
        return Passed(s, m.end(), "year" if "月" not in m[0] else "date")
    if after == "、" and re.match(r"(?:(?:19|20)[0-9]{2}、){1,9}(?:19|20)[0-9]{2}年", text[s : s + 60]):
        return Passed(s, e, "year")
    if after in ("级", "届", "款", "版", "财", "学"):
        return Passed(s, e, "year")
    if (prev == "|" or after == "|") and _amounts(text, s):
        return None
    if hedges.before(text, s) or prev == "-" or after in _MULTIPLIER_FIRST or UNITS.match(text, e):
        return None
    return Passed(s, e, "year")


@dataclass(slots=True)
class _Size:
    """A magnitude: its reading, where its digits and its multiplier end, the multiplier, and 余 or 多."""

    reading: Reading
    digits_end: int
    end: int
    multiplier: str
    soft: bool


_reading = lru_cache(maxsize=1 << 14)(parse)


def _number(text: str, s: int, ne: int) -> Found:
    """Read the number whose digits are ``text[s:ne]``, with multiplier, unit, range, sign and hedges."""
    size = _size(text, s, ne)
    r, p = size.reading, size.end
    unit = UNITS.compound(text, p)
    if not unit and text[p : p + 1] == " " and text[p + 1 : p + 2] not in "0123456789":
        unit = UNITS.compound(text, p + 1)
        p += bool(unit)
    q = p + len(unit)
    value, ulp, decimals, big, num_end = r.value, r.ulp, r.decimals, r.big, size.digits_end
    multiplier = size.multiplier
    upper: Fraction | None = None
    if (
        text[q : q + 1]
        and text[q] in "至到-—–~～"
        and not size.soft
        and text[s - 1 : s] not in ("从", "由", "自")
    ):
        second = _upper(text, q, r, unit)
        if second is not None:
            value, upper, size, unit = second
            r2 = size.reading
            ulp = min(r2.ulp, ulp * (r2.big if big == 1 else 1))
            decimals, big = max(decimals, r2.decimals), r2.big
            num_end, q, multiplier = size.digits_end, size.end + len(unit), size.multiplier
    approx = "range" if upper is not None else "over" if size.soft else "exact"
    found = Found(s, q, s, num_end, value, ulp, decimals, big, unit, multiplier + unit, approx, size.soft)
    found.upper = upper
    _sign(text, found)
    _hedge(text, found)
    return found


def _size(text: str, s: int, ne: int) -> _Size:
    """Read digits with the multiplier and the 余 or 多 behind them: 3万, 20余万, 2.2万余, 5万4千."""
    if text[ne : ne + 1] not in _MULTIPLIER_FIRST and not text.startswith("个亿", ne):
        return _Size(_digits(text, s, ne, ""), ne, ne, "", False)
    m = _MULTIPLIER.match(text, ne)
    assert m is not None
    lead, word, tail = m[1], m[2].lstrip("个"), m[3]
    p = m.end()
    if word and not lead and not tail and text[p : p + 1] in _TAIL:
        mixed = _MIXED.match(text, s)
        if mixed and mixed.end() > p and text[mixed.end() : mixed.end() + 1] not in ("年", ".", ",", "月"):
            try:
                return _Size(_reading(mixed[0]), mixed.end(), mixed.end(), "", False)
            except ValueError:
                pass  # 1亿2025: two numbers
    if lead and tail:  # 20多万多: the second one belongs to what follows
        p -= 1
    return _Size(_digits(text, s, ne, word), ne, p, word, bool(lead or tail))


def _digits(text: str, s: int, ne: int, multiplier: str) -> Reading:
    return _reading(text[s:ne].replace(",", "").replace(" ", "") + multiplier)


def _upper(text: str, q: int, low: Reading, unit: str) -> tuple[Fraction, Fraction, _Size, str] | None:
    """Read the second half of a range that begins at ``q``: both ends, its size, the unit of both."""
    m = _RANGE.match(text, q)
    n = _NUMBER.match(text, m.end()) if m else None
    if m is None or n is None or n.end() - n.start() > _LONGEST:
        return None
    if (y := _YEARLIKE.match(text, n.start())) and text[y.end() : y.end() + 1] == "年":
        return None
    size = _size(text, n.start(), n.end())
    unit2 = UNITS.compound(text, size.end)
    if size.soft or (unit and unit2 != unit) or (not unit2 and text[size.end : size.end + 1] in ("月", "日")):
        return None
    try:
        first, last = ascending(low, size.reading)
    except ValueError:
        return None
    return first, last, size, unit2


def _sign(text: str, found: Found) -> None:
    s = found.start
    sign = text[s - 1 : s]
    if sign in ("-", "−", "负"):
        before = text[s - 2 : s - 1]
        if sign != "-" or (not (before.isascii() and before.isalnum()) and before not in ("%", "）", "-")):
            found.start -= 1
            found.negative = True


def _hedge(text: str, found: Found) -> None:
    """Widen a number by the hedge words around it."""
    if word := hedges.before(text, found.start):
        kind = hedges.BEFORE[word]
        lasts = kind == "under" and word == "近" and UNITS.unit(found.unit).kind == "duration"
        if word not in hedges.ONLY_ROUND and not lasts and found.upper is None:
            found.start -= len(word)
            found.approx, found.soft = kind, False
    if word := hedges.after(text, found.end):
        kind = hedges.AFTER[word]
        if len(word) > 1 or UNITS.unit(found.unit).kind in ("duration", "multiple") or word == "许":
            found.end += len(word)
            if found.approx == "exact":
                found.approx = kind
                found.soft = kind == "over" and word not in ("以外", "开外")


def _bare_name(text: str, s: int, e: int, prev: str) -> Passed | None:
    """Why a number without unit and hedge is a name, a mark, an ordinal; ``None`` when it is a figure."""
    digits = text[s:e]
    if digits in _HOTLINES and prev != "|":
        return Passed(s, e, "name")
    if text.startswith(_ARABIC_AFTER, e):
        return Passed(s, e, "ordinal" if text[e] == "号" else "name")
    if e - s <= 3 and digits.isdigit() and text[max(0, s - 4) : s].endswith(_BARE):
        m = _LIST_OF.match(text, s)
        return Passed(s, m.end() if m else e, "ordinal")
    after = text[e : e + 1]
    if (after.isascii() and after.isalpha()) or prev in _QUOTES or after in _CLOSING:
        return Passed(s, e, "name")
    if (
        _VERSION.fullmatch(digits)
        and prev not in "|\n: "
        and not prev.isascii()
        and after not in "|\n:∶：，。；、"
    ):
        return Passed(s, e, "version")
    if e - s == 6 and "邮" in text[max(0, s - 6) : s]:
        return Passed(s, e, "postcode")
    if text[max(0, s - 5) : s].rstrip("：: ").endswith(_CODES):
        return Passed(s, e, "code")
    if e - s >= 7 and digits.isdigit() and any(w in text[max(0, s - 8) : s] for w in _TELEPHONE):
        return Passed(s, e, "telephone")
    return None


def _amounts(text: str, s: int) -> bool:
    """Whether the table row around ``s`` holds numbers that cannot be years: then 2016 is an amount."""
    start = max(text.rfind("\n", 0, s), s - 200) + 1
    end = text.find("\n", s, s + 200)
    row = text[start : end if end >= 0 else s + 200]
    return any(cell and not _YEARLIKE.match(cell) and cell[0] in "-0123456789" for cell in row.split("|")[1:])


def _ordinal_stage(text: str, found: Found) -> bool:
    """Whether an Arabic number with a unit names a stage or a grade: 2期工程, 1级."""
    if found.unit == "级" and found.approx == "exact":
        return found.big > 1 or text[found.start - 1 : found.start] not in _LEVELS
    return found.unit == "期" and text.startswith(("工程", "项目", "建设", "扩建", "地块"), found.end)


def _quoted(text: str, s: int, longest: int) -> bool:
    """Whether a short quotation that begins just before ``s`` closes within ``longest`` characters."""
    close = text.find(_QUOTES[text[s - 1]], s, s + longest + 1)
    return close >= 0


def _in_title(text: str, s: int) -> bool:
    floor = max(0, s - 60)
    at = text.rfind("《", floor, s)
    return at >= 0 and text.rfind("》", at, s) < 0 and text.rfind("\n", at, s) < 0


def _worded(text: str, s: int, e: int, value: Fraction, form: str, unit: str = "") -> Found:
    found = Found(s, e, s, e, value, Fraction(1), 0, 1, unit, unit, form=form)
    _hedge(text, found)
    return found


def _chinese(text: str, s: int, e: int) -> Found | Passed | None:
    prev = text[s - 1] if s else "\n"
    after = text[e : e + 1]
    run = text[s:e]
    if prev == "第":
        m = _ORDINAL_LIST.match(text, s)
        return Passed(s - 1, m.end() if m else e, "ordinal")
    if run in ("过半", "超半数"):
        if prev in "务间双" or text[e : e + 1] in "百":
            return None
        return Found(s, e, s + 1, e, Fraction(1, 2), Fraction(1), 0, 1, "", "", "over", form="fraction")
    if e - s > _LONGEST:
        return Passed(s, e, "code")
    if run in _FORMAL:  # 陆 alone is a surname, not six
        return None
    if after in ("是", "要", "、", "，", "）"):
        if prev in _MARK_AFTER or prev in "（(":
            return Passed(s, e + 1, "list_mark") if e - s <= 3 else None
        return None
    if after == "分":
        if text[e + 1 : e + 2] == "之":
            return _fraction(text, s, e)
    elif after == "成":
        m = _CN_TENTH.match(text, e - 1)
        if m and e - s == 1 and not text.startswith(_CN_TENTH_NOT, m.end()):
            return _worded(text, s, m.end(), read(m[0]), "tenth", "%")
        return None
    elif after == "半":
        if run != "一" or prev in "另一":
            return None
        return _worded(text, s, e + 1, Fraction(1, 2), "fraction")
    elif after == "番":
        if prev == "翻" and run in _CN_DIGIT:
            found = _worded(text, s - 1, e + 1, Fraction(2 ** _CN_DIGIT[run]), "doubling", "倍")
            found.num_start, found.num_end = s, e
            return found
        return None
    elif after in ("月", "日", "年") or (after == "点" and len(run) == 1):
        m = _CN_DATE.match(text, s)
        if m and m.end() > e and not (m[0][-1] == "日" and text.startswith(("内", "以内"), m.end())):
            if after != "年" or len(run) == 4:
                return Passed(s, m.end(), "date")
    if names := _NAMES.get(run[0]):
        for name in names:
            if text.startswith(name, s):
                return Passed(s, s + len(name), "name")
    return _counted(text, s, e, prev, run)


def _fraction(text: str, s: int, e: int) -> Found | None:
    m = _CN_FRACTION.match(text, s)
    if m is None:
        return None
    try:
        value = read(m[0])
    except ValueError:
        return None
    if text[s:e] == "百":
        found = _worded(text, s, m.end(), value, "percent", "%")
        number = m[0].partition("之")[2]
        r = parse(number)
        found.ulp, found.decimals = r.ulp, r.decimals
        found.num_start = m.end() - len(number)
        found.num_end = m.end()
        return found
    return _worded(text, s, m.end(), value, "fraction")


def _counted(text: str, s: int, e: int, prev: str, run: str) -> Found | Passed | None:
    """A Chinese numeral before a word that it counts; ``None`` where it counts nothing."""
    ne = e
    if text[e : e + 1] == "点":
        m = _CN_DECIMAL.match(text, s)
        if m:
            ne = m.end()
    p = ne
    soft = False
    if text[ne : ne + 1] in ("余", "多", "几"):
        soft = True
        p = ne + 1
        while text[p : p + 1] in ("万", "亿"):
            p += 1
    word = UNITS.match(text, p)
    if word not in UNITS.chinese and UNITS.unit(word).base not in UNITS.chinese:
        return None
    if prev in ("数", "几"):  # 数十家 names no number
        return None
    hedge = hedges.before(text, s)
    if ne == e and run in ("一", "二") and (run == "二" or word not in UNITS.one or prev in _ONE_NOT):
        return None
    upper: Fraction | None = None
    numeral = text[s:ne] + (text[ne + 1 : p] if soft else "")
    if run[0] in _CN_OPEN and not soft and not hedge:
        return None
    if run[-1] == "零" or run[-1] == "〇" or (run[0] in "零〇" and ne == e):
        return None
    try:
        if (run[0] in _CN_OPEN and run[0] in "万亿") or (
            run[0] in _CN_OPEN and len(run) > 1 and run[1] in "万亿"
        ):
            numeral = "一" + numeral
        r = parse(numeral)
        value = r.value
    except ValueError:
        m2 = _CN_NEIGHBOURS.fullmatch(numeral)
        if m2 is None or _CN_DIGIT[m2[1]] + 1 != _CN_DIGIT[m2[2]] or not (m2[3] or word in _LOOSE):
            return None
        r = parse(m2[2] + m2[3])
        upper, value = r.value, parse(m2[1] + m2[3]).value
    if word == "级" and ((run != "两" and prev not in _LEVELS) or r.big > 1):
        return Passed(s, p + 1, "grade")
    if word == "次" and prev == "届":
        return Passed(s, p + 1, "ordinal")
    q = p + len(word)
    if word == "大" and text.startswith(_GREAT, q):
        noun = next(w for w in _GREAT if text.startswith(w, q))
        word, q = noun, q + len(noun)
    if _in_title(text, s):
        return Passed(s, q, "title")
    if _slogan(text, s, q):
        return Passed(s, q, "name")
    printed = _trailing(numeral) + word
    ulp = r.ulp if r.decimals else Fraction(r.big)  # 三十 says 30 of its unit, not three tens
    found = Found(
        s, q, s, ne, value, ulp, r.decimals, r.big, word, printed, "over" if soft else "exact", soft
    )
    if upper is not None:
        found.upper, found.approx = upper, "range"
    if text[q : q + 1] and text[q] in "至到—-" and upper is None and not soft:
        return found
    if hedge in hedges.ONLY_ROUND and hedge and run[0] in _CN_OPEN:
        found.start -= len(hedge)
        found.approx, found.soft = hedges.BEFORE[hedge], False
        return found
    if prev == "负":
        found.start -= 1
        found.negative = True
    _hedge(text, found)
    return found


def _trailing(numeral: str) -> str:
    """The 万 and 亿 at the end of a numeral: they belong to the printed unit."""
    kept = numeral.rstrip("万亿")
    return numeral[len(kept) :]


def _slogan(text: str, s: int, q: int) -> bool:
    """Whether a Chinese numeral stands in a short quotation: then it is part of a name."""
    floor = max(0, s - 8)
    for opening, closing in (("“", "”"), ("「", "」"), ("‘", "’")):
        at = text.rfind(opening, floor, s)
        if at < 0 or text.find(closing, at, s) >= 0:
            continue
        close = text.find(closing, q, q + 14)
        if close < 0:
            continue
        if at == s - 1:
            return not text[q : q + 1].isdigit()
        return close - at - 1 <= 8
    return False
