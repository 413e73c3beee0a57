"""Does some test notice when a line of checks/ or extract/ is wrong? A sample of small changes, one at a time.

usage: python benchmarks/mutants.py [FILE…] [--sample 20] [--seed 1] [--json OUT]

A comparison is turned, ``and`` and ``or`` are exchanged, a number is one off, a sign is flipped, a condition is negated, a
``return`` gives nothing, a ``continue`` is left out. The change is made in a copy of the clone; there the tests of the
file run (for a check its cases and its docstring, for any other module its own test file), and where they notice nothing
the cases of every check and each test file that imports the module. A change that none of them notices survives and is
printed: it is read by people, since some change nothing (``>`` for ``>=`` on what is never equal).
"""

from __future__ import annotations

import argparse
import ast
import copy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ("checks/share.py", "checks/growth.py", "checks/rate.py", "extract/clauses.py", "extract/trail.py")
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


def changes(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Every change of the tree: line, what is changed, and the tree with it."""
    nodes = list(ast.walk(tree))
    for number, node in enumerate(nodes):
        for kind in _kinds(node):
            other = copy.deepcopy(tree)
            mine = list(ast.walk(other))[number]
            before = ast.unparse(mine)
            _change(mine, kind)
            yield (
                getattr(node, "lineno", 0),
                _shown(before, ast.unparse(mine)),
                ast.fix_missing_locations(other),
            )


def _shown(before: str, after: str) -> str:
    """What was changed, in one line: of a long expression the part around the change."""
    before, after = (" ".join(text.split()) for text in (before, after))
    same = next((n for n, (x, y) in enumerate(zip(before, after, strict=False)) if x != y), 0)
    start = max(0, same - 40) if max(len(before), len(after)) > 100 else 0
    return "  ->  ".join(("…" if start else "") + text[start : start + 100] for text in (before, after))


def _kinds(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        return ["turn"]
    if isinstance(node, ast.BoolOp):
        return ["exchange"]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return ["off"]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return ["sign"]
    if isinstance(node, ast.If):
        return ["negate", "stay"] if isinstance(node.body[-1], ast.Continue) else ["negate"]
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        return ["nothing"]
    return []


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _change(node: ast.AST, kind: str) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = TURNED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Constant):
        assert isinstance(node.value, int)
        node.value += 1
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.If) and kind == "stay":
        node.body[-1] = ast.Pass()
    elif isinstance(node, ast.If):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)


def tests(file: str) -> tuple[list[str], list[str]]:
    """The arguments of pytest for the tests of one file, and for the wider ones that its survivors meet."""
    folder, stem = Path(file).parts[0], Path(file).stem
    names = re.compile(rf"from gouji\.{folder}\.{stem} import|from gouji\.{folder} import .*\b{stem}\b")
    using = sorted(
        f"tests/{path.name}"
        for path in (ROOT / "tests").glob("test_*.py")
        if names.search(path.read_text("utf-8"))
    )
    cases = ["tests/test_cases.py", "tests/test_docstrings.py"]
    wide = [*cases, *using]
    if folder == "checks" and (ROOT / "tests" / "cases" / f"{stem}.yaml").exists():
        return [*cases, "-k", stem], wide
    own = [
        f"tests/test_{name}.py"
        for name in (stem, stem.partition("_")[0])
        if (ROOT / f"tests/test_{name}.py").exists()
    ]
    return own[:1] or using or cases, wide


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", default=list(DEFAULT))
    parser.add_argument("--sample", type=int, default=20, help="changes of each file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", metavar="OUT")
    arguments = parser.parse_args()
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, "clone")
        shutil.copytree(
            ROOT, copied, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__")
        )
        (copied / "gouji").mkdir()
        for name in ("checks", "extract", "reports"):
            os.symlink(copied / name, copied / "gouji" / name)
        environment = {**os.environ, "PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"}

        def passes(arguments: list[str]) -> bool:
            command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *arguments]
            try:
                done = subprocess.run(command, cwd=copied, env=environment, capture_output=True, timeout=300)
            except subprocess.TimeoutExpired:
                return False
            return done.returncode == 0

        for file in arguments.files:
            source = (ROOT / file).read_text("utf-8")
            every = list(changes(ast.parse(source)))
            chosen = random.Random(arguments.seed).sample(every, min(arguments.sample, len(every)))
            narrow, wide = tests(file)
            if not passes(narrow) or not passes(wide):
                print(f"{file}: its tests fail as it is")
                continue
            survived = []
            for line, what, tree in sorted(chosen, key=lambda change: change[0]):
                (copied / file).write_text(ast.unparse(tree), "utf-8")
                if passes(narrow) and passes(wide):
                    survived.append(f"{file}:{line}: {what}")
                    print(survived[-1], flush=True)
            (copied / file).write_text(source, "utf-8")
            print(f"{file}: {len(every)} changes, {len(chosen)} tried, {len(survived)} survived", flush=True)
            report[file] = {"changes": len(every), "tried": len(chosen), "survived": survived}
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
