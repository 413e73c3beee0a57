"""What is shipped: one name in site-packages, a command, and no copyleft dependency."""

from __future__ import annotations

import importlib.metadata as metadata
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("extract", "checks", "reports")
SHIPPED = (".py", ".css", ".html", ".js", ".schema.json", ".toml", ".tsv", "py.typed")

# LGPL does not reach a program that merely imports the library; GPL and AGPL do.
COPYLEFT = re.compile(r"(?<!L)GPL|(?<!LESSER )GENERAL PUBLIC LICEN[SC]E|AFFERO", re.IGNORECASE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A wheel built from a clean copy, so that no stale ``build/`` of the clone can leak in."""
    tree = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    out = tree / "dist"
    out.mkdir()
    build = f"from setuptools import build_meta; print(build_meta.build_wheel({str(out)!r}))"
    env = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", build], cwd=tree, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_puts_one_name_into_site_packages(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"gouji", f"gouji-{metadata.version('gouji')}.dist-info"}


def test_the_wheel_holds_every_source_and_data_file(wheel: zipfile.ZipFile) -> None:
    want = {
        f"gouji/{path.relative_to(ROOT).as_posix()}"
        for name in SOURCES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.name.endswith(SHIPPED) and "__pycache__" not in path.parts
    }
    have = {name for name in wheel.namelist() if name.startswith("gouji/")}
    assert have == want


def test_the_wheel_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    (name,) = [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()
    assert b"Apache License" in wheel.read(name)


def test_the_version_is_that_of_the_changelog() -> None:
    version = metadata.version("gouji")
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert headings[0] == version


def test_the_command_can_be_loaded() -> None:
    (script,) = metadata.entry_points(group="console_scripts", name="gouji")
    assert script.value == "gouji.reports.cli:main"
    assert callable(script.load())


def closure(name: str) -> set[str]:
    """The distributions that a default install brings, extras and other platforms left out."""
    found: set[str] = set()
    todo = [name]
    while todo:
        current = todo.pop()
        for line in metadata.requires(current) or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                key = need.name.lower()
                if key not in found:
                    found.add(key)
                    todo.append(need.name)
    return found


def licence(name: str) -> str:
    """What the distribution says of its licence, in any of the three fields in use."""
    meta = metadata.metadata(name)
    fields = [meta[key] for key in ("License-Expression", "License") if key in meta]
    fields += [line for line in meta.get_all("Classifier") or () if line.startswith("License ::")]
    return "\n".join(field for field in fields if field and field != "UNKNOWN")


def test_no_dependency_of_the_default_install_is_gpl_or_agpl() -> None:
    names = closure("gouji")
    assert {"click", "jinja2", "markupsafe"} <= names
    said = {name: licence(name) for name in sorted(names)}
    assert all(said.values()), said
    assert {name: text for name, text in said.items() if COPYLEFT.search(text)} == {}


@pytest.mark.parametrize(
    ("text", "copyleft"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("LGPL-2.1-or-later", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("BSD-3-Clause", False),
    ],
)
def test_copyleft_is_recognised(text: str, copyleft: bool) -> None:
    assert bool(COPYLEFT.search(text)) is copyleft


def test_an_audit_imports_neither_sympy_nor_pandas() -> None:
    code = (
        "import sys; from gouji.checks.run import audit; from gouji.extract.reader import load; "
        "audit([load(sys.argv[1])]); print(*sorted({'numpy', 'pandas', 'sympy'} & set(sys.modules)))"
    )
    report = ROOT / "examples" / "justice-2017.md"
    done = subprocess.run([sys.executable, "-c", code, report], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
