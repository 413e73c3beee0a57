"""Runs of Arabic digits: dates, codes, marks and names are passed over, what is left is a figure.

The order of the questions is fixed: part of a code, a date, a document number, a mark, an ordinal, a name.
"""

from __future__ import annotations

import re
from fractions import Fraction

from . import hedges
from .amount import MULTIPLIER_FIRST, NUMBER, SEP, YEARLIKE, number
from .found import (
    CN_TENTH_NOT,
    DATA,
    LEVELS,
    LONGEST,
    MARK_AFTER,
    ORDINAL_LIST,
    Found,
    Passed,
    in_title,
    worded,
)
from .units import UNITS

_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){1,5}(?![0-9., ])")
_TOKEN = re.compile(r"[0-9A-Za-z._/=&@:%+#?~-]*")
_YEAR = re.compile(
    rf"(?:19|20)[0-9]{{2}}(?:年?{SEP}(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}(?=年|学年|财年|跨)))?"
    r"(?:(?:学年|财政年度|财年|赛季|榜单|年度|年)(?:初|末|底)?(?:[0-9]{1,2}(?:[-—至到、][0-9]{1,2}){0,12}月(?:份|底|末|初)?"
    r"(?:[0-9]{1,2}(?:[-—至到、][0-9]{1,2}){0,12}[日号])?)?)?"
)
_NUMERIC_DATE = re.compile(
    r"(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])|(?:19|20)[0-9]{2}[-./][01]?[0-9](?![0-9万亿%])(?=[月\s）】|]|$)"
)
_MONTH_DAY = re.compile(
    rf"[0-9]{{1,2}}(?:月?(?:{SEP}|、|和)[0-9]{{1,2}}){{0,12}}月(?!均|度|薪|租)(?:份|底|末|初|中旬|上旬|下旬)?(?:[0-9]{{1,2}}(?:{SEP}[0-9]{{1,2}})?[日号])?"
    rf"|[0-9]{{1,2}}(?:日?(?:{SEP}|、|和)[0-9]{{1,2}})?日(?!以?内|均|游)"
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
_BARE = tuple(DATA["ordinal"]["bare"].split())
_ARABIC_AFTER = tuple(DATA["ordinal"]["arabic_after"].split())
_HOTLINES = frozenset(DATA["hotlines"]["words"].split())
_QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "‘": "’"}
_CODES = ("代码", "编码", "证号", "代号")
_CLOSING = frozenset("”」』")
_TELEPHONE = ("电话", "传真", "热线", "证号", "代码", "联系")
_LATIN_WORD = re.compile(r"[A-Za-z&]+\Z")


def arabic(text: str, s: int, e: int) -> Found | Passed:
    """Judge the run of digits ``text[s:e]``, together with the point, groups and unit behind it."""
    prev = text[s - 1] if s else "\n"
    after = text[e : e + 1] or "\n"
    if e - s > LONGEST:
        return Passed(s, e, "code")
    glued = prev.isascii() and (prev.isalpha() or prev in "_/=&@#\\~?.") and not _DATED.match(text, s)
    if prev == "-" and _LATIN_WORD.search(text[max(0, s - 2) : s - 1]):  # COVID-19, H-20
        return Passed(s, _token(text, s, e), "code")
    if glued and not _after_word(text, s):
        return Passed(s, _token(text, s, e), "code")
    passed = _dated(text, s, e, prev, after) or _coded(text, s, e, prev, after)
    if passed is not None:
        return passed
    m = NUMBER.match(text, s)
    assert m is not None
    ne = m.end()
    if text[ne : ne + 1] == " " and (g := _GROUPED.match(text, s)) and not prev.isdigit():
        nxt = text[g.end() : g.end() + 1]
        if nxt in MULTIPLIER_FIRST or nxt in UNITS.lengths:
            ne = g.end()
    if ne - s > LONGEST or (text[s] == "0" and text[s + 1 : s + 2].isdigit()):
        return Passed(s, ne, "code")
    found = number(text, s, ne)
    bare = not found.unit and found.big == 1
    if after == "/" and bare and (f := _SLASHED.match(text, s)):
        if f[2].strip("0") and found.approx == "exact":
            return worded(text, s, f.end(), Fraction(int(f[1]), int(f[2])), "fraction")
        return Passed(s, f.end(), "code")
    if glued and (bare or found.unit in ("级", "号", "类")):
        return Passed(s, _token(text, s, e), "code")
    if bare and found.approx == "exact":
        if after == "成" and text[s] != "0" and e - s == 1 and not text.startswith(CN_TENTH_NOT, e + 1):
            return worded(text, s, e + 1, Fraction(10 * int(text[s])), "tenth", "%")
        passed = _bare_name(text, s, ne, prev)
        if passed is not None:
            return passed
        if prev == "\n" and "|" not in text[ne : ne + 2] and _SECTION.match(text, s):
            return Passed(s, ne, "list_mark")
    elif bare and found.upper is not None and "-" in text[found.num_start : found.num_end]:
        return Passed(s, found.end, "code")
    if _ordinal_stage(text, found):
        return Passed(s, found.end, "ordinal")
    if prev in _QUOTES and found.unit not in ("%", "元") and _quoted(text, s, 10):
        return Passed(s, found.end, "name")
    if in_title(text, s):
        return Passed(s, found.end, "title")
    return found


def _after_word(text: str, s: int) -> bool:
    """Whether a whole Latin word (GDP) stands before ``s``; PM, COVID- and addresses are no such words."""
    before = text[max(0, s - 12) : s]
    word = _LATIN_WORD.search(before)
    return word is not None and len(word[0]) >= 3 and not before[: word.start()].endswith(("/", ".", "@"))


def _token(text: str, s: int, e: int) -> int:
    """Where the code or address that runs through ``s`` ends."""
    m = _TOKEN.match(text, s)
    return max(e, m.end()) if m else e


def _dated(text: str, s: int, e: int, prev: str, after: str) -> Passed | None:
    """Pass over ordinals, years, dates, times and document numbers."""
    if prev == "第" or (prev == " " and text[s - 2 : s - 1] == "第"):
        m = ORDINAL_LIST.match(text, s)
        return Passed(s - 1, m.end() if m else e, "ordinal")
    if e - s == 4 and YEARLIKE.match(text, s):
        return _year(text, s, e, prev, after)
    if e - s <= 2:
        if m := _MONTH_DAY.match(text, s):
            return Passed(s, m.end(), "date")
        if after in "时点:" and prev not in ":∶：" and "比" not in text[max(0, s - 4) : s]:
            if m := _CLOCK.match(text, s):
                return Passed(s, m.end(), "time")
            if after == "点" and text[max(0, s - 2) : s].endswith(_PARTS_OF_DAY):
                return Passed(s, e + 1, "time")
        if prev == "\n" and after == "-" and (m := _PAGE_DATE.match(text, s)):
            return Passed(s, m.end(), "date")
        if after in "·•" and (m := _MIDDLE_DOT.match(text, s)):
            return Passed(s, m.end(), "name")
    if e - s <= 3 and after in "、和及" and (m := _NUMBERED.match(text, s)):
        return Passed(s, m.end(), "ordinal")
    if prev in "〔[［" and after in "〕]］":
        return Passed(s, e, "note")
    return None


def _coded(text: str, s: int, e: int, prev: str, after: str) -> Passed | None:
    """Pass over telephone numbers, formulas, list marks, and the numbers of rows and columns."""
    if (after in "-—" or e - s == 11) and (m := _PHONE.match(text, s)):
        return Passed(s, m.end(), "telephone")
    if after in "+＋×xX*✕-" and (m := _FORMULA.match(text, s)):
        return Passed(s, m.end(), "name")
    if e - s <= 3:
        if prev in "\n（(|" or (prev == " " and text[s - 2 : s - 1] == "\n"):
            m = _MARK.match(text, s)
            if m and not (prev in "（(" and text[m.end() - 1] not in "）)"):
                return Passed(s, m.end(), "list_mark")
        if after == "." and prev in MARK_AFTER and (m := _LISTED.match(text, s)):
            return Passed(s, m.end(), "list_mark")
        if after in "）)" and prev in "；：。\n" and e - s <= 2:
            return Passed(s, e + 1, "list_mark")
        if after == "、" and prev in "。；：！" and text[e + 1 : e + 2] not in "0123456789":
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
    return None


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
    if hedges.before(text, s) or prev == "-" or after in MULTIPLIER_FIRST or UNITS.match(text, e):
        return None
    return Passed(s, e, "year")


def _amounts(text: str, s: int) -> bool:
    """Whether the table row around ``s`` holds numbers that cannot be years: then 2016 is an amount."""
    floor = max(0, s - 200)
    start = max(text.rfind("\n", floor, s), floor - 1) + 1
    end = text.find("\n", s, s + 200)
    row = text[start : end if end >= 0 else s + 200]
    return any(cell and not YEARLIKE.match(cell) and cell[0] in "-0123456789" for cell in row.split("|")[1:])


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


def _ordinal_stage(text: str, found: Found) -> bool:
    """Whether an Arabic number with a unit names a stage or a grade: 2期工程, 1级."""
    if found.unit == "级" and found.approx == "exact":
        return found.big > 1 or text[found.start - 1 : found.start] not in LEVELS
    return found.unit == "期" and text.startswith(("工程", "项目", "建设", "扩建", "地块"), found.end)


def _quoted(text: str, s: int, longest: int) -> bool:
    """Whether a short quotation that begins just before ``s`` closes within ``longest`` characters."""
    close = text.find(_QUOTES[text[s - 1]], s, s + longest + 1)
    return close >= 0
