"""What an audit costs beside other tools on the same text, as ratios that were measured in one run.

usage: python benchmarks/speed.py [--report FILE] [--rounds N] [--json OUT]

Needs the packages of ``benchmarks/requirements.txt``; what is not installed is left out and named.

in process   the whole audit (read the file, find its numbers, bind and judge their ties), against
             recognizers-text, which finds numbers, percentages and units and ties nothing, and against
             jieba, which cuts the text into words
cold         ``gouji audit FILE`` from start to exit, against ``python -c "import pandas"`` and an
             interpreter that does nothing

Every round runs all of them one after the other, so that a busy machine is busy for each; a ratio is the
median over the rounds of the ratio within a round.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mutation import ROOT, shared
from slips import NUMERAL

from gouji.checks.run import audit
from gouji.extract.reader import load

Job = Callable[[], Any]


def own(path: Path) -> Job:
    """The whole audit, from the file on."""
    return lambda: audit([load(str(path))])


def recognizers(text: str) -> Job:
    """Find numbers, percentages and units by recognizers-text, models ready."""
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    culture = Culture.Chinese
    numbers, units = NumberRecognizer(culture), NumberWithUnitRecognizer(culture)
    models = [
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
    ]
    return lambda: [len(model.parse(text)) for model in models]


def jieba(text: str) -> Job:
    """Cut the text into words by jieba, dictionary loaded."""
    import logging

    import jieba as library

    library.setLogLevel(logging.ERROR)
    library.initialize()
    return lambda: sum(1 for _ in library.cut(text))


def process(cache: str, *command: str) -> Job:
    """Run a process to its end, its output thrown away.

    Compiled modules are kept in the folder ``cache``, whatever the environment says: installers compile
    some packages and not others, and the first round, which is not counted, compiles the rest.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = cache
    quiet = subprocess.DEVNULL
    return lambda: subprocess.run(command, stdout=quiet, stderr=quiet, check=False, env=env)


def measure(jobs: dict[str, Job], rounds: int) -> dict[str, list[float]]:
    """Seconds of each job in each round, after one round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            began = time.perf_counter()
            job()
            if turn:
                taken[name].append(time.perf_counter() - began)
    return taken


def ratios(taken: dict[str, list[float]], base: str) -> dict[str, float]:
    """How many times as long as ``base`` each other job takes: the median of the ratios within rounds."""
    return {
        name: statistics.median(x / y for x, y in zip(times, taken[base], strict=True))
        for name, times in taken.items()
        if name != base
    }


def lines(taken: dict[str, list[float]], base: str) -> list[str]:
    """A row for each job: the median, the fastest, and the ratio to ``base``."""
    found = ratios(taken, base)
    rows = [f"{'':34} {'median':>10} {'fastest':>10} {'ratio':>8}"]
    for name, times in taken.items():
        ratio = f"{found[name]:7.1f}x" if name in found else "1"
        rows.append(
            f"{name:34} {1e3 * statistics.median(times):7.1f} ms {1e3 * min(times):7.1f} ms {ratio:>8}"
        )
    return rows


def default() -> Path:
    """The report of 25 to 35 KB that holds the most numbers, else the largest of all."""
    found = sorted((shared() / "reports").glob("*.txt"))
    found = found or [p for p in sorted((ROOT / "examples").iterdir()) if p.suffix in (".md", ".txt")]
    fitting = [p for p in found if 25_000 <= p.stat().st_size <= 35_000]
    if not fitting:
        return max(found, key=lambda p: p.stat().st_size)
    return max(fitting, key=lambda p: len(NUMERAL.findall(p.read_text(encoding="utf-8"))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--report", type=Path, help="the text [default: a report of about 30 KB]")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the seconds of every round")
    options = parser.parse_args(arguments)
    path: Path = options.report or default()
    text = path.read_text(encoding="utf-8")
    result = audit([load(str(path))])
    figures = len(result.documents[0].document.figures) if result.documents else 0
    print(
        f"{path.name}: {path.stat().st_size} bytes, {len(text)} characters, {figures} figures, "
        f"{len(result.relations)} ties; Python {sys.version.split()[0]}, {os.cpu_count()} cores, "
        f"{options.rounds} rounds"
    )
    jobs = {"gouji, whole audit": own(path)}
    for name, made in (("recognizers-text, numbers only", recognizers), ("jieba.cut, words only", jieba)):
        try:
            jobs[name] = made(text)
        except ImportError as missing:
            print(f"left out: {name} ({missing}); pip install -r benchmarks/requirements.txt")
    warm = measure(jobs, options.rounds)
    print("\nin process", *lines(warm, "gouji, whole audit"), sep="\n")
    python = sys.executable
    start = (python, "-m", "gouji.reports", "audit", str(path), "--fail-on", "never")
    with tempfile.TemporaryDirectory() as cache:
        processes = {
            "gouji audit FILE": process(cache, *start),
            "gouji audit FILE --format json": process(cache, *start, "--format", "json"),
            "python -c pass": process(cache, python, "-c", "pass"),
        }
        if find_spec("pandas"):
            processes['python -c "import pandas"'] = process(cache, python, "-c", "import pandas")
        else:
            print("left out: pandas; pip install -r benchmarks/requirements.txt")
        cold = measure(processes, options.rounds)
    print("\ncold, whole process", *lines(cold, "gouji audit FILE"), sep="\n")
    if options.json:
        options.json.write_text(json.dumps({"warm": warm, "cold": cold}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
