"""The formulas of ``checks.tsv``, solved for every role. Generated: do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .formula import Formula, Linear, Members, Value, added, complement, without


def rate__part(whole: Value, rate: Value) -> Value:
    """Solve ``rate = 100*part/whole`` for part."""
    return rate * whole / 100


def rate__rate(part: Value, whole: Value) -> Value:
    """Solve ``rate = 100*part/whole`` for rate."""
    return 100 * part / whole


def rate__whole(part: Value, rate: Value) -> Value:
    """Solve ``rate = 100*part/whole`` for whole."""
    return 100 * part / rate


def share__part(whole: Value, share: Value) -> Value:
    """Solve ``share = 100*part/whole`` for part."""
    return share * whole / 100


def share__share(part: Value, whole: Value) -> Value:
    """Solve ``share = 100*part/whole`` for share."""
    return 100 * part / whole


def share__whole(part: Value, share: Value) -> Value:
    """Solve ``share = 100*part/whole`` for whole."""
    return 100 * part / share


def ratio_list__part(total: Value, ratio: Value) -> Value:
    """Solve ``ratio = 100*part/total`` for part."""
    return ratio * total / 100


def ratio_list__ratio(part: Value, total: Value) -> Value:
    """Solve ``ratio = 100*part/total`` for ratio."""
    return 100 * part / total


def ratio_list__total(part: Value, ratio: Value) -> Value:
    """Solve ``ratio = 100*part/total`` for total."""
    return 100 * part / ratio


def percent_sum__share(share: Sequence[Value]) -> Value:
    """Solve ``sum(share) = 100`` for share."""
    return complement(100, share)


def sum__part(part: Sequence[Value], total: Value) -> Value:
    """Solve ``total = sum(part)`` for part."""
    return without(total, part)


def sum__total(part: Sequence[Value]) -> Value:
    """Solve ``total = sum(part)`` for total."""
    return added(part)


def sum_bound__part(part: Sequence[Value], total: Value) -> Value:
    """Solve ``sum(part) <= total`` for part."""
    return without(total, part)


def sum_bound__total(part: Sequence[Value]) -> Value:
    """Solve ``sum(part) <= total`` for total."""
    return added(part)


def two_breakdowns__part(part: Sequence[Value], other: Sequence[Value]) -> Value:
    """Solve ``sum(part) = sum(other)`` for part."""
    return without(added(other), part)


def two_breakdowns__other(other: Sequence[Value], part: Sequence[Value]) -> Value:
    """Solve ``sum(part) = sum(other)`` for other."""
    return without(added(part), other)


def difference__difference(minuend: Value, subtrahend: Value) -> Value:
    """Solve ``difference = minuend - subtrahend`` for difference."""
    return minuend - subtrahend


def difference__minuend(subtrahend: Value, difference: Value) -> Value:
    """Solve ``difference = minuend - subtrahend`` for minuend."""
    return difference + subtrahend


def difference__subtrahend(minuend: Value, difference: Value) -> Value:
    """Solve ``difference = minuend - subtrahend`` for subtrahend."""
    return -difference + minuend


def change__change(current: Value, growth: Value) -> Value:
    """Solve ``growth = 100*change/(current - change)`` for change."""
    return current * (1 + 1 / (-growth / 100 - 1))


def change__current(change: Value, growth: Value) -> Value:
    """Solve ``growth = 100*change/(current - change)`` for current."""
    return change / (1 + 1 / (-growth / 100 - 1))


def change__growth(current: Value, change: Value) -> Value:
    """Solve ``growth = 100*change/(current - change)`` for growth."""
    return -100 - 100 / (change / current - 1)


def change_sum__change(part_change: Sequence[Value]) -> Value:
    """Solve ``change = sum(part_change)`` for change."""
    return added(part_change)


def change_sum__part_change(part_change: Sequence[Value], change: Value) -> Value:
    """Solve ``change = sum(part_change)`` for part_change."""
    return without(change, part_change)


def opening_bound__change(total: Value, part: Sequence[Value], part_change: Sequence[Value]) -> Value:
    """Solve ``sum(part) - sum(part_change) + change <= total`` for change."""
    return -added(part) + added(part_change) + total


def opening_bound__part(
    part: Sequence[Value], total: Value, change: Value, part_change: Sequence[Value]
) -> Value:
    """Solve ``sum(part) - sum(part_change) + change <= total`` for part."""
    return without(-change + added(part_change) + total, part)


def opening_bound__part_change(
    part_change: Sequence[Value], total: Value, part: Sequence[Value], change: Value
) -> Value:
    """Solve ``sum(part) - sum(part_change) + change <= total`` for part_change."""
    return without(change + added(part) - total, part_change)


def opening_bound__total(part: Sequence[Value], change: Value, part_change: Sequence[Value]) -> Value:
    """Solve ``sum(part) - sum(part_change) + change <= total`` for total."""
    return change + added(part) - added(part_change)


def balance__expense(income: Value) -> Value:
    """Solve ``income = expense`` for expense."""
    return income


def balance__income(expense: Value) -> Value:
    """Solve ``income = expense`` for income."""
    return expense


def plan__actual(plan: Value, rate: Value) -> Value:
    """Solve ``rate = 100*actual/plan`` for actual."""
    return plan * rate / 100


def plan__plan(actual: Value, rate: Value) -> Value:
    """Solve ``rate = 100*actual/plan`` for plan."""
    return 100 * actual / rate


def plan__rate(actual: Value, plan: Value) -> Value:
    """Solve ``rate = 100*actual/plan`` for rate."""
    return 100 * actual / plan


def ceiling__balance(ceiling: Value) -> Value:
    """Solve ``balance <= ceiling`` for balance."""
    return ceiling


def ceiling__ceiling(balance: Value) -> Value:
    """Solve ``balance <= ceiling`` for ceiling."""
    return balance


def subset__part(whole: Value) -> Value:
    """Solve ``part <= whole`` for part."""
    return whole


def subset__whole(part: Value) -> Value:
    """Solve ``part <= whole`` for whole."""
    return part


def percent_cap__percent() -> Fraction:
    """Solve ``percent <= 100`` for percent."""
    return Fraction(100)


def growth__current(prior: Value, growth: Value) -> Value:
    """Solve ``growth = 100*(current/prior - 1)`` for current."""
    return prior * (growth + 100) / 100


def growth__growth(current: Value, prior: Value) -> Value:
    """Solve ``growth = 100*(current/prior - 1)`` for growth."""
    return 100 * current / prior - 100


def growth__prior(current: Value, growth: Value) -> Value:
    """Solve ``growth = 100*(current/prior - 1)`` for prior."""
    return 100 * current / (growth + 100)


def growth_feasible__current(growth: Value, prior: Value) -> Value:
    """Solve ``exists integer prior: growth = 100*(current/prior - 1)`` for current."""
    return prior * (growth + 100) / 100


def growth_feasible__growth(current: Value, prior: Value) -> Value:
    """Solve ``exists integer prior: growth = 100*(current/prior - 1)`` for growth."""
    return 100 * current / prior - 100


def growth_feasible__prior(current: Value, growth: Value) -> Value:
    """Solve ``exists integer prior: growth = 100*(current/prior - 1)`` for prior."""
    return 100 * current / (growth + 100)


def growth_cross__growth(current: Sequence[Value], prior: Sequence[Value]) -> Value:
    """Solve ``growth = 100*(sum(current)/sum(prior) - 1)`` for growth."""
    return 100 * added(current) / added(prior) - 100


def growth_cross__current(current: Sequence[Value], prior: Sequence[Value], growth: Value) -> Value:
    """Solve ``growth = 100*(sum(current)/sum(prior) - 1)`` for current."""
    return without(added(prior) * (growth + 100) / 100, current)


def growth_cross__prior(prior: Sequence[Value], current: Sequence[Value], growth: Value) -> Value:
    """Solve ``growth = 100*(sum(current)/sum(prior) - 1)`` for prior."""
    return without(100 * added(current) / (growth + 100), prior)


def growth_mix__growth(total: Value, part: Sequence[Value], part_growth: Sequence[Value]) -> Value:
    """Solve ``total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))`` for growth."""
    terms = [part_ / (1 + part_growth_ / 100) for part_, part_growth_ in zip(part, part_growth, strict=True)]
    return -100 + 100 * total / added(terms)


def growth_mix__members(total: Value, growth: Value) -> Value:
    """Solve ``total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))`` for the sum of its members."""
    return total / (growth / 100 + 1)


def growth_mix__member(part: Value, part_growth: Value) -> Value:
    """Solve ``total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))`` for a member of the sum."""
    return part / (part_growth / 100 + 1)


def growth_mix__part(member: Value, part_growth: Value) -> Value:
    """Solve ``total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))`` for part of a member."""
    return member * (part_growth / 100 + 1)


def growth_mix__part_growth(member: Value, part: Value) -> Value:
    """Solve ``total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))`` for part_growth of a member."""
    return -100 + 100 * part / member


def growth_mix__total(growth: Value, part: Sequence[Value], part_growth: Sequence[Value]) -> Value:
    """Solve ``total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))`` for total."""
    terms = [part_ / (1 + part_growth_ / 100) for part_, part_growth_ in zip(part, part_growth, strict=True)]
    return added(terms) * (growth / 100 + 1)


def prior_bound__growth(total: Value, part: Sequence[Value], part_growth: Sequence[Value]) -> Value:
    """Solve ``sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total`` for growth."""
    terms = [part_ / (1 + part_growth_ / 100) for part_, part_growth_ in zip(part, part_growth, strict=True)]
    return -100 + 100 * total / added(terms)


def prior_bound__members(total: Value, growth: Value) -> Value:
    """Solve ``sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total`` for the sum of its members."""
    return total / (growth / 100 + 1)


def prior_bound__member(part: Value, part_growth: Value) -> Value:
    """Solve ``sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total`` for a member of the sum."""
    return part / (part_growth / 100 + 1)


def prior_bound__part(member: Value, part_growth: Value) -> Value:
    """Solve ``sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total`` for part of a member."""
    return member * (part_growth / 100 + 1)


def prior_bound__part_growth(member: Value, part: Value) -> Value:
    """Solve ``sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total`` for part_growth of a member."""
    return -100 + 100 * part / member


def prior_bound__total(growth: Value, part: Sequence[Value], part_growth: Sequence[Value]) -> Value:
    """Solve ``sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total`` for total."""
    terms = [part_ / (1 + part_growth_ / 100) for part_, part_growth_ in zip(part, part_growth, strict=True)]
    return added(terms) * (growth / 100 + 1)


def growth_average__end(start: Value, years: int, growth: Value) -> Value:
    """Solve ``end = start*(1+growth/100)**years`` for end."""
    return start * (growth / 100 + 1) ** years


def growth_average__start(end: Value, years: int, growth: Value) -> Value:
    """Solve ``end = start*(1+growth/100)**years`` for start."""
    return end / (growth / 100 + 1) ** years


def growth_compound__total_growth(years: int, growth: Value) -> Value:
    """Solve ``total_growth = 100*(1+growth/100)**years - 100`` for total_growth."""
    return 100 * (growth / 100 + 1) ** years - 100


def average_change__change(end: Value, years: int, growth: Value) -> Value:
    """Solve ``change = end*(1 - 1/(1+growth/100)**years)`` for change."""
    return end * (1 - 1 / (growth / 100 + 1) ** years)


def average_change__end(change: Value, years: int, growth: Value) -> Value:
    """Solve ``change = end*(1 - 1/(1+growth/100)**years)`` for end."""
    return change / (1 - 1 / (growth / 100 + 1) ** years)


def contribution__contribution(growth: Value, weight: Value, part_growth: Value) -> Value:
    """Solve ``contribution = 100*weight*part_growth/growth`` for contribution."""
    return 100 * part_growth * weight / growth


def contribution__growth(contribution: Value, weight: Value, part_growth: Value) -> Value:
    """Solve ``contribution = 100*weight*part_growth/growth`` for growth."""
    return 100 * part_growth * weight / contribution


def contribution__part_growth(growth: Value, contribution: Value, weight: Value) -> Value:
    """Solve ``contribution = 100*weight*part_growth/growth`` for part_growth."""
    return contribution * growth / (100 * weight)


def contribution__weight(growth: Value, contribution: Value, part_growth: Value) -> Value:
    """Solve ``contribution = 100*weight*part_growth/growth`` for weight."""
    return contribution * growth / (100 * part_growth)


def pull__growth(pull: Value, weight: Value, part: Value, total: Value, part_growth: Value) -> Value:
    """Solve ``pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))`` for growth."""
    return -100 + pull * total / (part * weight * (1 - 1 / (part_growth / 100 + 1)))


def pull__part(pull: Value, weight: Value, total: Value, growth: Value, part_growth: Value) -> Value:
    """Solve ``pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))`` for part."""
    return pull * total / (100 * weight * (1 - 1 / (part_growth / 100 + 1)) * (growth / 100 + 1))


def pull__part_growth(pull: Value, weight: Value, part: Value, total: Value, growth: Value) -> Value:
    """Solve ``pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))`` for part_growth."""
    return -100 + 100 / (1 - pull * total / (100 * part * weight * (growth / 100 + 1)))


def pull__pull(weight: Value, part: Value, total: Value, growth: Value, part_growth: Value) -> Value:
    """Solve ``pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))`` for pull."""
    return 100 * part * weight * (1 - 1 / (part_growth / 100 + 1)) * (growth / 100 + 1) / total


def pull__total(pull: Value, weight: Value, part: Value, growth: Value, part_growth: Value) -> Value:
    """Solve ``pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))`` for total."""
    return 100 * part * weight * (1 - 1 / (part_growth / 100 + 1)) * (growth / 100 + 1) / pull


def pull__weight(pull: Value, part: Value, total: Value, growth: Value, part_growth: Value) -> Value:
    """Solve ``pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))`` for weight."""
    return pull * total / (100 * part * (1 - 1 / (part_growth / 100 + 1)) * (growth / 100 + 1))


def pull_sum__growth(pull: Sequence[Value]) -> Value:
    """Solve ``growth = sum(pull)`` for growth."""
    return added(pull)


def pull_sum__pull(pull: Sequence[Value], growth: Value) -> Value:
    """Solve ``growth = sum(pull)`` for pull."""
    return without(growth, pull)


def share_change__prior_share(share: Value, share_change: Value) -> Value:
    """Solve ``prior_share = share - share_change`` for prior_share."""
    return share - share_change


def share_change__share(share_change: Value, prior_share: Value) -> Value:
    """Solve ``prior_share = share - share_change`` for share."""
    return prior_share + share_change


def share_change__share_change(share: Value, prior_share: Value) -> Value:
    """Solve ``prior_share = share - share_change`` for share_change."""
    return -prior_share + share


def share_growth__growth(share_change: Value, share: Value, part_growth: Value) -> Value:
    """Solve ``share_change = share*(1 - (1+growth/100)/(1+part_growth/100))`` for growth."""
    return 100 * (-1 + share_change / share) * (-part_growth / 100 - 1) - 100


def share_growth__part_growth(share_change: Value, share: Value, growth: Value) -> Value:
    """Solve ``share_change = share*(1 - (1+growth/100)/(1+part_growth/100))`` for part_growth."""
    return -100 + 100 * (-growth / 100 - 1) / (-1 + share_change / share)


def share_growth__share(share_change: Value, growth: Value, part_growth: Value) -> Value:
    """Solve ``share_change = share*(1 - (1+growth/100)/(1+part_growth/100))`` for share."""
    return share_change / (-(growth / 100 + 1) / (part_growth / 100 + 1) + 1)


def share_growth__share_change(share: Value, growth: Value, part_growth: Value) -> Value:
    """Solve ``share_change = share*(1 - (1+growth/100)/(1+part_growth/100))`` for share_change."""
    return share * (-(growth / 100 + 1) / (part_growth / 100 + 1) + 1)


def growth_gap__gap(growth: Value, other_growth: Value) -> Value:
    """Solve ``gap = growth - other_growth`` for gap."""
    return growth - other_growth


def growth_gap__growth(gap: Value, other_growth: Value) -> Value:
    """Solve ``gap = growth - other_growth`` for growth."""
    return gap + other_growth


def growth_gap__other_growth(gap: Value, growth: Value) -> Value:
    """Solve ``gap = growth - other_growth`` for other_growth."""
    return -gap + growth


def per_capita__average(total: Value, base: Value, change: Value) -> Value:
    """Solve ``average = total/(base - change/2)`` for average."""
    return total / (base - change / 2)


def per_capita__base(total: Value, change: Value, average: Value) -> Value:
    """Solve ``average = total/(base - change/2)`` for base."""
    return change / 2 + total / average


def per_capita__change(total: Value, base: Value, average: Value) -> Value:
    """Solve ``average = total/(base - change/2)`` for change."""
    return 2 * base - 2 * total / average


def per_capita__total(base: Value, change: Value, average: Value) -> Value:
    """Solve ``average = total/(base - change/2)`` for total."""
    return average * (base - change / 2)


def multiple__base(current: Value, multiple: Value) -> Value:
    """Solve ``multiple = current/base`` for base."""
    return current / multiple


def multiple__current(base: Value, multiple: Value) -> Value:
    """Solve ``multiple = current/base`` for current."""
    return base * multiple


def multiple__multiple(current: Value, base: Value) -> Value:
    """Solve ``multiple = current/base`` for multiple."""
    return current / base


def unit_pair__first(second: Value, rate: Value) -> Value:
    """Solve ``first = rate*second`` for first."""
    return rate * second


def unit_pair__rate(first: Value, second: Value) -> Value:
    """Solve ``first = rate*second`` for rate."""
    return first / second


def unit_pair__second(first: Value, rate: Value) -> Value:
    """Solve ``first = rate*second`` for second."""
    return first / rate


def capitals__figure(written: Value) -> Value:
    """Solve ``figure = written`` for figure."""
    return written


def capitals__written(figure: Value) -> Value:
    """Solve ``figure = written`` for written."""
    return figure


def restated__first(second: Value) -> Value:
    """Solve ``first = second`` for first."""
    return second


def restated__second(first: Value) -> Value:
    """Solve ``first = second`` for second."""
    return first


def carry_over__closing(opening: Value) -> Value:
    """Solve ``closing = opening`` for closing."""
    return opening


def carry_over__opening(closing: Value) -> Value:
    """Solve ``closing = opening`` for opening."""
    return closing


FORMULAS: dict[str, Formula] = {
    "rate": Formula(
        check="rate",
        name="率",
        text="rate = 100*part/whole",
        kind="equation",
        strength="stated",
        roles=("part", "whole", "rate"),
        arguments=("part", "whole", "rate"),
        variadic=frozenset(),
        result="rate",
        solve={"part": rate__part, "rate": rate__rate, "whole": rate__whole},
        linear=Linear("rate", {"whole": 1}, {"part": -100}),
    ),
    "share": Formula(
        check="share",
        name="占比",
        text="share = 100*part/whole",
        kind="equation",
        strength="stated",
        roles=("part", "whole", "share"),
        arguments=("part", "whole", "share"),
        variadic=frozenset(),
        result="share",
        solve={"part": share__part, "share": share__share, "whole": share__whole},
        linear=Linear("share", {"whole": 1}, {"part": -100}),
    ),
    "ratio_list": Formula(
        check="ratio_list",
        name="构成比",
        text="ratio_i = 100*part_i/total",
        kind="each",
        strength="stated",
        roles=("part", "total", "ratio"),
        arguments=("part", "total", "ratio"),
        variadic=frozenset({"part", "ratio"}),
        result="ratio",
        solve={"part": ratio_list__part, "ratio": ratio_list__ratio, "total": ratio_list__total},
        linear=Linear("ratio", {"total": 1}, {"part": -100}),
    ),
    "percent_sum": Formula(
        check="percent_sum",
        name="比重合计",
        text="sum(share) = 100",
        kind="equation",
        strength="stated",
        roles=("share",),
        arguments=("share",),
        variadic=frozenset({"share"}),
        result="share",
        solve={"share": percent_sum__share},
        linear=Linear("", {}, {"share": 1, "": -100}),
    ),
    "sum": Formula(
        check="sum",
        name="合计",
        text="total = sum(part)",
        kind="equation",
        strength="stated",
        roles=("total", "part"),
        arguments=("total", "part"),
        variadic=frozenset({"part"}),
        result="total",
        solve={"part": sum__part, "total": sum__total},
        linear=Linear("", {}, {"part": -1, "total": 1}),
    ),
    "sum_bound": Formula(
        check="sum_bound",
        name="其中不超",
        text="sum(part) <= total",
        kind="bound",
        strength="logical",
        roles=("total", "part"),
        arguments=("total", "part"),
        variadic=frozenset({"part"}),
        result="total",
        solve={"part": sum_bound__part, "total": sum_bound__total},
        below=frozenset({"part"}),
        linear=Linear("", {}, {"part": 1, "total": -1}),
    ),
    "two_breakdowns": Formula(
        check="two_breakdowns",
        name="两种分法",
        text="sum(part) = sum(other)",
        kind="equation",
        strength="stated",
        roles=("part", "other"),
        arguments=("part", "other"),
        variadic=frozenset({"other", "part"}),
        result="part",
        solve={"part": two_breakdowns__part, "other": two_breakdowns__other},
        linear=Linear("", {}, {"part": 1, "other": -1}),
    ),
    "difference": Formula(
        check="difference",
        name="差额",
        text="difference = minuend - subtrahend",
        kind="equation",
        strength="stated",
        roles=("minuend", "subtrahend", "difference"),
        arguments=("minuend", "subtrahend", "difference"),
        variadic=frozenset(),
        result="difference",
        solve={
            "difference": difference__difference,
            "minuend": difference__minuend,
            "subtrahend": difference__subtrahend,
        },
        linear=Linear("", {}, {"difference": 1, "minuend": -1, "subtrahend": 1}),
    ),
    "change": Formula(
        check="change",
        name="增减额与幅度",
        text="growth = 100*change/(current - change)",
        kind="equation",
        strength="stated",
        roles=("current", "change", "growth"),
        arguments=("current", "change", "growth"),
        variadic=frozenset(),
        result="growth",
        solve={"change": change__change, "current": change__current, "growth": change__growth},
        linear=Linear("growth", {"change": -1, "current": 1}, {"change": -100}),
    ),
    "change_sum": Formula(
        check="change_sum",
        name="增减额合计",
        text="change = sum(part_change)",
        kind="equation",
        strength="stated",
        roles=("change", "part_change"),
        arguments=("change", "part_change"),
        variadic=frozenset({"part_change"}),
        result="change",
        solve={"change": change_sum__change, "part_change": change_sum__part_change},
        linear=Linear("", {}, {"change": 1, "part_change": -1}),
    ),
    "opening_bound": Formula(
        check="opening_bound",
        name="期初分项",
        text="sum(part) - sum(part_change) + change <= total",
        kind="bound",
        strength="logical",
        roles=("total", "part", "change", "part_change"),
        arguments=("total", "part", "change", "part_change"),
        variadic=frozenset({"part", "part_change"}),
        result="total",
        solve={
            "change": opening_bound__change,
            "part": opening_bound__part,
            "part_change": opening_bound__part_change,
            "total": opening_bound__total,
        },
        below=frozenset({"change", "part"}),
        linear=Linear("", {}, {"change": 1, "part": 1, "part_change": -1, "total": -1}),
    ),
    "balance": Formula(
        check="balance",
        name="收支平衡",
        text="income = expense",
        kind="equation",
        strength="stated",
        roles=("income", "expense"),
        arguments=("income", "expense"),
        variadic=frozenset(),
        result="income",
        solve={"expense": balance__expense, "income": balance__income},
        linear=Linear("", {}, {"expense": -1, "income": 1}),
    ),
    "plan": Formula(
        check="plan",
        name="完成预算",
        text="rate = 100*actual/plan",
        kind="equation",
        strength="stated",
        roles=("actual", "plan", "rate"),
        arguments=("actual", "plan", "rate"),
        variadic=frozenset(),
        result="rate",
        solve={"actual": plan__actual, "plan": plan__plan, "rate": plan__rate},
        linear=Linear("rate", {"plan": 1}, {"actual": -100}),
    ),
    "ceiling": Formula(
        check="ceiling",
        name="限额",
        text="balance <= ceiling",
        kind="bound",
        strength="logical",
        roles=("balance", "ceiling"),
        arguments=("balance", "ceiling"),
        variadic=frozenset(),
        result="balance",
        solve={"balance": ceiling__balance, "ceiling": ceiling__ceiling},
        below=frozenset({"balance"}),
        linear=Linear("", {}, {"balance": 1, "ceiling": -1}),
    ),
    "subset": Formula(
        check="subset",
        name="不超过整体",
        text="part <= whole",
        kind="bound",
        strength="logical or customary",
        roles=("part", "whole"),
        arguments=("part", "whole"),
        variadic=frozenset(),
        result="part",
        solve={"part": subset__part, "whole": subset__whole},
        below=frozenset({"part"}),
        linear=Linear("", {}, {"part": 1, "whole": -1}),
    ),
    "percent_cap": Formula(
        check="percent_cap",
        name="百分上限",
        text="percent <= 100",
        kind="bound",
        strength="logical or customary",
        roles=("percent",),
        arguments=("percent",),
        variadic=frozenset(),
        result="percent",
        solve={"percent": percent_cap__percent},
        below=frozenset({"percent"}),
        linear=Linear("", {}, {"percent": 1, "": -100}),
    ),
    "growth": Formula(
        check="growth",
        name="增长率",
        text="growth = 100*(current/prior - 1)",
        kind="equation",
        strength="stated",
        roles=("current", "prior", "growth"),
        arguments=("current", "prior", "growth"),
        variadic=frozenset(),
        result="growth",
        solve={"current": growth__current, "growth": growth__growth, "prior": growth__prior},
        linear=Linear("growth", {"prior": 1}, {"current": -100, "prior": 100}),
    ),
    "growth_feasible": Formula(
        check="growth_feasible",
        name="整数可行",
        text="exists integer prior: growth = 100*(current/prior - 1)",
        kind="integer",
        strength="stated",
        roles=("current", "growth"),
        arguments=("current", "growth", "prior"),
        variadic=frozenset(),
        result="growth",
        solve={
            "current": growth_feasible__current,
            "growth": growth_feasible__growth,
            "prior": growth_feasible__prior,
        },
    ),
    "growth_cross": Formula(
        check="growth_cross",
        name="跨期衔接",
        text="growth = 100*(sum(current)/sum(prior) - 1)",
        kind="equation",
        strength="customary",
        roles=("current", "prior", "growth"),
        arguments=("current", "prior", "growth"),
        variadic=frozenset({"current", "prior"}),
        result="growth",
        solve={
            "growth": growth_cross__growth,
            "current": growth_cross__current,
            "prior": growth_cross__prior,
        },
        linear=Linear("growth", {"prior": 1}, {"current": -100, "prior": 100}),
    ),
    "growth_mix": Formula(
        check="growth_mix",
        name="分项与总增速",
        text="total/(1+growth/100) = sum(part_i/(1+part_growth_i/100))",
        kind="equation",
        strength="logical",
        roles=("total", "growth", "part", "part_growth"),
        arguments=("total", "growth", "part", "part_growth"),
        variadic=frozenset({"part", "part_growth"}),
        result="total",
        solve={"growth": growth_mix__growth, "total": growth_mix__total},
        members=Members(
            roles=("part", "part_growth"),
            value=growth_mix__member,
            whole=growth_mix__members,
            solve={"part": growth_mix__part, "part_growth": growth_mix__part_growth},
        ),
    ),
    "prior_bound": Formula(
        check="prior_bound",
        name="上期分项",
        text="sum(part_i/(1+part_growth_i/100))*(1+growth/100) <= total",
        kind="bound",
        strength="customary",
        roles=("total", "growth", "part", "part_growth"),
        arguments=("total", "growth", "part", "part_growth"),
        variadic=frozenset({"part", "part_growth"}),
        result="total",
        solve={"growth": prior_bound__growth, "total": prior_bound__total},
        below=frozenset({"growth", "part"}),
        members=Members(
            roles=("part", "part_growth"),
            value=prior_bound__member,
            whole=prior_bound__members,
            solve={"part": prior_bound__part, "part_growth": prior_bound__part_growth},
        ),
    ),
    "rate_mix": Formula(
        check="rate_mix",
        name="分项与总率",
        text="min(part_rate) <= rate <= max(part_rate)",
        kind="between",
        strength="logical",
        roles=("rate", "part_rate"),
        arguments=("rate", "part_rate"),
        variadic=frozenset({"part_rate"}),
        result="rate",
    ),
    "growth_average": Formula(
        check="growth_average",
        name="年均增长",
        text="end = start*(1+growth/100)**years",
        kind="equation",
        strength="stated",
        roles=("end", "start", "years", "growth"),
        arguments=("end", "start", "years", "growth"),
        variadic=frozenset(),
        result="end",
        solve={"end": growth_average__end, "start": growth_average__start},
    ),
    "growth_compound": Formula(
        check="growth_compound",
        name="累计与年均增长",
        text="total_growth = 100*(1+growth/100)**years - 100",
        kind="equation",
        strength="customary",
        roles=("total_growth", "years", "growth"),
        arguments=("total_growth", "years", "growth"),
        variadic=frozenset(),
        result="total_growth",
        solve={"total_growth": growth_compound__total_growth},
    ),
    "average_change": Formula(
        check="average_change",
        name="增量与年均增长",
        text="change = end*(1 - 1/(1+growth/100)**years)",
        kind="equation",
        strength="customary",
        roles=("end", "change", "years", "growth"),
        arguments=("end", "change", "years", "growth"),
        variadic=frozenset(),
        result="change",
        solve={"change": average_change__change, "end": average_change__end},
    ),
    "contribution": Formula(
        check="contribution",
        name="拉动与贡献率",
        text="contribution = 100*weight*part_growth/growth",
        kind="equation",
        strength="customary",
        roles=("growth", "contribution", "weight"),
        arguments=("growth", "contribution", "weight", "part_growth"),
        variadic=frozenset(),
        result="contribution",
        solve={
            "contribution": contribution__contribution,
            "growth": contribution__growth,
            "part_growth": contribution__part_growth,
            "weight": contribution__weight,
        },
    ),
    "pull": Formula(
        check="pull",
        name="拉动点数",
        text="pull = 100*weight*part/total*(1+growth/100)*(1-1/(1+part_growth/100))",
        kind="equation",
        strength="customary",
        roles=("pull", "weight", "part", "total", "growth", "part_growth"),
        arguments=("pull", "weight", "part", "total", "growth", "part_growth"),
        variadic=frozenset(),
        result="pull",
        solve={
            "growth": pull__growth,
            "part": pull__part,
            "part_growth": pull__part_growth,
            "pull": pull__pull,
            "total": pull__total,
            "weight": pull__weight,
        },
    ),
    "pull_sum": Formula(
        check="pull_sum",
        name="拉动合计",
        text="growth = sum(pull)",
        kind="equation",
        strength="customary",
        roles=("growth", "pull"),
        arguments=("growth", "pull"),
        variadic=frozenset({"pull"}),
        result="growth",
        solve={"growth": pull_sum__growth, "pull": pull_sum__pull},
        linear=Linear("", {}, {"growth": 1, "pull": -1}),
    ),
    "share_change": Formula(
        check="share_change",
        name="比重变动",
        text="prior_share = share - share_change",
        kind="equation",
        strength="customary",
        roles=("share", "share_change", "prior_share"),
        arguments=("share", "share_change", "prior_share"),
        variadic=frozenset(),
        result="prior_share",
        solve={
            "prior_share": share_change__prior_share,
            "share": share_change__share,
            "share_change": share_change__share_change,
        },
        linear=Linear("", {}, {"prior_share": 1, "share": -1, "share_change": 1}),
    ),
    "share_growth": Formula(
        check="share_growth",
        name="比重与增速",
        text="share_change = share*(1 - (1+growth/100)/(1+part_growth/100))",
        kind="equation",
        strength="customary",
        roles=("share_change", "share", "growth", "part_growth"),
        arguments=("share_change", "share", "growth", "part_growth"),
        variadic=frozenset(),
        result="share_change",
        solve={
            "growth": share_growth__growth,
            "part_growth": share_growth__part_growth,
            "share": share_growth__share,
            "share_change": share_growth__share_change,
        },
    ),
    "growth_gap": Formula(
        check="growth_gap",
        name="增速差",
        text="gap = growth - other_growth",
        kind="equation",
        strength="customary",
        roles=("gap", "growth", "other_growth"),
        arguments=("gap", "growth", "other_growth"),
        variadic=frozenset(),
        result="gap",
        solve={
            "gap": growth_gap__gap,
            "growth": growth_gap__growth,
            "other_growth": growth_gap__other_growth,
        },
        linear=Linear("", {}, {"gap": 1, "growth": -1, "other_growth": 1}),
    ),
    "per_capita": Formula(
        check="per_capita",
        name="人均",
        text="average = total/(base - change/2)",
        kind="equation",
        strength="customary",
        roles=("total", "base", "change", "average"),
        arguments=("total", "base", "change", "average"),
        variadic=frozenset(),
        result="average",
        solve={
            "average": per_capita__average,
            "base": per_capita__base,
            "change": per_capita__change,
            "total": per_capita__total,
        },
        linear=Linear("average", {"base": 2, "change": -1}, {"total": -2}),
    ),
    "multiple": Formula(
        check="multiple",
        name="倍数",
        text="multiple = current/base",
        kind="equation",
        strength="stated",
        roles=("current", "base", "multiple"),
        arguments=("current", "base", "multiple"),
        variadic=frozenset(),
        result="multiple",
        solve={"base": multiple__base, "current": multiple__current, "multiple": multiple__multiple},
        linear=Linear("multiple", {"base": 1}, {"current": -1}),
    ),
    "unit_pair": Formula(
        check="unit_pair",
        name="折算",
        text="first = rate*second",
        kind="equation",
        strength="customary",
        roles=("first", "second", "rate"),
        arguments=("first", "second", "rate"),
        variadic=frozenset(),
        result="first",
        solve={"first": unit_pair__first, "rate": unit_pair__rate, "second": unit_pair__second},
        linear=Linear("rate", {"second": -1}, {"first": 1}),
    ),
    "exchange_rates": Formula(
        check="exchange_rates",
        name="汇率一致",
        text="max(first_i/second_i) <= spread*min(first_i/second_i)",
        kind="rates",
        strength="customary",
        roles=("first", "second"),
        arguments=("first", "second"),
        variadic=frozenset({"first", "second"}),
        result="first",
    ),
    "capitals": Formula(
        check="capitals",
        name="大写金额",
        text="figure = written",
        kind="equation",
        strength="stated",
        roles=("figure", "written"),
        arguments=("figure", "written"),
        variadic=frozenset(),
        result="figure",
        solve={"figure": capitals__figure, "written": capitals__written},
        linear=Linear("", {}, {"figure": 1, "written": -1}),
    ),
    "duplicate": Formula(
        check="duplicate",
        name="雷同数组",
        text="first = second",
        kind="tuple",
        strength="customary",
        roles=("first", "second"),
        arguments=("first", "second"),
        variadic=frozenset({"first", "second"}),
        result="first",
    ),
    "restated": Formula(
        check="restated",
        name="同指标两值",
        text="first = second",
        kind="equation",
        strength="stated",
        roles=("first", "second"),
        arguments=("first", "second"),
        variadic=frozenset(),
        result="first",
        solve={"first": restated__first, "second": restated__second},
        linear=Linear("", {}, {"first": 1, "second": -1}),
    ),
    "carry_over": Formula(
        check="carry_over",
        name="结转衔接",
        text="closing = opening",
        kind="equation",
        strength="customary",
        roles=("closing", "opening"),
        arguments=("closing", "opening"),
        variadic=frozenset(),
        result="closing",
        solve={"closing": carry_over__closing, "opening": carry_over__opening},
        linear=Linear("", {}, {"closing": 1, "opening": -1}),
    ),
    "enumeration": Formula(
        check="enumeration",
        name="列举计数",
        text="count = len(item)",
        kind="count",
        strength="stated",
        roles=("count", "item"),
        arguments=("count", "item"),
        variadic=frozenset({"item"}),
        result="count",
    ),
    "wording": Formula(
        check="wording",
        name="措辞",
        text="bound on current/prior",
        kind="custom",
        strength="customary",
        roles=("current", "prior", "growth"),
        arguments=("current", "prior", "growth"),
        variadic=frozenset(),
        result="current",
        reason="words give the bound on current/prior; the relation carries it",
    ),
    "stale": Formula(
        check="stale",
        name="沿用旧数",
        text="first = second",
        kind="tuple",
        strength="customary",
        roles=("first", "second"),
        arguments=("first", "second"),
        variadic=frozenset({"first", "second"}),
        result="first",
    ),
    "order": Formula(
        check="order",
        name="排序",
        text="item_i >= item_j",
        kind="order",
        strength="stated",
        roles=("item",),
        arguments=("item",),
        variadic=frozenset({"item"}),
        result="item",
    ),
    "dates": Formula(
        check="dates",
        name="日期",
        text="first <= second",
        kind="days",
        strength="logical",
        roles=("first", "second"),
        arguments=("first", "second"),
        variadic=frozenset(),
        result="first",
    ),
    "series_break": Formula(
        check="series_break",
        name="量级突变",
        text="bound on current/prior",
        kind="custom",
        strength="customary",
        roles=("current", "prior"),
        arguments=("current", "prior"),
        variadic=frozenset(),
        result="current",
        reason="custom gives the bound on current/prior, the same for all",
    ),
}
