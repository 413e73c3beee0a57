"""Whose report a document is and which year's results it tells, for comparing it with other years' reports.

The title often says neither. Then headings that look back on a year or ahead to one, and the name of the file
are asked, in that order. A report given when a year begins (政府工作报告) tells the results of the year before.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from .document import Document
from .roles import any_of

_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_APART = re.compile("[和及与、，；]")
_PARTS = re.compile(r"[_\-\s.·（）()\[\]【】《》]+|(?<![0-9])(?:19|20)[0-9]{2}年?度?(?![0-9])")
_CHINESE = re.compile("[一-鿿]{2}")
_WORD = re.compile("[一-鿿]{2,}|[a-z]{3,}")


@cache
def _lexicon() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(
        files(__package__ or "").joinpath("identity.toml").read_text("utf-8")
    )
    return found


@cache
def _any(table: str) -> re.Pattern[str]:
    return re.compile(any_of(_lexicon()[table]))


@cache
def _ending(table: str) -> re.Pattern[str]:
    return re.compile(any_of(_lexicon()[table]) + r"\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """Issuer and year of a document.

    ``issuer`` is empty where nothing names one. ``year`` is that of the results told, four digits or empty.
    ``sure`` is whether title, headings or the name of the file name the year; else it is the most frequent one.
    """

    issuer: str
    year: str
    sure: bool


def identity(document: Document) -> Identity:
    """Whose report this is, and of which year."""
    year, sure = _year(document)
    return Identity(_issuer(document), year, sure)


def _issuer(document: Document) -> str:
    """The issuer that the title names, else the name of the file, else a signature."""
    named, filed = document.issuer, _of_path(document.path)
    if named and (named in document.title or core(named)[0] in document.title):
        # a title that names a bare place may be that of any of its offices; the file may say of which
        office = bool(_CHINESE.search(filed)) and not same_issuer(named, filed)
        return (
            filed
            if office and core(named) != (named, "") and named == core(named)[0] + core(named)[1]
            else named
        )
    return filed or named


def _of_path(path: str) -> str:
    """Whose report a file name says that it is; empty where it says no year or kind beside it."""
    stem = PurePosixPath(path).stem.lower()
    if not _YEAR.search(stem) and not _any("kinds").search(stem):
        return ""
    words = [_any("kinds").sub("", part) for part in _PARTS.split(stem) if part]
    return "".join(word for word in words if _WORD.fullmatch(word))


def _headings(document: Document) -> list[str]:
    flow = document.flow
    return [flow.text[b.start : b.end] for b in flow.blocks if b.kind == "heading"]


def _year(document: Document) -> tuple[str, bool]:
    lines = [line for line in (document.title, *_headings(document)) if _YEAR.search(line)]
    parts = [part for line in lines for part in _APART.split(line)]
    for part in parts:
        years = _YEAR.findall(part)
        if years and _any("review").search(part):
            return max(years), True
    for line in lines:
        # 2020年和“十三五”工作回顾: the word that looks back closes the line
        years = _YEAR.findall(line)
        if _any("review").search(line) and not _any("outlook").search(line):
            return max(years), True
    for part in parts:
        years = _YEAR.findall(part)
        if years and _any("next_year").search(part):
            return str(int(min(years)) - 1), True
    stem = PurePosixPath(document.path).stem
    begins = any(_any("begins").search(text) for text in (document.title, stem))
    for text in (document.title, stem):
        years = _YEAR.findall(text)
        if years:
            return str(int(years[0]) - 1) if begins else years[0], True
    return document.period, False


@cache
def core(issuer: str) -> tuple[str, str]:
    """A name without the body that governs and without its level: 某某市人民政府 is 某某 and 市."""
    name = _ending("bodies").sub("", issuer)
    level = _ending("levels").search(name)
    if level and level.start() >= 2:
        return name[: level.start()], level.group()
    return name, ""


@cache
def bucket(issuer: str) -> str:
    """A key that all names of one issuer share: the last two characters of its name."""
    return core(issuer)[0][-2:]


@cache
def same_issuer(one: str, other: str) -> bool:
    """Whether two names mean one issuer: the same place, or one with the place that it belongs to before it."""
    (a, low), (b, high) = core(one), core(other)
    if low and high and low != high:
        return False
    # 某省某某 (as a file is named) and 某某县
    return a == b or (len(a) >= 2 and len(b) >= 2 and (a.endswith(b) or b.endswith(a)))


def normal_scope(scope: str) -> str:
    """A scope, empty where it means all that the issuer governs."""
    return "" if scope in _lexicon()["whole"] else scope


@cache
def normal_name(name: str) -> str:
    """An indicator's name without words of scope and years, for finding it again in another report."""
    return _YEAR_WORDS.sub("", _any("whole").sub("", name)).strip("的，、：（）")


_YEAR_WORDS = re.compile("(?:[12][0-9]{3}年|本年|今年|全年|年内|当年|本年度)(?:度|末|底|全年)?")


def caveat(text: str) -> str:
    """The word near a figure that tells that it is not comparable with what was published before, or ''."""
    found = _any("revised").search(text)
    return found.group() if found else ""


class Results:
    """Where a document tells results: the sections that do not look ahead."""

    def __init__(self, document: Document, year: str) -> None:
        """Note the sections under headings that look ahead of ``year``, down to the next heading of their rank."""
        self._starts: list[int] = [0]
        self._ahead: list[bool] = [False]
        level, flow = 0, document.flow
        for block in flow.blocks:
            if block.kind != "heading":
                continue
            text = flow.text[block.start : block.end]
            later = year and any(found > year for found in _YEAR.findall(text))
            ahead = bool(later or _any("outlook").search(text)) and not _any("review").search(text)
            if self._ahead[-1] and block.level > level:
                continue
            if ahead != self._ahead[-1]:
                self._starts.append(block.start)
                self._ahead.append(ahead)
            level = block.level

    def at(self, offset: int) -> bool:
        """Whether results are told at this flow offset."""
        return not self._ahead[bisect_right(self._starts, offset) - 1]
