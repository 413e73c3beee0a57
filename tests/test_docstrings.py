"""What the docstring of a check promises is what the check does.

The first line names the tie. ``Fails:`` is a text on which the check finds a problem, ``Holds:`` one on
which a relation of the check is consistent, ``Silent:`` one that invites the tie in vain. `` ‖ `` parts the
texts of several reports of one run. Every text is read under the title of a report.
"""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from gouji.checks import CHECKS

from .texts import FINDINGS, audited, of, told

NOT_YET = {
    "restated": "equal words with unequal figures are left undecided",
}

YEAR = re.compile("[0-9]{4}(?=年)")


def docstring(check: str) -> str:
    return import_module(f"gouji.checks.{check}").__doc__ or ""


def example(check: str, kind: str) -> list[str]:
    """Give the texts of one example, each under a title that names issuer and year."""
    lines = [line for line in docstring(check).splitlines() if line.startswith(f"{kind}:")]
    assert len(lines) == 1, f"{check} has {len(lines)} lines {kind}:"
    texts = [text.strip() for text in lines[0].removeprefix(f"{kind}:").split("‖")]
    assert all(texts)
    years = [YEAR.search(text) for text in texts]
    if len(texts) > 1:
        assert None not in years, "each of several reports names its year"
    return [
        f"# 某某市司法局{year[0] if year else 2017}年法治政府建设情况报告\n\n{text}\n"
        for text, year in zip(texts, years, strict=True)
    ]


@pytest.mark.parametrize("check", CHECKS)
def test_first_line_names_the_tie(check: str) -> None:
    first = docstring(check).splitlines()[0]
    assert re.fullmatch(r"[一-鿿]+：.+\.", first)


@pytest.mark.parametrize(
    "check",
    [pytest.param(c, marks=pytest.mark.xfail(reason=NOT_YET[c])) if c in NOT_YET else c for c in CHECKS],
)
def test_what_fails_is_found(check: str) -> None:
    found = audited(example(check, "Fails"))
    assert any(j.verdict.verdict in FINDINGS for j in of(found, check)), told(found)


@pytest.mark.parametrize("check", CHECKS)
def test_what_holds_is_tied_and_consistent(check: str) -> None:
    found = audited(example(check, "Holds"))
    verdicts = [j.verdict.verdict for j in of(found, check)]
    if check in ("duplicate", "stale") and not verdicts:
        return  # what was not copied is not tied at all
    assert verdicts, told(found)
    assert set(verdicts) == {"consistent"}, told(found)


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_silent_is_not_decided(check: str) -> None:
    found = audited(example(check, "Silent"))
    assert all(j.verdict.verdict == "unverified" for j in of(found, check)), told(found)


@pytest.mark.parametrize("check", CHECKS)
def test_silence_is_for_want_of_words_not_of_numbers(check: str) -> None:
    """A silent example is worth nothing when it holds too few figures for the tie."""
    documents = audited(example(check, "Silent")).documents
    fewest = 1 if check == "enumeration" else 2
    assert sum(len(d.claims) for d in documents) >= fewest
