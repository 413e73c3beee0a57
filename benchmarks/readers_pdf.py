"""Compare the numbers read from PDFs with those of texts made from them by other means.

Usage: python benchmarks/readers_pdf.py FOLDER, where FOLDER holds ``original/**/x.pdf`` and ``text/**/x.txt``.
Numbers are compared as multisets, after both were mended by the flow: ``missed`` are in the text only,
``more`` in the reading only. Bare page numbers of the text are not numbers of the report.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

from gouji.extract.flow import flow
from gouji.extract.pdf import read
from gouji.extract.text import UnreadError

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> Counter[str]:
    """Count the numbers of ``text`` after the flow mended it."""
    return Counter(number.rstrip(",") for number in _NUMBER.findall(flow(text).text))


def agreement(read_: Counter[str], true: Counter[str]) -> float:
    """Share of the numbers of both that both have."""
    return 1 - max((true - read_).total(), (read_ - true).total()) / max(true.total(), 1)


def main() -> int:
    """Print one row per file and the worst."""
    folder = Path(sys.argv[1])
    texts = {path.stem: path for path in (folder / "text").rglob("*.txt")}
    print("file | pages | s | numbers | missed | more | agreement")
    worst = 1.0
    for path in sorted((folder / "original").rglob("*.pdf")):
        begin = time.perf_counter()
        try:
            extracted = read(path.read_bytes(), str(path))
        except UnreadError as error:
            print(path.stem, "|", error)
            continue
        took = time.perf_counter() - begin
        if path.stem not in texts:
            continue
        true, found = numbers(texts[path.stem].read_text("utf-8")), numbers(extracted.text)
        share = agreement(found, true)
        worst = min(worst, share)
        pages = len(extracted.layout.pages) if extracted.layout else 0
        missed, more = true - found, found - true
        print(
            f"{path.stem} | {pages} | {took:.2f} | {true.total()} | {missed.total()} | {more.total()} | {share:.4f}"
        )
        if "-v" in sys.argv:
            print("   missed", list(missed.elements())[:30], "\n   more", list(more.elements())[:30])
    print(f"worst {worst:.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
