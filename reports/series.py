"""An indicator over years and issuers, from a history: as a table, as an SVG, as a page."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..checks.past import Told
from ..extract.identity import core, normal_name
from ..extract.words import trim
from .layout import harmless, pad, width
from .messages import Messages
from .write import decimal, group, one_line

WIDTH, HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 520, 40, 360
_INKS = ("#1b5fa7", "#b3261e", "#2e7d32", "#8a5a00", "#6a3fa0", "#00707a", "#a0316f", "#4a4a4a")
"""Colours that tell lines apart beside their labels; each is dark enough to read on white."""
_LINES = 24
"""So many lines can be told apart in one picture; the table holds all."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value of one year. ``others`` counts further values that reports print for it by the same name."""

    year: str
    told: Told
    others: int = 0

    @property
    def value(self) -> Fraction:
        """The exact value in the base unit."""
        return self.told.claim.figure.value


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of one issuer, in one unit, in the order of the years."""

    issuer: str
    name: str
    unit: str
    points: tuple[Point, ...]


def lines(told: Iterable[Told], indicator: str) -> list[Line]:
    """The lines whose indicator is this one by its normalised name.

    The value of a year is what the report of that year printed, else what the latest report says of it.
    """
    wanted = normal_name(trim(indicator))
    found: dict[tuple[str, str, str, str], dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for one in told:
        if one.kind not in ("value", "prior") or len(one.key) != 5 or one.key[3] != wanted:
            continue
        scope, _, top, name, unit = one.key
        shown = scope + (name if top == name else f"{top} · {name}")
        found[core(one.source.issuer)[0], shown, unit, one.source.issuer][one.period].append(one)
    together: dict[tuple[str, str, str], dict[str, list[Told]]] = {}
    names: dict[tuple[str, str, str], str] = {}
    for (place, shown, unit, issuer), years in sorted(found.items()):
        # 某某市 and 某某市人民政府 are one issuer: the longer name is shown
        key = (place, shown, unit)
        mine = together.setdefault(key, defaultdict(list))
        names[key] = max(names.get(key, ""), issuer, key=len)
        for year, several in years.items():
            mine[year] += several
    made = []
    for key, years in together.items():
        points = tuple(_point(year, years[year]) for year in sorted(years))
        made.append(Line(names[key], key[1], key[2], points))
    return sorted(made, key=lambda line: (line.issuer, line.name != wanted, line.name, line.unit))


def _point(year: str, several: list[Told]) -> Point:
    several.sort(key=lambda one: (not one.own, [-ord(c) for c in one.source.year], one.source.path))
    values = {one.claim.figure.value for one in several}
    return Point(year, several[0], len(values) - 1)


def like(told: Iterable[Told], indicator: str, most: int = 8) -> list[str]:
    """Names that hold the wanted one or are held by it, the most frequent first."""
    wanted = normal_name(trim(indicator))
    count: dict[str, int] = defaultdict(int)
    for one in told:
        if one.kind == "value" and len(one.key) == 5:
            name = one.key[3]
            if wanted in name or (len(name) >= 4 and name in wanted):
                count[name] += 1
    return sorted(count, key=lambda name: (-count[name], name))[:most]


def growth(points: Sequence[Point], place: int) -> Fraction | None:
    """The change on the year before in percent; ``None`` where that year is not known, or its value is 0."""
    if not place or int(points[place].year) - int(points[place - 1].year) != 1 or not points[place - 1].value:
        return None
    return 100 * (points[place].value / points[place - 1].value - 1)


def change(points: Sequence[Point], place: int) -> str:
    """The change on the year before for people: ``+7.9%``; empty where there is none."""
    found = growth(points, place)
    if found is None:
        return ""
    return f"{'+' if found > 0 else ''}{decimal(found, 1)}%"


def source(one: Told) -> str:
    """``path:line``, with the offset of the figure."""
    line = one.place.line + one.place.text.count("\n", 0, one.claim.figure.start - one.place.start)
    return f"{one.source.path}:{line}@{one.claim.figure.start}"


def _names(words: Messages) -> list[str]:
    """The names of the columns."""
    return [
        words("series.issuer"),
        words("series.year"),
        words("series.value"),
        words("series.growth"),
        words("series.source"),
    ]


def table(found: Sequence[Line], words: Messages) -> str:
    """The lines as a table for a terminal."""
    rows = [_names(words)]
    for line in found:
        rows.append([words("series.head", indicator=line.name, unit=line.unit), "", "", "", ""])
        for place, point in enumerate(line.points):
            value = one_line(point.told.claim.figure.text)
            if point.others:
                value += words("ui.bracketed", text=words("series.several", count=point.others + 1))
            rows.append([line.issuer, point.year, value, change(line.points, place), source(point.told)])
    rows = [[harmless(cell) for cell in row] for row in rows]
    sizes = [max(width(row[i]) for row in rows if row[1] or i) for i in range(4)]
    shown = []
    for row in rows:
        if not row[1]:
            shown += ["", row[0]]
            continue
        cells = [pad(cell, size) for cell, size in zip(row, sizes, strict=False)]
        shown.append("  ".join((*cells, row[4])).rstrip())
    return "\n".join(shown) + "\n"


def svg(found: Sequence[Line], indicator: str, words: Messages) -> str:
    """The lines that share the most frequent unit as one picture; a description tells it in words."""
    drawn = _drawn(found)
    title = html.escape(words("series.title", indicator=indicator))
    said = html.escape("; ".join(_said(line, words) for line in drawn))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t d" font-family="sans-serif" font-size="13">'
        f'<title id="t">{title}</title><desc id="d">{said}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><text x="{_LEFT}" y="22" font-size="16">{title}</text>'
    )
    if not drawn:
        return head + "</svg>\n"
    years = sorted({int(p.year) for line in drawn for p in line.points})
    values = [p.value for line in drawn for p in line.points]
    low, high = min(Fraction(0), *values), max(values)
    span = max(1, years[-1] - years[0])

    def x(year: str) -> int:
        return _LEFT + (int(year) - years[0]) * (_RIGHT - _LEFT) // span

    def y(value: Fraction) -> int:
        return _BOTTOM - (int((_BOTTOM - _TOP) * (value - low) / (high - low)) if high > low else 0)

    scale, unit = _scale(high, drawn[0])
    parts = [head]
    for step in range(5):
        value = low + (high - low) * Fraction(step, 4)
        at = y(Fraction(value))
        parts.append(f'<path d="M{_LEFT} {at}H{_RIGHT}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{_LEFT - 8}" y="{at + 4}" text-anchor="end">{_short(Fraction(value) / scale)}</text>'
        )
    parts.append(f'<text x="{_LEFT - 8}" y="{_TOP - 12}" text-anchor="end">{html.escape(unit)}</text>')
    every = max(1, -(-len(years) // 10))
    for year in range(years[0], years[-1] + 1, every):
        parts.append(f'<text x="{x(str(year))}" y="{_BOTTOM + 20}" text-anchor="middle">{year}</text>')
    labels: list[int] = []
    for place, line in enumerate(drawn):
        ink = _INKS[place % len(_INKS)]
        dash = ("", ' stroke-dasharray="7 4"', ' stroke-dasharray="2 4"')[place // len(_INKS) % 3]
        way = " ".join(f"{x(p.year)},{y(p.value)}" for p in line.points)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{ink}" stroke-width="2"{dash}/>')
        for point in line.points:
            tip = html.escape(f"{line.issuer} {point.year}: {one_line(point.told.claim.figure.text)}")
            parts.append(
                f'<circle cx="{x(point.year)}" cy="{y(point.value)}" r="3.5" fill="{ink}"><title>{tip}</title></circle>'
            )
        at = y(line.points[-1].value) + 4
        while any(abs(at - other) < 15 for other in labels):
            at += 15
        labels.append(at)
        name = html.escape(line.issuer if line.name in (indicator, "") else f"{line.issuer} {line.name}")
        parts.append(f'<text x="{_RIGHT + 10}" y="{at}" fill="{ink}">{name}</text>')
    return "".join(parts) + "</svg>\n"


def page(found: Sequence[Line], indicator: str, words: Messages) -> str:
    """One self-contained page: the picture and the table; it runs nothing and asks nothing of any network."""
    title = html.escape(words("series.title", indicator=indicator))
    names = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in _names(words))
    rows = []
    for line in found:
        caption = html.escape(words("series.head", indicator=line.name, unit=line.unit))
        rows.append(f'<tr><th colspan="5" scope="rowgroup" lang="zh">{caption}</th></tr>')
        for place, point in enumerate(line.points):
            value = one_line(point.told.claim.figure.text)
            if point.others:
                value += words("ui.bracketed", text=words("series.several", count=point.others + 1))
            cells = (line.issuer, point.year, value, change(line.points, place), source(point.told))
            tip = html.escape(one_line(point.told.place.text))
            shown = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
            rows.append(f'<tr title="{tip}">{shown}</tr>')
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if words.lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>'
        "body{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
        "svg{width:100%;height:auto}table{border-collapse:collapse;width:100%}"
        "th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}"
        f"</style></head><body><main><h1>{title}</h1>{svg(found, indicator, words)}"
        f"<table><thead><tr>{names}</tr></thead><tbody>{''.join(rows)}</tbody></table></main></body></html>\n"
    )


def _drawn(found: Sequence[Line]) -> list[Line]:
    """What one picture can hold: the lines of the unit that most of them have, those with most years."""
    units: dict[str, int] = defaultdict(int)
    for line in found:
        units[line.unit] += len(line.points)
    if not units:
        return []
    unit = max(sorted(units), key=lambda one: units[one])
    mine = [line for line in found if line.unit == unit]
    longest = sorted(mine, key=lambda line: -len(line.points))[:_LINES]
    return [line for line in mine if line in longest]


def _said(line: Line, words: Messages) -> str:
    values = ", ".join(f"{p.year} {one_line(p.told.claim.figure.text)}" for p in line.points)
    return words("series.chart", issuer=f"{line.issuer} {line.name}", values=values)


def _scale(high: Fraction, line: Line) -> tuple[Fraction, str]:
    """What an axis counts in: the unit, ten thousands or hundreds of millions of it."""
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if high >= 10 * power and line.unit not in ("%", "‰"):
            return Fraction(power), name + line.unit
    return Fraction(1), line.unit


def _short(value: Fraction) -> str:
    return group(int(value)) if value.denominator == 1 or abs(value) >= 100 else decimal(value, 1)
