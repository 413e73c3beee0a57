"""Names that mean one indicator."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from gouji.extract.synonyms import canonical

SAME: list[dict[str, Any]] = tomllib.loads(
    files("gouji.extract").joinpath("synonyms.toml").read_text(encoding="utf-8")
)["same"]


@pytest.mark.parametrize(
    ("name", "first"), [(name, entry["names"][0]) for entry in SAME for name in entry["names"]]
)
def test_every_name_is_read_as_the_first(name: str, first: str) -> None:
    assert canonical(f"全市{name}增速") == f"全市{first}增速"


def test_other_names_stay() -> None:
    assert canonical("全市农林牧渔业总产值") == "全市农林牧渔业总产值"
