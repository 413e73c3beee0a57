import ast
import csv
from fractions import Fraction
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.formulas import FORMULAS
from gouji.extract.interval import Interval

GENERATED = files("gouji.checks").joinpath("formulas.py").read_text(encoding="utf-8")
TABLE = list(
    csv.DictReader(
        files("gouji.checks").joinpath("checks.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
)
FUNCTIONS = {node.name: node for node in ast.parse(GENERATED).body if isinstance(node, ast.FunctionDef)}


def test_the_generated_file_is_up_to_date() -> None:
    pytest.importorskip("sympy")
    from gouji.checks.generate import generate

    assert generate() == GENERATED


def test_every_row_has_a_formula_and_no_other_has() -> None:
    assert list(FORMULAS) == [row["check"] for row in TABLE]
    for row in TABLE:
        formula = FORMULAS[row["check"]]
        assert formula.text == row["formula"]
        assert formula.roles == tuple(role.strip().rstrip("…") for role in row["roles"].split(","))


def test_what_has_no_solution_says_why() -> None:
    for formula in FORMULAS.values():
        if formula.kind == "custom":
            assert formula.reason
        elif formula.kind in ("equation", "bound", "each", "integer"):
            assert formula.solve


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_occurs_once(name: Any) -> None:
    node = FUNCTIONS[name]
    arguments = [argument.arg for argument in node.args.args]
    used = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    assert all(used.count(argument) == 1 for argument in arguments)


def test_no_float_is_written() -> None:
    assert not any(
        isinstance(n, ast.Constant) and isinstance(n.value, float) for n in ast.walk(ast.parse(GENERATED))
    )


def test_the_generator_alone_imports_sympy() -> None:
    assert "sympy" not in GENERATED


POSITIVE = st.fractions(1, 1000, max_denominator=20)


def equation(formula: Any, values: Any) -> Any:
    """Whether the formula of the table, as it stands there, holds for these values."""
    text = formula.text.partition(": ")[2] or formula.text
    text = text.replace("_i", "")
    # a bound holds with equality at its limit
    left, right = text.split(" <= " if " <= " in text else " = ")
    names = dict(values, sum=sum)
    member = "sum(part/(1+part_growth/100))"
    if member in text:
        quotients = [p / (1 + g / 100) for p, g in zip(values["part"], values["part_growth"], strict=True)]
        left, right = left.replace(member, "sum(quotients)"), right.replace(member, "sum(quotients)")
        names["quotients"] = quotients
    return eval(left, names) == eval(right, names)


@pytest.mark.parametrize(
    ("check", "role"),
    [(f.check, role) for f in FORMULAS.values() for role in f.solve],
)
@settings(max_examples=25)
@given(st.data())
def test_every_solution_satisfies_the_formula(check: Any, role: Any, data: Any) -> None:
    formula = FORMULAS[check]
    values = {}
    for name in formula.arguments:
        if name == "years":
            values[name] = data.draw(st.integers(1, 6))
        elif name in formula.variadic and formula.kind != "each":
            values[name] = data.draw(st.lists(POSITIVE, min_size=3, max_size=3))
        else:
            values[name] = data.draw(POSITIVE)
    function = formula.solve[role]
    others = [values[name] for name in formula.arguments if name != role]
    try:
        if role in formula.variadic and formula.kind != "each":
            rest = values[role][1:]
            values[role] = [function(rest, *others), *rest]
        else:
            values[role] = function(*others)
    except ZeroDivisionError:
        return
    try:
        assert equation(formula, values)
    except ZeroDivisionError:
        return


MEMBERS = [f for f in FORMULAS.values() if f.members is not None]


@pytest.mark.parametrize(
    ("formula", "role"), [(f, role) for f in MEMBERS if f.members for role in f.members.roles]
)
@settings(max_examples=25)
@given(st.data())
def test_every_solution_of_a_member_satisfies_the_formula(formula: Any, role: Any, data: Any) -> None:
    members = formula.members
    values = {name: data.draw(POSITIVE) for name in formula.arguments if name not in members.roles}
    for name in members.roles:
        values[name] = data.draw(st.lists(POSITIVE, min_size=3, max_size=3))
    rest = members.whole(*(values[name] for name in formula.arguments if name not in members.roles))
    for one in list(zip(*(values[name] for name in members.roles), strict=True))[:-1]:
        rest -= members.value(*one)
    try:
        values[role][-1] = members.solve[role](rest, *(values[n][-1] for n in members.roles if n != role))
        held = equation(formula, values)
    except ZeroDivisionError:
        return
    assert held


@given(
    st.tuples(st.integers(50, 60), st.integers(0, 3)),
    st.tuples(st.integers(2, 9), st.integers(0, 3)),
)
def test_the_image_of_a_change_is_its_true_range(current: Any, change: Any) -> None:
    """Change and current both occur twice in the table's form; the emitted form must not be wider."""
    boxes = [Interval(Fraction(low), Fraction(low + width)) for low, width in (current, change)]
    image = FORMULAS["change"].solve["growth"](*boxes)
    ends = [(Fraction(low), Fraction(low + width)) for low, width in (current, change)]
    corners = [100 * d / (c - d) for c, d in product(*ends)]
    assert (image.low, image.high) == (min(corners), max(corners))


def test_a_growth_of_two_is_not_widened() -> None:
    """24.1% down from 2.5 to 2.0 must fail: the true range is −23.53 to −16.33."""
    half = Fraction(1, 20)
    current = Interval(Fraction(2) - half, Fraction(2) + half)
    prior = Interval(Fraction(5, 2) - half, Fraction(5, 2) + half)
    image = FORMULAS["growth"].solve["growth"](current, prior)
    assert (round(image.low, 2), round(image.high, 2)) == (Fraction(-2353, 100), Fraction(-1633, 100))


def test_a_change_of_nothing_is_no_division_by_zero() -> None:
    change = FORMULAS["change"]
    assert change.solve["growth"](Fraction(100), Fraction(0)) == 0
    flat = Interval(Fraction(-1, 20), Fraction(1, 20))
    assert change.solve["change"](Interval(Fraction(100), Fraction(100)), flat).contains(0)
