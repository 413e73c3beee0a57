"""Write the page of the checks from their docstrings, with what their examples come to today (mkdocs-gen-files)."""

from __future__ import annotations

from collections.abc import Iterator

import mkdocs_gen_files

from gouji.reports import checkdoc
from gouji.reports.messages import Messages, messages


def lines(words: Messages) -> Iterator[str]:
    """The whole page, a paragraph at a time."""
    yield "# Checks"
    yield (
        "A check states which figures are tied, by words alone; the engine judges. `gouji checks NAME` prints what "
        "stands here. The verdicts below the examples were made when this page was built."
    )
    rows = ["| check | 中文 | formula | strength | |", "|---|---|---|---|---|"]
    for row in checkdoc.table():
        name = f"[{row.name}](#{row.name})" if row.runs else row.name
        rows.append(
            f"| {name} | {row.chinese} | `{row.formula}` | {row.strength} | {'' if row.runs else 'to come'} |"
        )
    yield "\n".join(rows)
    for row in checkdoc.table():
        if row.runs:
            yield from check(row, words)


def check(row: checkdoc.Row, words: Messages) -> Iterator[str]:
    """One check: its facts, its docstring, its examples with their verdicts."""
    first, rest = checkdoc.prose(row.name)
    yield f"## {row.name} {{ #{row.name} }}"
    yield f"`{row.formula}` · {words.word('check', row.name)} · roles: {row.roles} · {row.strength}"
    yield first
    if rest:
        yield rest
    for outcome in checkdoc.outcomes(row.name, words):
        quoted = "\n".join(f"    > {text}\n" for text in outcome.texts)
        said = [f"    - **{words.word('verdict', verdict)}**: {note}" for verdict, note in outcome.verdicts]
        yield f'!!! example "{outcome.kind}"\n\n{quoted}\n' + "\n".join(said or ["    Nothing is tied."])


with mkdocs_gen_files.open("checks.md", "w", encoding="utf-8") as page:
    page.write("\n\n".join(lines(messages("en"))) + "\n")
