"""Documents and findings from plain text, for tests of the whole way from words to verdicts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from gouji.checks.audit import Audit
from gouji.checks.relation import Judged
from gouji.checks.run import audit
from gouji.extract import sections
from gouji.extract.document import Document
from gouji.extract.figures import figures
from gouji.extract.flow import flow

FINDINGS = frozenset({"truncated", "suspicious", "inconsistent"})


def document(text: str, path: str = "report.txt") -> Document:
    """Read ``text`` as the reader reads the text of a file."""
    reading = flow(text)
    title = sections.title(reading)
    found, skipped = figures(reading, text)
    return Document(
        path=path,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        title=title,
        issuer=sections.issuer(reading, title),
        period=sections.period(reading, title),
        flow=reading,
        figures=found,
        skipped=skipped,
    )


def audited(texts: str | Sequence[str]) -> Audit:
    """Audit one text, or several as the reports of one run."""
    several = [texts] if isinstance(texts, str) else texts
    return audit([document(text, f"report{i}.txt") for i, text in enumerate(several, 1)])


def findings(relations: Iterable[Judged]) -> list[Judged]:
    """Keep what is shown as a problem: neither consistent nor unverified."""
    return [judged for judged in relations if judged.verdict.verdict in FINDINGS]


def of(found: Audit, check: str) -> list[Judged]:
    """Keep the relations of one check."""
    return [judged for judged in found.relations if judged.relation.check == check]


def printed(judged: Judged) -> dict[str, list[str]]:
    """Show the digits that stand in each role, as printed."""
    return {
        role: [claim.figure.numeral or claim.figure.text for claim in claims]
        for role, claims in judged.relation.terms.items()
        if claims
    }


def told(found: Audit) -> str:
    """Describe all relations in a few lines, for the message of a failing test."""
    lines = [
        f"{j.relation.check} {printed(j)} {j.verdict.verdict} "
        f"{j.verdict.basis or j.verdict.reason or ''} {j.verdict.severity or ''}".rstrip()
        for j in found.relations
    ]
    return "\n".join(lines) or "no relation"
