"""What the checks find in sentences of reports: every case of ``cases/*.yaml`` (see ``cases/README.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.checks import CHECKS
from gouji.checks.audit import Audit
from gouji.checks.relation import Judged

from .texts import FINDINGS, audited, findings, of, printed, told

FOLDER = Path(__file__).parent / "cases"
KINDS = ("fails", "holds", "undecided", "silent")
SAID = ("evidence", "verdict", "basis", "reason", "severity", "power")
KEYS = frozenset({"name", "text", "roles", "year", "also", "xfail", *SAID})
LEAST = {"fails": 4, "holds": 6, "silent": 6}
NEVER = {
    "stale": "holds",
    "duplicate": "holds",  # what was not copied is not tied at all
    "percent_cap": "holds",  # what keeps to the bound is not tied: it would tell nothing
}


@dataclass(frozen=True)
class Case:
    """One case: the check it is about, what should come of it, and its fields as written."""

    check: str
    kind: str
    fields: dict[str, Any]

    @property
    def roles(self) -> dict[str, list[str]]:
        """Read ``part 573; whole 704`` as the digits printed in each role."""
        named = (role.split() for role in self.fields.get("roles", "").split(";") if role.strip())
        return {role: numerals for role, *numerals in named}

    @property
    def texts(self) -> list[str]:
        """Give the reports of the run; ``year`` puts the title of a report above each."""
        text, year = self.fields["text"], self.fields.get("year")
        texts = [text] if isinstance(text, str) else text
        years = [year] * len(texts) if isinstance(year, str) else year
        if years is None:
            return texts
        return [
            f"# 某某市司法局{y}年法治政府建设情况报告\n\n{t}\n" for y, t in zip(years, texts, strict=True)
        ]

    def fits(self, judged: Judged) -> bool:
        """Tell whether a relation has the roles and evidence, and its verdict the words, that the case asks for."""
        verdict = judged.verdict
        said = {
            "verdict": verdict.verdict,
            "basis": verdict.basis,
            "reason": verdict.reason,
            "severity": verdict.severity,
            "evidence": " ".join(judged.relation.evidence),
            "power": None if verdict.power is None else f"{float(verdict.power):.4f}",
        }
        wanted = {key: self.fields[key] for key in said if key in self.fields}
        return (not self.roles or printed(judged) == self.roles) and all(
            said[key] == value for key, value in wanted.items()
        )


def written(check: str) -> dict[str, list[dict[str, Any]]]:
    """Read one file of cases; every scalar stays the string that is written."""
    source = (FOLDER / f"{check}.yaml").read_text(encoding="utf-8")
    found = yaml.load(source, Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for kind, several in written(path.stem).items():
            for fields in several:
                case = Case(path.stem, kind, fields)
                marks = [pytest.mark.xfail(reason=fields["xfail"], strict=True)] if "xfail" in fields else []
                yield pytest.param(case, id=f"{path.stem}-{kind}-{fields['name']}", marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case) -> None:
    found = audited(case.texts)
    globals()[f"_{case.kind}"](case, found)
    if case.kind in ("holds", "silent"):
        allowed = case.fields.get("also", "").split()
        wrong = [j for j in findings(found.relations) if j.relation.check not in allowed]
        assert not wrong, f"an honest text has findings\n{told(found)}"


def _fails(case: Case, found: Audit) -> None:
    hits = [j for j in of(found, case.check) if case.fits(j) and j.verdict.verdict in FINDINGS]
    assert hits, told(found)


def _holds(case: Case, found: Audit) -> None:
    hits = [j for j in of(found, case.check) if case.fits(j) and j.verdict.verdict == "consistent"]
    assert hits, told(found)


def _undecided(case: Case, found: Audit) -> None:
    hits = [j for j in of(found, case.check) if case.fits(j) and j.verdict.verdict == "unverified"]
    assert hits, told(found)
    decided = [j for j in of(found, case.check) if j.verdict.verdict != "unverified"]
    assert not decided, told(found)


def _silent(case: Case, found: Audit) -> None:
    decided = [j for j in of(found, case.check) if j.verdict.verdict != "unverified"]
    assert not decided, told(found)


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_has_cases(check: str) -> None:
    several = written(check)
    assert set(several) <= set(KINDS)
    for kind, least in LEAST.items():
        if NEVER.get(check) != kind:
            assert len(several.get(kind, [])) >= least, f"too few cases: {kind}"
    for group in several.values():
        assert len({case["name"] for case in group}) == len(group), "two cases with one name"
        for case in group:
            assert set(case) <= KEYS, f"unknown fields: {set(case) - KEYS}"
            assert case["text"]
    for case in (*several.get("fails", ()), *several.get("holds", ()), *several.get("undecided", ())):
        assert case.get("roles"), f"no roles: {case['name']}"


def test_no_file_without_a_check() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CHECKS)
