"""How many numbers readers of formats bring back: originals against the texts of the same name.

    python benchmarks/readers.py docx html [--all]

reads every original of these suffixes in the folder of real material (``GOUJI_SHARED``, else ``../shared``
beside the clone) that has a text of the same name beside it, and compares the multisets of numbers (digits
with point and separators, full-width ones counting as ASCII). Lost are numbers of the text that the reader
does not bring, extra those that it brings and the text has not; agreement is what they have in common by
the larger of the two. It prints the files below 99% with what they lose and add, and one line per format.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from gouji.extract.formats import extract

SHARED = Path(os.environ.get("GOUJI_SHARED", Path(__file__).resolve().parents[2] / "shared"))

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E, 0xFF0C)}


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text, separators of thousands taken out."""
    return Counter(found.replace(",", "") for found in _NUMBER.findall(text.translate(_WIDE)))


@dataclass(frozen=True)
class Compared:
    """One original: numbers in its text, numbers lost and extra, seconds to read it."""

    path: Path
    total: int
    lost: Counter[str]
    extra: Counter[str]
    seconds: float

    @property
    def agreement(self) -> float:
        """Share of the numbers that both have, of those of the one that has more."""
        common = self.total - self.lost.total()
        return common / max(self.total, common + self.extra.total(), 1)


def compared(suffix: str, shared: Path = SHARED) -> Iterator[Compared]:
    """Compare each original with its text."""
    for path in sorted((shared / "corpus" / "original").rglob(f"*.{suffix}")):
        text = shared / "corpus" / "text" / path.parent.name / f"{path.stem}.txt"
        if not text.exists():
            continue
        begin = perf_counter()
        read = numbers(extract(path.read_bytes(), str(path)).text)
        seconds = perf_counter() - begin
        printed = numbers(text.read_text("utf-8"))
        yield Compared(path, printed.total(), printed - read, read - printed, seconds)


def _some(found: Counter[str]) -> str:
    return " ".join(f"{number}×{count}" if count > 1 else number for number, count in found.most_common(25))


def main(args: list[str]) -> None:
    """Print the table."""
    every = "--all" in args
    for suffix in [arg for arg in args if not arg.startswith("-")]:
        results = sorted(compared(suffix), key=lambda result: result.agreement)
        for one in results:
            if every or one.agreement < 0.99:
                print(f"{one.agreement:7.2%} of {one.total:5} {one.seconds * 1000:6.0f} ms  {one.path.name}")
                print(f"         lost {one.lost.total()}: {_some(one.lost)}")
                print(f"         extra {one.extra.total()}: {_some(one.extra)}")
        total = sum(one.total for one in results)
        lost, extra = (sum(getattr(one, side).total() for one in results) for side in ("lost", "extra"))
        good = sum(one.agreement >= 0.99 for one in results)
        print(
            f"{suffix}: {len(results)} files, {good} at 99% or more; {total} numbers, {lost} lost, {extra} extra"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
