"""What a spreadsheet shows: a stored number under a number format (ECMA-376 part 1, 18.8.30/31).

A cell stores 0.0813900001 and shows 8.14%. People read, copy and publish what is shown, so that is the
printed number. Colours, fills and paddings of a format are dropped; dates are shown as dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

#: The formats that a workbook names by number only.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-m-d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-m-d h:mm",
    37: "#,##0 ;-#,##0",
    38: "#,##0 ;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    # what Chinese and Japanese versions mean by these numbers
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    50: "yyyy年m月",
    51: "m月d日",
    57: "yyyy年m月",
    58: "m月d日",
}

_PIECE = re.compile(
    r'"[^"]*"'  # literal text
    r"|\\."  # one literal character
    r"|_."  # a space as wide as a character
    r"|\*."  # a character that fills the cell
    r"|\[[^\]]*\]"  # a colour, a condition, a locale
    r"|General|AM/PM|A/P"
    r"|[0#?](?:[0#?,]*[0#?])?(?:\.[0#?]*)?(?:,+(?![0#?]))?(?:[Ee][+-][0#?]+)?"
    r"|\.[0#?]+"
    r"|.",
    re.DOTALL | re.IGNORECASE,
)
_DATE_LETTERS = frozenset("ymdhsYMDHSeEgG")
_GENERAL_DIGITS = 10  # significant digits that General shows in a cell of ordinary width


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format: what stands before and after the digits."""

    before: str
    digits: str | None
    after: str
    percent: int
    is_date: bool
    general: bool


@lru_cache(maxsize=512)
def _sections(form: str) -> tuple[_Section, ...]:
    return tuple(_section(part) for part in _split(form))


def _split(form: str) -> list[str]:
    parts = [""]
    for match in _PIECE.finditer(form):
        if match.group() == ";":
            parts.append("")
        else:
            parts[-1] += match.group()
    return parts[:4]


def _section(part: str) -> _Section:
    before: list[str] = []
    after: list[str] = []
    digits: str | None = None
    percent = 0
    is_date = general = False
    for match in _PIECE.finditer(part):
        piece = match.group()
        side = before if digits is None and not general else after
        if piece[0] == '"':
            side.append(piece[1:-1])
        elif piece[0] == "\\":
            side.append(piece[1:])
        elif piece[0] in "_*":
            continue
        elif piece[0] == "[":
            if piece[1:2] == "$":
                side.append(piece[2:-1].partition("-")[0])
            elif piece.strip("[]").lower() in ("h", "hh", "m", "mm", "s", "ss"):
                is_date = True
        elif piece.lower() == "general":
            general = True
        elif piece[0] in "0#?.":
            if digits is None:
                digits = piece
        elif piece == "%":
            percent += 1
            side.append("%")
        elif piece in _DATE_LETTERS or piece.upper() in ("AM/PM", "A/P"):
            is_date = True
        elif piece != "@":
            side.append(piece)
    return _Section("".join(before).strip(), digits, "".join(after).strip(), percent, is_date, general)


def is_date(form: str) -> bool:
    """Tell whether a format shows a date or a time."""
    return any(section.is_date for section in _sections(form))


def plain(value: str) -> str:
    """Show a stored number without a format (General): up to ten significant digits, no exponent."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if number != number.to_integral_value():
        number = Decimal(f"{number:.{_GENERAL_DIGITS}g}")
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{number:f}".partition(".")[0] if abs(number.adjusted()) < 20 else f"{number:.5E}"


def shown(value: str, form: str, epoch_1904: bool = False) -> str:
    """Show a stored number ``value`` (decimal digits, perhaps an exponent) under ``form``.

    What is no number comes back as it is. Rounds as spreadsheets do: the decimal digits that are stored
    (fifteen significant ones), an exact half away from 0.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return value
    if form == "@":
        return plain(value)
    sections = _sections(form)
    chosen, signed = _choose(sections, number)
    if chosen.is_date:
        return _date(number, form, epoch_1904)
    blank = chosen.digits is None and not chosen.before and not chosen.after
    if chosen.general or (blank and len(sections) == 1):
        return f"{chosen.before}{plain(value)}{chosen.after}"
    if chosen.digits is None:
        return chosen.before + chosen.after
    if "/" in chosen.after:  # a fraction: # ?/?
        return plain(value)
    number = Decimal(f"{number:.15g}")
    text = _digits(abs(number), chosen)
    minus = "-" if number < 0 and signed and any(c in "123456789" for c in text) else ""
    return f"{minus}{chosen.before}{text}{chosen.after}"


def _choose(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """Choose the section for a number, and whether the minus sign is still to be shown."""
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _digits(number: Decimal, section: _Section) -> str:
    pattern = section.digits or "0"
    number = number.scaleb(2 * section.percent)
    mantissa, exponent, _ = pattern.upper().partition("E")
    scale = len(mantissa) - len(mantissa.rstrip(","))
    mantissa = mantissa.rstrip(",")
    number = number.scaleb(-3 * scale)
    whole, _, fraction = mantissa.partition(".")
    if exponent:
        return f"{number:.{len(fraction)}E}"
    places = len(fraction)
    try:
        rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return f"{number:f}"
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    left, _, right = text.partition(".")
    left = left.rjust(whole.count("0"), "0")
    if left == "0" and "0" not in whole:
        left = ""  # "-"?? and # show nothing for 0
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and right.endswith("0"):
        right, optional = right[:-1], optional - 1
    return f"{left or '0'}.{right}" if right else left


def _date(number: Decimal, form: str, epoch_1904: bool) -> str:
    """Show a day number as a date; hours are dropped, for they are no figures of a report."""
    lower = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form).lower()
    days = int(number)
    if "y" not in lower and "d" not in lower and ("h" in lower or "s" in lower):
        seconds = int((number - days) * 86400 + Decimal("0.5"))
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
    if not 0 < days < 2958466:
        return plain(str(number))
    # Serial 60 is the 29 February 1900 that never was (a bug kept for compatibility).
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30 if days > 60 else 31)
    day = start + timedelta(days=days)
    if "d" not in lower:
        return f"{day.year}年{day.month}月"
    if "y" not in lower:
        return f"{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"
