from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.audit import Habits
from gouji.checks.engine import infer_habits, judge, judge_all
from gouji.checks.relation import Relation

from .factory import claim
from .texts import audited, of


def tie(check: Any, strength: Any = "stated", candidates: Any = 1, **roles: Any) -> Any:
    """A relation from claims, single or in lists."""
    terms = {role: tuple(c) if isinstance(c, list) else (c,) for role, c in roles.items()}
    return Relation(check, terms, strength, candidates=candidates)


def rate(part: Any, whole: Any, percent: Any, unit: Any = "件", **more: Any) -> Any:
    return tie("rate", part=claim(part, unit), whole=claim(whole, unit), rate=claim(percent, "%"), **more)


def total(whole: Any, *parts: Any, unit: Any = "亿元", check: Any = "sum", **more: Any) -> Any:
    return tie(check, total=claim(whole, unit), part=[claim(p, unit) for p in parts], **more)


def outcome(relation: Any, **more: Any) -> Any:
    verdict = judge(relation, **more)
    return verdict.verdict, verdict.basis or verdict.reason, verdict.severity


# -- verdicts and bases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (rate("573", "704", "81.39"), ("consistent", "exact", None)),
        (rate("217523", "239625", "90.77"), ("truncated", None, "warning")),
        (rate("217523", "239625", "90.76"), ("inconsistent", None, "error")),
        (rate("217523", "239625", "90.79"), ("inconsistent", None, "warning")),
        (rate("21.13", "39.34", "53.71", "亿元"), ("consistent", "exact", None)),
        (rate("21.13", "39.34", "53.72", "亿元"), ("consistent", "rounded", None)),
        (rate("5", "0", "81.39"), ("unverified", "zero_denominator", None)),
        (total("113", "36", "27", "12", "2", "36", unit="件"), ("consistent", "exact", None)),
        (total("39.35", "21.13", "18.21"), ("consistent", "rounded", None)),
        (total("39.36", "21.13", "18.21"), ("inconsistent", None, "warning")),
        (total("39.37", "21.13", "18.21"), ("inconsistent", None, "error")),
        (total("114", "36", "27", "12", "2", "36", unit="件"), ("inconsistent", None, "warning")),
        (total("39.44", "21.13", "18.21", strength="customary"), ("inconsistent", None, "warning")),
        (
            total("7.44", "3.10", "4.90", check="sum_bound", strength="logical"),
            ("inconsistent", None, "error"),
        ),
        (total("8.44", "3.10", "1.37", check="sum_bound", strength="logical"), ("consistent", "exact", None)),
    ],
)
def test_a_tie_has_its_verdict(relation: Any, expected: Any) -> None:
    assert outcome(relation) == expected


def test_a_rounded_total_may_miss_by_half_a_digit_and_half_of_each_part() -> None:
    # parts 0.05 + 0.05, total 0.05: the ends just touch at 10.1 + 20.1 = 30.3 − 0.15 …
    assert outcome(total("30.3", "10.1", "20.1"))[:2] == ("consistent", "rounded")
    assert outcome(total("30.4", "10.1", "20.1"))[0] == "inconsistent"


def test_the_numbers_of_the_verdict() -> None:
    verdict = judge(rate("573", "704", "81.39"))
    assert str(verdict.stated) == "[16277/200, 16279/200]"
    assert str(verdict.recomputed) == "[14325/176, 14325/176]"
    assert (verdict.power, verdict.gap) == (F(9999, 10000), 0)
    assert verdict.equation == "573 / 704 = 81.3920…%"


def test_an_average_growth_is_written_in_one_unit() -> None:
    (judged,) = of(audited("全市财政支出从2020年的8元提高到2025年的2亿元，年均增长3%。"), "growth_average")
    assert judged.verdict.equation == "(200000000 / 8) ** (1/5) - 1 = 2917.0881%"


def test_a_relation_that_a_check_must_not_decide_stays_undecided() -> None:
    relation = Relation("rate", rate("573", "704", "81.39").terms, "stated", reason="real_terms")
    assert outcome(relation) == ("unverified", "real_terms", None)


def test_a_tie_that_no_formula_judges_stays_undecided() -> None:
    unheard = Relation("unheard_of", rate("573", "704", "81.39").terms, "stated")
    assert outcome(unheard) == ("unverified", "no_formula", None)


def test_a_missing_role_is_undecided_not_passed() -> None:
    assert outcome(tie("growth", current=claim("5", "件"), growth=claim("5.0", "%"))) == (
        "unverified",
        "incomplete",
        None,
    )


def test_a_rate_of_one_count_asks_for_a_whole_number() -> None:
    # 45/94 = 47.87 %; 7/8 = 87.5 % is the nearest below 100 %
    assert outcome(tie("rate", part=claim("45", "家"), rate=claim("47.9", "%")))[0] == "consistent"
    assert outcome(tie("rate", part=claim("7", "件"), rate=claim("99.1", "%")))[0] == "inconsistent"
    assert outcome(tie("rate", whole=claim("57", "件"), rate=claim("85.6", "%")))[0] == "inconsistent"
    assert outcome(tie("rate", part=claim("4.5", "万元"), rate=claim("47.9", "%")))[1] == "incomplete"


def test_another_report_is_never_an_error() -> None:
    relation = tie(
        "growth",
        current=claim("355197", "件"),
        prior=claim("329242", "件", document=1),
        growth=claim("5.27", "%"),
    )
    assert outcome(relation) == ("inconsistent", None, "warning")
    here = tie(
        "growth", current=claim("355197", "件"), prior=claim("329242", "件"), growth=claim("5.27", "%")
    )
    assert outcome(here) == ("inconsistent", None, "error")


# -- signs and bases of growth -------------------------------------------------------------------------------


def growth(current: Any, prior: Any, change: Any, unit: Any = "件", **more: Any) -> Any:
    return tie(
        "growth", current=claim(current, unit), prior=claim(prior, unit), growth=claim(change, "%", **more)
    )


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (growth("281", "302", "下降7.0"), ("consistent", "exact")),
        (growth("281", "302", "7.0"), ("inconsistent", None)),
        (growth("281", "302", "下降6.9"), ("truncated", None)),
        (growth("281", "302", "-7.0"), ("consistent", "exact")),
        (growth("2.0", "2.5", "下降24.1", "亿元"), ("inconsistent", None)),
        (growth("2.0", "2.5", "下降23.5", "亿元"), ("consistent", "rounded")),
        (growth("31", "0", "48"), ("unverified", "zero_prior")),
        (growth("31", "0.0", "48", "亿元"), ("unverified", "zero_prior")),
        (growth("3.1", "-2.0", "48", "亿元"), ("unverified", "negative_base")),
    ],
)
def test_growth(relation: Any, expected: Any) -> None:
    assert outcome(relation)[:2] == expected


def test_a_change_and_its_growth() -> None:
    def change(current: Any, by: Any, percent: Any) -> Any:
        return tie(
            "change",
            current=claim(current, "万元"),
            change=claim(by, "万元", "change"),
            growth=claim(percent, "%"),
        )

    assert outcome(change("98505", "下降16158", "下降14.1"))[:2] == ("consistent", "exact")
    assert outcome(change("98505", "16158", "下降14.1"))[0] == "inconsistent"
    assert outcome(change("100", "100", "14.1"))[:2] == ("unverified", "zero_prior")
    assert outcome(change("100", "150", "14.1"))[:2] == ("unverified", "negative_base")


def test_three_times_as_much_is_two_hundred_percent_more() -> None:
    assert outcome(
        tie("growth", current=claim("400", "件"), prior=claim("100", "件"), growth=claim("3", "倍"))
    )[0] == ("consistent")
    more = tie("multiple", current=claim("300", "件"), base=claim("100", "件"), multiple=claim("3", "倍"))
    assert outcome(more)[:2] == ("consistent", "exact")


# -- whole priors --------------------------------------------------------------------------------------------


def feasible(current: Any, change: Any) -> Any:
    return tie("growth_feasible", current=claim(current, "人"), growth=claim(change, "%"))


@pytest.mark.parametrize(
    ("current", "change", "verdict", "equation"),
    [
        ("281", "下降6.9", "truncated", "281 / 302 - 1 = -6.9536…%"),
        ("136", "15.3", "consistent", "136 / 118 - 1 = 15.2542…%"),
        ("704", "528.6", "consistent", "704 / 112 - 1 = 528.5714…%"),
        ("179", "37.7", "consistent", "179 / 130 - 1 = 37.6923…%"),
        ("281", "下降6.7", "inconsistent", "281 / p - 1, p ∈ ∅"),
        ("1", "100", "inconsistent", "1 / p - 1, p ∈ ∅"),
    ],
)
def test_whole_priors(current: Any, change: Any, verdict: Any, equation: Any) -> None:
    judged = judge(feasible(current, change))
    assert judged.equation == equation
    assert judged.verdict == verdict


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_a_true_prior_is_always_found(current: Any, prior: Any) -> None:
    true = F(100 * (current - prior), prior)
    tenths = abs(round(true * 10))
    if current == prior or not tenths:
        return
    printed = ("下降" if true < 0 else "") + f"{tenths // 10}.{tenths % 10}"
    judged = judge(feasible(str(current), printed))
    if printed == "下降100.0":
        assert judged.reason == "zero_denominator"
    else:
        assert judged.verdict == "consistent"


@given(st.integers(1, 400), st.integers(1, 999), st.booleans())
@settings(max_examples=60)
def test_the_power_of_whole_priors_is_that_of_trying_all_prints(current: Any, tenths: Any, down: Any) -> None:
    sign = -1 if down else 1
    reached = set()
    for print_ in range(1000):
        low, high = F(sign * print_ * 2 - 1, 20), F(sign * print_ * 2 + 1, 20)
        # current/(1 + g/100) for g in [low, high]
        first = F(current) / (1 + high / 100)
        last = F(current) / (1 + low / 100) if low > -100 else None
        if last is None or max(1, first.__ceil__()) <= last.__floor__():
            reached.add(print_)
    judged = judge(feasible(str(current), ("下降" if down else "") + f"{tenths // 10:02d}.{tenths % 10}"))
    assert judged.power == 1 - F(len(reached), 1000)


# -- hedges --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (
            tie("subset", part=claim("3478", "人"), whole=claim("22000", "人", approx="over")),
            ("consistent", "hedged"),
        ),
        (
            tie("restated", first=claim("30", "场"), second=claim("20", "场", approx="over")),
            ("consistent", "hedged"),
        ),
        (
            tie("restated", first=claim("50", "场"), second=claim("20", "场", approx="over")),
            ("suspicious", "hedged"),
        ),
        (
            tie("restated", first=claim("10", "场"), second=claim("20", "场", approx="over")),
            ("inconsistent", None),
        ),
        (
            tie("restated", first=claim("10", "场"), second=claim("20", "场", approx="under")),
            ("suspicious", "hedged"),
        ),
        (
            tie("restated", first=claim("25", "场"), second=claim("20", "场", approx="under")),
            ("inconsistent", None),
        ),
        (
            tie("restated", first=claim("40", "场"), second=claim("20", "场", approx="about")),
            ("suspicious", "hedged"),
        ),
        (
            tie("restated", first=claim("4", "名"), second=claim("3", "名", approx="range", upper="5")),
            ("consistent", "hedged"),
        ),
        (
            tie("restated", first=claim("6", "名"), second=claim("3", "名", approx="range", upper="5")),
            ("inconsistent", None),
        ),
    ],
)
def test_beyond_the_far_end_of_a_hedge_is_at_most_suspicious(relation: Any, expected: Any) -> None:
    assert outcome(relation)[:2] == expected


# -- habits --------------------------------------------------------------------------------------------------

TWO = Habits(decimals={"亿元": 2})


def test_dropped_zeros_are_read_at_the_habits_precision_first() -> None:
    assert outcome(total("340", "120.25", "219.75"), habits=TWO)[:2] == ("consistent", "exact")
    assert outcome(total("340", "120.25", "219.76"), habits=TWO)[:2] == ("consistent", "rounded")
    assert outcome(total("340", "120.25", "219.98"), habits=TWO)[:2] == ("consistent", "coarse")
    assert outcome(total("341", "120.25", "219.75"), habits=TWO)[0] == "inconsistent"


def test_a_coarse_pass_is_weak_and_no_finding() -> None:
    assert outcome(total("340", "120.55", "219.75"), habits=TWO)[:2] == ("consistent", "coarse")
    assert outcome(total("340", "120.55", "219.75"))[0] == "consistent"


CUTS = Habits(rounded=1, truncated=5)


def test_in_a_document_that_cuts_off_the_rounded_one_is_odd() -> None:
    assert outcome(rate("217523", "239625", "90.77"), habits=CUTS)[:2] == ("consistent", "exact")
    assert outcome(rate("217523", "239625", "90.78"), habits=CUTS)[0] == "suspicious"
    assert outcome(rate("217523", "239625", "90.79"), habits=CUTS)[0] == "inconsistent"
    assert outcome(total("10", "3.9", "7.9"), habits=CUTS)[0] == "inconsistent"
    # 3.9 and 6.8 cut off may be 3.99 + 6.89 = 10.88, which is 10 cut off
    assert outcome(total("10", "3.9", "6.8"), habits=CUTS)[0] == "consistent"


@pytest.mark.parametrize(
    ("rounded", "truncated", "cuts"),
    [(0, 4, False), (1, 4, True), (2, 7, False), (2, 8, True), (0, 0, False)],
)
def test_the_habit_of_cutting_needs_five_ties_and_four_fifths(
    rounded: Any, truncated: Any, cuts: Any
) -> None:
    verdict = outcome(rate("217523", "239625", "90.77"), habits=Habits({}, rounded, truncated))[0]
    assert verdict == ("consistent" if cuts else "truncated")


def test_habits_are_inferred() -> None:
    claims = [claim(n, "亿元") for n in ("1.25", "2.50", "3.75", "4", "5.5")] + [claim("7", "件")] * 9
    assert infer_habits(claims).decimals == {"亿元": 2}
    assert infer_habits(claims[:4]).decimals == {}
    relations = [
        rate("217523", "239625", "90.77"),  # cut off
        rate("217523", "239625", "90.78"),  # rounded
        rate("573", "704", "81.39"),  # both
        rate("573", "704", "81.49"),  # neither
    ]
    habits = infer_habits(claims, [(r, judge(r)) for r in relations])
    assert (habits.rounded, habits.truncated) == (1, 1)


# -- notes, candidates, lists --------------------------------------------------------------------------------


def test_a_printed_note_excuses_one_digit_of_each_figure_of_a_sum_only() -> None:
    # three figures: up to 0.3 beyond rounding's 0.15
    assert outcome(total("30.5", "10.1", "20.1"), disclaimer=True)[:2] == ("consistent", "disclaimed")
    assert outcome(total("30.6", "10.1", "20.1"), disclaimer=True)[0] == "inconsistent"
    assert outcome(rate("573", "704", "81.40"), disclaimer=True)[0] == "inconsistent"


def test_several_candidates_weaken_a_pass_and_excuse_a_failure() -> None:
    assert outcome(rate("573", "704", "81.39", candidates=3)) == ("consistent", "chosen", None)
    assert judge(rate("573", "704", "81.39", candidates=3)).power == 1 - F(3, 10000)
    assert outcome(rate("573", "704", "82.39", candidates=3)) == ("unverified", "ambiguous", None)


def shares(printed: Any, parts: Any, whole: Any = "1000", closed: Any = None) -> Any:
    claims = [claim(p, "%", "share") for p in printed]
    relations = [
        tie("share", part=claim(p, "亿元"), whole=claim(whole, "亿元"), share=c)
        for p, c in zip(parts, claims, strict=False)
    ]
    return [*relations, tie("percent_sum", share=claims)]


def test_a_list_made_to_add_up_to_100_is_balanced() -> None:
    # 333.4, 333.3, 333.3 of 1000 honestly print 33.3 three times: one of them was moved
    verdicts = judge_all(shares(("33.4", "33.3", "33.3"), ("333.46", "333.27", "333.27"), "1000.00"))
    assert [v.verdict for v in verdicts] == ["consistent"] * 4
    moved = judge_all(shares(("33.4", "33.3", "33.3"), ("333.34", "333.33", "333.33"), "1000.00"))
    assert [(v.verdict, v.basis) for v in moved[:3]] == [
        ("consistent", "balanced"),
        ("consistent", "exact"),
        ("consistent", "exact"),
    ]


def test_balancing_needs_a_list_that_makes_100_only_so() -> None:
    # the honest roundings make 100 as they are: moving two is no balancing
    wrong = judge_all(shares(("33.5", "33.2", "33.3"), ("334.00", "333.10", "332.90"), "1000.00"))
    assert [v.verdict for v in wrong[:2]] == ["inconsistent", "inconsistent"]
    # two digits off is no balancing either
    far = judge_all(shares(("33.5", "33.3", "33.2"), ("333.34", "333.33", "333.33"), "1000.00"))
    assert far[0].verdict == "inconsistent"
    # the list does not make 100
    short = judge_all(shares(("33.4", "33.3", "33.2"), ("333.34", "333.33", "333.33"), "1000.00"))
    assert short[0].verdict != "consistent"


def test_a_list_of_ratios_is_judged_member_by_member() -> None:
    def ratios(*printed: Any) -> Any:
        parts = [claim(p, "亿元") for p in ("333.34", "333.33", "333.33")]
        return tie(
            "ratio_list", part=parts, total=claim("1000.00", "亿元"), ratio=[claim(p) for p in printed]
        )

    assert outcome(ratios("33.3", "33.3", "33.3"))[:2] == ("consistent", "exact")
    assert outcome(ratios("33.4", "33.3", "33.3"))[:2] == ("consistent", "balanced")
    assert outcome(ratios("33.6", "33.2", "33.2"))[0] == "inconsistent"


def test_a_bound_that_one_typing_error_parts_from_a_sum_is_suspicious() -> None:
    def among(*parts: Any) -> Any:
        return outcome(total("12298", *parts, unit="件", check="sum_bound", strength="logical"))

    assert among("7298", "34", "426") == ("consistent", "exact", None)
    assert among("7298", "4574", "426") == ("consistent", "exact", None)
    assert among("7298", "4374", "426") == ("suspicious", "exact", "warning")
    # with small counts every gap looks like a typing error: no suspicion
    assert outcome(total("9", "3", "2", unit="件", check="sum_bound"))[0] == "consistent"


def test_two_customary_findings_on_one_number_make_an_error() -> None:
    copied, accepted = claim("8503", "份"), claim("3161", "件")
    other = claim("8503", "份")
    more = tie("subset", "customary", part=copied, whole=accepted)
    twin = tie(
        "duplicate",
        "customary",
        first=[claim("94.53", "%"), other],
        second=[claim("94.53", "%"), copied],
    )
    assert [v.severity for v in judge_all([more])] == ["warning"]
    assert [v.severity for v in judge_all([more, twin])] == ["error", "warning"]


def test_two_equal_lists_are_suspicious_and_two_unequal_are_not() -> None:
    same = tie("duplicate", "customary", first=[claim("94.53", "%")], second=[claim("94.53", "%")])
    other = tie("duplicate", "customary", first=[claim("94.53", "%")], second=[claim("93.46", "%")])
    assert outcome(same) == ("suspicious", None, "warning")
    assert outcome(other)[0] == "consistent"


# -- honest reports stay clean -------------------------------------------------------------------------------


def printed(value: Any, decimals: Any) -> Any:
    """A non-negative value honestly rounded, as its numeral."""
    steps = (value * 10**decimals + F(1, 2)).__floor__()
    text = str(steps).rjust(decimals + 1, "0")
    return f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text


CENTS = st.integers(1, 10**9)


@given(st.lists(CENTS, min_size=2, max_size=8), st.integers(0, 4))
def test_an_honest_sum_is_never_inconsistent(cents: Any, decimals: Any) -> None:
    parts = [F(c, 10**5) for c in cents]
    relation = total(printed(sum(parts), decimals), *(printed(p, decimals) for p in parts))
    assert judge(relation).verdict in ("consistent", "suspicious")


@given(CENTS, CENTS, st.integers(0, 3), st.integers(0, 3))
def test_an_honest_rate_is_never_a_finding(part: Any, whole: Any, decimals: Any, digits: Any) -> None:
    relation = rate(
        printed(F(part, 10**4), decimals),
        printed(F(whole, 10**4), decimals),
        printed(F(100 * part, whole), digits),
        "亿元",
    )
    assert judge(relation).verdict in ("consistent", "unverified")


@given(CENTS, CENTS, st.integers(1, 3), st.integers(0, 3))
def test_an_honest_growth_is_never_a_finding(current: Any, prior: Any, decimals: Any, digits: Any) -> None:
    change = F(100 * (current - prior), prior)
    relation = growth(
        printed(F(current, 10**4), decimals),
        printed(F(prior, 10**4), decimals),
        ("下降" if change < 0 else "") + printed(abs(change), digits),
        "亿元",
    )
    assert judge(relation).verdict in ("consistent", "unverified")


@given(CENTS, CENTS, st.integers(1, 3), st.integers(0, 3))
def test_an_honest_change_is_never_a_finding(current: Any, prior: Any, decimals: Any, digits: Any) -> None:
    by = F(current - prior, 10**4)
    change = F(100 * (current - prior), prior)
    down = "下降" if change < 0 else ""
    relation = tie(
        "change",
        current=claim(printed(F(current, 10**4), decimals), "亿元"),
        change=claim(down + printed(abs(by), decimals), "亿元"),
        growth=claim(down + printed(abs(change), digits), "%"),
    )
    assert judge(relation).verdict in ("consistent", "unverified")


@given(st.integers(1, 10**5), st.integers(1, 10**5), st.integers(3, 40))
def test_what_is_beyond_rounding_in_a_strong_tie_is_always_a_finding(
    part: Any, whole: Any, digits: Any
) -> None:
    percent = F(100 * part, whole)
    wrong = percent + F(digits, 200) + F(1, 1000)
    relation = rate(str(part), str(whole), printed(wrong, 2))
    verdict = judge(relation)
    assert (verdict.power or 0) >= F(99, 100)
    assert verdict.verdict in ("inconsistent", "truncated")
    assert verdict.severity


@given(st.lists(st.integers(100, 10**6), min_size=2, max_size=6), st.integers(1, 500), st.booleans())
def test_a_wrong_total_of_counts_is_always_a_finding(parts: Any, off: Any, up: Any) -> None:
    whole = sum(parts) + (off if up else -min(off, sum(parts) - 1))
    verdict = judge(total(str(whole), *map(str, parts), unit="件"))
    assert verdict.verdict == ("consistent" if whole == sum(parts) else "inconsistent")
    assert verdict.gap == abs(whole - sum(parts))


@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=4),
    st.integers(0, 9000),
    st.integers(1, 2),
)
def test_a_sum_holds_exactly_where_admissible_values_satisfy_it(
    parts: Any, whole: Any, decimals: Any
) -> None:
    """Brute force: the ends of all figures moved by half a digit decide existence for a sum."""
    relation = total(
        printed(F(whole, 10**decimals), decimals), *(printed(F(p, 10**decimals), decimals) for p in parts)
    )
    possible = abs(whole - sum(parts)) * 2 <= len(parts) + 1
    assert (judge(relation).verdict != "inconsistent") is possible
