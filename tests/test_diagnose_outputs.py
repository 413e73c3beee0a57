"""What every output says of suspects and of unprinted numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from itertools import permutations
from zipfile import ZipFile

import pytest

from gouji.checks.audit import Audit
from gouji.checks.joint import joint
from gouji.checks.mistakes import CODES
from gouji.checks.relation import Suspect
from gouji.extract.interval import parse
from gouji.reports import docx, github, gitlab, html, junit, markdown, rdjson, sarif, xlsx
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


def test_the_copy_is_told_by_its_place_and_by_the_ties_that_show_it() -> None:
    text = (
        "全年共受理物业纠纷22214件，调解成功20998件，调解成功率为94.53%，制作协议书8503份，涉及金额12565万元。\n"
        "全年共受理医疗纠纷3161件，调解成功率为94.53%，制作协议书8503份，涉及金额12565万元。"
    )
    page = terminal(audited(text), "zh", columns=400)
    assert "8503份（第 2 行第 34 列） 可能有误（与另一处雷同，疑为复制）" in page
    assert "理由：另一处的 20998 ÷ 22214 = 94.5259…% 成立；此处的 8503 份 ≤ 3161 件 不成立" in page
    assert "第 1 行" not in "".join(line for line in page.splitlines() if "疑误" in line)


def test_clean_reports_have_no_suspects() -> None:
    found = audited("全年受理案件704件，调解成功573件，调解成功率为81.39%。")
    assert of(found, "rate")
    assert all(not j.suspects and j.diagnosis is None for j in found.relations)


# Every output.

SHEETS = {"xlsx": xlsx.render, "docx": docx.render}
TEXTS = {
    "terminal": lambda found: terminal(found, "zh", columns=400),
    "json": lambda found: render(found, "zh"),
    "html": lambda found: html.render(found, "zh"),
    "sarif": lambda found: sarif.render(found, "zh"),
    "junit": lambda found: junit.render(found, "zh"),
    "github": lambda found: github.render(found, "zh"),
    "gitlab": lambda found: gitlab.render(found, "zh"),
    "rdjson": lambda found: rdjson.render(found, "zh"),
    "markdown": lambda found: markdown.render(found, "zh"),
}


def spoken(name: str, found: Audit) -> str:
    """All that an output says, as text."""
    if name in TEXTS:
        return TEXTS[name](found)
    with ZipFile(BytesIO(SHEETS[name](found, "zh"))) as package:
        parts = [package.read(part).decode() for part in package.namelist() if part.endswith(".xml")]
    return unescape(re.sub("<[^>]+>", "", "".join(parts)))


@pytest.mark.parametrize("name", [*TEXTS, *SHEETS])
def test_every_output_tells_the_suspect_and_what_it_should_be(name: str) -> None:
    text = spoken(name, audited(WRONG))
    assert "753件" in text
    assert "573件" in text
    assert name == "json" or "相邻数字颠倒" in text


@pytest.mark.parametrize("name", [*TEXTS, *SHEETS])
def test_every_output_tells_what_the_prior_of_a_finding_can_be(name: str) -> None:
    text = spoken(name, audited("死亡281人，下降6.9%。"))
    assert "302" in text
    assert name == "json" or "未写明的上期数可为 302" in text
    assert "7.0%" in text


@pytest.mark.parametrize("name", ["json", "html", *SHEETS])
def test_outputs_that_list_all_ties_tell_what_is_not_printed(name: str) -> None:
    text = spoken(name, audited("刑事案件19件，占案件总数的50%。办理案件355197件，增长5.27%。"))
    assert "未写明的整体数可为 38" in text
    assert "未写明的上期数可为 337400 至 337431" in text


def test_the_terminal_tells_them_when_asked_for_every_tie() -> None:
    text = terminal(audited("刑事案件19件，占案件总数的50%。"), "zh", columns=400, verbose=True)
    assert "未写明的整体数可为 38" in text


EXCHANGED = "年初结转573件，全年受理案件573件，调解成功704件，调解成功率为81.39%。"


def test_sarif_mends_two_numbers_at_once() -> None:
    full = audited(EXCHANGED)
    judged = next(j for j in findings(full.relations) if j.relation.check == "rate")
    part, whole = (judged.relation.terms[role][0].figure for role in ("part", "whole"))
    both = (Suspect(whole.id, "704件", "exchanged"), Suspect(part.id, "573件", "exchanged"))
    relations = tuple(
        replace(j, diagnosis="asserted", suspects=both) if j is judged else j for j in full.relations
    )
    log = json.loads(sarif.render(replace(full, relations=relations), "zh"))
    (result,) = [r for r in log["runs"][0]["results"] if r["ruleId"] == "rate"]
    (fix,) = result["fixes"]
    ((change),) = fix["artifactChanges"]
    text = full.documents[0].document.text
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        at = region["charOffset"]
        text = text[:at] + replacement["insertedContent"]["text"] + text[at + region["charLength"] :]
    assert "全年受理案件704件，调解成功573件" in text
    told = tuple(
        replace(j, diagnosis="ambiguous", suspects=both) if j is judged else j for j in full.relations
    )
    log = json.loads(sarif.render(replace(full, relations=told), "zh"))
    assert not any("fixes" in r for r in log["runs"][0]["results"] if r["ruleId"] == "rate")


def test_ties_that_fail_together_are_told_with_all_their_numbers() -> None:
    full = audited("全年支出100.0亿元，其中基本支出40.0亿元，占40.04%，项目支出60.0亿元，占60.04%。")
    told = tuple(joint([j for j in full.relations if j.relation.check != "percent_sum"]))
    found = replace(full, relations=told)
    for name in (*TEXTS, *SHEETS):
        text = spoken(name, found)
        assert ("joint" if name == "json" else "不能同时成立") in text, name
    page = View(found)
    (failing,) = [j for j in told if j.joint]
    marked = {piece.text for passage in page.passages(failing) for piece in passage.pieces if piece.figure}
    assert marked == {"100.0亿元", "40.0亿元", "40.04%", "60.0亿元", "60.04%"}
