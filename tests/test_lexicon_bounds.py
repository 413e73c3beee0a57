"""Every entry of ``percent_caps.toml`` binds or frees a percentage, shown in a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from .test_lexicon_entries import all_work, lexicon
from .texts import audited, of

CAPS = lexicon("checks/percent_caps")
SURE, LOOSE = "error", "warning"


def weighs(text: str) -> str | None:
    """What the finding on the percentage above 100 weighs; ``None`` without one."""
    found = of(audited(f"# 某某市2025年统计公报\n\n{text}\n"), "percent_cap")
    return found[0].verdict.severity if found else None


@pytest.mark.parametrize("number", range(len(CAPS["rate"])))
def test_rates_that_are_part_of_a_whole(number: int) -> None:
    entry: dict[str, Any] = CAPS["rate"][number]
    weight = SURE if entry["strength"] == "logical" else LOOSE
    assert entry["source"]
    all_work("cap rate", entry["names"], lambda w: weighs(f"全年{w}达到123.4%。") == weight)


def test_words_that_free_a_rate() -> None:
    all_work("cap rate not", CAPS["rate_not"]["words"], lambda w: weighs(f"全年{w}覆盖率123.4%。") is None)


def test_wholes_of_a_share() -> None:
    all_work("cap share", CAPS["share"]["names"], lambda w: weighs(f"妇女占全部{w}的123.4%。") == SURE)
    all_work("cap share not", CAPS["share"]["not"], lambda w: weighs(f"占{w}总数的123.4%。") is None)


def test_falls_of_what_is_counted() -> None:
    fall = CAPS["fall"]
    all_work("cap fall unit", fall["units"], lambda w: weighs(f"全年用量36{w}，下降123.4%。") == SURE)
    all_work("cap fall name", fall["names"], lambda w: weighs(f"全年{w}同比下降123.4%。") == SURE)
    all_work("cap fall money", fall["money"], lambda w: weighs(f"全年{w}3亿元，下降123.4%。") == LOOSE)
    all_work("cap fall not", fall["not"], lambda w: weighs(f"全年{w}面积36亩，下降123.4%。") is None)


@pytest.mark.parametrize(("kind", "unit"), [("count", "件"), ("person_times", "人次"), ("area", "公顷")])
def test_kinds_of_units(kind: str, unit: str) -> None:
    assert kind in CAPS["fall"]["kinds"]
    assert weighs(f"全年受理36{unit}，同比下降123.4%。") == SURE


def test_every_kind_of_units_is_shown() -> None:
    assert set(CAPS["fall"]["kinds"]) == {"count", "person_times", "area"}
