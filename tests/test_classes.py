"""Numbers that say which things are counted: figures of the report, but claims of nothing."""

from __future__ import annotations

import pytest

from gouji.extract.claims import read
from gouji.extract.document import Figure

from .texts import document


def naming(text: str) -> list[str]:
    """The figures that are parts of names; none of them makes a claim."""
    found = document(text)
    named = [figure for figure in found.figures if figure.naming]
    claimed: list[Figure] = [claim.figure for claim in read(found).claims]
    assert not [figure for figure in named if figure in claimed]
    assert len(claimed) == len(found.figures) - len(named)
    return [figure.text for figure in named]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60岁及以上人口为812503人。", ["60岁及以上"]),
        ("0—14岁人口为812503人。", ["0—14岁"]),
        ("5000万元以上项目86个。", ["5000万元以上"]),
        ("前五名客户销售额120.5亿元。", ["五名"]),
        ("总人口性别比为105.2（以女性为100）。", ["100"]),
        ("平均年龄36岁。", []),
        ("完成投资5000万元以上。", []),
        ("目前五名客户已签约。", []),
        ("抽检合格率95%以上的企业86个。", []),
    ],
)
def test_a_number_that_names_a_class_makes_no_claim(text: str, expected: list[str]) -> None:
    assert naming(text) == expected
