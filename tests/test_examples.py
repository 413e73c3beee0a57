"""The examples say what they are meant to say: their arithmetic is true except where README.md says not.

Ties are written here by hand and recomputed with fractions, independently of gouji:

- ``A + B = T`` and ``A - B = D`` are exact;
- ``A / B = R%`` is a rate or share, ``A / B = R‰`` likewise, rounded to the digits of R;
- ``A over B = R%`` is the growth from B to A;
- ``A by C = R%`` is the growth to A through a change of C (negative C: a fall).

Then gouji audits them: it must find every mistake and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from gouji.checks.audit import Audit
from gouji.checks.relation import Judged
from gouji.checks.run import audit
from gouji.extract.reader import load
from gouji.reports.cli import cli

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"

TRUE = {
    "justice-2016.txt": """
        31 over 21 = 47.6%
        22 + 2 + 5 + 2 = 31
        85 over 65 = 30.8%
        20146 + 12931 + 43 = 33120
        268324 + 137655 + 6827 = 412806
        307745 / 329242 = 93.5%
        105070 + 224172 = 329242
        104076 + 203669 = 307745
        105070 / 329242 = 31.9%
        104076 / 105070 = 99.1%
        224172 / 329242 = 68.1%
        203669 / 224172 = 90.9%
        89 / 112 = 79.5%
        18847 / 19986 = 94.3%
        44488 / 44935 = 99.0%
        2724 / 3002 = 90.7%
    """,
    "justice-2017.md": """
        36 + 27 + 12 + 2 + 36 = 113
        29 over 31 = -6.5%
        21 + 3 + 4 + 1 = 29
        96 over 85 = 12.9%
        36254 over 33120 = 9.46%
        21840 + 14362 + 52 = 36254
        329733 / 355197 = 92.83%
        115572 + 239625 = 355197
        112210 + 217523 = 329733
        115572 / 355197 = 32.54%
        112210 / 115572 = 97.09%
        239625 / 355197 = 67.46%
        573 / 704 = 81.39%
        20998 / 22214 = 94.53%
        46230 / 46642 = 99.12%
        48309 / 56837 = 85.00%
        130382 / 130782 = 99.69%
    """,
    "budget-2025.txt": """
        118.63 + 67.79 = 186.42
        118.63 / 186.42 = 63.64%
        67.79 / 186.42 = 36.36%
        186.42 by 7.43 = 4.15%
        402.36 by 11.28 = 2.88%
        331.95 / 402.36 = 82.50%
        58.27 by -1.14 = -1.92%
        33.86 + 24.41 = 58.27
        74.16 / 80.00 = 92.70%
        96.35 - 88.72 = 7.63
        58.90 + 38.45 = 97.35
        12.40 + 46.50 = 58.90
        205.63 + 249.55 = 455.18
        2643.18 by -311.54 = -10.54%
        58.20 + 1987.64 + 597.34 = 2643.18
        192.02 over 186.42 = 3.00%
        124.10 + 67.92 = 192.02
        192.02 + 168.50 + 14.00 + 15.80 + 9.68 = 400.00
        397.20 + 2.80 = 400.00
    """,
    "bulletin-2025.md": """
        214.37 + 1301.66 + 1752.42 = 3268.45
        214.37 / 3268.45 = 6.6%
        1301.66 / 3268.45 = 39.8%
        1752.42 / 3268.45 = 53.6%
        6.6 + 39.8 + 53.6 = 100
        4.1 + 36.8 + 59.1 = 100
        331.93 + 148.43 = 480.36
        331.93 / 480.36 = 69.10%
        5.92 - 6.79 = -0.87
        38.16 + 64.32 = 102.48
        1186.40 + 242.23 = 1428.63
        1259.71 + 168.92 = 1428.63
        241.95 + 144.79 = 386.74
        8642.75 over 8310.42 = 4.0%
        1263.18 over 1240.60 = 1.8%
        6981.24 over 6684.30 = 4.4%
        1240.60 + 6684.30 + 385.52 = 8310.42
        96 + 2187 + 35 = 2318
    """,
    "clean/open-government-2025.txt": """
        136 + 12 - 5 = 143
        318 + 5471 + 2475 = 8264
        179 over 164 = 9.1%
        152 + 27 = 179
        152 / 179 = 84.9%
        27 / 179 = 15.1%
        179 + 7 = 186
        186 - 181 = 5
        92 + 31 + 18 + 27 + 6 + 7 = 181
        5 + 1 + 2 + 1 = 9
        4 + 2 = 6
    """,
    "clean/library-2025-traditional.txt": """
        486.52 by 21.36 = 4.6%
        395.18 + 91.34 = 486.52
        318.64 over 296.75 = 7.4%
        204.83 + 113.81 = 318.64
        204.83 / 318.64 = 64.3%
        113.81 / 318.64 = 35.7%
        2108 / 2480 = 85.0%
        212 + 96 + 418 + 138 = 864
        842.75 + 443.65 = 1286.40
    """,
}

# Across the two years of the justice bureau; the first number of each is in the later report.
ACROSS = """
    199520 over 190401 = 4.79%
    704 over 112 = 528.6%
    22214 over 19986 = 11.15%
    46642 over 44935 = 3.8%
    3161 over 3002 = 5.3%
    36254 over 33120 = 9.46%
"""

# What examples/README.md calls a mistake.
FALSE = {
    "justice-2017.md": """
        217523 / 239625 = 90.77%
    """,
    "budget-2025.txt": """
        3.10 + 4.90 = 7.44
    """,
    "bulletin-2025.md": """
        241.95 - 144.79 = 97.61
        1263.18 + 6981.24 + 389.33 = 8642.75
        389.33 over 385.52 = 3.3%
    """,
}
FALSE_ACROSS = "355197 over 329242 = 5.27%"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def numbers(tie: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", tie)


def holds(tie: str) -> bool:
    """Whether the right side is the left side, rounded to the printed digits where it is a rate."""
    left, right = tie.split(" = ")
    printed = right.rstrip("%‰")
    first, *rest = left.split()
    value = Fraction(first)
    for word, term in zip(rest[::2], rest[1::2], strict=True):
        number = Fraction(term)
        if word == "+":
            value += number
        elif word == "-":
            value -= number
        elif word == "/":
            value *= (1000 if right.endswith("‰") else 100) / number
        elif word == "over":
            value = 100 * (value / number - 1)
        elif word == "by":
            value = 100 * number / (value - number)
        else:
            raise ValueError(tie)
    if right == printed:
        return value == Fraction(printed)
    half = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    return abs(value - Fraction(printed)) <= half


def cases(ties: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, tie) for name, text in ties.items() for tie in lines(text)]


@pytest.mark.parametrize(("name", "tie"), cases(TRUE))
def test_a_tie_is_true_and_its_numbers_are_in_the_example(name: str, tie: str) -> None:
    assert holds(tie)
    assert printed_in(name, numbers(tie))


@pytest.mark.parametrize(("name", "tie"), cases(FALSE))
def test_a_mistake_is_false_and_its_numbers_are_in_the_example(name: str, tie: str) -> None:
    assert not holds(tie)
    assert printed_in(name, numbers(tie))


def printed_in(name: str, wanted: list[str]) -> bool:
    have = set(numbers((EXAMPLES / name).read_text("utf-8"))) | {"100"}
    return set(wanted) <= have


@pytest.mark.parametrize("tie", lines(ACROSS))
def test_growth_agrees_with_the_report_of_the_year_before(tie: str) -> None:
    assert holds(tie)
    now, before, growth = numbers(tie)
    assert printed_in("justice-2017.md", [now, growth])
    assert printed_in("justice-2016.txt", [before])


def test_one_growth_disagrees_with_the_report_of_the_year_before() -> None:
    assert not holds(FALSE_ACROSS)
    now, before, growth = numbers(FALSE_ACROSS)
    assert printed_in("justice-2017.md", [now, growth])
    assert printed_in("justice-2016.txt", [before])


class Mistake(NamedTuple):
    """A mistake on purpose: where, the verdict and severity it should get, and its numbers as printed.

    No severity means that either will do: a warning may become an error beside another on the same number.
    """

    files: tuple[str, ...]
    verdict: str
    severity: str
    numbers: str


JUSTICE = ("justice-2016.txt", "justice-2017.md")

MISTAKES = {
    "copied tuple": Mistake(("justice-2017.md",), "suspicious", "", "94.53 8503 12565"),
    "more than accepted": Mistake(("justice-2017.md",), "inconsistent", "error", "8503 3161"),
    "cut-off rate": Mistake(("justice-2017.md",), "truncated", "warning", "217523 239625 90.77"),
    "last year": Mistake(JUSTICE, "inconsistent", "warning", "355197 329242 5.27"),
    "parts over whole": Mistake(("budget-2025.txt",), "inconsistent", "error", "7.44 3.10 4.90"),
    "unit slip": Mistake(("budget-2025.txt",), "inconsistent", "error", "725 3.18"),
    "surplus": Mistake(("bulletin-2025.md",), "inconsistent", "error", "241.95 144.79 97.61"),
    "freight total": Mistake(
        ("bulletin-2025.md",), "inconsistent", "error", "8642.75 1263.18 6981.24 389.33"
    ),
    "freight growth": Mistake(("bulletin-2025.md",), "inconsistent", "error", "389.33 385.52 3.3"),
}


def audited(names: Sequence[str]) -> Audit:
    return audit([load(str(EXAMPLES / name)) for name in names])


def findings(names: Sequence[str]) -> list[Judged]:
    return [j for j in audited(names).relations if j.verdict.verdict not in ("consistent", "unverified")]


def shown(judged: Judged) -> frozenset[str]:
    return frozenset(claim.figure.numeral for claim in judged.relation.claims())


@pytest.mark.parametrize("name", MISTAKES)
def test_the_mistake_is_found(name: str) -> None:
    mistake = MISTAKES[name]
    found = [j.verdict for j in findings(mistake.files) if shown(j) == frozenset(mistake.numbers.split())]
    assert mistake.verdict in [verdict.verdict for verdict in found]
    assert not mistake.severity or mistake.severity in [verdict.severity for verdict in found]


@pytest.mark.parametrize("names", [*((name,) for name in TRUE), JUSTICE], ids="+".join)
def test_nothing_else_is_a_finding(names: tuple[str, ...]) -> None:
    meant = {frozenset(mistake.numbers.split()) for mistake in MISTAKES.values()}
    spurious = [j.verdict.equation for j in findings(names) if shown(j) not in meant]
    assert spurious == []


@pytest.mark.parametrize("name", TRUE)
def test_most_numbers_of_an_example_are_tied(name: str) -> None:
    (document,) = audited([name]).documents
    status = [state for state, _ in document.status.values()]
    assert status.count("checked") >= len(status) // 3


def unnumbered(text: str) -> str:
    """Output without the count of findings (``4/7``), which says nothing about the finding itself."""
    return re.sub(r"^(\S+) \d+/\d+  ", r"\1  ", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_sample_in_the_readme_is_from_a_real_run(
    readme: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output = unnumbered(CliRunner().invoke(cli, ["audit", "examples/justice-2017.md", "--lang", lang]).output)
    block = re.search(
        r"<!-- sample:begin -->.*?```text\n(.*?)\n```", (ROOT / readme).read_text("utf-8"), re.DOTALL
    )
    assert block
    paragraphs = unnumbered(block[1]).split("\n\n")
    assert len(paragraphs) >= 3
    printed = output.strip("\n").split("\n\n")
    assert [paragraph for paragraph in paragraphs if paragraph not in printed] == []
