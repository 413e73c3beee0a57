"""What every output says of suspects and of unprinted numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import permutations

import pytest

from gouji.checks.audit import Audit
from gouji.checks.mistakes import CODES
from gouji.checks.relation import Suspect
from gouji.extract.interval import parse
from gouji.reports.json import render
from gouji.reports.messages import LANGUAGES, messages
from gouji.reports.note import suspicions
from gouji.reports.terminal import render as terminal
from gouji.reports.view import View

from .texts import audited, findings, of

WRONG = "全年受理案件704件，调解成功753件，调解成功率为81.39%。"


def relations(found: Audit) -> list[dict[str, object]]:
    given = json.loads(render(found, "zh"))["relations"]
    assert isinstance(given, list)
    return given


def test_json_tells_few_whole_numbers_one_by_one() -> None:
    (entry,) = [
        r for r in relations(audited("办理案件136件，同比增长15.3%。")) if r["check"] == "growth_feasible"
    ]
    assert entry["feasible"] == [118]
    assert entry["diagnosis"] is None


def test_json_tells_many_by_their_exact_range() -> None:
    (entry,) = [
        r for r in relations(audited("办理案件355197件，同比增长5.27%。")) if r["check"] == "growth_feasible"
    ]
    assert isinstance(entry["feasible"], str)
    found = parse(entry["feasible"])
    assert found.low is not None
    assert found.high is not None
    assert found.low.denominator == found.high.denominator == 1


def test_json_tells_how_suspects_are_meant() -> None:
    told = [r for r in relations(audited(WRONG)) if r["verdict"] in ("inconsistent", "suspicious")]
    assert told
    for entry in told:
        assert entry["diagnosis"] in ("asserted", "ambiguous", "unexplained")
        assert bool(entry["suspects"]) == (entry["diagnosis"] != "unexplained")
    suspects = [s for entry in told for s in entry["suspects"]]  # type: ignore[attr-defined]
    assert any(s["suggestion"] == "573件" and s["reason"] == "swapped" for s in suspects)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mistake_has_words(lang: str) -> None:
    assert {f"suspicion.{code}" for code in CODES} <= messages(lang).entries.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_diagnosis_has_its_own_lines(lang: str) -> None:
    full = audited(WRONG)
    view, words = View(full), messages(lang)
    judged = findings(full.relations)[0]
    one, two = (c.figure.id for c in judged.relation.claims()[:2])
    first, second = Suspect(one, "1件", "swapped"), Suspect(two, "2件", "lost")

    def lines(diagnosis: str, *suspects: Suspect) -> list[str]:
        return suspicions(replace(judged, diagnosis=diagnosis, suspects=suspects), view, words)

    assert len(lines("asserted", first)) == 1
    assert len(lines("asserted", first, second)) == 2
    assert lines("ambiguous", first, second)[0] == words("ui.ambiguous_suspect")
    assert lines("ambiguous", first, replace(first, suggestion="3件"))[0] == words("ui.ambiguous_value")
    assert lines("unexplained") == [words("ui.unexplained")]
    assert lines("entangled") == [words("ui.entangled")]


def test_people_read_which_number_is_suspected_and_what_a_prior_can_be() -> None:
    assert "753件 疑为 573件（相邻数字颠倒）" in re.sub(
        r"\s+", " ", terminal(audited(WRONG), "zh", columns=200)
    )
    text = terminal(audited("死亡281人，下降6.9%。"), "zh", columns=200)
    assert "302" in text


def test_the_order_of_the_documents_does_not_matter() -> None:
    texts = [
        WRONG,
        "全年受理案件136件，办结118件，办结率为68.67%。",
        "争取资金7.44亿元，其中“两重”资金3.10亿元、“两新”资金4.90亿元。",
    ]
    outcomes = []
    for order in permutations(texts):
        found = audited(list(order))
        printed = {f.id: f.text for d in found.documents for f in d.document.figures}
        told = [
            (j, [(printed[s.figure], s.suggestion, s.reason) for s in j.suspects]) for j in found.relations
        ]
        outcomes.append(
            sorted(
                (j.relation.check, j.verdict.equation, j.diagnosis or "", str(j.feasible), suspects)
                for j, suspects in told
            )
        )
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_clean_reports_have_no_suspects() -> None:
    found = audited("全年受理案件704件，调解成功573件，调解成功率为81.39%。")
    assert of(found, "rate")
    assert all(not j.suspects and j.diagnosis is None for j in found.relations)
