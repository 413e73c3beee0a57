"""Two ways to one verdict: whatever relations are made up, the verifier agrees with the engine on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.checks.audit import Audit, Audited, Habits
from gouji.checks.engine import judge, judge_all
from gouji.checks.relation import Judged, Relation
from gouji.extract.claim import Claim
from gouji.reports.json import contract
from gouji.reports.verify import Verified, verify

from . import texts
from .factory import claim

Made = tuple[str, dict[str, list[str]], str]

HEDGES = st.sampled_from(["", "", "", "约", "超过", "近", "不足"])
COUNTS = st.integers(1, 400).map(lambda n: f"{n}件")
AMOUNTS = st.decimals(1, 400, places=2).flatmap(
    lambda d: st.sampled_from([f"{d}亿元", f"{d:.1f}亿元", f"{d:.0f}亿元"])
)
PERCENTS = st.decimals(0, 150, places=2).flatmap(
    lambda d: st.sampled_from([f"{d}%", f"{d:.1f}%", f"{d:.0f}%"])
)


def number(text: str) -> float:
    return float("".join(c for c in text if c in "0123456789."))


def near(value: float, slip: float, places: int) -> str:
    """A percentage as honest arithmetic prints it, or off by ``slip`` last digits."""
    return f"{abs(value) + slip / 10**places:.{places}f}%"


@st.composite
def relations(draw: st.DrawFn) -> Made:
    """A relation of one of the kinds that the checks state, true or nearly so: (check, texts, direction)."""
    kind = draw(
        st.sampled_from(["ratio", "growth", "sum", "equal", "bound", "whole", "part", "prior", "list"])
    )
    numbers = draw(st.sampled_from([COUNTS, AMOUNTS]))
    first, second = draw(numbers), draw(numbers)
    slip, places = draw(st.sampled_from([0, 0, 0, 1, -1, 30])), draw(st.integers(0, 2))
    hedged = [draw(HEDGES) + first, draw(HEDGES) + second]
    rate = near(100 * number(first) / number(second), max(slip, 0), places)
    if kind == "ratio":
        name = draw(st.sampled_from(["rate", "share"]))
        return name, {"part": [hedged[0]], "whole": [hedged[1]], name: [rate]}, "up"
    if kind == "growth":
        growth = 100 * number(first) / number(second) - 100
        terms = {"current": [hedged[0]], "prior": [hedged[1]], "growth": [near(growth, max(slip, 0), places)]}
        return "growth", terms, "down" if growth < 0 else "up"
    if kind in ("sum", "bound"):
        parts = draw(st.lists(numbers, min_size=2, max_size=6))
        total = max(0.0, sum(map(number, parts)) + slip / 10)
        unit = parts[0].lstrip("0123456789.")
        printed = f"{total:.0f}{unit}" if unit == "件" else f"{total:.{places}f}{unit}"
        return ("sum" if kind == "sum" else "sum_bound"), {"total": [printed], "part": parts}, "up"
    if kind == "equal":
        return draw(st.sampled_from([("restated", {"first": [hedged[0]], "second": [hedged[1]]}, "up"),
                                     ("balance", {"income": [first], "expense": [first]}, "up"),
                                     ("subset", {"part": [hedged[0]], "whole": [hedged[1]]}, "up")]))  # fmt: skip
    if kind == "list":
        return "percent_sum", {"share": draw(st.lists(PERCENTS, min_size=2, max_size=5))}, "up"
    count, percent = f"{draw(st.integers(1, 90))}件", draw(PERCENTS)
    if kind == "prior":
        terms = {"current": [count], "growth": [draw(HEDGES) + percent]}
        return "growth_feasible", terms, draw(st.sampled_from(["up", "down"]))
    return "rate", {kind: [count], "rate": [percent]}, "up"


def agreement(made: list[Made], habits: Habits) -> tuple[dict[str, Any], Verified]:
    """The audit of these relations, as the JSON holds it, and what the verifier says of it."""
    lines = ["；".join(text for members in terms.values() for text in members) for _, terms, _ in made]
    document = texts.document("".join(f"{line}。\n" for line in lines))
    figures = tuple(replace(f, id=f"d1f{i}") for i, f in enumerate(document.figures, 1))
    assert len(figures) == sum(len(members) for _, terms, _ in made for members in terms.values())
    claims: list[Claim] = []
    stated: list[Relation] = []
    for check, terms, direction in made:
        bound: dict[str, tuple[Claim, ...]] = {}
        for role, members in terms.items():
            signed = direction if role == "growth" else None
            new = [
                Claim(figures[len(claims) + i], len(claims) + i, direction=signed)
                for i in range(len(members))
            ]
            claims += new
            bound[role] = tuple(new)
        stated.append(Relation(check, bound, "stated"))
    verdicts = judge_all(stated, habits)
    status: dict[str, tuple[str, str | None]] = {}
    for relation, verdict in zip(stated, verdicts, strict=True):
        for one in relation.claims():
            open_tie = verdict.verdict == "unverified"
            status[one.figure.id] = ("unverified", verdict.reason) if open_tie else ("checked", None)
    document = replace(document, figures=figures)
    judged = [
        Judged(f"r{i}", r, v, f"x{i}") for i, (r, v) in enumerate(zip(stated, verdicts, strict=True), 1)
    ]
    audit = Audit((Audited(document, tuple(claims), habits, None, status),), tuple(judged))
    data = contract(audit, "en")
    return data, verify(data)


HABITS = st.builds(
    Habits,
    st.sampled_from([{}, {"亿元": 2}]),
    st.sampled_from([0, 9]),
    st.sampled_from([0, 9]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(relations(), min_size=1, max_size=5), HABITS)
def test_the_verifier_and_the_engine_agree(made: list[Made], habits: Habits) -> None:
    data, found = agreement(made, habits)
    shown = [f"{f.place} {f.key}: {f.says} / {f.finds}" for f in found.faults]
    assert shown == [], [(r["terms"], r["verdict"], r["basis"]) for r in data["relations"]]
    assert found.beyond == 0


@pytest.mark.parametrize(
    ("made", "verdict", "gap"),
    [
        (("growth_feasible", {"current": ["136件"], "growth": ["近100%"]}, "down"), "consistent", 0),
        (("rate", {"whole": ["32件"], "rate": ["7.84%"]}, "up"), "inconsistent", 153),
    ],
)
def test_where_the_two_once_differed(made: Made, verdict: str, gap: int) -> None:
    data, found = agreement([made], Habits())
    assert (data["relations"][0]["verdict"], data["relations"][0]["gap"]) == (verdict, gap)
    assert found.faults == ()


def test_a_fall_of_nearly_all_has_priors_without_end() -> None:
    growth = claim("下降100", "%", "growth", "under")
    verdict = judge(
        Relation("growth_feasible", {"current": (claim("136", "件"),), "growth": (growth,)}, "stated")
    )
    assert (verdict.verdict, verdict.basis) == ("consistent", "hedged")
    assert verdict.equation.endswith("(∞)")
    assert str(verdict.recomputed) == "(-100, -80]"
