"""``checks.tsv`` is true: its rows are the checks, its roles those of the relations that they state."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files

import pytest

from gouji.checks import CHECKS
from gouji.checks.audit import Audit

from .test_cases import Case, cases
from .test_docstrings import example
from .texts import audited

STRENGTHS = frozenset({"stated", "logical", "customary"})
# Roles that may be empty. A rate or share asks for a whole number that could stand there; growth in real
# terms is only bounded by that of the parts; a word of degree without a prior is seen and left undecided.
OPTIONAL = {
    "growth_average": {"years"},
    "growth_compound": {"years"},
    "average_change": {"years"},
    "per_capita": {"change"},
    "pull": {"weight", "part", "total"},
    "unit_pair": {"rate"},
    "rate": {"part", "whole"},
    "share": {"whole"},
    "growth_mix": {"total", "part"},
    "wording": {"current", "prior", "growth"},
    "dates": {"second"},  # a day that no calendar has is wrong by itself
    # 覆盖率和通过率两个100%: the figure that each of the listed reaches
    "enumeration": {"item"},
}
# The things that an enumeration lists are words, not figures.
LISTS = frozenset({"enumeration"})


def table() -> dict[str, dict[str, str]]:
    source = files("gouji.checks").joinpath("checks.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    found = {row["check"]: row for row in rows}
    assert len(found) == len(rows), "a check has two rows"
    return found


TABLE = table()


@pytest.fixture(scope="module")
def audits() -> list[Audit]:
    """Audit all examples and cases."""
    texts = [example(check, kind) for check in CHECKS for kind in ("Fails", "Holds", "Silent")]
    for parameters in cases():
        case = parameters.values[0]
        assert isinstance(case, Case)
        texts.append(case.texts)
    return [audited(several) for several in texts]


def roles(check: str) -> Iterator[tuple[str, bool]]:
    """Give each role of a row and whether it takes several figures."""
    for role in TABLE[check]["roles"].split(","):
        name = role.strip()
        yield name.rstrip("…"), name.endswith("…")


def test_every_check_has_a_row() -> None:
    assert len(set(CHECKS)) == len(CHECKS)
    assert set(CHECKS) <= set(TABLE)


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_has_the_name_of_its_row(check: str) -> None:
    module = import_module(f"gouji.checks.{check}")
    name = (module.__doc__ or "").partition("：")[0]
    assert name == TABLE[check]["中文"]
    assert hasattr(module, "relate") or hasattr(module, "across")


def test_every_row_is_whole() -> None:
    for check, row in TABLE.items():
        assert None not in row, f"{check}: too many columns"
        assert all(row.values()), f"{check}: an empty column"
        named = [strength.strip() for strength in row["strength"].split(" or ")]
        assert set(named) <= STRENGTHS, check


def test_the_cases_reach_every_check(audits: list[Audit]) -> None:
    reached = {j.relation.check for audit in audits for j in audit.relations}
    assert reached == set(CHECKS)


def test_relations_have_the_roles_of_the_table(audits: list[Audit]) -> None:
    for audit in audits:
        for judged in audit.relations:
            relation = judged.relation
            check = relation.check
            named = dict(roles(check))
            bound = {role for role, claims in relation.terms.items() if claims}
            assert bound <= set(named), (check, bound)
            missing = set(named) - bound
            assert missing <= OPTIONAL.get(check, set()), (check, missing)
            for role in bound:
                if not named[role]:
                    assert len(relation.terms[role]) == 1, (check, role)
            if check in LISTS:
                assert relation.items, check


def test_relations_have_strength_and_evidence(audits: list[Audit]) -> None:
    for audit in audits:
        for judged in audit.relations:
            relation = judged.relation
            assert relation.strength in STRENGTHS
            assert relation.evidence, relation.check
            assert any(word.strip() for word in relation.evidence), relation.check
            assert relation.candidates >= 1


def test_terms_are_figures_of_the_audited_documents(audits: list[Audit]) -> None:
    for audit in audits:
        known = [{figure.id for figure in audited.document.figures} for audited in audit.documents]
        for judged in audit.relations:
            for claim in judged.relation.claims():
                assert claim.figure.id in known[claim.document]


def test_no_figure_stands_twice_in_a_relation(audits: list[Audit]) -> None:
    for audit in audits:
        for judged in audit.relations:
            ids = [claim.figure.id for claim in judged.relation.claims()]
            assert len(set(ids)) == len(ids), (judged.relation.check, ids)


def test_no_tie_is_stated_twice(audits: list[Audit]) -> None:
    for audit in audits:
        seen = [
            (j.relation.check, tuple(sorted(c.figure.id for c in j.relation.claims())))
            for j in audit.relations
        ]
        assert len(set(seen)) == len(seen), seen


def test_every_figure_has_a_status(audits: list[Audit]) -> None:
    for audit in audits:
        for audited_document in audit.documents:
            assert set(audited_document.status) == {f.id for f in audited_document.document.figures}
            for status, reason in audited_document.status.values():
                assert status in ("checked", "unverified", "unrelated")
                assert (reason is not None) == (status == "unverified")
