"""Code and lexicons know structure and words, never a particular report or place.

The names come from the file names and titles of a folder of real reports: ``GOUJI_SHARED``, else
``../shared`` beside the clone. Without that folder there is nothing to compare with.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GOUJI_SHARED") or ROOT.parent / "shared")
SOURCES = ("extract", "checks", "reports")
KINDS = (".py", ".toml", ".tsv", ".html", ".css", ".js")

# Parts of a file name that say what kind of report it is, not whose.
KIND_WORDS = frozenset({"budget", "debt", "law", "reform", "report", "stat"})
PLACE = re.compile(r"([一-鿿]{2,4}?)(?:特别行政区|自治区|自治州|[省市州区县])")


def latin_names(shared: Path) -> set[str]:
    """Places spelt in Latin letters: ``somewhere_2025_…``, ``kind-somewhere-2025``."""
    names: set[str] = set()
    for path in (shared / "reports").glob("*.txt"):
        names.update(re.findall(r"[a-z]{4,}", path.stem))
    for path in (shared / "corpus").rglob("*"):
        if path.is_file() and (head := re.match(r"([a-z]{4,})_(?:[a-z]+_)?\d{4}", path.name)):
            names.add(head[1])
    return names - KIND_WORDS


def chinese_names(shared: Path) -> set[str]:
    """Places in Chinese: what stands before 省市州区县 at the start of a file name or a title."""
    names: set[str] = set()
    for path in (shared / "corpus").rglob("*"):
        if path.is_file() and (head := PLACE.match(path.name)):
            names.add(head[1])
    for path in (shared / "reports").glob("*.txt"):
        title = path.read_text("utf-8").lstrip("# \n").partition("\n")[0]
        if head := PLACE.match(title.removeprefix("关于")):
            names.add(head[1])
    return names


def sources() -> list[Path]:
    return [
        path
        for folder in SOURCES
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in KINDS
    ]


@pytest.fixture(scope="module")
def shared() -> Path:
    if not (SHARED / "reports").is_dir():
        pytest.skip("no folder of real reports (GOUJI_SHARED, ../shared)")
    return SHARED


def test_there_is_something_to_search() -> None:
    assert {path.parent.name for path in sources()} >= set(SOURCES)


def test_no_latin_place_or_report_name(shared: Path) -> None:
    names = latin_names(shared)
    assert len(names) > 20
    pattern = re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(names))})(?![a-z])", re.IGNORECASE)
    hits = [(path.name, hit[0]) for path in sources() for hit in pattern.finditer(path.read_text("utf-8"))]
    assert hits == []


def test_no_chinese_place_name(shared: Path) -> None:
    names = chinese_names(shared)
    assert len(names) > 10
    pattern = re.compile("|".join(sorted(names)))
    hits = [(path.name, hit[0]) for path in sources() for hit in pattern.finditer(path.read_text("utf-8"))]
    assert hits == []
