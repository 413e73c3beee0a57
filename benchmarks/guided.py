"""Texts that coverage finds: every new branch of checks/ and extract/ is a reason to try further (Atheris, libFuzzer).

usage: python benchmarks/guided.py [--keep FOLDER] [libFuzzer options: -max_total_time=600 -seed=1 -max_len=600 …]

A text is made of words of gouji's lexicons, of numbers and of signs: two bytes choose a word, so that what libFuzzer
changes stays a text of this kind. Each is read and audited and must hold what every audit promises: no exception, figures
that stand in the text, an audit that ``gouji verify`` agrees with, the same audit when it is made again, and no more than a
second. What does not is kept as ``crash-*`` (bytes) and printed as text.

Atheris has wheels for Linux and Python up to 3.13 and is asked for by this target alone (``tox -e guided``).
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import atheris
import yaml

with atheris.instrument_imports(include=["gouji.extract", "gouji.checks"], enable_loader_override=False):
    from gouji.checks.run import audit
    from gouji.extract.document import Unread
    from gouji.extract.reader import load

from gouji.reports.json import render
from gouji.reports.verify import verify

ROOT = Path(__file__).resolve().parents[1]
SIGNS = (
    *"，。；：、（）()%％‰．.,·－—-～~　 \n",
    "\n\n",
    "，其中：",
    "；其中，",
    "个百分点",
    "| ",
    " |\n",
    "“",
    "”",
    "《",
    "》",
)
NUMBERS = (
    *"0123456789", "10", "12.5", "100", "0.0", "1,234", "81.93", "2016年", "2017年", "十二", "三分之二", "近百", "3千余", "１２", "1.2亿", "704件",
    "573件", "81.39%", "5.3%", "120.5亿元", "4567万元", "50户", "-3.1%", "300人", "2:3:5",
)  # fmt: skip


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from (key,) if key and ord(key[0]) > 255 else ()
            yield from _strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value)


def cases() -> Iterator[str]:
    """The texts of the cases in ``tests/cases``."""
    for path in sorted(ROOT.glob("tests/cases/*.yaml")):
        for part in yaml.safe_load(path.read_text("utf-8")).values():
            for case in part:
                yield from [case["text"]] if isinstance(case["text"], str) else case["text"]


def words() -> list[str]:
    """The words of all lexicons that are no patterns, with numbers and signs between them often enough."""
    lexicons = sorted([*ROOT.glob("extract/*.toml"), *ROOT.glob("checks/*.toml")])
    told = {w for path in lexicons for w in _strings(tomllib.loads(path.read_text("utf-8")))}
    plain = sorted(w for w in told if w and len(w) <= 12 and not set(w) & set("\\[]{}^$*+?|"))
    plain += sorted({char for text in cases() for char in text} - set(plain))
    return plain + [*SIGNS, *NUMBERS] * max(1, len(plain) // (2 * len(SIGNS + NUMBERS)))


WORDS = words()
PLACE = {word: place for place, word in reversed(list(enumerate(WORDS)))}


def text_of(data: bytes) -> str:
    """The text that bytes stand for: two of them choose a word."""
    pairs = zip(data[::2], data[1::2], strict=False)
    return "".join(WORDS[(high << 8 | low) % len(WORDS)] for high, low in pairs)


def bytes_of(text: str) -> bytes:
    """Bytes that stand for a text, as far as words are known; what is unknown is left out."""
    found = bytearray()
    at = 0
    while at < len(text):
        size = next((n for n in range(12, 0, -1) if text[at : at + n] in PLACE), 0)
        if size:
            found += PLACE[text[at : at + size]].to_bytes(2, "big")
        at += size or 1
    return bytes(found)


def seeds(folder: Path) -> None:
    """The cases of the checks: texts that reach far from the start."""
    for number, text in enumerate(cases()):
        Path(folder, f"{number:05}").write_bytes(bytes_of(text))


def tried(data: bytes) -> None:
    """Hold one text to what every audit promises."""
    text = text_of(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text(text, "utf-8")
        found = load(str(path))
        if isinstance(found, Unread):
            return
        try:
            for figure in found.figures:
                assert found.text[figure.start : figure.end] == figure.text
            made = render(audit([found]), "zh")
            assert made == render(audit([load(str(path))]), "zh"), (
                "an audit is the same when it is made again"
            )
            faults = verify(json.loads(made)).faults
            assert not faults, faults  # other code comes to the same verdicts
        except Exception:
            print(f"--- text ---\n{text}\n---", file=sys.stderr)
            raise


def main() -> None:
    """Read the command line and fuzz until libFuzzer ends."""
    arguments = sys.argv[1:]
    keep = Path(tempfile.gettempdir())
    if "--keep" in arguments:
        at = arguments.index("--keep")
        keep = Path(arguments[at + 1])
        del arguments[at : at + 2]
    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as first:
        seeds(Path(first))
        grown = keep / "corpus"
        grown.mkdir(exist_ok=True)
        options = [
            f"-artifact_prefix={keep}/",
            "-timeout=20",
            "-len_control=0",
            *arguments,
            str(grown),
            first,
        ]
        atheris.Setup([sys.argv[0], *options], tried)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
