"""Every word that people read, in one catalogue per language.

The catalogues are data: ``messages_zh.toml`` and ``messages_en.toml`` hold the same keys. A phrase
in ``〔…〕`` is optional: it is left out where one of the values it names is unknown, so that one
template serves a tie with a recomputed value and one without.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")

_OPTIONAL = re.compile(r"〔([^〔〕]*)〕")
_FIELD = re.compile(r"\{([a-z_]+)\}")


class Messages:
    """The catalogue of one language; ``lang`` is one of :data:`LANGUAGES`.

    Raises ``ValueError`` for another language and ``KeyError`` for a key that the catalogue lacks.
    """

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no such language: {lang}")
        self.lang = lang
        source = files("gouji.reports").joinpath(f"messages_{lang}.toml").read_text("utf-8")
        self.entries: Mapping[str, str] = _flat(tomllib.loads(source), "")

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its fields filled; optional phrases with unknown values go."""
        return fill(self.entries[key], values)

    def word(self, family: str, code: str) -> str:
        """The word for ``code`` in a family (check, role, verdict …), or the code itself if it is new."""
        return self.entries.get(f"{family}.{code}", code)

    def reason(self, code: str | None) -> str:
        """Why a tie or a number was not decided; a code without a text of its own shows itself."""
        if not code:
            return ""
        return self.entries.get(f"reason.{code}") or self("reason.other", code=code)

    def chance(self, check: str, odds: str) -> str:
        """What the chance of a finding is the chance of; sums have their own meaning of it."""
        key = f"chance.{check}"
        return self(key if key in self.entries else "chance.default", odds=odds)

    def note(self, check: str, verdict: str, basis: str | None = None) -> str:
        """The template of an auditor's note for a check and a verdict; a finding's basis has its own."""
        if basis and verdict != "consistent" and f"note.{basis}.{verdict}" in self.entries:
            return self.entries[f"note.{basis}.{verdict}"]
        return self.entries.get(f"note.{check}.{verdict}") or self.entries[f"note.default.{verdict}"]


def fill(template: str, values: Mapping[str, object]) -> str:
    """``template`` with its fields replaced; values are plain text and never read as templates."""

    def known(match: re.Match[str]) -> str:
        names = _FIELD.findall(match[1])
        return match[1] if all(values.get(name) not in (None, "") for name in names) else ""

    def value(match: re.Match[str]) -> str:
        found = values.get(match[1])
        return "" if found is None else str(found)

    return _FIELD.sub(value, _OPTIONAL.sub(known, template))


@cache
def messages(lang: str) -> Messages:
    """The catalogue of a language, read once."""
    return Messages(lang)


def _flat(table: Mapping[str, object], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, entry in table.items():
        if isinstance(entry, dict):
            flat.update(_flat(entry, f"{prefix}{key}."))
        else:
            flat[prefix + key] = str(entry)
    return flat
