"""Published cases of fault localisation (S. Scholtus, Statistics Netherlands 08015 and 09046), as audits.

An edit ``a + b = c`` becomes a sum, ``a = b`` a balance, ``a - b = c`` a difference; every variable is a count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gouji.checks.diagnose import diagnose
from gouji.checks.engine import judge
from gouji.checks.relation import Judged, Relation
from gouji.extract.claim import Claim

from .factory import claim

DATA = Path(__file__).parent / "data"
TYPING = json.loads((DATA / "scholtus2009_section4.json").read_text("utf-8"))
SIGNS = json.loads((DATA / "scholtus2008_signs.json").read_text("utf-8"))
CASES = {case["id"]: case for case in TYPING["cases"]}


def relation(edit: str, variables: Mapping[str, Claim]) -> Relation:
    left, right = edit.split("=")
    names = re.findall(r"\w+", left)
    of = [variables[name] for name in names]
    result = (variables[right],)
    if "-" in left:
        terms: dict[str, tuple[Claim, ...]] = {
            "minuend": (of[0],),
            "subtrahend": (of[1],),
            "difference": result,
        }
        return Relation("difference", terms, "stated")
    if "+" in left:
        return Relation("sum", {"total": result, "part": tuple(of)}, "stated")
    return Relation("balance", {"income": (of[0],), "expense": result}, "stated")


def diagnosed(edits: list[str], observed: Mapping[str, int]) -> list[Judged]:
    variables = {name: claim(str(value), "件", id=name) for name, value in observed.items()}
    relations = [relation(edit, variables) for edit in edits]
    return diagnose([Judged(f"r{i}", r, judge(r), "") for i, r in enumerate(relations)])


def asserted(judged: list[Judged]) -> dict[str, tuple[int, str]]:
    """What is said to be wrong without alternative: the value that should stand there, and the mistake."""
    return {
        s.figure: (int(s.suggestion.removesuffix("件")), s.reason)
        for j in judged
        if j.diagnosis == "asserted"
        for s in j.suspects
    }


def observed(case: dict[str, Any]) -> dict[str, int]:
    return dict(zip(case.get("variables", TYPING["variables"]), case["observed"], strict=True))


MISTAKES = {"interchange": {"swapped"}, "added digit": {"added", "doubled"}}


@pytest.mark.parametrize("name", [name for name in CASES if name != "intro"])
def test_the_published_corrections_and_no_others(name: str) -> None:
    case = CASES[name]
    found = diagnosed(TYPING["edits"], observed(case))
    changes = case["expect"]["changes"]
    assert {n: v for n, (v, _) in asserted(found).items()} == {n: c[1] for n, c in changes.items()}
    for n, (_, code) in asserted(found).items():
        assert code in MISTAKES[changes[n][2]]
    failed = {f"e{i}" for i, j in enumerate(found, 1) if j.verdict.verdict == "inconsistent"}
    assert failed == set(case["violated"])
    assert all((j.diagnosis is None) == (j.verdict.verdict == "consistent") for j in found)


def test_what_no_typing_error_explains_is_left_so() -> None:
    found = diagnosed(TYPING["edits"], observed(CASES["4.3"]))
    assert found[2].diagnosis == "unexplained"
    assert found[2].suspects == ()


def test_two_best_explanations_are_alternatives() -> None:
    found = diagnosed(TYPING["edits"], observed(CASES["4.4"]))
    assert [j.diagnosis for j in found] == [None, "asserted", "unexplained", "unexplained", "ambiguous"]
    assert {(s.figure, s.suggestion) for s in found[4].suspects} == {("x9", "1979件"), ("x10", "19842件")}


def test_only_one_of_the_rival_repairs_is_a_typing_error() -> None:
    case = CASES["intro"]
    found = diagnosed(case["edits"], observed(case))
    expected = case["expect"]["typo_explained"]
    assert asserted(found) == {name: (values[1], "swapped") for name, values in expected.items()}


@pytest.mark.parametrize("case", SIGNS["cases"], ids=lambda case: str(case["id"]))
def test_signs_and_exchanges(case: dict[str, Any]) -> None:
    found = diagnosed(SIGNS["edits"], case["observed"])
    assert {f"e{i}": j.verdict.verdict == "consistent" for i, j in enumerate(found, 1)} == case["check"]
    told = asserted(found)
    for name in case["expect"].get("sign_flip", ()):
        assert told == {name: (-case["observed"][name], "direction")}
    for one, two in case["expect"].get("swap", ()):
        assert told[one] == (case["observed"][two], "exchanged")
        assert told[two] == (case["observed"][one], "exchanged")
    swapped = {name for pair in case["expect"].get("swap", ()) for name in pair}
    assert set(told) == swapped | set(case["expect"].get("sign_flip", ()))
