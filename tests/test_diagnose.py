"""Which number is wrong: on sentences, on hand-made ties, and as properties."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.copies import Hints
from gouji.checks.diagnose import EFFORT, LEAST, LISTED, TIE_EFFORT, WHOLE_EFFORT, diagnose
from gouji.checks.engine import judge
from gouji.checks.graph import Graph, Patch, key
from gouji.checks.pairs import pairs
from gouji.checks.relation import Judged, Relation
from gouji.checks.repairs import Search
from gouji.extract.claim import Claim
from gouji.extract.interval import Interval

from .factory import claim
from .texts import audited, findings, of


def judged(*relations: Relation) -> list[Judged]:
    return [Judged(f"r{i}", r, judge(r), "") for i, r in enumerate(relations)]


def total(whole: Claim, *parts: Claim) -> Relation:
    return Relation("sum", {"total": (whole,), "part": parts}, "stated")


def rate(part: Claim, whole: Claim, result: Claim) -> Relation:
    return Relation("rate", {"part": (part,), "whole": (whole,), "rate": (result,)}, "stated")


def said(found: Judged) -> set[tuple[str, str]]:
    return {(s.suggestion, s.reason) for s in found.suspects}


def only(text: str, check: str) -> Judged:
    (found,) = of(audited(text), check)
    return found


# Single mistakes: the ties of one figure tell it from its rivals.


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("753", "swapped"),
        ("5773", "doubled"),
        ("57", "lost"),
        ("593", "replaced"),
        ("5723", "added"),
    ],
)
def test_a_part_that_fails_in_its_sum_and_in_its_rate_is_named(wrong: str, code: str) -> None:
    part, rest, whole = claim(wrong, "件"), claim("131", "件"), claim("704", "件")
    first, second = diagnose(judged(total(whole, part, rest), rate(part, whole, claim("81.39", "%", "rate"))))
    for found in (first, second):
        assert found.diagnosis == "asserted"
        assert [s.figure for s in found.suspects] == [part.figure.id]
        assert said(found) == {("573件", code)}


def test_a_slipped_point_is_put_back() -> None:
    parts = [claim("12.31", "万元"), claim("4.50", "万元")]
    whole = claim("168.1", "万元")
    (found,) = diagnose(judged(total(whole, *parts)))
    assert ("16.81万元", "point") in said(found)


def test_a_change_in_yuan_of_a_value_in_ten_thousands_is_a_slip_of_the_unit() -> None:
    found = only("全年企业所得税收入98505万元，减少16158元，下降14.1%。", "change")
    assert found.diagnosis == "asserted"
    assert said(found) == {("16158万元", "unit")}


def test_two_figures_exchanged_are_named_together() -> None:
    part, whole = claim("704", "件"), claim("573", "件")
    (found,) = diagnose(judged(rate(part, whole, claim("81.39", "%", "rate"))))
    assert found.diagnosis == "ambiguous" or said(found) == {("573件", "exchanged"), ("704件", "exchanged")}
    assert found.suspects[0].reason == "exchanged"


def test_a_direction_that_was_turned_is_turned_back_in_words() -> None:
    current, prior = claim("8404", "件"), claim("8120", "件")
    growth = claim("下降3.5", "%", "growth")
    growth = replace(growth, words=("下降",), figure=replace(growth.figure, text="3.5%"))
    relation = Relation("growth", {"current": (current,), "prior": (prior,), "growth": (growth,)}, "stated")
    (found,) = diagnose(judged(relation))
    assert found.diagnosis == "asserted"
    assert said(found) == {("增长3.5%", "direction")}


def test_percent_for_percentage_points() -> None:
    shares = [claim("29.0", "%", "share"), claim("25.4", "%", "share")]
    growth = claim("3.6", "%", "growth", direction="up")
    terms: dict[str, tuple[Claim, ...]] = {
        "current": (shares[0],),
        "prior": (shares[1],),
        "growth": (growth,),
    }
    (found,) = diagnose(judged(Relation("growth", terms, "stated")))
    assert ("3.6个百分点", "percent_point") in said(found)


def test_last_years_value_left_standing() -> None:
    current, prior = claim("8120", "件"), claim("8120", "件")
    terms: dict[str, tuple[Claim, ...]] = {
        "current": (current,),
        "prior": (prior,),
        "growth": (claim("3.5", "%", "growth"),),
    }
    (found,) = diagnose(judged(Relation("growth", terms, "stated")))
    assert found.suspects[0].figure == current.figure.id
    assert found.suspects[0].reason == "stale"


def test_a_result_that_was_cut_off_is_told_with_its_rounding() -> None:
    (cut,) = diagnose(judged(rate(claim("217523", "件"), claim("239625", "件"), claim("90.77", "%", "rate"))))
    assert cut.verdict.verdict == "truncated"
    assert (cut.diagnosis, said(cut)) == ("asserted", {("90.78%", "truncated")})


def test_nothing_is_invented_where_no_simple_mistake_explains_the_gap() -> None:
    (found,) = diagnose(judged(total(claim("98765", "件"), claim("12345", "件"), claim("23456", "件"))))
    assert (found.diagnosis, found.suspects) == ("unexplained", ())


def test_alternatives_are_listed_up_to_five_and_not_asserted() -> None:
    (found,) = diagnose(judged(total(claim("19", "件"), claim("4", "件"), claim("5", "件"))))
    assert found.diagnosis == "ambiguous"
    assert 1 < len(found.suspects) <= LISTED
    assert len(set(found.suspects)) == len(found.suspects)


def test_a_figure_is_frozen_where_a_firm_tie_would_notice() -> None:
    part, whole = claim("573", "件"), claim("704", "件")
    firm = rate(part, whole, claim("81.39", "%", "rate"))
    failing = total(whole, part, claim("113", "件"))
    _, found = diagnose(judged(firm, failing))
    assert found.diagnosis == "asserted"
    assert said(found) == {("131件", "swapped")}


def test_two_mistakes_in_two_ties_are_both_found() -> None:
    a, b = claim("1452", "件"), claim("116", "件")
    one = total(claim("1586", "件"), a, b)
    two = total(claim("2068", "件"), claim("1658", "件"), claim("140", "件"))
    first, second = diagnose(judged(one, two))
    assert ("1568件", "swapped") in said(first)
    assert second.diagnosis is not None
    assert not {s.figure for s in first.suspects} & {s.figure for s in second.suspects}


def both_ways(one: str, two: str, whole: str, rest: str) -> list[Relation]:
    """Two figures with their sum and their difference."""
    a, b = claim(one, "件"), claim(two, "件")
    terms: dict[str, tuple[Claim, ...]] = {
        "minuend": (a,),
        "subtrahend": (b,),
        "difference": (claim(rest, "件"),),
    }
    return [total(claim(whole, "件"), a, b), Relation("difference", terms, "stated")]


def test_two_mistakes_that_show_only_together_are_told_as_a_pair() -> None:
    for found in diagnose(judged(*both_ways("41237", "28654", "69972", "12682"))):
        assert found.diagnosis == "asserted"
        assert said(found) == {("41327件", "swapped"), ("28645件", "swapped")}


def test_a_pair_is_not_told_where_chance_finds_one() -> None:
    ties = both_ways("41", "28", "85", "19")  # 52 and 33 would do, as would other pairs for other totals
    assert pairs(Graph(judged(*ties), (), ()), [0, 1], {}, EFFORT) == []
    ties = both_ways("41237", "28654", "69972", "12682")
    assert len(pairs(Graph(judged(*ties), (), ()), [0, 1], {}, EFFORT)) == 1
    assert pairs(Graph(judged(*ties), (), ()), [0, 1], {}, 3) == []  # beyond the limit


def test_two_mistakes_of_which_each_shows_in_a_tie_of_its_own_are_both_asserted() -> None:
    a, b, whole = claim("41237", "件"), claim("28654", "件"), claim("69972", "件")
    ties = [
        total(whole, a, b),
        total(claim("56545", "件"), a, claim("15218", "件")),
        total(claim("33145", "件"), b, claim("4500", "件")),
        rate(a, whole, claim("59.06", "%", "rate")),
    ]
    found = diagnose(judged(*ties))
    assert ("41327件", "swapped") in said(found[1])
    assert ("28645件", "swapped") in said(found[2])
    assert {j.diagnosis for j in found[:3]} == {"asserted"}


TOTAL = "全年财政支出161.9亿元，其中基本支出123.1亿元，项目支出45.7亿元。年末，财政支出{}亿元。"


def test_a_total_that_was_not_brought_up_to_date_is_what_stands_elsewhere() -> None:
    found = only(TOTAL.format("168.8"), "sum")
    assert found.diagnosis == "asserted"
    assert said(found) == {("168.8亿元", "restated")}


@pytest.mark.parametrize("other", ["168.9", "161.9", "168.80"])
def test_a_number_from_elsewhere_that_does_not_mend_the_tie_is_no_suggestion(other: str) -> None:
    found = only(TOTAL.format(other), "sum")
    assert (("168.8亿元", "restated") in said(found)) == (other == "168.80")


def test_of_two_equal_lists_the_one_whose_own_ties_fail_is_the_copy() -> None:
    text = (
        "全年共受理物业纠纷22214件，调解成功20998件，调解成功率为94.53%，制作协议书8503份，涉及金额12565万元。\n"
        "全年共受理医疗纠纷3161件，调解成功率为94.53%，制作协议书8503份，涉及金额12565万元。"
    )
    found = only(text, "duplicate")
    assert found.diagnosis == "asserted"
    second = {c.figure.id for c in found.relation.terms["second"]}
    assert {s.figure for s in found.suspects} == second
    assert {s.reason for s in found.suspects} == {"copied"}
    excess = next(j for j in of(audited(text), "subset") if j.verdict.verdict == "inconsistent")
    assert {s.figure for s in excess.suspects} <= second


def test_a_bound_that_no_sum_explains_lists_what_could_mend_it() -> None:
    found = only("争取资金7.44亿元，其中“两重”资金3.10亿元、“两新”资金4.90亿元。", "sum_bound")
    assert found.diagnosis in ("ambiguous", "unexplained")


def test_suspects_stand_in_the_tie_that_they_are_told_of() -> None:
    text = (
        "受理案件704件，办结573件，办结率为91.39%。全年支出16.8亿元，其中基本支出12.3亿元，项目支出4.6亿元。"
    )
    found = findings(audited(text).relations)
    assert found
    for j in found:
        assert {s.figure for s in j.suspects} <= {c.figure.id for c in j.relation.claims()}


# Style.


@pytest.mark.parametrize(
    ("numeral", "printed"),
    [("1,253", "1,235件"), ("1253", "1235件"), ("１２５３", "１２３５件"), ("１，２５３", "１，２３５件")],
)
def test_suggestions_are_printed_as_the_figure_is(numeral: str, printed: str) -> None:
    plain = claim("1253", "件")
    wrong = replace(plain, figure=replace(plain.figure, numeral=numeral, text=f"{numeral}件"))
    (found,) = diagnose(judged(total(wrong, claim("1000", "件"), claim("235", "件"))))
    assert (printed, "swapped") in said(found)


# Ranges of what is not printed.


def test_the_only_whole_of_which_nineteen_is_half() -> None:
    (found,) = diagnose(
        judged(
            Relation("share", {"part": (claim("19", "件"),), "share": (claim("50", "%", "share"),)}, "stated")
        )
    )
    assert found.feasible == (38,)


def test_priors_are_told_one_by_one_while_they_are_few_and_by_their_range_beyond() -> None:
    def priors(count: str, growth: str) -> Interval | tuple[int, ...] | None:
        terms: dict[str, tuple[Claim, ...]] = {
            "current": (claim(count, "件"),),
            "growth": (claim(growth, "%", "growth"),),
        }
        return diagnose(judged(Relation("growth_feasible", terms, "stated")))[0].feasible

    assert priors("136", "15.3") == (118,)
    assert priors("22214", "11.15") == (19985, 19986)
    many = priors("355197", "5.27")
    assert isinstance(many, Interval)
    assert many.low is not None
    assert many.high is not None
    for prior in (many.low, many.high):
        assert round(100 * (Fraction(355197) / prior - 1), 2) == Fraction("5.27")
    for prior in (many.low - 1, many.high + 1):
        assert round(100 * (Fraction(355197) / prior - 1), 2) != Fraction("5.27")
    assert priors("281", "下降6.9") == (302,)  # cut off
    assert priors("136", "15.4") == ()


# Limits.


def test_what_hangs_together_too_much_is_said_to_be_entangled() -> None:
    rng = random.Random(3)
    figures = [claim(str(rng.randint(100, 999)), "件") for _ in range(60)]
    ties = [total(*rng.sample(figures, 4)) for _ in range(300)]
    found = diagnose(judged(*ties))
    failing = [j for j in found if j.verdict.verdict == "inconsistent"]
    assert failing
    assert {j.diagnosis for j in failing} == {"entangled"}


def test_the_search_ends_however_long_the_tie() -> None:
    parts = [claim(str(1000 + i), "件") for i in range(400)]
    given = judged(total(claim(str(sum(1000 + i for i in range(400)) + 300), "件"), *parts))
    graph = Graph(given, (), ())
    search = Search(graph, [0], Hints(), {}, EFFORT)
    search.repairs()
    assert graph.spent <= EFFORT + 2 * len(parts)
    assert diagnose(given)[0].diagnosis in ("entangled", "ambiguous")


def crowded(groups: int, figures: int, ties: int, size: int, seed: int) -> list[Relation]:
    """Groups of ties over few figures, nearly all of them false, that no two groups share."""
    rng, made = random.Random(seed), []
    for group in range(groups):
        members = [claim(str(rng.randint(10, 999)), "件") for _ in range(figures)]
        members = [
            replace(c, index=10_000 * group + i, figure=replace(c.figure, start=100_000 * group + 10 * i))
            for i, c in enumerate(members)
        ]
        made += [total(*rng.sample(members, size)) for _ in range(ties)]
    return made


@pytest.fixture
def graphs(monkeypatch: pytest.MonkeyPatch) -> list[Graph]:
    """The graphs that diagnosis makes, for what they spent."""
    made: list[Graph] = []

    class Counted(Graph):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr("gouji.checks.diagnose.Graph", Counted)
    return made


@pytest.mark.parametrize(
    ("groups", "figures", "ties", "size"),
    [(1, 500, 2000, 4), (4, 60, 50, 4), (8, 12, 20, 3), (20, 5, 8, 3), (4, 50, 50, 50), (150, 3, 1, 3)],
)
def test_the_work_is_bounded_however_much_fails(
    groups: int, figures: int, ties: int, size: int, graphs: list[Graph]
) -> None:
    relations = crowded(groups, figures, ties, size, 7)
    found = diagnose(judged(*relations))
    failing = [j for j in found if j.verdict.verdict == "inconsistent"]
    assert len(failing) > 0.8 * len(relations)
    assert all(j.diagnosis for j in failing)
    # what is begun is finished: the figures of one part, or a repair tried on all its ties
    assert graphs[0].spent <= WHOLE_EFFORT + (TIE_EFFORT + 2 * size) * len(relations)


def test_many_single_failures_side_by_side_are_each_diagnosed() -> None:
    rng = random.Random(4)
    members = [replace(claim(str(rng.randint(1000, 9999)), "件"), index=i) for i in range(300)]
    members = [replace(c, figure=replace(c.figure, start=10 * c.index)) for c in members]
    relations = [total(*members[3 * i : 3 * i + 3]) for i in range(100)]
    found = diagnose(judged(*relations))
    assert "entangled" not in {j.diagnosis for j in found}


def side_by_side(count: int, document: int = 0) -> list[Relation]:
    """So many false sums, far apart, each mended by one digit."""
    rng = random.Random(5)
    made = []
    for i in range(count):
        a, b = rng.randint(1000, 4000), rng.randint(1000, 4000)
        told = [claim(str(n), "件") for n in (a + b + 1000, a, b)]
        made.append(
            total(
                *(
                    replace(
                        c,
                        document=document,
                        index=20 * i + k,
                        figure=replace(c.figure, start=30 * i + 10 * k),
                    )
                    for k, c in enumerate(told)
                )
            )
        )
    return made


def test_a_document_that_fails_everywhere_costs_no_more_than_its_share_and_the_first_ties_are_told(
    graphs: list[Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, told = 400, 20
    monkeypatch.setattr("gouji.checks.diagnose.WHOLE_EFFORT", whole)
    monkeypatch.setattr("gouji.checks.diagnose.TOLD", told)
    for count in (150, 300):
        found = diagnose(judged(*side_by_side(count)))
        entangled = [j.diagnosis == "entangled" for j in found]
        assert graphs.pop().spent <= whole + TIE_EFFORT * told + LEAST
        assert entangled == sorted(entangled)  # those that stand first are told, however many follow
        assert not any(entangled[:told])
        assert entangled[-1]


def test_many_documents_do_not_share_the_work_that_each_of_them_may_ask_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gouji.checks.diagnose.WHOLE_EFFORT", 40)
    monkeypatch.setattr("gouji.checks.diagnose.TOLD", 10)
    of_one = diagnose(judged(*side_by_side(60)))
    assert "entangled" in {j.diagnosis for j in of_one}
    of_six = diagnose(judged(*(r for number in range(6) for r in side_by_side(10, number))))
    assert "entangled" not in {j.diagnosis for j in of_six}


# Properties.

counts = st.integers(1, 99_999)


@st.composite
def ties(draw: st.DrawFn) -> list[Relation]:
    """Some ties over some figures, true or not."""
    figures = [claim(str(draw(counts)), "件") for _ in range(draw(st.integers(3, 8)))]
    figures = [replace(c, index=i, figure=replace(c.figure, start=10 * i)) for i, c in enumerate(figures)]
    made = []
    for _ in range(draw(st.integers(1, 6))):
        a, b, c = draw(st.permutations(figures))[:3]
        what = draw(st.sampled_from(["sum", "difference", "subset", "rate"]))
        if what == "sum":
            made.append(total(a, b, c))
        elif what == "difference":
            terms: dict[str, tuple[Claim, ...]] = {"minuend": (a,), "subtrahend": (b,), "difference": (c,)}
            made.append(Relation("difference", terms, "stated"))
        elif what == "subset":
            made.append(Relation("subset", {"part": (a,), "whole": (b,)}, "logical"))
        else:
            percent = claim(f"{draw(st.integers(1, 9999)) / 100:.2f}", "%", "rate")
            made.append(rate(a, b, percent))
    return made


@given(ties())
@settings(max_examples=60, deadline=None)
def test_a_repair_makes_its_ties_hold(relations: list[Relation]) -> None:
    given = judged(*relations)
    graph = Graph(given, (), ())
    for part in graph.parts(()):
        search = Search(graph, part, Hints(), {}, EFFORT)
        for repair in search.repairs():
            patches = dict(repair.patches)
            for index in repair.mended:
                assert given[index].verdict.verdict != "consistent"
                terms: dict[str, tuple[Claim, ...]] = {
                    role: tuple(patches[key(c)].apply(c) if key(c) in patches else c for c in claims)
                    for role, claims in relations[index].terms.items()
                }
                assert judge(replace(relations[index], terms=terms)).verdict == "consistent"
            for _, patch in repair.patches:
                assert isinstance(patch, Patch)
                assert patch.figure.interval.contains(
                    -patch.figure.value if patch.figure.negative else patch.figure.value
                )


@given(ties(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_relations_and_roles_does_not_matter(
    relations: list[Relation], rng: random.Random
) -> None:
    def outcome(order: list[int], turn: bool) -> list[tuple[object, ...]]:
        given = []
        for i in order:
            terms = relations[i].terms
            if turn:
                terms = dict(reversed(terms.items()))
            given.append(Judged("", replace(relations[i], terms=terms), judge(relations[i]), ""))
        found = diagnose(given)
        return [
            (j.diagnosis, j.suspects) for _, j in sorted(zip(order, found, strict=True), key=lambda p: p[0])
        ]

    order = list(range(len(relations)))
    shuffled = order.copy()
    rng.shuffle(shuffled)
    assert outcome(order, False) == outcome(shuffled, False) == outcome(shuffled, True)


@given(st.lists(counts, min_size=2, max_size=6), st.integers(1, 99))
@settings(max_examples=60, deadline=None)
def test_a_true_document_has_no_suspect(values: list[int], share: int) -> None:
    parts = [claim(str(v), "件") for v in values]
    whole = claim(str(sum(values)), "件")
    exact = Fraction(100 * values[0], sum(values))
    printed = f"{round(exact * 10) / 10:.1f}"
    relations = [total(whole, *parts), rate(parts[0], whole, claim(printed, "%", "rate"))]
    for found in diagnose(judged(*relations)):
        assert (found.diagnosis, found.suspects) == (None, ())


@given(counts.filter(lambda n: n > 99), counts.filter(lambda n: n > 99), st.data())
@settings(max_examples=80, deadline=None)
def test_the_number_before_one_wrong_digit_is_an_alternative(one: int, two: int, data: st.DataObject) -> None:
    digits = list(str(one + two))
    place = data.draw(st.integers(1, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    wrong = claim("".join(digits), "件")
    given = judged(total(wrong, claim(str(one), "件"), claim(str(two), "件")))
    graph = Graph(given, (), ())
    repairs = Search(graph, [0], Hints(), {}, EFFORT).repairs()
    assert any(r.suggestions == (f"{one + two}件",) for r in repairs)


@given(ties())
@settings(max_examples=60, deadline=None)
def test_a_brief_verdict_is_the_verdict(relations: list[Relation]) -> None:
    for relation in relations:
        full, brief = judge(relation), judge(relation, brief=True)
        assert (brief.verdict, brief.basis, brief.reason) == (full.verdict, full.basis, full.reason)
