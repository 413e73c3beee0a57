from fractions import Fraction as F
from math import factorial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.audit import Habits
from gouji.checks.chance import rounding_chance
from gouji.checks.engine import judge
from gouji.checks.power import gap, power
from gouji.checks.relation import Relation
from gouji.checks.terms import term
from gouji.extract.interval import Interval

from .factory import claim

PLAIN = Habits()


@st.composite
def images(draw: Any) -> Any:
    low, width = (
        draw(st.fractions(-20, 120, max_denominator=40)),
        draw(st.fractions(0, 30, max_denominator=40)),
    )
    opens = (draw(st.booleans()), draw(st.booleans())) if width else (False, False)
    low_end, high_end = draw(st.sampled_from([(1, 1), (1, 0), (0, 1)]))
    return Interval(low if low_end else None, low + width if high_end else None, *opens)


@given(images(), st.integers(0, 99), st.sampled_from([("%", 1), ("件", 0)]), st.booleans())
@settings(max_examples=300)
def test_power_is_that_of_trying_every_print(image: Any, steps: Any, kind: Any, down: Any) -> None:
    unit, decimals = kind
    numeral = f"{steps // 10}.{steps % 10}" if decimals else f"{steps:02d}"
    made = term(claim(("下降" if down else "") + numeral, unit), "growth" if down else "rate", PLAIN)
    passing = []
    for print_ in range(100):
        text = f"{print_ // 10}.{print_ % 10}" if decimals else f"{print_:02d}"
        other = term(claim(("下降" if down else "") + text, unit), "growth" if down else "rate", PLAIN)
        if other.printed.meets(image):
            passing.append(print_)
    assert power(made, image) == 1 - F(len(passing), 100)
    if passing and min(passing) > 0 and max(passing) < 99:
        assert gap(made, image) == min(abs(steps - p) for p in passing)


def test_a_growth_on_a_count_without_a_prior_has_almost_no_power() -> None:
    relation = Relation(
        "growth_feasible", {"current": (claim("355197", "件"),), "growth": (claim("5.3", "%"),)}, "stated"
    )
    assert judge(relation).power == 0


def volume(widths: Any, gap_: Any) -> Any:
    """Irwin and Hall by a lattice: the share of midpoints of a fine grid with a sum beyond the gap."""
    steps = 40
    counts = {F(0): 1}
    for width in widths:
        grown: dict[F, int] = {}
        for value, ways in counts.items():
            for i in range(steps):
                key = value + width * (F(2 * i + 1, 2 * steps) - F(1, 2))
                grown[key] = grown.get(key, 0) + ways
        counts = grown
    return F(sum(w for v, w in counts.items() if abs(v) >= gap_), steps ** len(widths))


@pytest.mark.parametrize(
    ("ulps", "missed"),
    [
        ([1, 1], F(1, 2)),
        ([1, 1, 1], F(1)),
        ([1, 1, 1], F(1, 2)),
        ([1, F(1, 2)], F(1, 3)),
        ([2, 1, 1], F(5, 4)),
    ],
)
def test_the_chance_of_a_gap_is_that_of_many_draws(ulps: Any, missed: Any) -> None:
    exact = rounding_chance([F(u) for u in ulps], missed)
    assert abs(exact - volume([F(u) for u in ulps], missed)) < F(1, 20)


def test_the_chance_in_closed_form() -> None:
    one = F(1)
    assert rounding_chance([one], F(1, 4)) == F(1, 2)
    assert rounding_chance([one, one], F(1, 2)) == F(1, 4)
    assert rounding_chance([one] * 3, F(1, 2)) == F(1, 3)
    assert rounding_chance([one] * 5, F(5, 2)) == 0
    # beyond n/2 − x by little: 2·x^n/n!
    assert rounding_chance([one] * 6, F(5, 2)) == F(2, factorial(6)) * F(1, 2) ** 6
    assert rounding_chance([one], F(0)) == 1
    assert rounding_chance([F(1, 3**i) for i in range(13)], F(1, 2)) is None


def test_the_chance_does_not_depend_on_the_unit() -> None:
    assert rounding_chance([F(10**6)] * 4, F(10**6)) == rounding_chance([F(1, 100)] * 4, F(1, 100))


def test_a_rounding_gap_that_chance_can_hardly_explain_is_suspicious() -> None:
    def rounded(total: Any) -> Any:
        parts = tuple(claim("10.1", "亿元") for _ in range(10))
        return judge(Relation("sum", {"total": (claim(total, "亿元"),), "part": parts}, "stated"))

    assert (rounded("101.0").basis, rounded("101.0").chance) == ("exact", None)
    assert rounded("101.1").verdict == "consistent"
    assert rounded("101.1").chance > F(1, 2)
    # four digits: P(|E| >= 3.5) for ten parts
    assert rounded("101.4").verdict == "suspicious"
    assert 0 < rounded("101.4").chance < F(1, 1000)
    assert rounded("101.4").severity == "warning"
