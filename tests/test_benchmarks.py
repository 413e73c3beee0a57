"""The benchmarks run, and what they count is right; nothing here measures time."""

import importlib
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
TEXT = "受理纠纷200件，调解成功150件，调解成功率75.0%。投入3.10亿元，共八个地方。"


@pytest.fixture(scope="module", autouse=True)
def _path() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))
    for name in ("gold", "mutation", "slips", "speed"):
        sys.modules.pop(name, None)


def module(name: str) -> ModuleType:
    return importlib.import_module(name)


def made(printed: str) -> dict[str, str]:
    start = TEXT.index(printed)
    return {s.kind: s.new for s in module("slips").slips(TEXT, start, start + len(printed))}


def test_every_kind_of_slip_is_made_and_changes_the_number() -> None:
    new = made("3.10")
    assert set(new) == {"replaced", "swapped", "lost", "doubled", "point", "unit"}
    assert new["unit"] == "3.10万元"
    assert new["point"] in {"310", "31.0"}
    assert new["swapped"] in {"1.30", "3.01"}
    assert all(Fraction(text) != Fraction("3.10") for kind, text in new.items() if kind != "unit")


def test_a_slip_that_nobody_would_let_stand_is_not_made() -> None:
    slips = module("slips")
    assert not [s for s in slips.slips("5", 0, 1) if s.kind in ("lost", "swapped", "point")]
    new = {s.new for seed in range(40) for s in slips.slips("20", 0, 2, seed)}
    assert {"0", "2", "200", "220"} < new
    assert "02" not in new


def test_a_chinese_digit_is_replaced_by_another() -> None:
    place = TEXT.index("八")
    (slip,) = module("slips").slips(TEXT, place, place + 1)
    assert slip.new in "一二三四五六七九"
    assert slip.numeral != "8"


def test_slips_depend_on_the_seed_and_on_nothing_else() -> None:
    slips = module("slips").slips
    place = TEXT.index("200")
    first, again = (list(slips(TEXT, place, place + 3, 1)) for _ in range(2))
    assert first == again
    assert any(list(slips(TEXT, place, place + 3, seed)) != first for seed in range(2, 9))


def test_every_digit_is_replaced_by_every_other() -> None:
    new = [s.new for s in module("slips").digits_replaced("704", 0, 3)]
    assert len(new) == len(set(new)) == 8 + 9 + 9  # a number does not begin with 0


def row(kind: str, equation: str, *numbers: tuple[str, str, str, str]) -> dict[str, object]:
    found = []
    for printed, value, unit, role in numbers:
        start = TEXT.index(printed)
        found.append(
            {
                "start": start,
                "end": start + len(printed),
                "text": printed,
                "value": value,
                "unit": unit,
                "role": role,
            }
        )
    return {
        "id": "t-1",
        "kind": kind,
        "numbers": found,
        "equation": equation,
        "holds": "holds",
        "certainty": "sure",
    }


def test_the_evaluator_says_which_slips_break_a_tie(tmp_path: Path) -> None:
    numbers = ("150", "150", "件", "part"), ("200", "200", "件", "whole"), ("75.0%", "75.0", "%", "rate")
    record = row("rate", "150/200 = 75.0%", *numbers)
    (tmp_path / "t.relations.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (tie,) = module("gold").ties(tmp_path, "t", TEXT)
    start = TEXT.index("75.0")
    by_new = {s.new: tie.holds(s) for s in module("slips").digits_replaced(TEXT, start, start + 4)}
    assert not any(by_new.values())
    point = next(s for s in module("slips").slips(TEXT, start, start + 4) if s.kind == "point")
    assert tie.holds(point) is False
    other = TEXT.index("3.10")
    slip = next(iter(module("slips").slips(TEXT, other, other + 4)))
    assert not tie.has(slip)
    assert tie.holds(slip)


@pytest.mark.parametrize(
    ("kind", "roles", "holds"),
    [
        ("sum", {"total": [(10, 10)], "part": [(4, 4), (6, 6)]}, True),
        ("sum", {"total": [(10, 10)], "part": [(4, 4), (5, 5)]}, False),
        ("sum_bound", {"total": [(10, 10)], "part": [(4, 4), (5, 5)]}, True),
        ("sum_bound", {"total": [(8, 8)], "part": [(4, 4), (5, 5)]}, False),
        ("subset", {"part": [(9, 9)], "whole": [(8, 8)]}, False),
        ("difference", {"minuend": [(9, 9)], "subtrahend": [(8, 8)], "difference": [(1, 1)]}, True),
        ("difference", {"minuend": [(9, 9)], "subtrahend": [(8, 8)], "difference": [(2, 2)]}, False),
        ("growth", {"current": [(31, 31)], "prior": [(21, 21)], "change": [(47, 48)]}, True),
        ("growth", {"current": [(21, 21)], "prior": [(31, 31)], "change": [(32, 33)]}, True),
        ("growth", {"current": [(31, 31)], "prior": [(21, 21)], "change": [(57, 58)]}, False),
        ("growth_feasible", {"current": [(5, 5)], "change": [(24, 26)]}, True),
        ("growth_feasible", {"current": [(5, 5)], "change": [(30, 31)]}, False),
        ("percent_sum", {"part": [(39, 41), (60, 61)]}, True),
        ("percent_sum", {"part": [(39, 40), (50, 51)]}, False),
        ("restated", {"statement": [(2, 3), (4, 5)]}, False),
        ("rate", {"part": [(45, 45)], "rate": [(Fraction("47.85"), Fraction("47.95"))]}, True),
        ("rate", {"part": [(7, 7)], "rate": [(Fraction("99.05"), Fraction("99.15"))]}, False),
    ],
)
def test_the_evaluator_knows_every_kind(
    kind: str, roles: dict[str, list[tuple[int, int]]], holds: bool
) -> None:
    ranges = {role: [(Fraction(low), Fraction(high)) for low, high in found] for role, found in roles.items()}
    assert module("gold")._holds(kind, ranges) is holds


def test_a_wrong_number_of_an_example_is_caught_and_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOUJI_SHARED", str(tmp_path))
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    mutation = module("mutation")
    outcomes = mutation.run({"report": report})
    rates = [o for o in outcomes if o.old == "75.0"]
    assert rates
    assert all("rate inconsistent" in o.caught for o in rates)
    assert not any(o.caught for o in outcomes if o.old.startswith("3.10"))
    assert not any(o.elsewhere for o in outcomes)
    mutation.main(
        ["--report", "justice-2016", "--sample", "8", "--jobs", "1", "--json", str(tmp_path / "o.json")]
    )
    assert "detection share" in capsys.readouterr().out
    assert len(json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))) == 8


def test_ratios_are_taken_within_rounds() -> None:
    speed = module("speed")
    taken = {"own": [1.0, 10.0, 2.0], "other": [3.0, 30.0, 4.0]}
    assert speed.ratios(taken, "own") == {"other": 3.0}
    assert "3.0x" in speed.lines(taken, "own")[-1]


def test_every_job_runs_in_every_round_but_the_first_is_not_counted() -> None:
    calls: list[str] = []
    taken = module("speed").measure({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 2)
    assert calls == ["a", "b"] * 3
    assert [len(times) for times in taken.values()] == [2, 2]
