"""The page for everyone: screen readers, dark rooms, phones, paper, and reports with thousands of numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gouji.checks.audit import Audit
from gouji.checks.run import audit as run
from gouji.extract import reader
from gouji.reports.html import render

from .browser import launched, visit
from .fixture_audit import audit, clean
from .test_browser import RATE, SUBSET, examples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NUMBERS = 5000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files(package.__name__).joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page, axe: str) -> list[tuple[str, Any]]:
    """What axe-core finds, with the elements; evaluated beside the page, whose policy lets no script in."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        (one["id"], [(node["target"], node["failureSummary"]) for node in one["nodes"][:3]])
        for one in found["violations"]
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, axe: str, scheme: str, lang: str) -> None:
    with visit(browser, render(audit(), lang, verbose=True), color_scheme=scheme) as found:
        page = found.page
        assert violations(page, axe) == []
        page.locator("#d1f3").click()
        page.locator(f"#{SUBSET} [data-decide=dismiss]").click()
        page.locator(f"#{RATE} [data-decide=confirm]").click()
        page.locator("[name=text]").fill("受理")
        page.locator("button[data-only=checked]").click()
        assert violations(page, axe) == []
        page.locator("#open-export").click()
        assert violations(page, axe) == []
        page.keyboard.press("Escape")
        page.locator("#open-help").click()
        assert violations(page, axe) == []
        found.quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(browser: Browser, axe: str, scheme: str) -> None:
    with visit(
        browser, examples("zh"), color_scheme=scheme, viewport={"width": 375, "height": 740}, has_touch=True
    ) as found:
        page = found.page
        assert violations(page, axe) == []
        page.locator(".paper .n.error").first.tap()
        assert page.locator("#inspector").is_visible()
        assert violations(page, axe) == []


def test_axe_finds_nothing_on_a_page_without_findings(browser: Browser, axe: str) -> None:
    for made in (clean(), Audit((), (), ())):
        with visit(browser, render(made, "zh")) as found:
            assert violations(found.page, axe) == []
            found.page.keyboard.press("j")
            found.page.keyboard.press("/")
            found.page.keyboard.press("e")
            found.quiet()


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_nothing_runs_over_the_edge(browser: Browser, width: int) -> None:
    for lang in ("zh", "en"):
        with visit(browser, examples(lang), viewport={"width": width, "height": 800}) as found:
            over = found.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, lang


def test_all_can_be_reached_by_the_tab_key(browser: Browser) -> None:
    with visit(browser, render(audit(), "zh")) as found:
        page = found.page
        reached = set()
        for _ in range(120):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate(
                    "(at => at.id || at.name || at.dataset.decide || at.className)(document.activeElement)"
                )
            )
        wanted = {"text", "severity", "check", "state", "copy-all", "open-export", "open-help", "confirm"}
        assert wanted | {"dismiss", "mark", "d1f1"} <= reached


def test_findings_are_printed_first_and_whole(browser: Browser, tmp_path: Path) -> None:
    with visit(browser, render(audit(), "zh")) as found:
        page = found.page
        page.locator(f"#{SUBSET} [data-decide=dismiss]").click()
        page.locator(f"#{SUBSET} [name=reason]").fill("另有收案口径")
        page.select_option("[name=severity]", "warning")
        page.emulate_media(media="print")
        # what is filtered out on the screen is on paper all the same, and tools are not
        assert page.locator(f"#{SUBSET}").is_visible()
        assert page.locator(f"#{SUBSET} .print-note").inner_text() == "审阅意见：例外。另有收案口径"
        for hidden in ("#filters", "#inspector", ".review button", ".only"):
            assert not page.locator(hidden).first.is_visible()
        tops = page.evaluate(
            "['.summary', '#findings', 'nav', '#document-1'].map(name => document.querySelector(name).offsetTop)"
        )
        assert tops == sorted(tops)
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")
        width, height = _box(printed)
        assert abs(width - 595) < 2  # A4 in points
        assert abs(height - 842) < 2
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 3


def _box(printed: bytes) -> tuple[float, float]:
    match = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", printed)
    assert match
    return float(match[1]), float(match[2])


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a made report with 5,000 numbers in ties of every kind that it can hold."""
    lines = ["云溪市2025年各街道纠纷调解情况报告", ""]
    for place in range(NUMBERS // 5):
        whole = 2000 + 7 * place
        good = whole * 9 // 10 - place % 13
        left = good // 3
        rate = (20000 * good + whole) // (2 * whole) + (50 if place % 25 == 0 else 0)
        lines.append(
            f"第{place + 1}街道受理纠纷{whole}件，调解成功{good}件，成功率{rate // 100}.{rate % 100:02}%；"
            f"其中物业纠纷{left}件，邻里纠纷{good - left}件。"
        )
    path = tmp_path_factory.mktemp("large") / "large.txt"
    path.write_text("\n".join(lines), "utf-8")
    return render(run([reader.load(str(path), "zh")]), "zh")


def test_five_thousand_numbers_are_quick(browser: Browser, large: str) -> None:
    assert len(large.encode("utf-8")) < 5_000_000
    with visit(browser, large) as found:
        page = found.page
        assert page.locator(".paper .n").count() >= NUMBERS
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
        assert ready < 2000
        took = page.evaluate(
            """async () => {
                const numbers = [...document.querySelectorAll('.paper .n')];
                const times = [];
                for (let place = 7; place < numbers.length; place += 500) {
                    const start = performance.now();
                    numbers[place].click();
                    document.getElementById('inspector').getBoundingClientRect();
                    times.push(performance.now() - start);
                }
                return times.sort((a, b) => a - b);
            }"""
        )
        print(json.dumps({"bytes": len(large.encode()), "ready": ready, "inspector": took}))
        assert took[len(took) // 2] < 100
        found.quiet()
