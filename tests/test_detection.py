from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.detection import detection_share
from gouji.checks.engine import judge
from gouji.checks.relation import Relation, Verdict

from .factory import claim


def changed(relation: Any, old: Any, numeral: Any) -> Any:
    """The relation with one figure printed otherwise."""
    figure = old.figure
    new = claim(numeral, figure.printed_unit, direction=old.direction, id=figure.id)
    terms = {r: tuple(new if c is old else c for c in cs) for r, cs in relation.terms.items()}
    return replace(relation, terms=terms)


def tried(relations: Any, claims: Any) -> Any:
    """Every one-digit error made and judged again."""
    flagged = every = 0
    for old in claims:
        numeral = old.figure.numeral
        for i, now in enumerate(numeral):
            for other in "0123456789":
                if not now.isdigit() or other == now:
                    continue
                every += 1
                text = numeral[:i] + other + numeral[i + 1 :]
                caught = False
                for relation in relations:
                    if old in relation.claims():
                        verdict = judge(changed(relation, old, text))
                        caught |= verdict.verdict in ("truncated", "inconsistent")
                flagged += caught
    return F(flagged, every)


def relate(check: Any, **roles: Any) -> Any:
    return Relation(check, {r: tuple(c) if isinstance(c, list) else (c,) for r, c in roles.items()}, "stated")


def share(relations: Any, claims: Any) -> Any:
    return detection_share(claims, [(r, judge(r)) for r in relations])


def test_a_document_without_figures_has_no_share() -> None:
    assert detection_share([], []) is None


def test_figures_without_ties_are_not_detected() -> None:
    assert detection_share([claim("704", "件")], []) == 0


def test_an_undecided_tie_detects_nothing() -> None:
    c = [claim("573", "件"), claim("704", "件"), claim("81.39", "%")]
    relation = relate("rate", part=c[0], whole=c[1], rate=c[2])
    assert detection_share(c, [(relation, Verdict("unverified", reason="real_terms"))]) == 0


@given(st.integers(100, 999), st.integers(101, 199), st.integers(0, 1))
@settings(max_examples=10, deadline=None)
def test_the_share_is_that_of_making_every_error_in_a_rate(part: Any, whole: Any, decimals: Any) -> None:
    part = min(part, whole)
    percent = F(100 * part, whole)
    steps = round(percent * 10**decimals)
    numeral = f"{steps // 10}.{steps % 10}" if decimals else str(steps)
    c = [claim(str(part), "件"), claim(str(whole), "件"), claim(numeral, "%"), claim("55", "件")]
    relation = relate("rate", part=c[0], whole=c[1], rate=c[2])
    assert share([relation], c) == tried([relation], c)


@given(st.lists(st.integers(10, 99), min_size=2, max_size=4), st.integers(-1, 1))
@settings(max_examples=15, deadline=None)
def test_the_share_is_that_of_making_every_error_in_a_sum_and_a_bound(parts: Any, off: Any) -> None:
    whole = sum(parts) + off
    ps = [claim(f"{p // 10}.{p % 10}", "亿元") for p in parts]
    top = claim(f"{whole // 10}.{whole % 10}", "亿元")
    over = claim("90.0", "亿元")
    relations = [relate("sum", total=top, part=ps), relate("subset", part=top, whole=over)]
    assert share(relations, [*ps, top, over]) == tried(relations, [*ps, top, over])


@pytest.mark.parametrize("down", [None, "down"])
def test_the_share_of_a_growth_keeps_its_sign(down: Any) -> None:
    current, prior = (
        (claim("281", "人"), claim("302", "人")) if down else (claim("302", "人"), claim("281", "人"))
    )
    rate = claim("7.0" if down else "7.5", "%", "growth", direction=down)
    relation = relate("growth", current=current, prior=prior, growth=rate)
    claims = [current, prior, rate]
    assert share([relation], claims) == tried([relation], claims)
