"""The bare name of what a figure is about: without whose it is, without footnote marks."""

from __future__ import annotations

import re

from .share import indicator_of

_MARKS = re.compile("[\\[〔【（(][0-9]{1,2}[\\]〕】）)]")
_ASIDE = re.compile("（[^（）]{0,12}）\\Z")


def bare_name(label: str) -> str:
    """全市地区生产总值[2] is 地区生产总值."""
    return indicator_of(_ASIDE.sub("", _MARKS.sub("", label)))
