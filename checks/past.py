"""What earlier reports tell, kept by what it says: claims that a newer report is tied to without their documents.

A :class:`Told` is a claim with the key by which it is found again, the issuer and the year of its report, and the
sentence that it stands in. A check across years asks a :class:`Past` by key; there is no loop over pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..extract.claim import Claim
from ..extract.identity import bucket, same_issuer

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report: its text as printed, and where it begins (code points; line and column from 1)."""

    text: str
    start: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """The report that something was told in. ``year`` is that of the results that it tells."""

    path: str
    sha256: str
    title: str
    issuer: str
    year: str


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a report as later reports are tied to it.

    ``kind`` is value, prior (an earlier year's value that the report repeats), share, opening or closing (a balance), or
    empty for a claim that is only looked at for what was left standing. ``key`` says what is told, ``period`` of which
    year (four digits, or empty), ``own`` whether that is the year whose results the report tells. ``sure`` is 2 where
    the text names the year, 1 where title, headings or file name do, 0 where it is only the most frequent. ``caveat`` is a
    word in its sentence that tells of another basis (可比口径, 修订), ``place`` the sentence.
    """

    kind: str
    key: Key
    period: str
    own: bool
    sure: int
    caveat: str
    claim: Claim
    source: Source
    place: Sentence


class Past:
    """What was told before, by kind, key, period and issuer."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        """Index ``told``; what names no issuer or no period is left out."""
        self._by_key: dict[tuple[str, Key, str, str], list[Told]] = defaultdict(list)
        self._by_print: dict[tuple[str, object, str, str], list[Told]] = defaultdict(list)
        self._revised: dict[tuple[str, Key, str], dict[str, set[object]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for one in told:
            issuer = one.source.issuer
            if not issuer or not one.period:
                continue
            self._by_key[one.kind, one.key, one.period, bucket(issuer)].append(one)
            figure = one.claim.figure
            if one.own:
                self._by_print[bucket(issuer), figure.value, figure.unit, one.claim.role].append(one)

    def find(self, kind: str, key: Key, period: str, source: Source) -> list[Told]:
        """What earlier reports of this issuer told of ``key`` for ``period``, in the order of the reports."""
        found = self._by_key.get((kind, key, period, bucket(source.issuer)), [])
        return [one for one in found if _before(one, source)]

    def printed(self, claim: Claim, source: Source) -> list[Told]:
        """Where earlier reports of this issuer printed this very figure of their own year in the same role."""
        figure = claim.figure
        found = self._by_print.get((bucket(source.issuer), figure.value, figure.unit, claim.role), [])
        return [one for one in found if _before(one, source)]

    def was_revised(self, key: Key, period: str, source: Source) -> bool:
        """Whether an earlier report already told another value for a year before ``period`` than that year's own."""
        return any(
            {t.claim.figure.value for t in self.find("prior", key, year, source)}
            - {t.claim.figure.value for t in own}
            for year in (str(int(period) - back) for back in range(1, 4))
            if (own := self.find("value", key, year, source)) and self.find("prior", key, year, source)
        )


def _before(one: Told, source: Source) -> bool:
    """Whether a claim stands in an earlier report of the same issuer."""
    return (
        one.source.year < source.year
        and one.source.sha256 != source.sha256
        and same_issuer(one.source.issuer, source.issuer)
    )
