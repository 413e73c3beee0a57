import json
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.interval import EVERYTHING, Interval, parse, point, rounded, truncated

VECTORS = json.loads((Path(__file__).parent / "data" / "interval_vectors.json").read_text(encoding="utf-8"))
F = Fraction


# -- a brute-force model: an interval is a sample of its members, its ends among them ---------------------

ENDS = st.one_of(st.none(), st.integers(-4, 4).map(F))


@st.composite
def intervals(draw: Any) -> Any:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    opens = draw(st.booleans()), draw(st.booleans())
    if low == high and low is not None:
        opens = False, False
    return Interval(low, high, *opens)


FAR, NEAR = F(10**6), F(1, 10**6)


def members(interval: Any) -> Any:
    """Sample members: the ends where attained, points just inside, the middle, and far out where infinite."""
    low = -FAR if interval.low is None else interval.low
    high = FAR if interval.high is None else interval.high
    found = {low, high, low + NEAR, high - NEAR, (low + high) / 2, NEAR, -NEAR, F(0)}
    return [value for value in found if interval.contains(value)]


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@given(intervals(), intervals(), st.sampled_from("+-*/"))
def test_the_image_holds_every_result_of_members(a: Any, b: Any, sign: Any) -> None:
    operation = OPERATIONS[sign]
    if sign == "/" and b.contains(0):
        with pytest.raises(ZeroDivisionError):
            operation(a, b)
        return
    image = operation(a, b)
    for x, y in product(members(a), members(b)):
        assert image.contains(operation(x, y))


def reached(a: Any, b: Any, sign: Any, end: Any, attained: Any) -> Any:
    """Whether results come arbitrarily close to an end (or are it), judged on the samples."""
    results = [OPERATIONS[sign](x, y) for x, y in product(members(a), members(b))]
    if attained:
        return end in results
    return any(abs(end - value) <= F(1, 100) for value in results)


@given(intervals(), intervals(), st.sampled_from("+-*/"))
def test_the_image_is_no_larger_than_the_results(a: Any, b: Any, sign: Any) -> None:
    if sign == "/" and b.contains(0):
        return
    image = OPERATIONS[sign](a, b)
    for end, is_open in ((image.low, image.low_open), (image.high, image.high_open)):
        if end is None:
            results = [OPERATIONS[sign](x, y) for x, y in product(members(a), members(b))]
            extreme = min(results) if end is image.low and image.low is None else max(results)
            extremes = min(results), max(results)
            assert extreme in extremes
            assert max(abs(value) for value in extremes) >= 10**5
        else:
            assert reached(a, b, sign, end, attained=not is_open)


@given(intervals(), st.fractions(-5, 5, max_denominator=3))
def test_a_number_acts_as_its_point(a: Any, x: Any) -> None:
    assert a + x == x + a == a + point(x) == point(x) + a
    assert a * x == x * a == a * point(x) == point(x) * a
    assert a - x == a - point(x)
    assert x - a == point(x) - a
    if x:
        assert a / x == a / point(x)
    if not a.contains(0):
        assert x / a == point(x) / a


@given(intervals())
def test_negation_twice_is_nothing(a: Any) -> None:
    mirrored = -a
    assert -mirrored == a
    assert -a == 0 - a


@given(intervals(), st.integers(-3, 4))
def test_a_power_holds_the_powers_of_members_and_its_own_ends(a: Any, n: Any) -> None:
    if n < 0 and a.contains(0):
        with pytest.raises(ZeroDivisionError):
            a**n
        return
    image = a**n
    powers = [x**n for x in members(a)]
    assert all(image.contains(value) for value in powers)
    if image.low is not None and not image.low_open:
        assert image.low in powers
    if image.high is not None and not image.high_open:
        assert image.high in powers
    if image.low is not None and image.high is not None and n > 0:
        near = F(1, 100)
        assert min(powers) <= image.low + near
        assert max(powers) >= image.high - near


@given(intervals(), intervals())
def test_meeting_is_having_a_common_member(a: Any, b: Any) -> None:
    meeting = a.meet(b)
    assert a.meets(b) is (meeting is not None)
    assert b.meets(a) is a.meets(b)
    for x in {*members(a), *members(b)}:
        both = a.contains(x) and b.contains(x)
        assert both is (meeting is not None and meeting.contains(x))
    if meeting is None:
        gap = a.distance(b)
        assert gap == b.distance(a) >= 0


@given(intervals())
def test_what_is_written_is_read_back(a: Any) -> None:
    assert parse(str(a)) == a


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (point(704), "[704, 704]"),
        (Interval(F(3), None), "(3, inf)".replace("(3", "[3")),
        (Interval(F(3), None, True), "(3, inf)"),
        (EVERYTHING, "(-inf, inf)"),
        (rounded(F(8139, 100), F(1, 100)), "[16277/200, 16279/200]"),
    ],
)
def test_the_written_form(interval: Any, text: Any) -> None:
    assert str(interval) == text


@pytest.mark.parametrize("text", ["", "[1, 2", "1, 2]", "[a, 2]", "[2, 1]", "(1, 1]", "[1; 2]", "[1, 2, 3]"])
def test_what_is_no_interval_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_an_infinite_end_is_open() -> None:
    assert Interval(None, None) == EVERYTHING
    assert parse("[-inf, 3]") == Interval(None, F(3))


def test_distance_counts_from_the_nearest_ends() -> None:
    assert point(3).distance(Interval(F(5), F(9), True)) == 2
    assert Interval(F(5), None).distance(Interval(None, F(1))) == 4
    assert point(3).distance(Interval(F(3), F(4), True)) == 0


def test_an_open_end_at_zero_divides_to_infinity() -> None:
    assert point(1) / Interval(F(0), F(5), True) == Interval(F(1, 5), None)
    assert point(-1) / Interval(F(-5), F(0), False, True) == Interval(F(1, 5), None)
    assert point(1) / Interval(F(2), None) == Interval(F(0), F(1, 2), True)
    for divisor in (point(0), Interval(F(-1), F(1)), Interval(F(0), F(1))):
        with pytest.raises(ZeroDivisionError):
            point(1) / divisor


def test_zero_times_infinity_is_zero() -> None:
    assert point(0) * EVERYTHING == point(0)
    assert Interval(F(0), F(1)) * Interval(F(1), None) == Interval(F(0), None)
    assert Interval(F(0), F(1), True) * Interval(F(1), None) == Interval(F(0), None, True)


@given(st.fractions(-50, 50, max_denominator=100), st.integers(0, 3))
def test_what_is_rounded_or_cut_lies_in_the_interval_of_its_print(true: Any, decimals: Any) -> None:
    ulp = F(1, 10**decimals)
    near = round(true / ulp) * ulp
    assert rounded(near, ulp).contains(true)
    cut = int(true / ulp) * ulp
    assert truncated(cut, ulp).contains(true)
    if cut:
        assert not truncated(cut + ulp, ulp).contains(true)
        assert not truncated(cut - ulp, ulp).contains(true)


# -- published vectors -------------------------------------------------------------------------------------


def closed(low: Any, high: Any) -> Interval:
    return Interval(F(low), F(high))


def reported(value: Any, decimals: Any) -> Any:
    return point(F(value)) if decimals in (None, "INF") else rounded(F(value), F(10) ** -decimals)


def computed(items: Any, read: Any) -> Any:
    total = point(0)
    for weight, *prints in items:
        value = read(*prints[0])
        for other in prints[1:]:
            value = value.meet(read(*other))
        total = total + weight * value
    return total


@pytest.mark.parametrize("case", VECTORS["intervals"], ids=lambda c: f"{c['value']}d{c['decimals']}")
def test_published_rounding(case: Any) -> None:
    assert reported(case["value"], case["decimals"]) == closed(*case["interval"])


@pytest.mark.parametrize("case", VECTORS["intersections"], ids=str)
def test_published_intersections(case: Any) -> None:
    met: Interval | None = EVERYTHING
    for low, high in case["of"]:
        met = met and met.meet(Interval(F(str(low)), F(str(high))))
    assert met == (None if case["is"] is None else closed(*case["is"]))


@pytest.mark.parametrize("case", VECTORS["calculations"], ids=lambda c: c["id"])
def test_published_calculations(case: Any) -> None:
    sums, total = computed(case["items"], reported), reported(*case["total"])
    assert sums == closed(*case["computed"])
    assert total == closed(*case["reported"])
    assert sums.meets(total) is case["calc11"]


@pytest.mark.parametrize("case", VECTORS["truncation_vectors_from_Arelle_rangeValue"], ids=str)
def test_published_truncation(case: Any) -> None:
    assert truncated(F(case["value"]), F(10) ** -case["decimals"]) == parse(case["interval"])


@pytest.mark.parametrize("case", VECTORS["arelle_boundary_cases"]["cases"], ids=str)
def test_published_boundaries_of_truncation(case: Any) -> None:
    def read(value: Any, decimals: Any) -> Any:
        return point(F(value)) if decimals == "INF" else truncated(F(value), F(10) ** -decimals)

    meets = computed(case["items"], read).meets(read(*case["total"]))
    assert ("consistent" if meets else "inconsistent") == case["expected"]


def test_every_published_vector_is_used() -> None:
    assert [len(VECTORS[k]) for k in ("intervals", "intersections", "calculations")] == [5, 6, 5]
    assert len(VECTORS["truncation_vectors_from_Arelle_rangeValue"]) == 3
    assert len(VECTORS["arelle_boundary_cases"]["cases"]) == 5


@pytest.mark.parametrize("case", VECTORS["excess_digits_from_Arelle_test_validatexbrlcalcs"], ids=str)
def test_published_excess_digits(case: Any) -> None:
    value, ulp = F(case["value"]), F(10) ** -case["decimals"]
    significant = int(value / ulp) * ulp
    assert truncated(significant, ulp).contains(value)
    if case["excess"] is None:
        assert significant == value
    else:
        # The vectors print the least print that the value is cut off to, and what is left over.
        assert str(F(case["excess"])) == str(value - significant)
