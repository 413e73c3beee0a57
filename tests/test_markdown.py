"""The comment: what it says, and that nothing of a report in it can be clicked."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import cmarkgfm  # type: ignore[import-untyped]
import pytest
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.audit import Audit
from gouji.reports.markdown import MOST, inert, render

from .fixture_audit import audit, clean
from .golden_files import compare
from .hostile import ATTACKS, EVERYTHING, hostile


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def page(source: str) -> Page:
    """Markdown as GitHub renders it, raw HTML included."""
    return Page(cmarkgfm.github_flavored_markdown_to_html(source, options=Options.CMARK_OPT_UNSAFE))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_golden(lang: str) -> None:
    compare(f"audit.{lang}.md", render(audit(), lang))


def test_verdict_findings_and_details() -> None:
    found = page(render(audit(), "zh"))
    assert "不宜发布：有 2 处错误，1 处警告。" in found.text
    assert found.tags.count("tr") == 1 + 3
    assert found.tags.count("details") == 3 + 1
    assert "四舍五入应为 90.78%，报告为 90.77%（截尾）" in found.text
    assert "reports/broken.pdf" in found.text
    assert "✅" in render(clean(), "zh")


def test_a_renderer_would_show_the_attacks() -> None:
    """The renderer of these tests links what GitHub links; else they would prove nothing."""
    tags = page("https://evil.example www.evil.example a@evil.example <b>x</b> [a](b) ![c](d)").tags
    assert tags.count("a") == 4
    assert "b" in tags
    assert "img" in tags


@pytest.mark.parametrize("attack", [*ATTACKS, EVERYTHING])
def test_nothing_untrusted_is_markup(attack: str) -> None:
    ours, theirs = page(render(audit(), "zh")), page(render(hostile(attack), "zh"))
    assert set(theirs.tags) <= set(ours.tags)
    assert "a" not in theirs.tags
    assert theirs.attributes == [] or set(theirs.attributes) <= set(ours.attributes)
    assert theirs.tags.count("details") == 2 + 1
    assert theirs.tags.count("tr") == 1 + 2
    # the platforms look for these in the rendered text, outside code and pre
    assert not re.search(
        r"(?<![\w`])@[a-z]|(?<!\w)#\d|GH-\d|://|\bwww\.", outside_pre(render(hostile(attack), "zh"))
    )


def outside_pre(source: str) -> str:
    html = cmarkgfm.github_flavored_markdown_to_html(source, options=Options.CMARK_OPT_UNSAFE)
    return Page(re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL)).text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_inert_text_reads_back(text: str) -> None:
    found = page(f"| a | b |\n|---|---|\n| x | {inert(text)} |\n\n- {inert(text)}\n")
    assert set(found.tags) == {"table", "thead", "tbody", "tr", "th", "td", "ul", "li"}
    plain = found.text.replace("\u2060", "")
    wanted = " ".join(
        re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text).split()
    )
    assert plain.count(wanted.replace("\u2060", "")) >= 2


def test_too_long_a_comment_counts_what_it_leaves_out() -> None:
    full = audit()
    many = replace(full, relations=full.relations[:3] * 200)
    text = render(many, "zh")
    assert len(text) <= MOST
    left = re.search(r"共 600 项，超出上限，有 (\d+) 项未列入", text)
    assert left
    assert int(left[1]) + page(text).tags.count("tr") - 1 == 600


def test_accepted_exceptions_are_counted() -> None:
    full = audit()
    kept = tuple(replace(judged, suppressed="known") for judged in full.relations)
    assert "3 项问题已确认为例外" in render(replace(full, relations=kept), "zh")


def test_nothing_at_all() -> None:
    assert "没有可核对的勾稽关系" in render(Audit((), ()), "zh")
