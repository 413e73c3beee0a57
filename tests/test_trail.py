"""The way back from a text: sources count from the end, white space has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.trail import Trail


def trail() -> Trail[str]:
    made: Trail[str] = Trail()
    made.add(10, "一、ab c", ["A", "B", "C"])
    made.add(20, "xy", ["X", "Y"])
    return made


def test_what_was_put_before_has_no_source() -> None:
    assert trail().of(10, 12) == []
    assert trail().of(10, 16) == ["A", "B", "C"]
    assert trail().of(11, 13) == ["A"]


def test_white_space_has_no_source() -> None:
    assert trail().of(13, 15) == ["B"]
    assert trail().of(14, 15) == []
    assert trail().of(14, 16) == ["C"]


def test_stretches_are_told_apart() -> None:
    assert trail().of(20, 21) == ["X"]
    assert trail().of(21, 22) == ["Y"]
    assert trail().of(20, 99) == ["X", "Y"]
    assert trail().of(0, 9) == []
    assert trail().of(17, 20) == []
    assert trail().of(21, 22) + trail().of(12, 13) == ["Y", "A"]


def test_nothing_leads_nowhere() -> None:
    made: Trail[int] = Trail()
    made.add(0, "", [1])
    made.add(0, "ab", [])
    assert made.of(0, 2) == []
    made.add(5, "b", [7])
    assert made.of(5, 6) == [7]


def test_more_sources_than_characters_are_those_at_the_end() -> None:
    made: Trail[int] = Trail()
    made.add(0, "bc", [1, 2, 3])
    assert made.of(0, 2) == [2, 3]
    assert made.of(0, 1) == [2]


@given(st.text(alphabet="ab \t", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_every_stretch_gives_what_shows_in_it(text: str, start: int, end: int) -> None:
    made: Trail[int] = Trail()
    made.add(0, text, [i for i, char in enumerate(text) if not char.isspace()])
    shown = [i for i in range(start, min(end, len(text))) if not text[i].isspace()]
    assert made.of(start, max(end, start)) == shown
