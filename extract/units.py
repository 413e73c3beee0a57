"""The units of numbers: from the characters after a numeral to a base unit.

The words are data (``units.toml``); this module only knows that the longest word wins, that a word may be
continued into another (人 into 人民), that 万 and 亿 multiply, and that two units may be joined by a slash.
"""

from __future__ import annotations

from dataclasses import dataclass

from .lexicons import lexicon_of


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the lexicon knows it: base form, kind of figure, and whether it counts discrete things."""

    base: str
    kind: str
    discrete: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All unit words, ready for matching.

    ``units`` maps a printed word to its unit. ``lengths`` maps a first character to the lengths of the
    words that begin with it, longest first. ``blocked`` maps a word to what must not follow it.
    ``chinese`` and ``one`` are the words that a Chinese numeral, and the numeral 一, may count.
    """

    units: dict[str, Unit]
    lengths: dict[str, tuple[int, ...]]
    blocked: dict[str, tuple[str, ...]]
    chinese: frozenset[str]
    one: frozenset[str]

    def match(self, text: str, at: int) -> str:
        """The longest unit word that stands in ``text`` at ``at``; empty where there is none."""
        for length in self.lengths.get(text[at : at + 1], ()):
            word = text[at : at + length]
            if word in self.units:
                stops = self.blocked.get(word)
                if stops is not None and text.startswith(stops, at + length):
                    continue
                if (
                    word[-1].isascii()
                    and word[-1].isalpha()
                    and text[at + length : at + length + 1].isascii()
                ):
                    after = text[at + length : at + length + 1]
                    if after.isalnum():  # the m of 5mode
                        continue
                return word
        return ""

    def compound(self, text: str, at: int) -> str:
        """Like :meth:`match`, joined with a second unit by a slash: 元/平方米, 人次/年."""
        word = self.match(text, at)
        if word and text[at + len(word) : at + len(word) + 1] in ("/", "／"):
            start = at + len(word) + 1
            second = self.match(text, start)
            if not second and text[start : start + 1] in _PER:
                second = text[start]
            if second:
                return text[at : start + len(second)]
        return word

    def unit(self, word: str) -> Unit:
        """The unit of a word that :meth:`compound` found; an empty word is the unit of a bare number."""
        if not word:
            return _NONE
        known = self.units.get(word)
        if known is not None:
            return known
        first, _, second = word.replace("／", "/").partition("/")
        one = self.units[first]
        two = self.units.get(second)
        return Unit(f"{one.base}/{two.base if two else second}", one.kind, False)


_NONE = Unit("", "count", False)
_PER = frozenset("月日天年人户次吨亩件份度股")
_KINDS = (
    "count",
    "person_times",
    "money",
    "percent",
    "percentage_point",
    "multiple",
    "duration",
    "score",
    "area",
)


def load() -> Lexicon:
    """Read the lexicon that is installed with the package."""
    data = lexicon_of("gouji.extract", "units")
    units: dict[str, Unit] = {}
    for section, table in data.items():
        if section in ("not_before", "chinese", "one"):
            continue
        kind = table.get("kind", section)
        if kind not in (*_KINDS, "other"):
            raise ValueError(f"units.toml: unknown kind {kind!r}")
        discrete = bool(table.get("discrete", False))
        for word in table["words"].split():
            units.setdefault(word, Unit(word, kind, discrete))
        for word, base in table.get("same", {}).items():
            units[word] = Unit(base, kind, discrete)
    lengths: dict[str, set[int]] = {}
    for word in units:
        lengths.setdefault(word[0], set()).add(len(word))
    return Lexicon(
        units,
        {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
        {word: tuple(stops.split()) for word, stops in data["not_before"].items()},
        frozenset(data["chinese"]["words"].split()),
        frozenset(data["one"]["words"].split()),
    )


UNITS = load()
"""The lexicon of the package."""
