"""The page: self-contained, inert against what reports say, the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks.audit import Audit
from gouji.extract.document import Flow, Unread
from gouji.reports.html import render
from gouji.reports.inline import inert

from .fixture_audit import audit, clean
from .golden_files import compare

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'></script><!--{{7*7}}"


class Page(HTMLParser):
    """Tags with their attributes, and the text outside script and style."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inside = ""
        self.raw: list[tuple[str, str]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw.append((self.inside, data))
        else:
            self.text += data


def evil() -> Audit:
    """The fixture with markup in every string that a report or a file system can supply."""
    full = audit()
    first = full.documents[0]
    text = first.document.text + EVIL
    old = first.document.flow
    flow = Flow(
        text,
        list(range(len(text) + 1)),
        (*old.blocks, replace(old.blocks[2], start=len(text) - len(EVIL), end=len(text))),
    )
    document = replace(first.document, text=text, flow=flow, title=EVIL, issuer=EVIL, period=EVIL, path=EVIL)
    relations = tuple(
        replace(
            judged,
            fingerprint=EVIL + judged.id,
            relation=replace(judged.relation, evidence=(EVIL,)),
            verdict=replace(judged.verdict, equation=EVIL, reason=EVIL),
            suspects=tuple(replace(suspect, reason=EVIL, suggestion=EVIL) for suspect in judged.suspects),
        )
        for judged in full.relations
    )
    claims = tuple(replace(claim, indicator=EVIL, subject=EVIL) for claim in first.claims)
    status = {identifier: (state, EVIL) for identifier, (state, _) in first.status.items()}
    return Audit(
        (replace(first, document=document, claims=claims, status=status), full.documents[1]),
        relations,
        (Unread(EVIL, EVIL),),
    )


def test_golden() -> None:
    compare("audit.html", render(audit(), "zh", verbose=True))


def test_same_input_same_bytes() -> None:
    assert render(audit(), "zh") == render(audit(), "zh")


def test_the_policy_names_exactly_the_style_and_the_script() -> None:
    page = Page(render(audit(), "zh"))
    policies = [tag for _, tag in page.tags if tag.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    policy = policies[0]["content"] or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    style, _, script = (data for _, data in page.raw)
    for text in (style, script):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    # an attribute would be blocked by the policy
    assert not [tag for tag in page.tags if any(name == "style" or name.startswith("on") for name in tag[1])]


@pytest.mark.parametrize("make", [audit, evil])
def test_nothing_is_loaded_from_anywhere(make: Callable[[], Audit]) -> None:
    source = render(make(), "zh")
    for tag, attributes in Page(source).tags:
        assert "src" not in attributes
        target = attributes.get("href")
        assert target is None or target.startswith("#") or (tag, target) == ("link", "data:,")
    page = Page(source)
    for kind, data in page.raw:
        if kind == "style":
            assert "url(" not in data
            assert "@import" not in data
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|innerHTML", source.rpartition("<script>")[2])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markup_in_a_report_stays_text(lang: str) -> None:
    page = Page(render(evil(), lang, verbose=True))
    assert [tag for tag, _ in page.tags].count("script") == 2
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert EVIL in page.text
    block = next(data for kind, data in page.raw if kind == "script")
    ties = json.loads(block)["ties"]
    assert ties["r1"][6] == [EVIL]


@given(st.text())
def test_inert_json_reads_back_and_cannot_end_its_element(text: str) -> None:
    source = inert({"text": text})
    assert json.loads(source) == {"text": text}
    assert "<" not in source


def is_number(tag: dict[str, str | None]) -> bool:
    return tag.get("role") == "button" and (tag.get("class") or "").startswith("n ")


def test_every_number_of_the_text_is_marked_once() -> None:
    page = Page(render(audit(), "zh"))
    marked = [tag["id"] for _, tag in page.tags if is_number(tag)]
    figures = [figure.id for audited in audit().documents for figure in audited.document.figures]
    assert marked == figures
    identifiers = [tag["id"] for _, tag in page.tags if "id" in tag]
    assert len(identifiers) == len(set(identifiers))


def test_colours_follow_the_worst_tie() -> None:
    page = Page(render(audit(), "zh"))
    state = {tag["id"]: (tag["class"] or "").split()[1] for _, tag in page.tags if is_number(tag)}
    assert state["d1f3"] == "warning"
    assert state["d1f7"] == "error"
    assert state["d1f14"] == "checked"
    assert state["d1f19"] == "unverified"
    assert state["d1f23"] == "unrelated"


def test_every_link_leads_somewhere() -> None:
    from urllib.parse import unquote

    page = Page(render(audit(), "zh"))
    identifiers = {tag["id"] for _, tag in page.tags if "id" in tag}
    links = {unquote((tag["href"] or "")[1:]) for name, tag in page.tags if name == "a"}
    assert links
    assert links <= identifiers


def test_headings_paragraphs_and_tables_are_kept() -> None:
    source = render(audit(), "zh")
    assert re.search(r'<h3 class="level-1">云溪市司法局2017年工作总结</h3>', source)
    assert re.search(r'<h4 class="level-2">一、人民调解</h4>', source)
    assert '<tr><th scope="col">项目</th><th scope="col">上年</th><th scope="col">本年</th></tr>' in source


def test_the_conclusion_comes_first() -> None:
    text = Page(render(audit(), "zh")).text
    assert text.index("不宜发布") < text.index("核对了什么") < text.index("部分大于整体")
    assert "未发现问题" in Page(render(clean(), "zh")).text


def test_an_audit_of_nothing_is_a_page_too() -> None:
    assert "不能据此认为数字无误" in render(Audit((), (), (Unread("a.txt", "no"),)), "zh")
