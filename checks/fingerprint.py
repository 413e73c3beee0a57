"""A name for a relation that survives moved paragraphs and reworded neighbours.

It is made of the check, and of indicator, subject, period and value of every figure, never of offsets or
line numbers; equal ones are told apart by an ordinal in order of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from ..extract.ladders import bare
from .relation import Relation


def _key(relation: Relation) -> str:
    parts = [relation.check]
    for role, claims in relation.terms.items():
        for c in claims:
            f = c.figure
            parts.append(
                "\x1f".join((role, c.indicator, bare(c.subject), c.period, str(f.value), f.unit, f.approx))
            )
    return "\x1e".join(parts)


def fingerprints(relations: Iterable[Relation]) -> list[str]:
    """One fingerprint of 16 hexadecimal digits for each relation, in the same order."""
    seen: Counter[str] = Counter()
    out = []
    for relation in relations:
        key = _key(relation)
        seen[key] += 1
        out.append(sha256(f"{key}\x1d{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return out
