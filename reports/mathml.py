"""A derivation as MathML, so that a quotient stands as a fraction.

The engine writes derivations in one line (``217523 / 239625 = 90.7764…%``). What this small grammar does
not know stays one piece of text: the page never shows less than the line says.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_TOKEN = re.compile(
    r"\s*(?:([<>]?\d(?:[\d,.]{0,60}\d)?…?(?:\s?[%‰])?|…)|(\*\*|[+\-−*×/÷=≤≰≥≠<>≈(){}∈,])|([^\s\d+*×/÷=≤≰≥≠<>≈(){}∈,]{1,80}))"
)
_COMPARISONS = frozenset("=≤≰≥≠<>≈∈")
_SIGNS = {"-": "−", "*": "×", "/": "÷"}
_LONGEST, _DEEPEST = 4000, 30
_BREAK = 5
"""A line with more terms than this is set in pieces between which it may be broken."""


class _Unknown(Exception):
    """The line is not of the grammar."""


def mathml(equation: str) -> Markup:
    """``equation`` as one ``math`` element, a long one as several in a row; plain text stays text."""
    try:
        pieces = _Reader(_tokens(equation)).line()
    except _Unknown:
        pieces = [Markup("<mtext>{}</mtext>").format(equation)]
    if len(pieces) <= _BREAK:
        pieces = [Markup("").join(pieces)]
    return Markup(" ").join(Markup("<math><mrow>{}</mrow></math>").format(piece) for piece in pieces)


def _tokens(equation: str) -> list[tuple[str, str]]:
    if len(equation) > _LONGEST:
        raise _Unknown
    found, at = [], 0
    text = equation.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unknown
        kind = "number" if match[1] else "sign" if match[2] else "word"
        found.append((kind, match[1] or match[2] or match[3]))
        at = match.end()
    return found


class _Reader:
    """Comparisons of sums of products of numbers, each with a unit after it where it has one."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def line(self) -> list[Markup]:
        pieces = self._terms()
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if text == "(":  # how many there are, after a list that names only some
                pieces.append(self._atom())
                continue
            if kind != "sign" or text not in _COMPARISONS | {","}:
                raise _Unknown
            self.at += 1
            first, *rest = self._terms()
            pieces += [_mo(text) + first, *rest]
        return pieces

    def _peek(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "sign" else ""

    def _terms(self) -> list[Markup]:
        sign = Markup("")
        if self._peek() in ("-", "−"):
            self.at += 1
            sign = _mo("-")
        pieces = [sign + self._product()]
        while self._peek() in ("+", "-", "−"):
            sign = _mo(self._take())
            pieces.append(sign + self._product())
        return pieces

    def _product(self) -> Markup:
        left = self._power()
        while self._peek() in ("*", "×", "/", "÷"):
            if self._take() in ("/", "÷"):
                # the bar of a fraction does what a bracket around either side did
                parts = (_unbracketed(left), _unbracketed(self._power()))
                left = Markup("<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>").format(*parts)
            else:
                left = left + _mo("*") + self._power()
        return left

    def _power(self) -> Markup:
        base = self._atom()
        if self._peek() != "**":
            return base
        self.at += 1
        return Markup("<msup><mrow>{}</mrow><mrow>{}</mrow></msup>").format(base, self._atom())

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def _atom(self) -> Markup:
        if self.at >= len(self.tokens) or self.depth > _DEEPEST:
            raise _Unknown
        kind, text = self.tokens[self.at]
        if kind == "sign" and text in ("(", "{"):
            return self._list(text, {"(": ")", "{": "}"}[text])
        if kind == "sign":
            raise _Unknown
        self.at += 1
        found = Markup("<mn>{}</mn>" if kind == "number" else "<mtext>{}</mtext>").format(text)
        while kind == "number" and self.at < len(self.tokens) and self.tokens[self.at][0] == "word":
            found += Markup("<mtext>\u2009{}</mtext>").format(self._take())
        return found

    def _list(self, opening: str, closing: str) -> Markup:
        """A bracket around a sum, or around things separated by commas."""
        self.at, self.depth = self.at + 1, self.depth + 1
        found = _mo(opening)
        if self._peek() != closing:
            found += Markup("").join(self._terms())
        while self._peek() == ",":
            self.at += 1
            found += _mo(",") + Markup("").join(self._terms())
        if self._peek() != closing:
            raise _Unknown
        self.at, self.depth = self.at + 1, self.depth - 1
        return Markup('<mrow class="group">{}</mrow>').format(found + _mo(closing))


_GROUP = ('<mrow class="group"><mo>(</mo>', "<mo>)</mo></mrow>")


def _unbracketed(piece: Markup) -> Markup:
    """What one bracket holds; anything else as it is."""
    opening, closing = _GROUP
    if piece.count('class="group"') == 1 and piece.startswith(opening) and piece.endswith(closing):
        return Markup(piece[len(opening) : -len(closing)])
    return piece


def _mo(sign: str) -> Markup:
    return Markup("<mo>") + escape(_SIGNS.get(sign, sign)) + Markup("</mo>")
