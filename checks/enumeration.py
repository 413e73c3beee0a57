"""列举计数：a stated count against the things listed right before it.

Only crisp lists decide: titles in 《》, quoted names, levels of government (市、区、街镇三级). In a loose
list nobody can tell where the first item begins; then equal counts agree, and anything else is left
unverified. 等 before the count opens the list: it may name fewer than the count, never more.

Fails: 印发《甲办法》《乙办法》《丙办法》两份文件。
Holds: 印发《甲办法》《乙办法》两份文件。
Silent: 印发《甲办法》等三份文件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .relation import Relation

_TITLE = re.compile("《[^《》]{1,80}》")
_QUOTED = re.compile("“[^“”]{1,40}”")
_CRISP = "(?:{0})(?:[、，和及与以]*(?:{0}))*"
_TITLES = re.compile(_CRISP.format(_TITLE.pattern) + "(?P<open>等)?\\Z")
_QUOTES = re.compile(_CRISP.format(_QUOTED.pattern) + "(?P<open>等)?\\Z")
_LEVEL = "(?:中央|国家|部|省|州|盟|市|地|区|县|旗|街镇|街道|乡镇|镇街|镇|乡|村居|村|居|社区|园区|组|站|所|局|厅|网格|部门|单位)"
_LEVELS = re.compile(f"(?P<run>(?:{_LEVEL})+级?(?:[、—-](?:{_LEVEL})+级?)*)\\Z")
_PARENS = re.compile("（[^（）]{0,80}）")
_LAST = re.compile("[和及与]|以及")


def relate(reading: Reading) -> Iterator[Relation]:
    """Every small exact count with a list of two or more right before it."""
    text = reading.document.flow.text
    for claim in reading.claims:
        f = claim.figure
        if claim.role != "value" or f.approx != "exact" or not f.discrete or not 2 <= f.value <= 30:
            continue
        start = max(text.rfind(stop, max(0, f.flow_start - 240), f.flow_start) for stop in "。；\n：")
        words = _PARENS.sub("", text[start + 1 : f.flow_start])
        found = _crisp(words, f.unit, int(f.value)) or _loose(claim, words)
        if found is None:
            continue
        items, opened, crisp = found
        if opened and len(items) < f.value:
            continue  # 等 stands for what is not named
        reason = None if crisp or len(items) == f.value else "ambiguous"
        if reason or not len(items) > 1:
            continue
        yield Relation("enumeration", {"count": (claim,)}, "stated", items, items=items)


def _crisp(words: str, unit: str, count: int) -> tuple[tuple[str, ...], bool, bool] | None:
    m = _TITLES.search(words)
    if m and (items := _TITLE.findall(m.group())) and len(items) > 1:
        # 《甲》及《乙》《丙》两个配套文件: what stands before 及 may not be counted
        gaps = _TITLE.split(m.group())[1:-1]
        return tuple(items), bool(m["open"]), not m["open"] and not any(_LAST.search(g) for g in gaps[:-1])
    m = _QUOTES.search(words)
    if m and (items := _QUOTED.findall(m.group())) and len(items) > 1:
        return tuple(items), bool(m["open"]), False  # “甲园”“乙园”18个: kinds, not pieces
    if unit == "级":
        m = _LEVELS.search(words)
        if m:
            # 市、区县两级 may count 区县 as one level or as two: either count agrees
            groups = re.split("[、—-]", m["run"])
            each = re.findall(_LEVEL, m["run"])
            if len(each) > 1:
                return (tuple(each) if len(each) == count else tuple(groups)), False, True
    return None


def _loose(claim: Claim, words: str) -> tuple[tuple[str, ...], bool, bool] | None:
    clause = words[words.rfind("，") + 1 :]
    opened = clause.endswith("等")
    items = [i for i in clause.removesuffix("等").split("、") if i]
    if "、" not in clause or not 2 <= len(items) <= 12 or any(len(i) > 30 for i in items[1:]):
        return None
    if any(ch.isdigit() for i in items[1:] for ch in i):
        return None
    # 和 before the last item parts it in two, inside a name it does not: either reading may be meant
    split = [i for i in _LAST.split(items[-1]) if i]
    if len(items) != claim.figure.value and len(split) == 2:
        items = items[:-1] + split
    return tuple(items), opened, False
