"""Verify an audit from its JSON alone: the contract, and every relation recomputed by another way.

Nothing of the engine is used: figures are read again from their printed text, formulas are evaluated with
sympy, whole numbers are found by trying. Needs sympy (``pip install gouji[verify]``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .verify_contract import Fault, contract
from .verify_figure import Illegible, Print, read
from .verify_formula import Beyond, Undefined
from .verify_joint import gap
from .verify_judge import judge
from .verify_span import Span, parse
from .verify_term import Term, term
from .verify_tie import Found, Tie
from .verify_units import alike
from .verify_whole import numbers
from .view import checks

# Printed notes on rounding, in either script, without the blanks of the layout.
_NOTES = ("四舍五入", "四捨五入", "分项之和不等于", "分項之和不等於", "分项合计不等", "分項合計不等")
# What these compare has no last digit that could have been rounded.
_WITHOUT_TAIL = frozenset({"dates", "capitals"})
# What a steady series may change by in a year, in percent.
_STEADY = Span(Fraction(-80), Fraction(400))
# A document cuts off when so many of at least so many telling ties are cut off.
_TIES, _CUTTING = 5, Fraction(4, 5)


@dataclass(frozen=True)
class Verified:
    """What verifying found: every disagreement, and how many relations agree, are open, or are beyond it."""

    faults: tuple[Fault, ...]
    agreed: int
    unverified: int
    beyond: int

    @property
    def passed(self) -> bool:
        """Whether everything was recomputed and agrees."""
        return not self.faults and not self.beyond


def verify(data: dict[str, Any]) -> Verified:
    """Verify an audit, an object of the JSON contract that has its shape (``verify_contract.shape``)."""
    faults = list(contract(data))
    # what ties name of earlier reports is read and judged as what they name of the report itself
    data = {**data, "documents": [*data["documents"], *data.get("history", ())]}
    figures, illegible = _figures(data)
    faults += illegible
    ties = _ties(data, figures)
    agreed = open_ties = beyond = 0
    for relation in data["relations"]:
        tie = ties.get(relation["id"])
        if relation["verdict"] == "unverified":
            open_ties += 1
            continue
        if tie is None:
            continue  # the contract says what is missing
        try:
            found = judge(tie)
            if relation["basis"] == "joint":
                mine = list(_jointly(relation, tie, found, data, ties))
            else:
                mine = list(_compare(relation, tie, found))
        except Beyond as error:
            beyond += 1
            faults.append(Fault(relation["id"], "beyond", relation["check"], str(error)))
            continue
        except (LookupError, ValueError, TypeError) as error:
            # roles that the formula does not know, or too few members
            mine = [Fault(relation["id"], "terms", str(sorted(relation["terms"])), f"{error!r}")]
        except (Undefined, ZeroDivisionError) as error:
            mine = [Fault(relation["id"], "verdict", relation["verdict"], f"unverified ({error})")]
        faults += mine
        agreed += not mine
    faults += _severities(data, figures)
    return Verified(tuple(faults), agreed, open_ties, beyond)


def _figures(data: dict[str, Any]) -> tuple[dict[str, Print], list[Fault]]:
    figures: dict[str, Print] = {}
    faults = []
    for number, document in enumerate(data["documents"]):
        for entry in document["figures"]:
            try:
                figures.setdefault(entry["id"], read(entry, number))
            except Illegible as error:
                faults.append(Fault(entry["id"], str(error), str(entry[str(error)]), "-"))
    return figures, faults


def _ties(data: dict[str, Any], figures: dict[str, Print]) -> dict[str, Tie]:
    """Every relation whose figures are all known, ready to be judged."""
    notes = [any(n in "".join(d["text"].split()) for n in _NOTES) for d in data["documents"]]
    ties: dict[str, Tie] = {}
    for relation in data["relations"]:
        names = [name for members in relation["terms"].values() for name in members]
        check = checks().get(relation["check"])
        if check is None or check.formula != relation["formula"]:
            continue
        if not names or any(name not in figures for name in names):
            continue
        home = figures[names[-1]].document
        habits = data["documents"][home]["habits"]
        terms = {
            role: [term(figures[name], role, habits["decimals"]) for name in members]
            for role, members in relation["terms"].items()
            if members
        }
        if relation["check"] == "unit_pair" and "rate" not in terms:
            terms = {role: [alike(t) for t in members] for role, members in terms.items()}
        ties[relation["id"]] = Tie(
            relation["check"],
            relation["formula"],
            terms,
            items=len(relation.get("items", ())),
            cuts=_cuts(habits["rounding"]),
            disclaimed=notes[home],
            bound=_bound(relation),
        )
    balanced = _closed(data, ties)
    return {name: replace(tie, balanced=name in balanced) for name, tie in ties.items()}


def _cuts(rounding: dict[str, int]) -> bool:
    telling = rounding["rounded"] + rounding["truncated"]
    return telling >= _TIES and rounding["truncated"] >= _CUTTING * telling


def _bound(relation: dict[str, Any]) -> Span | None:
    if relation["check"] == "series_break":
        return _STEADY
    if relation["check"] != "wording" or relation["recomputed"] is None:
        return None
    try:
        return parse(relation["recomputed"])
    except ValueError:
        return None


def _closed(data: dict[str, Any], ties: dict[str, Tie]) -> set[str]:
    """Shares of printed lists that make 100 while their honest roundings do not: each may be one digit off.

    One share of a list without a tie of its own is what the others leave.
    """
    shares: dict[str, tuple[str, Term, Fraction]] = {}
    for relation in data["relations"]:
        tie = ties.get(relation["id"])
        if relation["check"] != "share" or tie is None or relation["reason"] is not None:
            continue
        one = [tie.terms.get(role) for role in ("part", "whole", "share")]
        if all(one) and (whole := tie.terms["whole"][0].value):
            name = tie.terms["share"][0].figure.id
            exact = 100 * tie.terms["part"][0].value / whole
            shares.setdefault(name, (relation["id"], tie.terms["share"][0], exact))
    allowed: set[str] = set()
    for relation in data["relations"]:
        tie = ties.get(relation["id"])
        if relation["check"] != "percent_sum" or tie is None or relation["reason"] is not None:
            continue
        members = tie.terms.get("share", [])
        known = [shares[t.figure.id] for t in members if t.figure.id in shares]
        if sum(t.value for t in members) != 100 or len(known) < max(1, len(members) - 1):
            continue
        honest = sum((_rounded(exact, t.ulp) for _, t, exact in known), Fraction(0))
        if len(known) < len(members):
            honest += _rounded(100 - sum((exact for _, _, exact in known), Fraction(0)), known[0][1].ulp)
        if honest != 100:
            allowed |= {name for name, _, _ in known}
    return allowed


def _rounded(number: Fraction, ulp: Fraction) -> Fraction:
    return (number / ulp + Fraction(1, 2)) // 1 * ulp


def _compare(relation: dict[str, Any], tie: Tie, found: Found) -> Iterator[Fault]:
    name, basis = relation["id"], relation["basis"]
    chosen = relation.get("candidates", 1) > 1
    if (relation["verdict"], basis == "chosen") != (found.verdict, chosen):
        yield Fault(name, "verdict", _word(relation["verdict"], basis), _word(found.verdict, found.basis))
        return
    if not chosen and basis != found.basis:
        yield Fault(name, "basis", str(basis), str(found.basis))
    for key, span in (("stated", found.stated), ("recomputed", found.recomputed)):
        if span is not None and relation[key] != str(span):
            yield Fault(name, key, str(relation[key]), str(span))
    if found.gap is not None and relation["gap"] != found.gap:
        yield Fault(name, "gap", str(relation["gap"]), str(found.gap))
    yield from _feasible(relation, tie)
    if found.power is not None:
        power = max(Fraction(0), 1 - relation.get("candidates", 1) * (1 - found.power))
        if relation["power"] != int(power * 10_000) / 10_000:
            yield Fault(name, "power", str(relation["power"]), str(int(power * 10_000) / 10_000))


def _jointly(
    relation: dict[str, Any], tie: Tie, alone: Found, data: dict[str, Any], ties: dict[str, Tie]
) -> Iterator[Fault]:
    """A tie that holds alone and fails together with others: these must hold alone too, and the gap is tried."""
    name, others = relation["id"], relation.get("joint", [])
    if alone.verdict != "consistent":
        yield Fault(name, "verdict", _word(relation["verdict"], "joint"), _word(alone.verdict, alone.basis))
    for other in others:
        if other not in ties or judge(ties[other]).verdict != "consistent":
            yield Fault(name, "joint", other, "-")
            return
    home = tie.all[-1].figure.document
    rounding = data["documents"][home]["habits"]["rounding"]
    loose = {
        t.figure.id
        for entry in data["relations"]
        if (one := ties.get(entry["id"])) is not None
        and (one.disclaimed or _basis(entry, one) in ("balanced", "disclaimed"))
        for t in one.all
    }
    found = gap([*(ties[other] for other in others), tie], frozenset(loose), bool(rounding["truncated"]))
    if found != relation["gap"]:
        yield Fault(name, "gap", str(relation["gap"]), str(found))


def _basis(entry: dict[str, Any], tie: Tie) -> str | None:
    """What a tie rests on alone."""
    if entry["basis"] == "joint":
        return judge(tie).basis
    return entry["basis"] if entry["verdict"] == "consistent" else None


def _feasible(relation: dict[str, Any], tie: Tie) -> Iterator[Fault]:
    """What an unprinted number can be: the numbers one by one where they are few, else an interval."""
    expected = numbers(tie, relation["verdict"] == "truncated")
    says = relation.get("feasible")
    if expected is None or says is None:
        return
    if isinstance(says, str):
        says = says if len(expected) == 2 else None
        finds: Any = f"[{expected[0]}, {expected[-1]}]" if expected else "[]"
    else:
        finds = expected
    if says != finds:
        yield Fault(relation["id"], "feasible", str(relation["feasible"]), str(finds))


def _word(verdict: str, basis: str | None) -> str:
    return f"{verdict} ({basis})" if basis else verdict


def _severities(data: dict[str, Any], figures: dict[str, Print]) -> Iterator[Fault]:
    """What weighs how much: errors are stated or logical, within one report, by more than one last digit.

    Two customary or suspicious findings on one number of one report make an error. Where the house has
    ``weights`` of its own, they go before; what they switch off must be suppressed.
    """
    weights = data.get("weights", {})
    doubts: dict[str, list[int]] = defaultdict(list)
    expected: list[str | None] = []
    inside: set[int] = set()
    strengths = {relation["id"]: relation["strength"] for relation in data["relations"]}
    for index, relation in enumerate(data["relations"]):
        verdict = relation["verdict"]
        names = {name for members in relation["terms"].values() for name in members}
        alone = len({figures[name].document for name in names if name in figures}) <= 1
        alone = alone and relation.get("reports") is not True  # of one file that holds several reports
        alone = alone or relation.get("bundle") is True  # files that tell one report together
        weakest = {relation["strength"], *(strengths.get(other) for other in relation.get("joint", ()))}
        far = relation["gap"] > 1 or relation["check"] in _WITHOUT_TAIL
        grave = verdict == "inconsistent" and far and "customary" not in weakest
        inside |= {index} if alone else set()
        finding = verdict not in ("consistent", "unverified")
        expected.append(("error" if grave and alone else "warning") if finding else None)
        customary = verdict == "inconsistent" and relation["strength"] == "customary"
        if alone and relation["basis"] != "joint" and (customary or verdict == "suspicious"):
            for name in names:
                doubts[name].append(index)
    for together in doubts.values():
        if len(together) > 1:
            failed = [i for i in together if data["relations"][i]["verdict"] == "inconsistent"]
            for index in failed or together[:1]:
                expected[index] = "error"
    for index, (relation, severity) in enumerate(zip(data["relations"], expected, strict=True)):
        weight = _weight(relation, weights, index in inside) if severity else "default"
        if weight == "off" and not relation["suppressed"]:
            yield Fault(
                relation["id"], "suppressed", str(relation["suppressed"]), f"{relation['check']} = off"
            )
        if weight in ("error", "warning"):
            severity = weight
        if relation["severity"] != severity:
            yield Fault(relation["id"], "severity", str(relation["severity"]), str(severity))


def _weight(relation: dict[str, Any], weights: dict[str, str], alone: bool) -> str:
    """What the house lets a finding weigh: by its check, else by 尾差 where it misses by one last digit."""
    weight = weights.get(relation["check"], "default")
    tail = (
        relation["verdict"] == "inconsistent"
        and relation["gap"] <= 1
        and relation["check"] not in _WITHOUT_TAIL
    )
    if weight == "default" and tail and alone and relation["strength"] != "customary":
        return weights.get("tail", "default")
    return weight
