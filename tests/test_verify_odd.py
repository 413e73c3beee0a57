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
    "a minus before a zero that is a bound": "-0以下",
    "a minus before a zero that is a near end": "-0多年",
    "a unit that begins with a multiple": "新增装机5千瓦，化肥5千克，道路5千米，提高5千分点。",
    "a multiple of two signs": "7千亿",
    "digits of two widths": "税收占0.7%非税占２9%",
    "an average growth that misses by thousands of digits": "从2020年8元提高到2025年2亿元年均增3%",
    "an average fall by more than all": "从2020年8元下降到2025年4元，年均下降120%",
    "an average growth whose hedge is custom": "从2020年100元提高到2025年200元，年均增长约3%",
    "an average growth rounded where the document cuts off": "".join(
        f"受理{whole}件，审结{part}件，审结率{1000 * part // whole / 10}%。"
        for whole, part in ((763, 501), (889, 671), (947, 637), (719, 509), (683, 367), (871, 587))
    )
    + "收入从2020年100.00亿元提高到2025年200.00亿元，年均增长14.9%。",
    "a habit of decimals and a number in pieces": "8件增长5%，其中21件增长2万5千%8.0%9.8%8.6%",
    "tenths, whose last digit is a tenth": "受理案件1000件，审结882件，结案率为七成。",
    "tenths and a hedge": "投资下降超七成国有投资下降1%非国有投资下降5%",
    "tenths in digits": "受理案件1000件，审结882件，结案率为7成。",
    "a number in words with a far end": "0美元合十余元1美元兑7元",
    "formal numerals with more than they say": "壹佰多元",
    "a hedge of what has no last digit": "近三分之二，近一半，近7成，三分之二多，约四分之三，近七成五，近翻两番，近百分之七点零",
    "a ranking with a number below its equal": "由多到少50户低于50户50户",
    "a number in words and a multiple with a far end": "0美元合三百余万元1美元兑7元",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_the_verifier_agrees(text: str) -> None:
    made = json.loads(render(audited(text), "zh"))
    assert any(document["figures"] for document in made["documents"])
    assert verify(made).faults == ()
