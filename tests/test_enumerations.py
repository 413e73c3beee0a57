"""Every entry of ``enumerations.toml`` does what it says, shown in a sentence; marks are read as they are written."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from gouji.checks.announced import marks
from gouji.checks.listed import REACH, split, start_of

from .texts import audited, of

LEX = tomllib.loads(files("gouji.checks").joinpath("enumerations.toml").read_text(encoding="utf-8"))

VERBS, ALONE = LEX["verbs"]["words"], LEX["verbs"]["alone"]


def verdicts(text: str) -> list[str]:
    return [j.verdict.verdict for j in of(audited(text), "enumeration")]


@pytest.mark.parametrize("word", LEX["before"]["open"])
def test_a_list_may_stand_open(word: str) -> None:
    assert verdicts(f"印发《甲》《乙》{word}三份文件。") == []
    assert verdicts(f"印发《甲》《乙》{word}两份文件。") == ["consistent"]
    assert verdicts(f"印发《甲》《乙》《丙》《丁》{word}两份文件。") == ["inconsistent"]


@pytest.mark.parametrize("word", LEX["before"]["filler"])
def test_words_between_a_list_and_its_count(word: str) -> None:
    assert verdicts(f"教育、卫生、交通{word}三个领域平稳。") == ["consistent"]


@pytest.mark.parametrize("word", LEX["before"]["reach"])
def test_words_between_a_list_and_what_each_reaches(word: str) -> None:
    assert verdicts(f"办结率、满意率{word}“两个100%”。") == ["consistent"]


@pytest.mark.parametrize("word", LEX["behind"]["openers"])
def test_words_that_open_a_list_behind_its_count(word: str) -> None:
    assert verdicts(f"设立三个窗口，{word}咨询窗口、受理窗口、投诉窗口。") == ["consistent"]


def test_what_is_pointed_at_is_listed() -> None:
    for word in ("指", "是指", "，指", "，是指"):
        assert verdicts(f"三个窗口{word}咨询窗口、受理窗口、投诉窗口。") == ["consistent"]
    for ch in LEX["behind"]["pointing"]:
        assert verdicts(f"包括2项二级指{ch}、三级指{ch}的内容。") == []


def test_a_copula_opens_a_list() -> None:
    assert verdicts("2个重点产业为电子制造、机械加工。") == ["consistent"]
    assert verdicts("2个乡村认定为示范村、先进村。") == []


@pytest.mark.parametrize("word", LEX["behind"]["part"])
def test_words_that_open_a_part_or_something_else(word: str) -> None:
    assert verdicts(f"建成2个场馆（{word}综合场馆、专题场馆）。") == []


@pytest.mark.parametrize("word", LEX["join"]["words"])
def test_words_that_join_the_last_item(word: str) -> None:
    assert verdicts(f"教育、卫生{word}交通三个领域平稳。") == ["consistent"]
    assert verdicts(f"建成甲校、乙校{word}2所学校。") == []


@pytest.mark.parametrize("word", LEX["join"]["not"])
def test_words_that_join_nothing(word: str) -> None:
    assert verdicts(f"教育、卫生{word}工作三个领域平稳。") == []


@pytest.mark.parametrize("unit", LEX["units"]["not"])
def test_units_in_which_nothing_listed_is_counted(unit: str) -> None:
    assert verdicts(f"东区、西区2{unit}工作平稳。") == []


@pytest.mark.parametrize("unit", sorted(set(LEX["units"]["nouns"]) - {"级"}))
def test_units_that_say_what_is_counted(unit: str) -> None:
    assert verdicts(f"包含甲、乙2{unit}，运行平稳。") == ["consistent"]


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_before_a_number(verb: str) -> None:
    assert verdicts(f"东区甲地、西区乙地{verb}2个公园。") == []


@pytest.mark.parametrize("verb", ALONE)
def test_verbs_that_stand_alone(verb: str) -> None:
    assert verdicts(f"新建公园、{verb}2个公园。") == []
    assert verdicts(f"推动城区公园{verb}、乡镇道路{verb}2个项目。") == ["consistent"]


@pytest.mark.parametrize("word", LEX["verbs"]["between"])
def test_words_between_a_verb_and_a_number(word: str) -> None:
    assert verdicts(f"甲公园、乙公园入选{word}2个名单。") == []


@pytest.mark.parametrize("word", LEX["verbs"]["deeds"])
def test_what_may_be_counted_of_deeds(word: str) -> None:
    assert verdicts(f"抓好规划、建设、落实三个{word}。") == ["consistent"]


@pytest.mark.parametrize("word", LEX["tally"]["words"])
def test_ways_of_a_tally(word: str) -> None:
    other = "平" if word != "平" else "升"
    assert verdicts(f"八大类商品价格五{word}三{other}。") == ["consistent"]
    assert verdicts(f"八大类商品价格五{word}一{other}。") == ["inconsistent"]


@pytest.mark.parametrize("word", LEX["rest"]["words"])
def test_words_for_the_rest(word: str) -> None:
    def sums(text: str) -> list[str]:
        return [j.verdict.verdict for j in of(audited(text), "sum")]

    assert sums(f"共办件47个，其中34个为优、11个为良，{word}2个为差。") == ["consistent"]
    assert sums(f"共办件47个，其中34个为优、11个为良，{word}的22个为差。") == ["inconsistent"]


@pytest.mark.parametrize("word", LEX["announced"]["words"])
def test_words_that_announce_what_is_listed(word: str) -> None:
    told = "两个方面。一是完善制度。二是改进服务。"
    assert verdicts(f"{word}{told}") == ["consistent"]
    assert verdicts(f"运行{told}") == []


@pytest.mark.parametrize(
    "pair",
    [
        ("一是", "二是"),
        ("一要", "二要"),
        ("第一，", "第二，"),
        ("（一）", "（二）"),
        ("\n一、", "\n二、"),
        ("\n1.", "\n2."),
        ("（1）", "（2）"),
        ("①", "②"),
    ],
)
def test_marks_of_every_kind(pair: tuple[str, str]) -> None:
    told = f"重点做好{{}}个方面工作：{pair[0]}完善制度。{pair[1]}改进服务。"
    assert verdicts(told.format("两")) == ["consistent"]
    assert verdicts(told.format("四")) == ["inconsistent"]


def test_marks_have_numbers() -> None:
    text = "（十）甲。（十一）乙。（二十）丙。（二十一）丁。⑳戊。\n12.己。第三，庚。"
    assert [m.number for m in marks(text)] == [10, 11, 20, 21, 20, 12, 3]
    assert marks("其二是说，第二批，版本2.0，不属于上述（1）的，十十是") == []


def test_a_list_begins_behind_a_stop_or_its_bracket() -> None:
    text = "前文。甲（乙）、“丙，丁”、戊（己、庚两级"
    assert text[start_of(text, text.index("两级")) :] == "己、庚两级"
    assert text[start_of(text, text.index("（己")) :].startswith("甲（乙）")
    plain = "前文；甲。乙、丙两级"
    assert [start_of(plain, i) for i in (0, 2, 3, 5, 8)] == [0, 0, 3, 5, 5]
    assert start_of("甲" * (REACH + 5), REACH + 5) == 5


def test_items_are_parted_outside_quotes_and_titles() -> None:
    assert split("“甲、乙”、《丙、丁》、戊") == ["“甲、乙”", "《丙、丁》", "戊"]
    assert split("甲、、乙，丙") == ["甲", "", "乙，丙"]
