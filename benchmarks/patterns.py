"""Every pattern that an audit compiles, against the texts that make patterns backtrack.

usage: python benchmarks/patterns.py [--seconds 0.2] [--words 40]

The patterns are collected while the examples are audited. A text for a pattern is made of the words and signs that stand
in the pattern itself: one, or two in turn, repeated, with an end that fits nothing. A pattern that needs more than
``--seconds`` for 3,000 characters is shown with its text. The exit status is 1 where there is one.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LONG = 3000


class SlowError(Exception):
    """A pattern took more than its time."""


def _alarm(_: int, __: FrameType | None) -> None:
    raise SlowError


def collected() -> list[tuple[re.Pattern[str], str]]:
    """The patterns over text that auditing the examples compiles, with the module that compiled each first."""
    found: dict[tuple[str, int], str] = {}
    real: Callable[..., Any] = re.compile

    def compile(pattern: Any, flags: Any = 0) -> Any:
        made = real(pattern, flags)
        frame = sys._getframe(1)
        name = frame.f_globals.get("__name__", "")
        if isinstance(made.pattern, str) and name.startswith("gouji."):
            found.setdefault((made.pattern, made.flags), name)
        return made

    re.compile = compile  # type: ignore[assignment]
    try:
        from gouji.checks.run import audit, checks
        from gouji.extract.reader import load

        checks()
        for path in sorted((ROOT / "examples").rglob("*-20*")):
            audit([load(str(path))])
        for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
            audit([load(str(path))])
    finally:
        re.compile = real
    return [(real(pattern, flags), module) for (pattern, flags), module in sorted(found.items())]


_LITERAL = re.compile(r"\\[A-Za-z]|\\.|\[[^\]]*\]|\(\?P<\w+>|\(\?[:=!<]+|\{[0-9,]*\}|[()|*+?.^$]")


def words(pattern: str) -> list[str]:
    """Pieces of a pattern that may be text: what stands between its signs, and members of its sets."""
    found = [piece for piece in _LITERAL.split(pattern) if piece]
    for inside in re.findall(r"\[\^?([^\]]*)\]", pattern):
        found += [char for char in inside if char not in "\\-^"][:4]
    found += ["的", "3", "，", " "]
    return list(dict.fromkeys(found))


def texts(pattern: str, most: int) -> Iterator[str]:
    rng = random.Random(1)
    known = words(pattern)
    chosen = known if len(known) <= most else rng.sample(known, most)
    for word in chosen:
        for end in ("", "\0", "的", "x，"):
            yield word * (LONG // len(word)) + end
    pairs = list(itertools.permutations(chosen, 2))
    for a, b in pairs if len(pairs) <= 4 * most else rng.sample(pairs, 4 * most):
        yield (a + b) * (LONG // len(a + b)) + "\0"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=0.2)
    parser.add_argument("--words", type=int, default=40)
    arguments = parser.parse_args()
    signal.signal(signal.SIGPROF, _alarm)
    found = collected()
    slow = tried = 0
    for pattern, module in found:
        worst, at = 0.0, ""
        for text in texts(pattern.pattern, arguments.words):
            tried += 1
            begin = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, max(10 * arguments.seconds, 1))
            try:
                pattern.sub("", text)
            except SlowError:
                worst, at = 99.0, text
                break
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            took = time.process_time() - begin
            if took > worst:
                worst, at = took, text
        if worst > arguments.seconds:
            slow += 1
            took_text = "does not end" if worst == 99.0 else f"{worst:.2f} s"
            print(
                f"{module}: {took_text}\n  pattern {pattern.pattern[:300]!r}\n  text    {at[:24]!r}…{at[-6:]!r}",
                flush=True,
            )
    print(f"{len(found)} patterns, {tried} texts, {slow} slow")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
