"""The page in a real browser: what a reviewer does with it, from the first look to the exported file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gouji.checks.run import audit as run
from gouji.extract import reader
from gouji.reports import baseline
from gouji.reports.html import render

from .browser import Visit, launched, visit
from .fixture_audit import audit, clean
from .test_html import EVIL, evil

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RATE, SUBSET, COPY = "rate-1b6f0c11", "subset-77aa01de", "duplicate-c0ffee02"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def opened(browser: Browser) -> Iterator[Visit]:
    with visit(browser, render(audit(), "zh"), permissions=["clipboard-read", "clipboard-write"]) as found:
        yield found
        found.quiet()


@cache
def examples(lang: str) -> str:
    return render(run(reader.load(path, lang) for path in reader.paths([str(EXAMPLES)])), lang)


def until(page: Page, truth: str) -> None:
    """Wait for an expression to be true; asked from outside, as the page's policy forbids eval."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(truth)


def cards(page: Page) -> list[str]:
    return [card.get_attribute("id") or "" for card in page.locator("article.finding:visible").all()]


def here(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(browser: Browser, lang: str) -> None:
    for source in (render(audit(), lang, verbose=True), render(clean(), lang), examples(lang)):
        with visit(browser, source) as found:
            found.page.wait_for_selector("html.ready")
            found.quiet()


def test_a_click_on_a_number_opens_its_ties(opened: Visit) -> None:
    page = opened.page
    page.locator("#d1f3").click()
    panel = page.locator("#inspector")
    assert panel.locator("h2").inner_text() == "90.77%"
    assert "217523 ÷ 239625" in panel.inner_text()
    rows = [row.inner_text().split("\t") for row in panel.locator("tbody tr").all()]
    assert ["率", "90.77%", "90.765%", "90.775%"] in rows
    assert ["部分", "217523件", "217523件", "217523件"] in rows
    assert rows[-1][0] == "复算"
    assert rows[-1][2].startswith("90.776")
    assert page.locator("#d1f1").evaluate("node => node.classList.contains('partner')")
    page.keyboard.press("Escape")
    assert page.locator(".chosen").count() == 0


def test_numbers_are_walked_by_arrow_keys_and_opened_by_enter(opened: Visit) -> None:
    page = opened.page
    page.locator("#d1f1").focus()
    page.keyboard.press("ArrowRight")
    assert here(page) == "d1f2"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert here(page) == "d1f2"
    page.keyboard.press("Enter")
    assert here(page) == "inspector"
    assert page.locator("#inspector h2").inner_text() == "217523件"
    page.keyboard.press("Escape")
    assert here(page) == "d1f2"


def test_only_numbers_of_one_state_are_walked_when_asked(opened: Visit) -> None:
    page = opened.page
    page.locator("button[data-only=unrelated]").click()
    page.locator("#d1f4").click()
    page.locator("#d1f4").focus()
    page.keyboard.press("ArrowRight")
    assert here(page) == "d1f20"
    assert page.locator("#d1f1").evaluate("node => getComputedStyle(node).textDecorationLine") == "none"
    page.locator("button[data-only=unrelated]").click()
    assert page.locator("#d1f1").evaluate("node => getComputedStyle(node).textDecorationLine") == "underline"


def test_findings_are_walked_by_keys(opened: Visit) -> None:
    page = opened.page
    order = cards(page)
    assert order == [SUBSET, COPY, RATE]
    page.keyboard.press("j")
    assert here(page) == order[0]
    page.keyboard.press("j")
    assert here(page) == order[1]
    page.keyboard.press("ArrowDown")
    assert here(page) == order[2]
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert here(page) == order[0]
    assert page.url.endswith("#" + order[0])
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.locator("[name=letters]").uncheck()
    page.keyboard.press("Escape")
    page.locator("#" + order[0]).focus()
    page.keyboard.press("j")
    assert here(page) == order[0]


def test_filters_narrow_the_findings(opened: Visit) -> None:
    page = opened.page
    page.select_option("[name=severity]", "warning")
    assert cards(page) == [RATE]
    page.select_option("[name=severity]", "")
    page.select_option("[name=check]", "duplicate")
    assert cards(page) == [COPY]
    assert page.locator("#shown").inner_text() == "显示 1 / 3 项"
    page.select_option("[name=check]", "")
    page.select_option("[name=document]", "2")
    assert cards(page) == []
    assert page.locator("#nothing").is_visible()
    assert not page.locator("#document-1").is_visible()
    page.locator("#filters [type=reset]").click()
    until(page, "document.querySelectorAll('article.finding.out').length === 0")
    assert page.locator("#document-1").is_visible()
    page.locator(f"#{SUBSET} [data-decide=confirm]").click()
    page.select_option("[name=state]", "open")
    assert cards(page) == [COPY, RATE]
    page.select_option("[name=state]", "confirm")
    assert cards(page) == [SUBSET]


def test_a_tile_leads_to_its_findings(opened: Visit) -> None:
    opened.page.locator("a.tile.warning").click()
    assert cards(opened.page) == [RATE]


def test_search_narrows_the_findings_and_paints_the_text(opened: Visit) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("逐项相同")
    until(page, "document.querySelector('#matches output').textContent === '原文中 0 处'")
    assert cards(page) == [COPY]
    # a stretch that a number interrupts is found as well
    page.locator("[name=text]").fill("受理各类纠纷239625件，调解")
    until(page, "CSS.highlights.get('found') && CSS.highlights.get('found').size === 1")
    assert (
        page.evaluate("[...CSS.highlights.get('found')].map(String).join()") == "受理各类纠纷239625件，调解"
    )
    page.keyboard.press("Enter")
    assert page.locator("#matches output").inner_text() == "1 / 1"
    page.locator("[name=text]").fill("没有这样的话")
    until(page, "document.querySelector('#matches output').textContent === '原文中 0 处'")
    assert page.locator("#nothing").is_visible()


def test_an_address_leads_to_a_finding_or_a_number(browser: Browser) -> None:
    with visit(browser, render(audit(), "zh"), "#" + RATE) as found:
        assert here(found.page) == RATE
        found.page.goto(found.address + "#d1f7")
        found.page.wait_for_selector("#d1f7.chosen")
        assert found.page.locator("#inspector h2").inner_text() == "8503份"
        found.page.goto(found.address + "#%")
        found.quiet()


def test_a_marked_number_of_a_finding_leads_to_the_text(opened: Visit) -> None:
    page = opened.page
    page.locator(f"#{RATE} a.mark.result").click()
    assert here(page) == "d1f3"
    page.locator("#inspector .tie a[href^='#rate']").click()
    assert here(page) == RATE


def test_a_finding_is_copied_as_text(opened: Visit) -> None:
    page = opened.page
    page.locator(f"#{RATE} [data-copy]").click()
    until(page, "document.querySelector('#said').textContent === '已复制'")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("【警告】率：截尾\n")
    for line in ("应为：90.78%", "报告为：90.77%", "编号：" + RATE, "位置：reports/2017.md，第 3 段"):
        assert line in text
    page.locator("#copy-all").click()
    until(page, "navigator.clipboard.readText().then(text => text.includes('subset-77aa01de'))")


def test_notes_survive_a_reload_and_are_exported(opened: Visit, tmp_path: Path) -> None:
    page = opened.page
    assert page.locator("#progress").is_hidden()
    page.locator(f"#{SUBSET} [data-decide=dismiss]").click()
    reason = 'a "b" \\ 换\n行\t\x7f\u2028 </script>'
    page.locator(f"#{SUBSET} [name=reason]").fill(reason)
    page.locator(f"#{SUBSET} [name=expires]").fill("2030-02-28")
    page.locator(f"#{COPY} [data-decide=confirm]").click()
    page.locator(f"#{RATE} [data-decide=dismiss]").click()
    page.reload()
    page.wait_for_selector("html.ready")
    assert page.locator("#progress").inner_text() == "审阅：属实 1 项，例外 2 项，待定 0 项"
    assert page.locator(f"#{SUBSET} [name=reason]").input_value() == reason
    assert page.locator(f"#{COPY} [data-decide=confirm]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("e")
    page.locator("#export [name=by]").fill("王 “二” #1")
    assert "另有 1 项没有写理由" in page.locator("#export-said").inner_text()
    with page.expect_download() as waiting:
        page.locator("#download").click()
    assert waiting.value.suggested_filename == "gouji-baseline.toml"
    path = tmp_path / "gouji-baseline.toml"
    waiting.value.save_as(path)
    (entry,) = tomllib.loads(path.read_text("utf-8"))["suppress"]
    assert entry["reason"] == reason
    assert entry["by"] == "王 “二” #1"
    assert entry["expires"] == date(2030, 2, 28)
    # and the audit reads it
    entries = baseline.load(str(path))
    applied = baseline.apply(audit(), entries, date(2029, 1, 1))
    assert [judged.fingerprint for judged in applied.audit.relations if judged.suppressed] == [SUBSET]
    assert not applied.dead
    page.keyboard.press("Escape")
    page.locator(f"#{SUBSET} [data-decide=dismiss]").click()
    page.reload()
    assert page.locator("#progress").inner_text() == "审阅：属实 1 项，例外 1 项，待定 1 项"


@pytest.mark.parametrize(
    "stored",
    ["{", "null", "7", '{"state": "<b>", "reason": 1}', '{"state":"dismiss","reason":7,"expires":"x"}'],
)
def test_what_another_page_left_in_the_store_does_no_harm(browser: Browser, stored: str) -> None:
    with visit(browser, render(audit(), "zh")) as found:
        found.page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"gouji:{SUBSET}", stored])
        found.page.reload()
        found.page.wait_for_selector("html.ready")
        assert found.page.locator(f"#{SUBSET} [name=reason]").input_value() == ""
        found.quiet()


def test_without_a_store_notes_last_as_long_as_the_page_and_it_says_so(browser: Browser) -> None:
    with visit(browser, render(audit(), "zh")) as found:
        found.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
        )
        found.page.reload()
        found.page.wait_for_selector("html.ready")
        found.page.locator(f"#{SUBSET} [data-decide=confirm]").click()
        assert "不保存" in found.page.locator("#progress").inner_text()
        found.quiet()


def test_accepted_exceptions_are_shown_folded_and_carry_no_controls(browser: Browser) -> None:
    known = [
        baseline.Entry(SUBSET, "subset", "reports/2017.md", (), reason=EVIL),
    ]
    done = baseline.apply(audit(), known, date(2029, 1, 1)).audit
    with visit(browser, render(done, "zh")) as found:
        page = found.page
        assert cards(page) == [COPY, RATE]
        assert page.locator(f"#{SUBSET} .review").count() == 0
        page.select_option("[name=state]", "suppressed")
        assert cards(page) == [SUBSET]
        assert EVIL in page.locator(f"#{SUBSET}").inner_text()
        found.quiet()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markup_from_reports_and_files_stays_text(browser: Browser, lang: str) -> None:
    with visit(browser, render(evil(), lang, verbose=True)) as found:
        page = found.page
        page.wait_for_selector("html.ready")
        assert page.locator("script").count() == 2
        assert page.locator("img").count() == 0
        for number in page.locator(".n[role=button]").all()[:6]:
            number.click()
        assert EVIL in page.locator("#inspector").inner_text()
        for button in page.locator("[data-decide=dismiss]").all():
            button.click()
        for reason in page.locator("[name=reason]").all():
            reason.fill(EVIL)
        page.locator("#open-export").click()
        told = tomllib.loads(page.locator("[name=toml]").input_value())["suppress"]
        assert {entry["reason"] for entry in told} == {EVIL}
        assert {entry["path"] for entry in told} == {EVIL}
        assert page.locator("img").count() == 0
        found.quiet()
