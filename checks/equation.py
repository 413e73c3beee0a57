"""A tie as one line of arithmetic: ``573 / 704 = 81.3920…%``.

The line follows the formula of the table, with its numbers put in. All figures of one unit are shown in
the smallest multiple (亿元, 万元) that one of them is printed in; where the units differ each shows its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, cached_property

from ..extract.document import Figure
from .formula import Formula
from .solve import Terms
from .terms import PERCENT, Term

_TOKEN = re.compile(r"sum\((?:[^()]|\([^()]*\))*\)|[a-z_]+|\d+|\*\*|[-+*/()]")
_HEDGES = {"about": "≈", "over": ">", "under": "<", "at_least": "≥", "at_most": "≤"}
_PLACES = 4
# A number that the brackets of a sum hold alone.
_ALONE = re.compile(r"\(([0-9][0-9.,]*(?: [^-+*/()\s]+)?)\)")
# Roles that say of themselves what they are, so that they need no unit beside the figures.
_ASIDE = PERCENT | {"years", "ratio", "weight", "share_change", "multiple", "gap", "pull"}
_SPACED = frozenset("+-*/")


def number(value: Fraction, places: int = _PLACES, least: int = 0) -> str:
    """Write a number with ``least`` to ``places`` decimals, and ``…`` where more follow."""
    if value.denominator == 1 and not least:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    text = str(whole).rjust(places + 1, "0")
    head, tail = (text[:-places], text[-places:]) if places else (text, "")
    if rest:
        return f"{sign}{head}.{tail}…" if tail else f"{sign}{head}…"
    kept = max(len(tail.rstrip("0")), least)
    tail = tail[:kept]
    return f"{sign}{head}.{tail}" if tail else f"{sign}{head}"


class Units:
    """The common multiples in which the terms of a relation are shown."""

    def __init__(self, terms: Terms, own: str | None = None) -> None:
        """Choose the smallest printed multiple of every unit; role ``own`` keeps the one it is printed in.

        Chosen when the first number is written: most judging of a search for repairs writes none.
        """
        self.own = own
        self._terms = terms

    @cached_property
    def shown(self) -> dict[str, tuple[Fraction, str]]:
        """The smallest printed multiple of every unit, with the unit as printed with it."""
        found: dict[str, tuple[Fraction, str]] = {}
        for role, members in self._terms.items():
            if role == self.own:
                continue
            for term in members:
                figure = term.claim.figure
                multiple = _multiple(figure)
                now = found.get(figure.unit)
                if now is None or multiple < now[0]:
                    found[figure.unit] = multiple, figure.printed_unit
        return found

    @cached_property
    def plain(self) -> set[str]:
        """The units that numbers need beside them where several meet."""
        return {
            term.claim.figure.unit
            for role, members in self._terms.items()
            if role not in _ASIDE
            for term in members
            if term.claim.figure.unit not in ("%", "倍")
        }

    def _shown(self, term: Term) -> tuple[Fraction, str]:
        figure = term.claim.figure
        if term.role == self.own:
            return _multiple(figure), figure.printed_unit
        return self.shown[figure.unit]

    def write(self, term: Term, alone: bool = False) -> str:
        """Write one term, with its unit where several units meet."""
        figure = term.claim.figure
        multiple, unit = self._shown(term)
        if term.role in PERCENT and figure.unit not in ("%", "百分点"):
            text = number(abs(term.value), least=0)
        elif figure.printed_unit == unit and figure.numeral.replace(".", "", 1).isdigit():
            text = figure.numeral
        else:
            text = number(figure.value / multiple)
            if figure.upper is not None:
                text = f"{text}..{number(figure.upper / multiple)}"
        text = _HEDGES.get(figure.approx, "") + ("-" if term.sign < 0 else "") + text
        if figure.unit in ("%", "‰") and (term.role in PERCENT or alone):
            return text + figure.unit
        if len(self.plain) > 1 and unit:
            return f"{text} {unit}"
        return text

    def result(self, term: Term, value: Fraction) -> str:
        """Write a recomputed value in the manner of the term that states it."""
        figure = term.claim.figure
        places = max(_PLACES, figure.decimals + 2)
        if term.role in PERCENT or figure.unit in ("%", "‰"):
            return number(value, places) + ("‰" if figure.unit == "‰" and term.role not in PERCENT else "%")
        multiple, _ = self._shown(term)
        return number(value / multiple / term.scale, places) + self.suffix(term, own=True)

    def suffix(self, term: Term, own: bool = False) -> str:
        """Write the unit after a line whose numbers share it: money and multiples; a count needs none.

        Where several units meet each number has its own already, but for a result, which is ``own``.
        """
        figure = term.claim.figure
        multiple, unit = self._shown(term)
        if not unit or figure.unit in ("%", "‰"):
            return ""
        if len(self.plain) > 1:
            return f" {unit}" if own else ""
        return f" {unit}" if multiple != 1 or figure.kind == "money" else ""


def _multiple(figure: Figure) -> Fraction:
    """Return the worth of 1 in the printed unit: 100,000,000 for 亿元."""
    if figure.printed_unit == figure.unit:
        return Fraction(1)
    return figure.ulp * Fraction(10**figure.decimals)


@cache
def _tokens(side: str) -> tuple[str, ...]:
    if side.startswith("100*"):
        side = side[4:]
        if side.startswith("(") and side.endswith(")"):
            side = side[1:-1]
    return tuple(_TOKEN.findall(side))


def expression(side: str, formula: Formula, terms: Terms, units: Units) -> str:
    """Put the numbers into one side of a formula."""
    out: list[str] = []
    left_out = False
    rated = "/100" in side
    for token in _tokens(side):
        left_out = left_out and token not in ("+", "-", ")")
        if left_out:
            continue
        if token.startswith("sum("):
            inside = token[4:-1]
            if inside in terms:
                text = addition(terms[inside], units)
                several = len(terms[inside]) > 1
                if several and ("/" in _tokens(side) or out[-1:] == [" - "]):
                    text = f"({text})"
                elif not several and text.startswith("-") and out[-1:] == [" - "]:
                    out[-1], text = " + ", text[1:]
                out.append(text)
            else:
                names = set(re.findall(r"([a-z]\w*)_i\b", inside))
                count = min(len(terms[name]) for name in names)
                text = " + ".join(_member(inside, terms, units, i) for i in range(count))
                out.append(f"({text})" if "*" in _tokens(side) and count > 1 else text)
        elif token in terms:
            text = units.write(terms[token][0])
            if rated:
                text = text.rstrip("%")  # 1 + 5.9 / 100 says itself that it is percent
            if text.startswith("-") and out and out[-1] in (" + ", " - "):
                out[-1], text = (" - " if out[-1] == " + " else " + "), text[1:]
            out.append(f"({text})" if text.startswith("-") and out else text)
        elif token in _SPACED:
            out.append(f" {token} ")
        elif token.isidentifier():
            # a factor that the relation leaves out takes its operator along, a term its own factors too
            left_out = out[-1:] in ([" - "], [" + "])
            del out[-1:]
        else:
            out.append(token)
    if out and out[0] in (" * ", " + "):
        del out[0]  # the first factor was left out
    return _ALONE.sub(r"\1", "".join(out))


def _member(inside: str, terms: Terms, units: Units, index: int) -> str:
    """Put the numbers of one member into a sum; 1+-9.8/100 is written 1-9.8/100."""
    text = re.sub(r"([a-z]\w*)_i\b", lambda match: units.write(terms[match[1]][index]).rstrip("%"), inside)
    return text.replace("+-", "-").replace("--", "+")


def addition(members: Sequence[Term], units: Units) -> str:
    """Write a sum; a negative term stands in brackets."""
    written = [units.write(term) for term in members]
    return " + ".join(f"({text})" if text.startswith("-") and i else text for i, text in enumerate(written))


def sides(formula: Formula) -> tuple[str, str]:
    """Split a formula at its relation sign."""
    text = formula.text.partition(": ")[2] or formula.text
    left, _, right = text.partition(" <= " if " <= " in text else " = ")
    return left, right
