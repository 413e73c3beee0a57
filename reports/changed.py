"""Which files a git branch adds or changes: asked of git itself, names taken byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from ..checks.audit import Audit
from .messages import Messages
from .view import View, is_finding


class GitError(Exception):
    """Git cannot answer; ``message`` is a key of the catalogues, ``values`` its fields."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, values

    def line(self, words: Messages) -> str:
        """The refusal in one line."""
        return words(self.message, **self.values)


def since(revision: str, paths: Sequence[str]) -> set[str]:
    """Real paths of the files that differ from where the branch left ``revision``; new files too.

    The repository is that of the first path. Committed, staged, unstaged and untracked changes count (ignored files
    do not); a renamed file counts under its new name. Raises :class:`GitError`.
    """
    folder = _folder(paths[0] if paths else ".")
    top = _git(folder, "rev-parse", "--show-toplevel", message="git.no_repository", folder=folder).strip("\n")
    commit = _git(
        top,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"{revision}^{{commit}}",
        message="git.no_revision",
        revision=revision,
    ).strip()
    with suppress(
        GitError
    ):  # a shallow clone has no common ancestor; then the revision itself is compared with
        commit = _git(top, "merge-base", commit, "HEAD", message="git.failed").strip()
    names = _git(
        top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--diff-filter=d", "-z", commit, "--",
        message="git.failed",
    )  # fmt: skip
    names += _git(top, "ls-files", "--others", "--exclude-standard", "-z", message="git.failed")
    return {os.path.realpath(os.path.join(top, name)) for name in names.split("\0") if name}


def only(audit: Audit, changed: Iterable[str], mark: str) -> Audit:
    """The audit with every finding that touches none of the ``changed`` documents marked and not counted."""
    paths = set(changed)
    view = View(audit)
    here = {i for i, document in enumerate(audit.documents) if document.document.path in paths}
    return replace(
        audit,
        relations=tuple(
            replace(judged, suppressed=judged.suppressed or mark)
            if is_finding(judged) and here.isdisjoint(view.document_of(c) for c in judged.relation.claims())
            else judged
            for judged in audit.relations
        ),
    )


def _folder(path: str) -> str:
    """The nearest folder that exists: the path itself, or one above a file or a pattern."""
    found = os.path.abspath(path)
    while not os.path.isdir(found):
        found = os.path.dirname(found)
    return found


def _git(here: str, /, *arguments: str, message: str, **values: object) -> str:
    import subprocess

    command = ["git", "-C", here, "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        raise GitError("git.missing") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise GitError(message, why=why, **values)
    return os.fsdecode(done.stdout)
