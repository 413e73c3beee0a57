"""Runs of Chinese numerals: figures before a word that they can count, or as a fraction in words."""

from __future__ import annotations

import re
from fractions import Fraction

from . import hedges
from .found import (
    CN,
    CN_TENTH_NOT,
    DATA,
    LEVELS,
    LONGEST,
    MARK_AFTER,
    ORDINAL_LIST,
    Found,
    Passed,
    in_title,
    widen,
    worded,
)
from .numerals import parse, read
from .units import UNITS

_CN_FRACTION = re.compile(f"[{CN}]{{1,8}}分之[{CN}0-9]{{1,8}}(?:点[{CN}]{{1,8}}|\\.[0-9]{{1,6}})?")
_CN_DECIMAL = re.compile(f"[{CN}]{{1,12}}点[〇零一二三四五六七八九]{{1,8}}[万亿]{{0,2}}")
_CN_TENTH = re.compile("[一二三四五六七八九]成(?:[一二三四五六七八九半](?![{个件项}]))?")
_CN_DATE = re.compile(
    "[〇零一二三四五六七八九]{4}年?(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?|[一二三四五六七八九十]{1,3}月(?:份|[一二三四五六七八九十]{1,3}日)?|[一二三四五六七八九十]{1,3}日"
)
_CN_NEIGHBOURS = re.compile("([一二两三四五六七八])([二三四五六七八九])([十百千]?万?亿?)")
_LOOSE = frozenset(("个", "天", "年", "家", "人", "个月", "名"))
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
# A sum of money in the forms that banks ask for: 壹佰贰拾叁万元整, 伍拾元零伍分.
_CAPITAL = re.compile(
    "[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,22}[元圆](?:零?[壹贰叁肆伍陆柒捌玖]角)?(?:零?[壹贰叁肆伍陆柒捌玖]分)?(?:[整正](?![数体个改治理式确]))?"
)
_CN_OPEN = frozenset("百千万亿")
_CN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
CN_FIRST = frozenset(w[0] for w in UNITS.chinese) | frozenset("圆分点成半是要、，余多几月日番）")
_ONE_NOT = frozenset(DATA["counted"]["one_not_before"])
_GREAT = tuple(DATA["counted"]["great"].split())
_NAMES: dict[str, tuple[str, ...]] = {}
for _name in DATA["names"]["words"].split():
    _NAMES[_name[0]] = (*_NAMES.get(_name[0], ()), _name)


def chinese(text: str, s: int, e: int) -> Found | Passed | None:
    """Judge the run of Chinese numerals ``text[s:e]``; ``None`` where it is part of an ordinary word."""
    prev = text[s - 1] if s else "\n"
    after = text[e : e + 1]
    run = text[s:e]
    if prev == "第":
        m = ORDINAL_LIST.match(text, s)
        return Passed(s - 1, m.end() if m else e, "ordinal")
    if run in ("过半", "超半数"):
        if prev in "务间双":
            return None
        return Found(s, e, s + 1, e, Fraction(1, 2), Fraction(1), 0, 1, "", "", "over", form="fraction")
    if e - s > LONGEST:
        return Passed(s, e, "code")
    if run in _FORMAL:  # 陆 alone is a surname, not six
        return None
    if after in ("元", "圆") and (m := _CAPITAL.match(text, s)) and not _FORMAL.isdisjoint(run):
        return _capital(text, m)
    if after in ("是", "要", "、", "，", "）"):
        if prev in MARK_AFTER or prev in "（(":
            return Passed(s, e + 1, "list_mark") if e - s <= 3 else None
        return None
    if after == "分":
        if text[e + 1 : e + 2] == "之":
            return _fraction(text, s, e)
    elif after == "成":
        m = _CN_TENTH.match(text, e - 1)
        if m and e - s == 1 and not text.startswith(CN_TENTH_NOT, m.end()):
            return worded(text, s, m.end(), read(m[0]), "tenth", "%")
        return None
    elif after == "半":
        if run != "一" or prev in "另一":
            return None
        return worded(text, s, e + 1, Fraction(1, 2), "fraction")
    elif after == "番":
        if prev == "翻" and run in _CN_DIGIT:
            found = worded(text, s - 1, e + 1, Fraction(2 ** _CN_DIGIT[run]), "doubling", "倍")
            found.num_start, found.num_end = s, e
            return found
        return None
    elif after in ("月", "日", "年") or (after == "点" and len(run) == 1):
        m = _CN_DATE.match(text, s)
        lasts = m and m[0][-1] == "日" and text.startswith(("内", "以内"), m.end())
        if m and m.end() > e and not lasts and (after != "年" or len(run) == 4):
            return Passed(s, m.end(), "date")
    if names := _NAMES.get(run[0]):
        for name in names:
            if text.startswith(name, s):
                return Passed(s, s + len(name), "name")
    return _counted(text, s, e, prev, run)


def _capital(text: str, m: re.Match[str]) -> Found | None:
    """A sum in formal numerals, exact to the last 分; ``None`` where it is no number."""
    unit = max(m[0].rfind("元"), m[0].rfind("圆"))
    try:
        value = read(m[0].replace("圆", "元"))
    except ValueError:
        return None
    small = value.denominator > 1
    return Found(
        m.start(),
        m.end(),
        m.start(),
        m.end() if small else m.start() + unit,
        value,
        Fraction(1, 100),
        2,
        1,
        "元",
        "元",
        form="capital",
    )


def _fraction(text: str, s: int, e: int) -> Found | None:
    m = _CN_FRACTION.match(text, s)
    if m is None:
        return None
    try:
        value = read(m[0])
    except ValueError:
        return None
    if text[s:e] == "百":
        found = worded(text, s, m.end(), value, "percent", "%")
        number = m[0].partition("之")[2]
        r = parse(number)
        found.ulp, found.decimals = r.ulp, r.decimals
        found.num_start = m.end() - len(number)
        found.num_end = m.end()
        return found
    return worded(text, s, m.end(), value, "fraction")


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
    if word == "级" and ((run != "两" and prev not in LEVELS) or r.big > 1):
        return Passed(s, p + 1, "grade")
    if word == "次" and prev == "届":
        return Passed(s, p + 1, "ordinal")
    q = p + len(word)
    if word == "大" and text.startswith(_GREAT, q):
        noun = next(w for w in _GREAT if text.startswith(w, q))
        word, q = noun, q + len(noun)
    if in_title(text, s):
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
    if prev == "负" and not (
        "\u4e00" <= text[s - 2 : s - 1] <= "\u9fff" and text[s - 2] not in "为是达到至从由和与"
    ):
        found.start -= 1
        found.negative = True
    widen(text, found)
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
