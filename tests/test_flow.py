"""The reading copy: every character at its place, every mending rule where it holds and where it must not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.extract.flow import _characters, flow

LONG = "各级调解组织全年受理矛盾纠纷七百余件，其中劳动争议"


def texts(source: str) -> list[str]:
    reading = flow(source)
    return [reading.text[block.start : block.end] for block in reading.blocks]


def kinds(source: str) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in flow(source).blocks]


# --- places ----------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"，。；：、（）,.;:()!?|#*_`>-+ \t\n\r\f\u3000\u00a0\u200b\ufeff",
        *"０１９％－．ＡＢ12a国國亿億萬“”《》—①",
        *(
            "\ud800",
            "\U0001f600",
            "一、",
            "（二）",
            "3.",
            "&nbsp;",
            "&amp;",
            "**",
            "[甲](http://a.b)",
            "<br>",
        ),
        *("全年受理704件", "22,214", "|---|", "\r\n", "— 3 —"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_every_character_stands_at_its_origin(source: str) -> None:
    reading = flow(source)
    mapped = _characters(source)
    assert len(mapped) == len(source)
    assert len(reading.origin) == len(reading.text) + 1
    assert reading.origin[-1] == len(source)
    assert all(a < b for a, b in zip(reading.origin, reading.origin[1:-1], strict=False))
    for place, character in zip(reading.origin, reading.text, strict=False):
        if character not in " |\n":
            assert mapped[place] == character


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_blocks_part_the_flow(source: str) -> None:
    reading = flow(source)
    assert "\n".join(reading.text[b.start : b.end] for b in reading.blocks) == reading.text
    assert all(b.start < b.end for b in reading.blocks)
    assert all("\n" not in reading.text[b.start : b.end] for b in reading.blocks)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_string_is_admitted(source: str) -> None:
    reading = flow(source)
    assert len(reading.origin) == len(reading.text) + 1


def test_a_figure_maps_back_to_what_was_printed() -> None:
    source = "全年共受理 １７，２０４ 件。\r\n\r\n調解成功 22,214 件。"
    reading = flow(source)
    at = reading.text.index("22,214件")
    start, end = reading.span(at, at + 7)
    assert source[start:end] == "22,214 件"


# --- characters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("增长３．５％", "增长3.5%"),
        ("下降－２．０％", "下降-2.0%"),
        ("調解糾紛參與億萬", "调解纠纷参与亿万"),
        ("全年,共办件22,214件,增长3.5%,其中", "全年，共办件22,214件，增长3.5%，其中"),
        ("受理2016,2017两年", "受理2016，2017两年"),
        ("收入(决算数):5亿元;支出", "收入（决算数）：5亿元；支出"),
        ("8时10:30分", "8时10:30分"),
        ("结构为2.5：36.7：60.8", "结构为2.5:36.7:60.8"),
        ("受理 704 件", "受理704件"),
        ("受理　704\u00a0件", "受理704件"),
        ("共 1 100万元", "共1 100万元"),
        ("共 1  100万元", "共1 100万元"),
        ("Hello, big world", "Hello, big world"),
        ("GDP 增长", "GDP增长"),
        ("收入&nbsp;3&nbsp;亿元", "收入3亿元"),
        ("收入&nbsp;3&amp;4", "收入3&4"),
        ("受\u200b理3\ufeff件", "受理3件"),
        ("**受理**3件`甲`", "受理3件甲"),
        ("见[公报](https://a.b/c?d=1)全文", "见公报全文"),
        ("甲<br>乙", "甲乙"),
        ("1\\. 收入", "1.收入"),
        ("⼀年", "一年"),
    ],
)
def test_characters(source: str, expected: str) -> None:
    assert texts(source) == [expected]


def test_simplified_text_keeps_characters_that_both_scripts_have() -> None:
    assert texts("乾坤湾景区成效显著") == ["乾坤湾景区成效显著"]


# --- kinds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 甲市2020年工作报告", ("heading", 1)),
        ("### （一）受理情况 ###", ("heading", 3)),
        ("一、基本情况", ("heading", 1)),
        ("（一）受理情况", ("heading", 2)),
        ("1.一般公共预算执行情况。", ("heading", 3)),
        ("（1）住房支出", ("heading", 4)),
        ("一、收入完成3亿元，增长2%；支出5亿元。", ("text", 0)),
        ("**1、推进立法。**一是制定规章3件。", ("text", 0)),
        ("三、四季度增速回升", ("text", 0)),
        ("（五）项规定的情形共3件", ("text", 0)),
        ("3.5亿元用于教育", ("text", 0)),
    ],
)
def test_kind_of_a_line(source: str, expected: tuple[str, int]) -> None:
    assert kinds("开头一段。\n\n" + source)[1] == expected


def test_a_row_keeps_empty_cells_and_loses_its_border() -> None:
    source = "| 项目 | 2016年 |  |\n|---|:--:|---|\n| 受理 | 1,204 | 件 |\n|  |  |  |"
    assert texts(source) == ["项目|2016年|", "受理|1,204|件"]
    assert kinds(source) == [("row", 0)] * 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("税收收入 | 39.63 | 13.83", "税收收入|39.63|13.83"),
        ("税收收入\t39.63\t13.83", "税收收入|39.63|13.83"),
        ("税收收入 | 2,492            2,490 | -2", "税收收入|2,492|2,490|-2"),
        ("合计 | 60,330,260 24,531,459", "合计|60,330,260|24,531,459"),
        ("合计 21 0 -3 6.5%", "合计|21|0|-3|6.5%"),
        ("| 合计 | 1 100 |", "合计|1 100"),
        ("其他损失 （11） （20）", "其他损失|（11）|（20）"),
    ],
)
def test_cells(source: str, expected: str) -> None:
    assert texts("开头一段。\n" + source)[1] == expected
    assert kinds("开头一段。\n" + source)[1] == ("row", 0)


@pytest.mark.parametrize("source", ["全年受理 3 件 5 件", "2016 2017", "共计3 件。", "表 1\t收入情况"])
def test_no_row(source: str) -> None:
    assert kinds("开头一段。\n" + source)[1] == ("text", 0)


# --- mending ---------------------------------------------------------------------------------------

JOINED = [
    ("mid-sentence over blank lines", f"{LONG}\n\n三百件，比上年增长两成。"),
    ("over a page break", f"{LONG}\f三百件，比上年增长两成。"),
    ("over CRLF", f"{LONG}\r\n\r\n三百件，比上年增长两成。"),
    ("mid-number", "全年受理各类矛盾纠纷案件，共计704\n\n32件，增长两成。"),
    ("after a comma", "合并两件，\n\n转换三件"),
    ("after an enumeration comma", "教育、\n卫生支出"),
    ("after a semicolon", "受理三件；\n\n办结两件。"),
    ("before a closing mark", "全年受理三件\n，办结两件。"),
    ("inside a bracket", "印发《矛盾纠纷多元化解工作暂行\n规定》和配套文件"),
    ("over a page number", f"{LONG}\n— 12 —\n三百件，比上年增长两成。"),
    ("over a page number in words", f"{LONG}\n第 3 页 共 9 页\n三百件，比上年增长两成。"),
    ("over a bare page number", f"{LONG}\n\n12\n\n三百件，比上年增长两成。"),
    ("a reference to a clause", f"{LONG}依照条例第\n（五）项处理，共三件。"),
    ("after a colon that goes on", "受理七百件，其中：\n劳动争议三百件，邻里纠纷四百件。"),
    ("a range of years", "见规划（2015—\n2020年）"),
    ("a title in two lines", "某市2025年预算执行情况和\n2026年预算草案的报告"),
]

PARTED = [
    ("after a full stop", "全年受理七百件。\n办结六百件，办结率过半。"),
    ("after a full stop and a quote", "要求“应调尽调。”\n全年受理七百件，增长两成。"),
    ("after a bracketed remark", "全年受理七百件。（见附件）\n办结六百件，办结率过半。"),
    ("before a heading", f"{LONG}\n## 下一步打算"),
    ("before a marked heading", f"{LONG}\n\n二、下一步打算"),
    ("before a list item", f"{LONG}\n二是加强队伍建设，新增三人。"),
    ("before a bullet", f"{LONG}\n- 劳动争议三百件，增长两成。"),
    ("before a row", f"{LONG}\n| 项目 | 件数 |"),
    ("after a row", "| 项目 | 件数 |\n三百件，比上年增长两成。"),
    ("after a heading", "一、基本情况\n全年受理七百件，办结六百件。"),
    ("after a heading with a comma", "（一）聚焦主业，提升质效\n全年受理七百件，办结六百件。"),
    ("before a signature", f"{LONG}\n某某市司法局"),
    ("before a date", f"{LONG}\n2017年3月1日"),
    ("before a caption", f"{LONG}\n表3 收入情况，按月"),
    ("before an annex", f"{LONG}\n附件2：目录，共三页"),
    ("signature and date", "某某市司法局\n2017年3月1日"),
    ("a salutation", "各位代表：\n现在，我报告工作。"),
    ("a list after a colon", "主要工作如下，共三项：\n一是受理，二是办结。"),
    ("after a list of names", "区民政局、区教育局、各街道办事处协助办理\n全年新建七处，改建两处。"),
    ("numbers of a chart", "4000\n5.0\n5000"),
    ("labels and values", "总资产：人民币3元\n净资产：人民币2元"),
    ("over a bare number without a continuation", f"{LONG}\n12\n某某市司法局"),
]


@pytest.mark.parametrize(("rule", "source"), JOINED, ids=[rule for rule, _ in JOINED])
def test_joined(rule: str, source: str) -> None:
    assert len(texts(source)) == 1, texts(source)


@pytest.mark.parametrize(("rule", "source"), PARTED, ids=[rule for rule, _ in PARTED])
def test_not_joined(rule: str, source: str) -> None:
    assert len(texts(source)) >= 2, texts(source)


def test_a_number_broken_over_a_page_is_whole_again() -> None:
    assert "共计70432件" in flow("全年受理各类矛盾纠纷案件，共计704\n\n32件，增长两成。").text


def test_page_numbers_leave_no_trace() -> None:
    assert texts("受理七百件。\n\n— 12 —\n\n办结六百件。") == ["受理七百件。", "办结六百件。"]


def test_an_indented_line_opens_a_paragraph_where_paragraphs_are_indented() -> None:
    indented = f"　　全年工作平稳。\n　　{LONG}\n　　三百件，比上年增长两成。"
    assert len(texts(indented)) == 3
    hanging = f"　　全年工作平稳。\n　　{LONG}\n三百件，比上年增长两成。"
    assert len(texts(hanging)) == 2


def wrapped(paragraph: str, width: int = 25) -> str:
    return "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width))


def test_lines_broken_at_a_measure_are_one_paragraph() -> None:
    paragraph = "全年受理各类矛盾纠纷其中劳动争议三百件邻里纠纷四百件道路交通事故纠纷一百件，" * 12
    source = wrapped(paragraph[:-1] + "。") + "\n二、下一步打算\n" + wrapped(paragraph[:-1] + "。")
    assert len(texts(source)) == 3


def test_a_running_head_in_mid_sentence_is_dropped() -> None:
    page = f"{LONG}\n某某银行年度报告\n三百件，比上年增长两成。\n"
    assert texts(page * 3) == [f"{LONG}三百件，比上年增长两成。"] * 3


def test_latin_words_keep_their_space_over_a_line_end() -> None:
    assert texts("引进了一批国际品牌，包括Blue\nOcean，成效明显。") == [
        "引进了一批国际品牌，包括Blue Ocean，成效明显。"
    ]


# --- speed -----------------------------------------------------------------------------------------

TRAPS = {
    "digits": "1234567890" * 30_000,
    "spaces": " " * 300_000 + "件",
    "spaces between letters": ("a" + " " * 5_000) * 60,
    "open brackets": "[" * 300_000,
    "open links": "[a](" * 75_000,
    "open tags": "<a " * 100_000,
    "stars": "*" * 300_000,
    "bars": "|" * 300_000,
    "bars and dashes": "|-" * 150_000 + "x",
    "dashes": "-" * 300_000 + "x",
    "quotes": "> " * 150_000,
    "numerals": "一、" * 100_000,
    "commas": "," * 300_000,
    "open quotes in lines": "“甲，\n" * 60_000,
    "short lines": "甲\n" * 100_000,
    "numbers side by side": "1 " * 150_000,
    "cells of numbers": "| 1 2 3 " * 40_000,
    "tabs": "\t" * 300_000 + "x",
    "escapes": "\\" * 300_000,
    "entities": "&nbsp" * 60_000,
    "gaps": ("1" + " " * 3 + "-") * 60_000,
    "furniture": (LONG + "\n12\n") * 8_000,
}


@pytest.mark.parametrize("name", TRAPS)
def test_time_is_linear(name: str) -> None:
    begin = time.process_time()
    flow(TRAPS[name])
    assert time.process_time() - begin < 60  # quadratic code takes hours
