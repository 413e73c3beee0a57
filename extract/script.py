"""Traditional to Simplified, one character for one character, for matching only.

The conversion table is OpenCC's ``t2s``. It is asked only about characters that occur, each once per
process, and only single characters that become single characters are kept, so that offsets survive.
A text whose characters all stand in GB 2312 never loads the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Protocol

#: A text is taken for Traditional from this many distinct Traditional characters on. Below it, characters
#: that GB 2312 has too (乾 in 乾坤, 著 in 著名) are left as they are.
_TRADITIONAL = 12

_known: dict[str, str] = {}


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    import opencc  # loaded late: most reports are Simplified and never need it

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def _convert(characters: Iterable[str]) -> None:
    """Learn the Simplified form of each of ``characters``."""
    asked = [c for c in characters if c not in _known]
    if not asked:
        return
    answers = _converter().convert("\n".join(asked)).split("\n")
    if len(answers) != len(asked):  # never seen; then nothing is converted rather than something shifted
        answers = asked
    for character, answer in zip(asked, answers, strict=True):
        _known[character] = answer if len(answer) == 1 else character


def simplified(characters: Iterable[str]) -> dict[str, str]:
    """Of the distinct ``characters`` of a text, those that change, each with its Simplified form.

    Admits any code points; lone surrogates and everything outside the ideographs are left out.
    """
    ideographs = [c for c in characters if "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff"]
    if not ideographs:
        return {}
    common = set("".join(ideographs).encode("gb2312", "ignore").decode("gb2312"))
    rare = [c for c in ideographs if c not in common]
    if not rare:
        return {}
    _convert(rare)
    changed = {c: _known[c] for c in rare if _known[c] != c}
    if len(changed) >= _TRADITIONAL:
        _convert(sorted(common))
        changed.update((c, _known[c]) for c in common if _known[c] != c)
    return changed
