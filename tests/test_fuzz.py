"""Spoilt files of every format go the whole way: a few here, as many as wanted by benchmarks/fuzz.py."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.checks.run import audit
from gouji.extract.document import Document, Unread
from gouji.extract.reader import load

ROOT = Path(__file__).resolve().parents[1]
FORMATS = ("csv", "docx", "html", "ofd", "pdf", "txt", "xlsx")
CASES = sorted((ROOT / "tests" / "data" / "fuzz").glob("*"))


@pytest.fixture(scope="module")
def fuzz() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield import_module("fuzz")
    sys.path.remove(str(ROOT / "benchmarks"))
    sys.modules.pop("fuzz", None)


@pytest.mark.parametrize("kind", FORMATS)
def test_good_files_are_read(kind: str, fuzz: ModuleType, tmp_path: Path) -> None:
    for data in fuzz.seeds()[kind]:
        assert fuzz.tried(data, tmp_path, random.Random(1), False) in ("read", "findings")


@settings(max_examples=6, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 2**32))
@pytest.mark.parametrize("kind", FORMATS)
def test_spoilt_files_are_read_or_refused_in_one_line(
    kind: str, number: int, fuzz: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = random.Random(number)
    data = fuzz.spoilt(kind, rng.choice(fuzz.seeds()[kind]), rng)
    assert fuzz.tried(data, tmp_path_factory.mktemp("fuzz"), rng, False) in ("unread", "read", "findings")


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=300))
def test_any_text_is_audited(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found = load(str(path))
    assert isinstance(found, Unread) or audit([found]).documents


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_words_are_audited(data: Any, fuzz: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from((*fuzz.WORDS, *fuzz.LINES)), max_size=60)))
    path = tmp_path_factory.mktemp("words") / "a.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found = load(str(path))
    if isinstance(found, Document):
        for figure in found.figures:
            assert 0 <= figure.start < figure.end <= len(found.text)
        audit([found])


@pytest.mark.parametrize("path", CASES, ids=[path.name for path in CASES])
def test_what_fuzzing_found_stays_mended(path: Path, fuzz: ModuleType, tmp_path: Path) -> None:
    fuzz.tried(path.read_bytes(), tmp_path, random.Random(1), True)
