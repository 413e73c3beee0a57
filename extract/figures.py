"""All figures of a document, in one pass over its reading copy."""

from __future__ import annotations

from fractions import Fraction

from .document import Figure, Flow, Skipped
from .found import Found
from .hedges import admissible, changes
from .scan import scan
from .units import UNITS, Unit

_LONGEST = 24
_TWENTIETH = Fraction(1, 20)


def figures(flow: Flow, text: str) -> tuple[tuple[Figure, ...], tuple[Skipped, ...]]:
    """The figures of ``flow`` and the numbers that are none, each in the order of the document.

    ``text`` is the document's untouched text, in which every ``start``/``end`` counts. A figure's text
    holds exactly one number with its adjacent hedge and unit, at most 24 characters; a number that layout
    pulled further apart keeps its digits and unit only. Never raises on bad text.
    """
    found: list[Figure] = []
    skipped: list[Skipped] = []
    copy = flow.text
    for item in scan(copy):
        if isinstance(item, Found):
            figure = _figure(f"f{len(found) + 1}", item, flow, text)
            if figure is not None:
                found.append(figure)
                continue
            start, end = flow.span(item.start, item.end)
            skipped.append(Skipped(start, end, text[start:end], "scattered"))
        else:
            start, end = flow.span(item.start, item.end)
            skipped.append(Skipped(start, end, text[start:end], item.reason))
    return tuple(found), tuple(skipped)


def _figure(name: str, item: Found, flow: Flow, text: str) -> Figure | None:
    start, end = flow.span(item.start, item.end)
    if end - start > _LONGEST:
        start, end = flow.span(item.num_start, item.num_end)
        if end - start > _LONGEST:
            return None
    unit = UNITS.unit(item.unit)
    kind = _kind(item, unit)
    whole = item.decimals == 0 and (item.ulp == 1 or (item.big < 10**4 and item.value < 10**4))
    discrete = unit.discrete and whole
    spread: Fraction | None = None
    if item.form in ("fraction", "doubling"):
        spread = item.value * _TWENTIETH
    elif item.form == "tenth":
        spread = Fraction(5)  # half a tenth, in percent
    point = discrete or item.form == "capital" or (not item.unit and whole and item.form == "plain")
    if unit.base == "%" and item.value == 100 and not item.decimals and item.form != "tenth":
        point = not changes(flow.text, item.start)
    interval = admissible(
        item.value,
        item.ulp,
        item.approx,
        soft=item.soft,
        point=point,
        spread=spread,
        upper=item.upper,
        negative=item.negative,
    )
    numeral_start, numeral_end = flow.span(item.num_start, item.num_end)
    return Figure(
        id=name,
        start=start,
        end=end,
        text=text[start:end],
        value=item.value,
        unit=unit.base,
        approx=item.approx,
        interval=interval,
        kind=kind,
        printed_unit=item.printed,
        numeral=text[numeral_start:numeral_end],
        numeral_start=numeral_start,
        decimals=item.decimals,
        ulp=item.ulp if spread is None else 2 * spread,  # 七成 counts tenths
        discrete=discrete,
        upper=item.upper,
        negative=item.negative,
        flow_start=item.start,
        flow_end=item.end,
        naming=item.naming,
    )


def _kind(item: Found, unit: Unit) -> str:
    if item.form == "fraction":
        return "ratio"
    return unit.kind
