"""An audit whose every piece of text attacks the format that it goes into."""

from __future__ import annotations

from dataclasses import replace

from gouji.checks.audit import Audit
from gouji.checks.relation import Suspect
from gouji.extract.document import Unread

from .fixture_audit import audit

MARKUP = "<script>alert(1)</script>&amp;\"'"
LINKS = (
    "https://evil.example www.evil.example [a](https://evil.example) ![b](x) @octocat #1 a@evil.example GH-1"
)
BREAKS = "\n::error::x\r\n| a | b |\n\n# head\n```\n</pre></details><a href='x'>y</a>"
CONTROL = "\x00\x07\x1b[31m\ufffe\ud800_x000D_"
FORMULA = '=HYPERLINK("https://evil.example")'
ATTACKS = (
    MARKUP,
    LINKS,
    BREAKS,
    CONTROL,
    FORMULA,
    "+1",
    "-1",
    "@SUM(A1)",
    "=1+1",
    "1. a",
    "- a",
    "100%, 50: 1",
)
EVERYTHING = "".join((MARKUP, LINKS, BREAKS, CONTROL, FORMULA))


def hostile(attack: str = EVERYTHING) -> Audit:
    """The fixture with ``attack`` in names, titles, evidence, equations, reasons and unread files."""
    full = audit()
    documents = [
        replace(
            audited,
            document=replace(
                audited.document,
                path=f"{attack}{number}.md",
                title=attack,
                notes=(attack,),
                figures=tuple(replace(figure, unit=attack) for figure in audited.document.figures),
            ),
            claims=tuple(
                replace(claim, subject=attack, indicator=attack, figure=replace(claim.figure, unit=attack))
                for claim in audited.claims
            ),
        )
        for number, audited in enumerate(full.documents)
    ]
    relations = [
        replace(
            judged,
            relation=replace(
                judged.relation,
                terms={
                    role: tuple(replace(claim, subject=attack, indicator=attack) for claim in claims)
                    for role, claims in judged.relation.terms.items()
                },
                evidence=(attack,),
            ),
            verdict=replace(judged.verdict, equation=attack),
            suspects=tuple(Suspect(suspect.figure, attack, attack) for suspect in judged.suspects),
            suppressed=attack if judged.id == "r3" else None,
        )
        for judged in full.relations
    ]
    return Audit(tuple(documents), tuple(relations), (Unread(f"{attack}.pdf", attack),))
