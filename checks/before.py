"""What the checks across years ask: the earlier reports, and what each new reading tells of which year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ..extract.claim import Claim, Reading
from ..extract.identity import caveat
from .past import Key, Past, Source, Told
from .tell import Teller, name, what


class Before:
    """The past of the readings of a run: what a history holds, and what the readings tell one another."""

    def __init__(
        self,
        readings: Sequence[Reading],
        history: Iterable[Told] = (),
        placed: Callable[[Told], Told] = lambda told: told,
    ) -> None:
        """Index ``history`` and the readings; ``placed`` gives what a tie names its place in the audit."""
        self.placed = placed
        self.tellers = {reading.number: Teller(reading) for reading in readings}
        if not any(teller.source.issuer for teller in self.tellers.values()):
            # reports that name no issuer, given together, are taken for those of one
            for teller in self.tellers.values():
                teller.source = replace(teller.source, issuer=TOGETHER)
        told = (one for teller in self.tellers.values() for one in teller.told()) if len(readings) > 1 else ()
        self.past = Past([*history, *told])
        self._names: dict[int, dict[Key, set[object]]] = {}

    def source(self, reading: Reading) -> Source:
        """The report of a reading."""
        return self.tellers[reading.number].source

    def year(self, reading: Reading, claim: Claim) -> str:
        """The year that a claim is a result of; empty where it is none of one year."""
        return self.tellers[reading.number].period(claim)[0]

    def sentence(self, reading: Reading, claim: Claim) -> str:
        """The sentence of a claim."""
        return self.tellers[reading.number].sentence(claim).text

    def value(
        self, reading: Reading, claim: Claim, year: str, kind: str = "value", words: Key | None = None
    ) -> tuple[Told, str | None] | None:
        """What the report of ``year`` itself told of the indicator of ``claim``, and why it must not decide.

        ``None`` where it told nothing, or in another unit. The reason is ``ambiguous`` where it told several values,
        ``basis_changed`` where a word tells of another basis, ``revised`` where earlier values of the
        indicator were printed anew with other values; ``unsure_year`` where a report names no year of its own.
        """
        if not year:
            return None
        words = words if words is not None else name(reading, claim)
        source = self.source(reading)
        # a bound (一千亿元以上) is how aims are told, and no value to grow from
        found = [
            one
            for one in (self.past.find(kind, words, year, source) if words else ())
            if one.own and one.claim.figure.approx not in _BOUNDS
        ]
        if not found:
            return None
        one = self.placed(found[-1])
        if len({(t.claim.figure.value, t.claim.figure.unit) for t in found}) > 1:
            return one, "ambiguous"
        when, sure = self.tellers[reading.number].period(claim)
        if not one.sure or (when and not sure):
            return one, "unsure_year"
        if one.caveat or caveat(self.sentence(reading, claim)):
            return one, "basis_changed"
        return one, "revised" if self.past.was_revised(words, year, source) else None

    def only(self, reading: Reading, claim: Claim) -> bool:
        """Whether the report tells one value alone by the name of this claim in its own year."""
        teller = self.tellers[reading.number]
        if reading.number not in self._names:
            names: dict[Key, set[object]] = {}
            for one in teller.told():
                if one.kind == "value" and one.own:
                    names.setdefault(one.key, set()).add(one.claim.figure.value)
            self._names[reading.number] = names
        return len(self._names[reading.number].get(name(reading, claim), ())) == 1

    def what(self, reading: Reading, claim: Claim) -> tuple[str, Key]:
        """What a claim tells: its kind and its key."""
        return what(reading, claim)


_BOUNDS = frozenset({"at_least", "at_most"})
TOGETHER = "·"
"""The issuer of reports that are given together and name none."""
