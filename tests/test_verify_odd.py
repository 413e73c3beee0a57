"""Odd texts, found by coverage (benchmarks/guided.py), over which the engine and the verifier once disagreed."""

from __future__ import annotations

import json

import pytest

from gouji.reports.json import render
from gouji.reports.verify import verify

from .texts import audited

ODD = {
    "a bound of a number below zero": "2:3:5最多-3.1%。每孩",
    "a count without a unit, and the rate of a part that is not printed": "全年共收到行政复议申请826以及43件，受理率排名第一5.3%，境内698件，审结率为93.9%。",
    "a zero with a multiple": "执行数0百日元，30亿元，与上年持平。",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_the_verifier_agrees(text: str) -> None:
    made = json.loads(render(audited(text), "zh"))
    assert any(document["figures"] for document in made["documents"])
    assert verify(made).faults == ()
