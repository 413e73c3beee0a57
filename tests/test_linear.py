"""Texts that once took ever more time: runs that a pattern can read in many ways, and endless clauses."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gouji.checks.run import audit
from gouji.extract.document import Document
from gouji.extract.reader import load
from gouji.extract.words import trim

HEAD = "# 某某市2024年统计公报\n\n"


def seconds(text: str, folder: Path) -> float:
    path = folder / "a.txt"
    path.write_text(HEAD + text, "utf-8")
    begin = time.process_time()
    found = load(str(path))
    assert isinstance(found, Document)
    audit([found])
    return time.process_time() - begin


@pytest.mark.parametrize(
    "text",
    [
        "分别为" * 60 + "的3件。",
        "全市甲类" + "分别为" * 60 + "别3%。",
        "与去年同期相比" * 60 + "的增长3%。",
        "比上年同期" * 60 + "，的增长3%。",
    ],
)
def test_runs_of_words_that_can_be_read_in_many_ways(text: str, tmp_path: Path) -> None:
    assert seconds(text, tmp_path) < 10, "it took hours"


def test_tails_are_still_trimmed() -> None:
    assert trim("公路里程分别为") == "公路里程"
    assert trim("分别为" * 400 + "x").endswith("x")


@pytest.mark.parametrize(
    "piece",
    ["3件", "3件、", "3:", "3—", "增长3%", "占3%", "3件（甲）", "年末常住人口3人，人均收入3元，", "率3%，"],
)
def test_an_endless_line_takes_time_by_its_length(piece: str, tmp_path: Path) -> None:
    seconds(piece * 10, tmp_path)  # what is loaded with the first text
    one = min(seconds(piece * 500, tmp_path) for _ in range(2))
    four = min(seconds(piece * 2000, tmp_path) for _ in range(2))
    assert four < 4 * one * 2.2 + 0.5, "16 times as long would be 16"
