"""The hand-made ties of a report, and a small evaluator that knows nothing of gouji.

It asks of a tie whether any true values behind the printed numbers satisfy it: a count is its print, any
other number may lie half a last digit to either side, a hedge opens one side. All ends count as admissible
(a strict end is taken as a soft one), so that a tie is said to break only where it surely does. Numbers are
fractions throughout.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from slips import NUMERAL, Slip, plain

Range = tuple[Fraction, Fraction]

#: Kinds of the gold whose numbers alone can show an error. An enumeration is told from its list, not from
#: other numbers; duplicate numbers are a suspicion that a slip removes.
KINDS = (
    "rate", "share", "sum", "sum_bound", "subset", "growth", "growth_feasible", "difference",
    "percent_sum", "restated", "balance",
)  # fmt: skip

_MEASURED = {
    "元",
    "%",
    "‰",
    "百分点",
    "个百分点",
    "公顷",
    "亩",
    "吨",
    "公里",
    "平方米",
    "千瓦时",
    "立方米",
    "美元",
}
_MUCH = Fraction(10**40)
_ZERO, _HUNDRED = Fraction(0), Fraction(100)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a tie: its place, its role, its numeral, what one unit is worth, how it is hedged."""

    start: int
    end: int
    role: str
    numeral: str
    worth: Fraction
    approx: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of the gold that is marked sure and whose kind is arithmetic."""

    id: str
    kind: str
    numbers: tuple[Number, ...]
    equation: str

    def holds(self, slip: Slip | None = None) -> bool | None:
        """Whether admissible values satisfy the tie, after a slip if one is given; ``None``: cannot say."""
        roles: dict[str, list[Range]] = {}
        for number in self.numbers:
            hit = slip is not None and slip.start < number.end and number.start < slip.start + len(slip.old)
            worth = number.worth * slip.factor if slip and hit else number.worth
            reach = _reach(number, slip.numeral if slip and hit else number.numeral, worth)
            if reach is None:
                return None
            roles.setdefault(number.role, []).append(reach)
        return _holds(self.kind, roles)

    def has(self, slip: Slip) -> bool:
        """Whether the slip hits one of the tie's numbers."""
        return any(slip.start < n.end and n.start < slip.start + len(slip.old) for n in self.numbers)


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ties(folder: Path, stem: str, text: str) -> list[Tie]:
    """The sure ties of a report that arithmetic can decide and that hold as printed."""
    hedges = {(q["start"], q["end"]): q["approx"] for q in rows(folder / f"{stem}.quantities.jsonl")}
    found = []
    for row in rows(folder / f"{stem}.relations.jsonl"):
        kind = _kind(row)
        if row["certainty"] != "sure" or kind not in KINDS:
            continue
        numbers = tuple(_number(n, text, hedges) for n in row["numbers"])
        if None in numbers:
            continue
        tie = Tie(row["id"], kind, tuple(n for n in numbers if n), row["equation"])
        if tie.holds():
            found.append(tie)
    return found


def places(folder: Path, stem: str, text: str) -> list[tuple[int, int]]:
    """Where the numerals of a report stand: those of its quantities and of its ties."""
    spans = [(q["start"], q["end"]) for q in rows(folder / f"{stem}.quantities.jsonl")]
    for row in rows(folder / f"{stem}.relations.jsonl"):
        spans += [(n["start"], n["end"]) for n in row["numbers"]]
    return numerals(text, spans)


def numerals(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The numerals within spans of the text: digits, or a single Chinese digit; each once, in order."""
    found = set()
    for start, end in spans:
        runs = [m.span() for m in NUMERAL.finditer(text, start, end)]
        if not runs and (lone := _lone(text, start, end)):
            runs = [lone]
        found.update(runs)
    return sorted(found)


def _lone(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The one Chinese digit of a span; beside 十, 百 or 万 it is part of a longer numeral."""
    digits = [place for place in range(start, end) if text[place] in "一二三四五六七八九"]
    if len(digits) != 1 or set(text[start:end]) & set("十百千万亿两半成分零〇"):
        return None
    return digits[0], digits[0] + 1


def _kind(row: Mapping[str, Any]) -> str:
    roles = {n["role"] for n in row["numbers"]}
    if row["kind"] == "sum" and roles == {"part"} and {n.get("unit") for n in row["numbers"]} == {"%"}:
        return "percent_sum"
    if row["kind"] == "other" and roles == {"total_revenue", "total_expenditure"}:
        return "balance"
    return str(row["kind"])


def _number(row: Mapping[str, Any], text: str, hedges: Mapping[tuple[int, int], str]) -> Number | None:
    spans = numerals(text, [(row["start"], row["end"])])
    if len(spans) != 1:
        return None
    start, end = spans[0]
    numeral = plain(text[start:end])
    try:
        value = Fraction(str(row["value"]).replace(",", ""))
    except ValueError:
        return None
    printed = Fraction(numeral)
    worth = value / printed if printed else Fraction(1)
    approx = next((a for (s, e), a in hedges.items() if s <= start and end <= e), "exact")
    unit = row.get("unit") or ""
    return Number(start, end, row["role"], numeral, worth, approx, unit not in _MEASURED)


def _reach(number: Number, numeral: str, worth: Fraction) -> Range | None:
    value = Fraction(numeral) * worth
    last = worth / 10 ** len(numeral.partition(".")[2])
    if number.approx in ("over", "at_least"):
        return value, _MUCH
    if number.approx == "at_most":
        return _ZERO, value
    if number.approx == "under":
        return value * Fraction(4, 5), value
    if number.approx == "about":
        digits = numeral.replace(".", "").rstrip("0")
        unit = last * 10 ** (len(numeral.replace(".", "")) - len(digits))
        spread = min(max(unit / 2, value / 20), value / 5)
        return value - spread, value + spread
    if number.approx != "exact":
        return None
    if number.counted and worth == 1 and "." not in numeral:
        return value, value
    return max(value - last / 2, _ZERO), value + last / 2


def _holds(kind: str, roles: Mapping[str, list[Range]]) -> bool | None:
    def one(*names: str) -> Range | None:
        found = [r for name in names for r in roles.get(name, ())]
        return found[0] if len(found) == 1 else None

    def total(name: str) -> Range:
        found = roles.get(name, [])
        return sum((low for low, _ in found), _ZERO), sum((high for _, high in found), _ZERO)

    if kind in ("rate", "share"):
        return _rate(one("part"), one("whole"), one("rate", "percent", "share"))
    if kind in ("sum", "sum_bound"):
        whole, parts = one("total"), total("part")
        if whole is None or not roles.get("part"):
            return None
        return _meet(whole, parts) if kind == "sum" else parts[0] <= whole[1]
    if kind == "percent_sum":
        return _meet(total("part"), (_HUNDRED, _HUNDRED))
    if kind == "subset":
        part, whole = one("part"), one("whole")
        return None if part is None or whole is None else part[0] <= whole[1]
    if kind == "difference":
        left, right, rest = one("minuend"), one("subtrahend"), one("difference")
        if left is None or right is None or rest is None:
            return None
        return _meet((left[0] - right[1], left[1] - right[0]), rest)
    if kind in ("growth", "growth_feasible"):
        if set(roles) - {"current", "prior", "change"}:
            return None
        return _growth(one("current"), one("prior"), one("change"), kind)
    if kind in ("restated", "balance"):
        reached = [r for found in roles.values() for r in found]
        return max(low for low, _ in reached) <= min(high for _, high in reached)
    return None


def _meet(one: Range, two: Range) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _rate(part: Range | None, whole: Range | None, rate: Range | None) -> bool | None:
    if rate is None or part is None:
        return None
    if whole is None:  # some whole number must do
        return _integer(_HUNDRED * part[0] / rate[1], _HUNDRED * part[1] / rate[0]) if rate[0] > 0 else None
    if whole[1] <= 0:
        return False
    return _meet(
        (_HUNDRED * part[0] / whole[1], _HUNDRED * part[1] / whole[0] if whole[0] > 0 else _MUCH), rate
    )


def _growth(now: Range | None, before: Range | None, change: Range | None, kind: str) -> bool | None:
    """Whether the growth or the fall fits; the print of the change does not say which it is."""
    if now is None or change is None:
        return None
    outcomes = []
    for low, high in (change, (-change[1], -change[0])):
        least, most = 1 + low / 100, 1 + high / 100
        if most <= 0:
            continue
        prior = now[0] / most, (now[1] / least if least > 0 else _MUCH)
        if kind == "growth_feasible":
            outcomes.append(_integer(*prior))
        elif before is not None:
            outcomes.append(_meet(prior, before))
    return any(outcomes) if outcomes else None


def _integer(low: Fraction, high: Fraction) -> bool:
    return max(-(-low.numerator // low.denominator), 1) <= high
