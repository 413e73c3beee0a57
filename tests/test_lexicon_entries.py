"""Every entry of the lexicons does what it says, shown in a sentence; one that does nothing fails.

``NOT_YET`` names the entries that are known to do nothing yet. It must be exact: an entry that begins to
work fails until it is taken out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from gouji.checks.audit import Audit
from gouji.extract.claim import Claim, Reading
from gouji.extract.claims import read
from gouji.extract.document import Figure
from gouji.extract.ladders import ladders
from gouji.extract.words import trim

from .texts import audited, document, of, printed

ROOT = Path(__file__).resolve().parents[1]


@cache
def lexicon(name: str) -> dict[str, Any]:
    package, _, file = name.partition("/")
    return tomllib.loads(files(f"gouji.{package}").joinpath(f"{file}.toml").read_text(encoding="utf-8"))


NOT_YET: dict[str, set[str]] = {
    # 两年 is read as a duration and cuts the words before the percentage off
    "average": {"三年平均", "两年平均", "五年平均"},
    # 案 is no unit of units.toml
    "case units": {"案"},
    # the hedge takes the word
    "limit": {"不超过", "低于", "未突破", "未超过", "没有超过", "高于"},
    # a longer hedge takes both
    "no hedge before 过": {"超"},
    # 调解成功 after 审结 begins another matter
    "rate 争议化解率": {"settled/concluded"},
    "rate 化解率": {"settled/concluded"},
    "rate 矛盾化解率": {"settled/concluded"},
    # 压减 and 压缩 make it a growth
    "reduction 压减率": {"减少", "压减", "压缩", "撤并", "精简"},
    "reduction 压缩率": {"减少", "压减", "压缩", "撤并", "精简"},
    # a noun that closes the words is what a rate of completion is held against
    "target share": {"目标"},
    # 千 and 百 are taken as digits
    "units chinese": {"千瓦", "千瓦时", "百分点"},
    # 为 after a word of direction is taken as 增长率为
    "to": {"上升为", "增加为"},
    # a week is not counted by 一
    "units one": {"周"},
    # the same words under [count] come first
    "units other": {"方", "桶", "节"},
}


def roles(table: str, key: str) -> list[str]:
    found = lexicon("extract/roles")[table][key]
    assert isinstance(found, list)
    return found


def reading(text: str) -> Reading:
    return read(document(f"# 某某市司法局2017年法治政府建设情况报告\n\n{text}\n"))


def claim(text: str, numeral: str) -> Claim:
    """Give the claim of the figure that prints ``numeral``; the only one."""
    found = [c for c in reading(text).claims if c.figure.numeral == numeral]
    assert len(found) == 1
    return found[0]


def figure(text: str, numeral: str) -> Figure | None:
    return next((f for f in document(text).figures if f.numeral == numeral), None)


def tied(text: str, check: str, **terms: str) -> bool:
    """Tell whether a decided relation of the check has these figures in these roles."""
    found: Audit = audited(f"# 某某市司法局2017年法治政府建设情况报告\n\n{text}\n")
    wanted = {role: numerals.split() for role, numerals in terms.items()}
    return any(printed(j) == wanted and j.verdict.verdict != "unverified" for j in of(found, check))


def all_work(kind: str, entries: Iterable[str], works: Callable[[str], bool]) -> None:
    """Try every entry; those that do not work are exactly those known."""
    words = list(dict.fromkeys(entries))
    assert words, f"{kind} is empty"
    dead = {word for word in words if not _safely(works, word)}
    assert dead == NOT_YET.get(kind, set())


def _safely(works: Callable[[str], bool], word: str) -> bool:
    try:
        return works(word)
    except AssertionError:  # no such figure, or several
        return False


# --- every table is read -----------------------------------------------------------------------------


def keys(table: dict[str, Any], above: str = "") -> Iterable[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


@pytest.mark.parametrize(
    "name", ["extract/roles", "extract/ladders", "checks/partitions", "checks/differences", "checks/growths"]
)
def test_code_reads_every_table(name: str) -> None:
    code = "\n".join(p.read_text("utf-8") for f in ("extract", "checks") for p in (ROOT / f).glob("*.py"))

    def works(entry: str) -> bool:
        return all(re.search(rf"[\"']{key}[\"']", code) for key in entry.split("."))

    all_work(f"{name} keys", keys(lexicon(name)), works)


# --- roles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("direction", ["up", "down"])
def test_direction_words_of_a_percentage(direction: str) -> None:
    def works(word: str) -> bool:
        c = claim(f"全年受理案件704件，同比{word}8.5%。", "8.5")
        return c.role == "growth" and c.direction == direction

    all_work(f"growth {direction}", roles("direction", direction), works)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_direction_words_of_an_amount(direction: str) -> None:
    def works(word: str) -> bool:
        c = claim(f"全年支出98.50亿元，比上年{word}7.43亿元。", "7.43")
        return c.role == "change" and c.direction == direction

    all_work(f"change {direction}", roles("direction", direction), works)


def test_weak_direction_words_need_a_comparison() -> None:
    all_work(
        "weak", roles("direction", "weak"), lambda w: claim(f"调解员中{w}8.5%的人。", "8.5").role != "growth"
    )


def test_words_between_direction_and_percentage() -> None:
    def works(word: str) -> bool:
        c = claim(f"全年受理案件704件，同比增长{word}8.5%。", "8.5")
        return c.role == "growth" and c.direction == "up" and c.label == ""

    all_work("filler", roles("direction", "filler"), works)


def test_openers_of_a_comparison_are_no_label() -> None:
    def works(word: str) -> bool:
        c = claim(f"全年收入98.50亿元，{word}增长8.5%。", "8.5")
        return c.role == "growth" and c.label == ""

    all_work("comparison", roles("comparison", "openers"), works)


def test_average_growth_over_years() -> None:
    all_work(
        "average",
        roles("comparison", "annual_average"),
        lambda w: claim(f"全年收入98.50亿元，{w}增长8.5%。", "8.5").role == "average",
    )


def test_contributions_to_growth() -> None:
    all_work(
        "contribution",
        roles("comparison", "contribution"),
        lambda w: claim(f"第三产业{w}全市经济增长8.5个百分点。", "8.5").role == "contribution",
    )


def test_words_with_zhan_that_are_no_share() -> None:
    all_work(
        "no share", roles("share", "not"), lambda w: claim(f"该公司在省内{w}的8.5%。", "8.5").role != "share"
    )


def test_wholes_that_are_differences() -> None:
    text = "该区增加企业320户，占全市{0}户数的120%。"
    all_work(
        "share net",
        roles("share", "net"),
        lambda w: not tied(text.format(w), "share", part="320", share="120"),
    )
    assert tied(text.format("全部"), "share", part="320", share="120")


def test_endings_of_the_whole_of_a_share() -> None:
    def works(word: str) -> bool:
        c = claim(f"全年受理纠纷704件，其中社区纠纷573件，占全部纠纷{word}81.39%。", "81.39")
        return c.role == "share" and c.object == "全部纠纷"

    all_work("share tail", roles("share", "tail"), works)


def test_verbs_of_a_plan() -> None:
    all_work(
        "plan verbs",
        roles("plan", "verbs"),
        lambda w: claim(f"全年收入98.50亿元，{w}年初预算的98.9%。", "98.9").role == "plan",
    )


def test_nouns_of_a_plan() -> None:
    def works(word: str) -> bool:
        c = claim(f"全年收入98.50亿元，完成{word}的98.9%。", "98.9")
        return c.role == "plan" and c.object.endswith(word)

    all_work("plan nouns", roles("plan", "nouns"), works)


def test_what_ends_like_a_rate_and_is_none() -> None:
    all_work("no rate", roles("rate", "not"), lambda w: claim(f"全年{w}为8.5%。", "8.5").role != "rate")


def test_what_ends_like_a_growth_and_is_a_rate() -> None:
    all_work(
        "always rate", roles("rate", "always"), lambda w: claim(f"全年{w}2.35‰。", "2.35").role == "rate"
    )


def test_openers_of_a_prior() -> None:
    def works(word: str) -> bool:
        if word in ("由", "从"):
            return claim(f"受理数{word}上年的21件增加到31件。", "21").role == "prior"
        if len(word) == 1:
            return claim(f"审理案件31件，{word}2016年的21件增长47.6%。", "21").role == "prior"
        return claim(f"审理案件31件，{word}21件，增长47.6%。", "21").role == "prior"

    all_work("prior openers", roles("prior", "openers"), works)


def test_words_after_a_prior() -> None:
    def works(word: str) -> bool:
        end = f"{word}31件" if word[-1] in "到至为" else f"{word}，审理31件"
        head = "由" if word[-1] in "到至为" else "与"
        return claim(f"行政复议案件，{head}上年的21件{end}。", "21").role == "prior"

    all_work("prior after", roles("prior", "after"), works)


def test_movements_right_after_an_earlier_value() -> None:
    all_work(
        "prior moves",
        roles("prior", "moves"),
        lambda w: claim(f"行政复议案件52件，比上年的21件{w}31件。", "21").role == "prior",
    )


def test_whom_money_goes_to_is_not_whose_figure_it_is() -> None:
    all_work(
        "scope not after",
        roles("scope", "not_after"),
        lambda w: claim(f"市本级支出50亿元，{w}省级支出3.50亿元。", "3.50").scope == "市本级",
    )


def test_items_of_this_year_that_speak_of_last_year() -> None:
    all_work(
        "not prior",
        roles("prior", "not"),
        lambda w: claim(f"收入98.50亿元，上年{w}3.25亿元。", "3.25").role == "value",
    )


def test_a_value_after_from_and_to_is_a_value() -> None:
    def works(word: str) -> bool:
        if word[-1] not in "到至为":
            return True  # 与上年21件相比 says nothing of the figure that follows
        return claim(f"行政复议案件，由上年的21件{word}31件。", "31").role == "value"

    all_work("to", roles("prior", "after"), works)


@pytest.mark.parametrize("part", ["rate", "share", "growth"])
def test_what_is_aimed_at_is_not_tied(part: str) -> None:
    said = {
        "rate": "{}调解成功率达到81.93%",
        "share": "占总量的比重{}为81.93%",
        "growth": "受理量{}增长81.93%",
    }[part]

    def works(word: str) -> bool:
        text = f"全年受理案件704件，调解成功573件，{said.format(word)}。"
        return claim(text, "81.93").role == "target"

    all_work(f"target {part}", roles("target", "words"), works)


def test_comparisons_with_a_plan_are_no_change_against_last_year() -> None:
    def works(word: str) -> bool:
        c = claim(f"全年收入98.50亿元，{word}7.43亿元。", "7.43")
        return c.role == "change" and c.object == "plan"

    all_work("plan words", roles("comparison", "plan_words"), works)


def test_words_that_open_a_level() -> None:
    def works(word: str) -> bool:
        for text in (f"全年受理704件，{word}社区类573件。", f"全年受理704件（{word}社区类573件）。"):
            r = reading(text)
            (c,) = (c for c in r.claims if c.figure.numeral == "573")
            parent = r.frames[c.frame].parent
            if parent < 0 or r.claims[parent].figure.numeral != "704":
                return False
        return True

    all_work("inside", roles("level", "inside"), works)


def test_words_that_say_what_an_amount_is_spent_on() -> None:
    all_work(
        "spent",
        roles("level", "spent"),
        lambda w: (
            tied(f"全年支出480.36亿元，{w}教育183.50亿元。", "subset", part="183.50", whole="480.36")
            and not tied(f"支出480.36亿元，{w}教育，结转83.50亿元。", "subset", part="83.50", whole="480.36")
        ),
    )


def test_the_sides_of_an_account_hold_no_parts_of_one_another() -> None:
    sides = roles("level", "sides")
    said = "市级基金{}51.3亿元，其中土地{}38.9亿元。"
    all_work(
        "sides",
        sides,
        lambda w: (
            tied(said.format(w, w), "subset", part="38.9", whole="51.3")
            and not any(tied(said.format(w, o), "subset", part="38.9", whole="51.3") for o in sides if o != w)
        ),
    )


@pytest.mark.parametrize(
    ("kind", "said", "part", "whole", "name"),
    [
        ("spared", "采购金额22.91亿元，{}11.45亿元，其中{}9.84亿元。", "9.84", "11.45", "集中采购"),
        ("left", "收到申请126件，答复100件，{}26件，其中{}9件。", "9", "26", "自然人"),
    ],
)
def test_what_remains_is_not_divided_by_parts_of_the_amount(
    kind: str, said: str, part: str, whole: str, name: str
) -> None:
    all_work(
        kind,
        roles("level", kind),
        lambda w: (
            not tied(said.format(w, name), "subset", part=part, whole=whole)
            and tied(said.format(w, f"{name}{w}"), "subset", part=part, whole=whole)
        ),
    )


def test_a_last_part_that_leaves_nothing_out() -> None:
    told = "共受理704件，其中网络申请573件，信函申请112件，{}19件。"
    all_work(
        "others",
        roles("level", "others"),
        lambda w: tied(told.format(w), "sum", total="704", part="573 112 19"),
    )


def test_totals_of_lists() -> None:
    lists = lexicon("checks/sides")["list"]
    told = "近三年招录人数分别为38人、45人、41人，{}124人。"
    all_work(
        "together", lists["together"], lambda w: tied(told.format(w), "sum", total="124", part="38 45 41")
    )
    all_work(
        "over",
        lists["over"],
        lambda w: (
            tied(told.format(f"三年{w}"), "sum", total="124", part="38 45 41")
            and not tied(told.format(w), "sum", total="124", part="38 45 41")
        ),
    )


def test_a_number_that_counts_figures_has_not_grown() -> None:
    all_work(
        "figures",
        roles("level", "figures"),
        lambda w: not of(audited(f"死亡和受伤人数两项{w}上升3.7%。"), "growth_feasible"),
    )


def test_what_follows_from_an_account_is_no_part_of_it() -> None:
    all_work(
        "not parts",
        roles("level", "not_parts"),
        lambda w: (
            not tied(f"全年往来480.36亿元，其中{w}183.50亿元。", "subset", part="183.50", whole="480.36")
        ),
    )


def test_limits() -> None:
    all_work(
        "limit",
        roles("limit", "words"),
        lambda w: claim(f"债务余额98.50亿元，{w}120.00亿元。", "120.00").role == "limit",
    )


def test_adverbs_before_a_label() -> None:
    all_work("label lead", roles("label", "lead"), lambda w: trim(f"{w}社区矛盾纠纷") == "社区矛盾纠纷")


def test_verbs_after_a_label() -> None:
    all_work("label tail", roles("label", "tail"), lambda w: trim(f"社区矛盾纠纷{w}") == "社区矛盾纠纷")


def test_words_that_refer_to_the_whole_above() -> None:
    all_work(
        "reference",
        roles("total", "reference"),
        lambda w: tied(
            f"全年受理704件，其中社区573件，占{w}的81.39%。", "share", part="573", whole="704", share="81.39"
        ),
    )


def test_real_growth_is_not_recomputed() -> None:
    def works(word: str) -> bool:
        text = f"全年{word}281.50亿元，与上年251.20亿元相比，增长3.5%。"
        return not any(j.verdict.verdict != "unverified" for j in of(audited(text), "growth"))

    all_work("real terms", roles("real_terms", "indicators"), works)
    all_work("really done", roles("real_terms", "not"), lambda word: not works(word + "费用"))


def test_scopes() -> None:
    all_work("scope", roles("scope", "words"), lambda w: claim(f"{w}受理纠纷704件。", "704").scope == w)


# --- ladders -----------------------------------------------------------------------------------------

STAGES: list[tuple[str, str]] = [
    (s["id"], word) for s in lexicon("extract/ladders")["stage"] for word in s["words"]
]


def test_stage_words() -> None:
    ids = {word: name for name, word in STAGES}

    def works(word: str) -> bool:
        label = word[1:] if word.startswith("=") else f"物业纠纷{word}"
        return ladders().stage(label) == ids[word]

    all_work("stages", [word for _, word in STAGES], works)


def test_stage_words_in_a_sentence() -> None:
    """The words of a stage give it to the figure that follows them."""
    ids = {word: name for name, word in STAGES}
    all_work(
        "stages told",
        [word for _, word in STAGES],
        lambda w: claim(f"全年{w.removeprefix('=')}573件。", "573").stage == ids[w],
    )


def test_a_word_that_must_be_the_whole_label() -> None:
    for _, word in STAGES:
        if word.startswith("="):
            assert ladders().stage(f"人民{word[1:]}组织") == ""


def test_what_only_looks_like_a_stage() -> None:
    all_work("no stage", lexicon("extract/ladders")["none"], lambda w: ladders().stage(f"各地{w}") == "")


def word_of(stage: str, avoid: str = "") -> str:
    """Name a stage by its first word that can stand in a sentence."""
    return next(word.removeprefix("=") for name, word in STAGES if name == stage and word != avoid)


RATES = [(rate, name) for rate in lexicon("extract/ladders")["rate"] for name in rate["names"]]


@pytest.mark.parametrize(("rate", "name"), RATES, ids=[name for _, name in RATES])
def test_rate_names_bind_part_and_whole(rate: dict[str, list[str]], name: str) -> None:
    def works(pair: str) -> bool:
        part, whole = pair.split("/")
        text = f"全年{word_of(whole)}案件704件，{word_of(part)}573件，{name}为81.39%。"
        return tied(text, "rate", part="573", whole="704", rate="81.39")

    all_work(f"rate {name}", [f"{part}/{whole}" for part in rate["part"] for whole in rate["whole"]], works)


REDUCTIONS = [(entry, name) for entry in lexicon("extract/ladders")["reduction"] for name in entry["names"]]


@pytest.mark.parametrize(("entry", "name"), REDUCTIONS, ids=[name for _, name in REDUCTIONS])
def test_reductions_bind_the_change(entry: dict[str, list[str]], name: str) -> None:
    def works(word: str) -> bool:
        found = of(audited(f"经清理，全市办事环节{word}12项，{name}达到30.8%。"), "rate")
        return any(printed(j) == {"part": ["12"], "rate": ["30.8"]} for j in found)

    all_work(f"reduction {name}", entry["words"], works)


def test_words_of_cases_carried_over_leave_a_ladder_undecided() -> None:
    def works(word: str) -> bool:
        text = f"全年受理劳动争议1286件，审结1340件，{word}案件96件。"
        found = of(audited(text), "subset")
        return [j.verdict.reason for j in found] == ["carried_over"]

    all_work("carried", lexicon("extract/ladders")["carried"], works)


def test_rates_of_those_due_are_not_rates_of_all() -> None:
    def works(word: str) -> bool:
        told = "受理案件33411件，审结31702件，{}结案率94.89%。"
        return bool(of(audited(told.format("")), "rate")) and not of(audited(told.format(word)), "rate")

    all_work("due", lexicon("extract/ladders")["due"], works)


def test_rates_told_right_beside_their_part() -> None:
    for entry in lexicon("checks/named_rates")["beside"]:
        for kind in ("names", "part", "whole"):

            def works(word: str, kind: str = kind, entry: dict[str, Any] = entry) -> bool:
                told = {key: entry[key][0] for key in ("names", "part", "whole")} | {kind: word}
                text = f"全年{told['whole']}案卷120宗，{told['part']}96宗，{told['names']}80.0%。"
                return tied(text, "rate", part="96", whole="120", rate="80.0")

            all_work(f"beside {entry['names'][0]} {kind}", entry[kind], works)


def test_siblings_go_on_with_what_both_are_parts_of() -> None:
    families: list[list[str]] = lexicon("extract/roles")["level"]["siblings"]
    for family in families:

        def works(word: str, family: list[str] = family) -> bool:
            other = family[1] if word == family[0] else family[0]
            text = (
                f"收支543.8万元，其中{other}412.3万元，其中上半年58.2万元，下半年354.1万元；{word}131.5万元。"
            )
            r = reading(text)
            (c,) = (c for c in r.claims if c.figure.numeral == "131.5")
            parent = r.frames[c.frame].parent
            return parent >= 0 and r.claims[parent].figure.numeral == "543.8"

        all_work(f"siblings {family[0]}", family, works)


def test_outcomes_stand_side_by_side() -> None:
    """In a list under one figure an outcome is never a later stage of the one before it."""

    def works(word: str) -> bool:
        text = f"全年审结案件573件，其中：{word}类22件，纠错50件，调解81件。"
        frames = [claim(text, numeral).frame for numeral in ("22", "50", "81")]
        return len(set(frames)) == len(frames)

    all_work("outcomes", lexicon("extract/ladders")["outcomes"], works)


def test_units_of_a_ladder() -> None:
    all_work(
        "case units",
        lexicon("extract/ladders")["case_units"],
        lambda u: tied(f"全年受理劳动争议704{u}，调解成功573{u}。", "subset", part="573", whole="704"),
    )


def test_words_without_content_are_no_subject() -> None:
    all_work("light", lexicon("extract/ladders")["light"], lambda w: ladders().subject(f"物业{w}") == "物业")
    all_work(
        "light ends", lexicon("extract/ladders")["light"], lambda w: ladders().name(f"{w}物业{w}") == "物业"
    )
    all_work("all light", lexicon("extract/ladders")["light"], lambda w: ladders().name(w) == "")


@pytest.mark.parametrize("name", ["全市一般公共预算收入", "地区生产总值", "城镇居民人均可支配收入"])
def test_a_name_keeps_the_words_within_it(name: str) -> None:
    """A light word inside a name is part of it: nobody has heard of 一般公预算收入."""
    assert ladders().name(name) == name
    (claim, *_) = reading(f"2024年，{name}120.5亿元，比上年增长8.3%。").claims
    assert claim.subject == name


# --- partitions, differences, degrees ----------------------------------------------------------------

PARTITIONS = lexicon("checks/partitions")["partition"]


@pytest.mark.parametrize("partition", PARTITIONS, ids=[p["name"] for p in PARTITIONS])
def test_partitions_make_a_breakdown_complete(partition: dict[str, Any]) -> None:
    parts: list[list[str]] = partition["parts"]
    needs = partition.get("needs", len(parts))
    must = partition.get("must", [])

    def works(entry: str) -> bool:
        own = next(i for i, words in enumerate(parts) if entry in words)
        order = [own, *(i for i in (*must, *range(len(parts))) if i != own)]
        chosen = sorted(dict.fromkeys(order), key=lambda i: (i != own and i not in must, i))[:needs]
        if len({*must, own}) > needs:
            chosen = sorted({*must, own})
        words = [entry if i == own else parts[i][0] for i in sorted(chosen)]
        values = [f"{11 + 7 * n}.25" for n in range(len(words))]
        total = f"{sum(11 + 7 * n for n in range(len(words))) + len(words) // 4}.{25 * (len(words) % 4):02d}"
        listed = "，".join(f"{word}{value}亿元" for word, value in zip(words, values, strict=True))
        text = f"全市{(partition.get('of') or [''])[0]}总规模{total}亿元，其中：{listed}。"
        return tied(text, "sum", total=total, part=" ".join(values))

    all_work(f"partition {partition['name']}", [word for words in parts for word in words], works)


@pytest.mark.parametrize("partition", PARTITIONS, ids=[p["name"] for p in PARTITIONS])
def test_a_partition_without_one_of_its_parts_is_open(partition: dict[str, Any]) -> None:
    parts = [words[0] for words in partition["parts"]]
    left = (
        len(parts) - 1
        if "needs" not in partition or partition["needs"] == len(parts)
        else partition["needs"] - 1
    )
    listed = "，".join(f"{word}{11 + n}.25亿元" for n, word in enumerate(parts[:left]))
    found = audited(f"全市{(partition.get('of') or [''])[0]}总规模980.36亿元，其中：{listed}。")
    if parts[left - 1] not in roles("level", "others"):  # 其他 leaves nothing out
        assert of(found, "sum") == []


GROWTHS = lexicon("checks/growths")


def test_clauses_between_a_value_and_its_growth() -> None:
    def growth(clause: str) -> bool:
        return tied(
            f"2016年审理案件31件，{clause}，上升82.4%。", "growth_feasible", current="31", growth="82.4"
        )

    all_work("same", GROWTHS["between"]["same"], lambda w: growth(f"{w}2015年的数"))
    assert not growth("宣传工作有序开展")


def test_wholes_that_a_list_of_growths_divides() -> None:
    def works(whole: str) -> bool:
        stem = re.sub("总额$|额$", "", whole)
        text = f"全市{whole}增长5.6%。分类型看，国有{stem}增长3.1%，非国有{stem}增长8.4%。"
        return tied(text, "growth_mix", growth="5.6", part_growth="3.1 8.4")

    all_work("whole", GROWTHS["whole"]["general"], works)


def test_ends_of_names_that_a_list_of_growths_leaves_out() -> None:
    def works(end: str) -> bool:
        text = f"全市粮食种植{end}增长5.6%，其中国有种植增长3.1%，非国有种植增长8.4%。"
        return tied(text, "growth_mix", growth="5.6", part_growth="3.1 8.4")

    all_work("measure", GROWTHS["words"]["measure"], works)


def test_words_after_which_a_list_of_growths_stays_open() -> None:
    def works(word: str) -> bool:
        text = (
            f"全市{word}消费品零售总额{word}增长5.6%，国有消费品零售额增长3.1%，非国有消费品零售额增长8.4%。"
        )
        bare = text.replace(word, "")
        return not of(audited(text), "growth_mix") and tied(
            bare, "growth_mix", growth="5.6", part_growth="3.1 8.4"
        )

    for key in ("above", "terms", "average"):
        all_work(f"growths {key}", GROWTHS["words"][key], works)


@pytest.mark.parametrize("entry", GROWTHS["under"], ids=lambda entry: entry["parts"])
def test_lists_of_growths_whose_words_do_not_name_the_whole(entry: dict[str, Any]) -> None:
    name = entry["parts"]
    parts = next(p["parts"] for p in PARTITIONS if p["name"] == name)

    def found(whole: str, rest: str) -> bool:
        listed = "，".join(f"{words[0]}{rest}增长{n + 3}.4%" for n, words in enumerate(parts))
        growths = " ".join(f"{n + 3}.4" for n in range(len(parts)))
        text = f"全市{whole}增长4.6%。分类别看，{listed}。"
        return tied(text, "growth_mix", growth="4.6", part_growth=growths)

    all_work(f"whole of {name}", entry["wholes"], lambda whole: found(whole, entry["rests"][0]))
    all_work(f"rest of {name}", entry["rests"], lambda rest: found(entry["wholes"][0], rest))


@pytest.mark.parametrize("partition", [p for p in PARTITIONS if "of" in p], ids=lambda p: p["name"])
def test_a_partition_divides_only_totals_of_its_kind(partition: dict[str, Any]) -> None:
    names = [words[0] for words in partition["parts"]]
    values = [11 + 7 * n for n in range(len(names))]
    listed = "，".join(f"{name}{value}亿元" for name, value in zip(names, values, strict=True))

    def works(word: str) -> bool:
        return tied(
            f"全市{word}总规模{sum(values)}亿元，其中：{listed}。",
            "sum",
            total=f"{sum(values)}",
            part=" ".join(map(str, values)),
        )

    all_work(f"of {partition['name']}", partition["of"], works)
    if names[-1] not in roles("level", "others"):
        assert of(audited(f"全市总规模{sum(values)}亿元，其中：{listed}。"), "sum") == []


@pytest.mark.parametrize("words", lexicon("checks/partitions")["overlaps"]["sets"], ids="、".join)
def test_overlapping_classes_are_each_a_part(words: list[str]) -> None:
    def works(word: str) -> bool:
        other = words[0] if word != words[0] else words[1]
        text = f"全市规模98.50亿元，其中{word}类74.25亿元，{other}类61.10亿元。"
        audit = audited(text)
        return not of(audit, "sum_bound") and tied(text, "subset", part="74.25", whole="98.50")

    all_work(f"overlap {words[0]}", words, works)


def test_averages_of_parts_do_not_add_up() -> None:
    def works(word: str) -> bool:
        text = f"全市{word}支出98.50万元，其中：城镇{word}支出61.10万元，农村{word}支出37.40万元。"
        audit = audited(text)
        return not any(of(audit, check) for check in ("sum", "sum_bound", "subset"))

    all_work("nonadditive", roles("nonadditive", "words"), works)


@pytest.mark.parametrize("partition", [p for p in PARTITIONS if "unless" in p], ids=lambda p: p["name"])
def test_totals_that_have_further_parts(partition: dict[str, Any]) -> None:
    names = [words[0] for words in partition["parts"]]
    listed = "，".join(f"{name}{11 + n}.25亿元" for n, name in enumerate(names))

    def works(word: str) -> bool:
        kind = (partition.get("of") or [""])[0]
        return not of(audited(f"全市{kind}{word}总规模980.36亿元，其中：{listed}。"), "sum")

    all_work(f"unless {partition['name']}", partition["unless"], works)


@pytest.mark.parametrize("partition", [p for p in PARTITIONS if p.get("averages")], ids=lambda p: p["name"])
def test_averages_that_add_up(partition: dict[str, Any]) -> None:
    names = [words[0] for words in partition["parts"]]
    values = [11 + 7 * n for n in range(len(names))]
    listed = "，".join(f"人均{name}{value}元" for name, value in zip(names, values, strict=True))
    total = (partition.get("whole") or ["总额"])[0]
    text = f"全市居民人均{total}{sum(values)}元，其中：{listed}。"
    assert tied(text, "sum", total=f"{sum(values)}", part=" ".join(map(str, values)))


@pytest.mark.parametrize("partition", [p for p in PARTITIONS if "whole" in p], ids=lambda p: p["name"])
def test_totals_that_a_partition_names(partition: dict[str, Any]) -> None:
    names = [words[0] for words in partition["parts"]]
    values = [11 + 7 * n for n in range(len(names))]
    listed = "，".join(f"{name}{value}元" for name, value in zip(names, values, strict=True))

    def works(word: str) -> bool:
        text = f"全市居民人均{word}{sum(values)}元，增长4.1%。在消费类别中，{listed}。"
        return tied(text, "sum", total=f"{sum(values)}", part=" ".join(map(str, values)))

    all_work(f"whole {partition['name']}", partition["whole"], works)


DIFFERENCES = lexicon("checks/differences")["difference"]


@pytest.mark.parametrize("entry", DIFFERENCES, ids=[d["result"][0] for d in DIFFERENCES])
def test_differences_bind_their_three_figures(entry: dict[str, list[str]]) -> None:
    unit = "‰" if entry["result"][0].endswith("率") else "亿元"

    def text(result: str, minuend: str, subtrahend: str) -> str:
        return f"全年{minuend}9.25{unit}，{subtrahend}6.75{unit}，{result}2.50{unit}。"

    def bound(result: str, minuend: str, subtrahend: str) -> bool:
        said = text(result, minuend, subtrahend)
        return tied(said, "difference", minuend="9.25", subtrahend="6.75", difference="2.50")

    first = {role: entry[role][0] for role in ("result", "minuend", "subtrahend")}
    for role in ("result", "minuend", "subtrahend"):

        def works(word: str, role: str = role) -> bool:
            return bound(**{**first, role: word})

        all_work(f"difference {entry['result'][0]} {role}", entry[role], works)
    if "not" in entry:
        all_work(
            f"difference {entry['result'][0]} not",
            entry["not"],
            lambda w: not bound(w + first["result"], first["minuend"], first["subtrahend"]),
        )


WORDINGS = [(entry, word) for entry in lexicon("checks/wordings")["wording"] for word in entry["words"]]


@pytest.mark.parametrize(("entry", "word"), WORDINGS, ids=[word for _, word in WORDINGS])
def test_words_of_degree_have_bounds(entry: dict[str, Any], word: str) -> None:
    end = "" if word.endswith(("持平", "番", "倍", "零增长")) else "增长"

    def verdict(tenths: int) -> str:
        said = f"全年审结案件{10000 + 10 * tenths}件，与上年10000件相比，{word}{end}。"
        (judged,) = of(audited(said), "wording")
        return judged.verdict.verdict

    if "high" in entry:
        assert verdict(10 * entry["high"] - 1) == "consistent"
        assert verdict(10 * entry["high"] + 1) in ("suspicious", "inconsistent")
    if "low" in entry:
        assert verdict(10 * entry["low"] + 1) == "consistent"
        assert verdict(10 * entry["low"] - 1) in ("suspicious", "inconsistent")


@pytest.mark.parametrize(("entry", "word"), WORDINGS, ids=[word for _, word in WORDINGS])
def test_words_of_degree_that_are_part_of_others(entry: dict[str, Any], word: str) -> None:
    def works(ch: str) -> bool:
        return not of(audited(f"全年审结案件12000件，与上年10000件相比，{ch}{word}。"), "wording")

    if entry.get("apart"):
        all_work(f"apart {word}", entry["apart"], works)


@pytest.mark.parametrize("side", ["over", "under"])
def test_marks_that_are_crossed(side: str) -> None:
    lex = lexicon("checks/wordings")["crossed"]

    def verdict(word: str, mark: str, reach: str, value: int) -> list[str]:
        found = of(audited(f"企业数量{word}300家{mark}，{reach}{value}家。"), "wording")
        return [judged.verdict.verdict for judged in found]

    right, wrong = (309, 291) if side == "over" else (291, 309)
    for words in ((w, "大关", "达到") for w in lex[side]):
        assert verdict(*words, right) == ["consistent"], words
        assert verdict(*words, wrong) == ["suspicious"], words
    for words in (("突破", w, "达到") for w in lex["mark"]):
        assert verdict(*words, 309) == ["consistent"], words
    for words in (("突破", "", w) for w in lex["reach"]):
        assert verdict(*words, 309) == ["consistent"], words


def test_words_for_none() -> None:
    lex = lexicon("checks/wordings")["none"]

    def reasons(told: str, unit: str = "件") -> list[str | None]:
        return [judged.verdict.reason for judged in of(audited(f"全年审结139{unit}，{told}。"), "wording")]

    all_work("none signs", lex["signs"], lambda w: reasons(f"{w}败诉") == ["no_count"])
    all_work("none what", lex["what"], lambda w: reasons(f"零{w}") == ["no_count"])
    all_work("none units", lex["units"], lambda w: reasons("零败诉", w) == ["no_count"])
    assert reasons("工作全面推进，机制不断健全完善，连续保持零败诉") == []


def test_records() -> None:
    lex = lexicon("checks/wordings")["record"]

    def reasons(told: str) -> list[str | None]:
        return [judged.verdict.reason for judged in of(audited(f"参考人数444人，{told}。"), "wording")]

    all_work("record makes", lex["makes"], lambda w: reasons(f"{w}历史新高") == ["no_series"])
    all_work("record what", lex["what"], lambda w: reasons(f"创全区{w}") == ["no_series"])
    all_work("record before", lex["before"], lambda w: reasons(f"{w}创历史新高") == ["no_series"])
    all_work("record not", lex["not_before"], lambda w: reasons(f"创新高{w}") == [])


@pytest.mark.parametrize("direction", ["up", "down"])
def test_directions_of_degree(direction: str) -> None:
    sign = {"up": "10100", "down": "9900"}

    def works(word: str) -> bool:
        said = f"全年审结案件{{}}件，与上年10000件相比，略有{word}。"
        other = "down" if direction == "up" else "up"
        right = of(audited(said.format(sign[direction])), "wording")
        wrong = of(audited(said.format(sign[other])), "wording")
        return (
            [j.verdict.verdict for j in right] == ["consistent"]
            and len(wrong) == 1
            and wrong[0].verdict.verdict != "consistent"
        )

    lex = lexicon("checks/wordings")
    all_work(f"degree {direction}", lex["directions"][direction] + lex["also"][direction], works)


# --- hedges, units, names ----------------------------------------------------------------------------

HEDGES = lexicon("extract/hedges")


def words(table: dict[str, Any], key: str) -> list[str]:
    found = table[key]
    return found.split() if isinstance(found, str) else list(found)


def hedged(text: str, approx: str) -> bool:
    found = document(text).figures
    return len(found) == 1 and found[0].approx == approx


APPROX = ["over", "under", "about", "at_least", "at_most"]


@pytest.mark.parametrize("approx", APPROX)
def test_hedges_before_a_number(approx: str) -> None:
    all_work(
        f"hedge before {approx}",
        words(HEDGES["before"], approx),
        lambda w: hedged(f"全年受理纠纷{w}200件。", approx) or hedged(f"全年投入{w}百亿元。", approx),
    )


@pytest.mark.parametrize("approx", [a for a in APPROX if a in HEDGES["after"]])
def test_hedges_after_a_number(approx: str) -> None:
    all_work(
        f"hedge after {approx}",
        words(HEDGES["after"], approx),
        lambda w: hedged(f"全年受理纠纷200件{w}。", approx) or hedged(f"历时3年{w}。", approx),
    )


@pytest.mark.parametrize("hedge", HEDGES["before"]["not"])
def test_words_that_swallow_a_hedge_before(hedge: str) -> None:
    all_work(
        f"no hedge before {hedge}",
        words(HEDGES["before"]["not"], hedge),
        lambda w: (f := figure(f"全年{w}{hedge}200件。", "200")) is not None and f.approx == "exact",
    )


@pytest.mark.parametrize("hedge", HEDGES["after"]["not"])
def test_words_that_swallow_a_hedge_after(hedge: str) -> None:
    all_work(
        f"no hedge after {hedge}",
        words(HEDGES["after"]["not"], hedge),
        lambda w: (f := figure(f"全年受理200件{hedge}{w}。", "200")) is not None and f.approx == "exact",
    )


def test_hedges_inside_a_number() -> None:
    def works(word: str) -> bool:
        several = [figure(f"全年受理20{word}件。", "20"), figure(f"全年接待2.2万{word}人次。", "2.2")]
        return all(f is not None and f.approx == "over" for f in several)

    all_work("hedge inside", words(HEDGES["inside"], "over"), works)


def test_a_whole_hundred_after_a_direction_is_rounded() -> None:
    def works(word: str) -> bool:
        f = figure(f"全年收入{word}100%。", "100")
        return f is not None and not f.interval.is_point

    all_work("hundred", words(HEDGES["growth"], "words"), works)
    plain = figure("办结率为100%。", "100")
    assert plain is not None
    assert plain.interval.is_point


UNITS = lexicon("extract/units")
KINDS = [kind for kind in UNITS if "words" in UNITS[kind] and kind not in ("chinese", "one", "points")]


@pytest.mark.parametrize("kind", KINDS)
def test_units(kind: str) -> None:
    table = UNITS[kind]
    same = table.get("same", {})

    def works(unit: str) -> bool:
        f = figure(f"全年达到201{unit}。", "201") or figure(f"建成市、县、乡、村四{unit}网络。", "四")
        return (
            f is not None
            and f.unit == same.get(unit, unit)
            and f.kind == table.get("kind", kind)
            and f.discrete == table.get("discrete", False)
        )

    all_work(f"units {kind}", [*table["words"].split(), *same], works)


@pytest.mark.parametrize("unit", UNITS["not_before"])
def test_words_that_swallow_a_unit(unit: str) -> None:
    def works(word: str) -> bool:
        f = figure(f"全年达到201{unit}{word}。", "201")
        return f is None or f.printed_unit != unit

    all_work(f"no unit {unit}", UNITS["not_before"][unit].split(), works)


@pytest.mark.parametrize(("table", "numeral"), [("chinese", "七"), ("one", "一")])
def test_chinese_numerals_count(table: str, numeral: str) -> None:
    def works(unit: str) -> bool:
        texts = (f"全市共{numeral}{unit}。", f"全市共两万{unit}。", f"建成市、县、乡、村四{unit}网络。")
        return any(f.unit == unit or f.printed_unit == unit for t in texts for f in document(t).figures)

    all_work(f"units {table}", UNITS[table]["words"].split(), works)


def test_hotlines_are_names() -> None:
    all_work(
        "hotlines",
        lexicon("extract/names")["hotlines"]["words"].split(),
        lambda w: figure(f"群众拨打{w}反映问题。", w) is None,
    )


def test_names_with_a_measure_word() -> None:
    all_work(
        "names",
        lexicon("extract/names")["names"]["words"].split(),
        lambda w: document(f"坚持贯彻{w}的部署要求。").figures == (),
    )


# --- titles, bodies, periods -------------------------------------------------------------------------

SECTIONS = lexicon("extract/sections")
BODY = "\n\n全年受理纠纷704件，调解成功573件。\n"


def test_endings_of_titles() -> None:
    all_work(
        "titles",
        SECTIONS["titles"],
        lambda w: document(f"某某市2017年法治建设{w}{BODY}").title == f"某某市2017年法治建设{w}",
    )


def test_bodies_that_issue() -> None:
    all_work(
        "organs",
        SECTIONS["organs"],
        lambda w: document(f"法治建设情况报告{BODY}\n某某市{w}\n").issuer == f"某某市{w}",
    )


def test_places_that_issue() -> None:
    all_work(
        "places",
        SECTIONS["places"],
        lambda w: document(f"关于某某{w}2017年法治建设的报告{BODY}").issuer == f"某某{w}",
    )


def test_posts_after_a_body() -> None:
    all_work(
        "posts",
        SECTIONS["posts"],
        lambda w: (
            document(f"关于2017年法治建设情况的报告\n\n某某市财政局{w}张某某\n{BODY}").issuer
            == "某某市财政局"
        ),
    )


def test_words_that_end_a_body_in_a_title() -> None:
    all_work(
        "title stops",
        SECTIONS["title_stops"],
        lambda w: document(f"某某市司法局{w}建设情况报告{BODY}").issuer == "某某市司法局",
    )


def test_words_before_the_year_of_a_report() -> None:
    all_work(
        "period words",
        SECTIONS["period_words"],
        lambda w: document(f"法治建设情况\n\n2014年和2014年如前。{w}2017年底，共704件。\n").period == "2017",
    )


def test_no_pattern_in_a_list_of_words() -> None:
    """Words are literal; a stray pattern character would be matched as itself."""
    odd = re.compile(r"[\\\[\]*+?^$|]")
    for name in (
        "extract/roles",
        "extract/ladders",
        "checks/differences",
        "checks/partitions",
        "checks/wordings",
    ):
        for key in ("words", "names", "openers", "up", "down", "not", "result", "minuend", "subtrahend"):
            for table in lexicon(name).values():
                for entry in table if isinstance(table, list) else [table]:
                    found = entry.get(key, []) if isinstance(entry, dict) else []
                    assert not [w for w in found if isinstance(w, str) and odd.search(w)], (name, key)


@pytest.mark.parametrize("number", range(len(lexicon("checks/named_rates")["rate"])))
def test_rates_named_after_neither_count(number: int) -> None:
    entry = lexicon("checks/named_rates")["rate"][number]

    def found(name: str, part: str, whole: str) -> bool:
        if entry.get("bare"):
            text = f"{part}199.30万人，{whole}366.10万人，{name}为54.44。"
        else:
            text = f"{whole}366.10万元，其中{part}199.30万元，{name}54.44%。"
        return tied(text, "rate", part="199.30", whole="366.10", rate="54.44")

    name, part, whole = entry["names"][0], entry["part"][0], entry["whole"][0]
    all_work("named rate", entry["names"], lambda w: found(w, part, whole))
    all_work("named rate part", entry["part"], lambda w: found(name, w, whole))
    all_work("named rate whole", entry["whole"], lambda w: found(name, part, w))


@pytest.mark.parametrize("word", lexicon("checks/partitions")["qualifiers"]["words"])
def test_parts_of_one_kind_leave_the_rest_of_the_total_out(word: str) -> None:
    text = "全市债券总规模98.50亿元，其中{0}一般债券61.10亿元、{0}专项债券37.40亿元。"
    assert not of(audited(text.format(word)), "sum")
    assert of(audited(text.format("")), "sum")
