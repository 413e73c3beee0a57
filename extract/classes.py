"""Numbers that say which things are counted, not how many: 60岁及以上人口, 5000万元以上项目, 前五名客户.

Such a number is a figure, but part of the name of a class. With a claim of its own it would stand under the same whole
as what is counted, and be compared with it.
"""

from __future__ import annotations

import re

from .found import CN, DATA, Found
from .units import UNITS

_WORDS = DATA["class"]
_AGES = frozenset(_WORDS["ages"].split())
_RANKS = frozenset(_WORDS["ranks"].split())
_NO_RANK = tuple(_WORDS["no_rank"].split())
_BOUNDS = tuple(_WORDS["bounds"].split())
# The noun of the class and the number of its members, in one clause: 5000万元以上项目86个.
_MEMBERS = re.compile(f"(?:的)?[\u4e00-\u9fff]{{1,12}}?[0-9{CN}]")

# 以女性为100, 以上年为100: what an index is told against.
_BASE = 100
_AS_BASE = re.compile("以[\u4e00-\u9fff]{1,8}为\\Z")


def limits_class(text: str, found: Found) -> bool:
    """Whether the number found in ``text`` bounds a class or a rank, or is the base of an index, and tells no quantity.

    An age does where it is a range or a bound (0—14岁, 65岁及以上); a rank where 前 stands in front (前五名); any other
    bound (以上, 以下), a percentage apart, where the counted members follow in the same clause.
    """
    bound = found.upper is not None or text.endswith(_BOUNDS, found.start, found.end)
    if (
        found.value == _BASE
        and not found.unit
        and _AS_BASE.search(text, max(0, found.start - 12), found.start)
    ):
        return True
    if found.unit in _AGES:
        return bound
    if found.unit in _RANKS and text[found.num_start - 1 : found.num_start] == "前":
        return not text.endswith(_NO_RANK, 0, found.num_start)
    if not text.endswith(_BOUNDS, found.start, found.end) or UNITS.unit(found.unit).base in _WORDS["apart"]:
        return False
    return bool(_MEMBERS.match(text, found.end, found.end + 16))
