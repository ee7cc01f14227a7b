"""Look at a page in a real Chromium: `python browser.py CHROMIUM PAGE FOLDER [WORDS]` tells JSON.

It runs in the environment that `make consumers` makes, for a browser's driver is large. Nothing in the page
reaches the network: the browser is offline, and what it asked for is told.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

WIDTHS = ((360, "light"), (800, "dark"), (1280, "light"))
_PATIENCE = 180_000
"""Milliseconds: a machine that does much else is slow, and slowness is no failure."""

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def look(chromium: str, page: Path, folder: Path) -> dict[str, Any]:
    """What was asked for and complained of, what axe found, what the search and the printer did."""
    driver: Any = importlib.import_module("playwright.sync_api")
    with driver.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        told = {str(width): _at(browser, page, width, scheme, folder) for width, scheme in WIDTHS}
        told["used"] = _use(browser, page)
        browser.close()
    return told


def _at(browser: Any, page: Path, width: int, scheme: str, folder: Path) -> dict[str, Any]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", offline=True
    )
    tab, heard = _open(context, page)
    tab.screenshot(path=str(folder / f"page-{width}.png"), full_page=True)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    return {"heard": heard, "scroll_width": wide, "axe": _axe(browser, page, width, scheme)}


def _open(context: Any, page: Path) -> tuple[Any, list[str]]:
    heard: list[str] = []
    tab = context.new_page()
    tab.set_default_timeout(_PATIENCE)
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda asked: heard.append(asked.url) if asked.url != page.as_uri() else None)
    tab.goto(page.as_uri())
    return tab, heard


def _axe(browser: Any, page: Path, width: int, scheme: str) -> list[str]:
    """What axe finds, everything opened; it is injected, so here the page's policy is not in force."""
    source = Path(importlib.import_module("axe_playwright_python").__file__ or "").parent / "axe.min.js"
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, offline=True
    )
    tab, _ = _open(context, page)
    tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    tab.evaluate(source.read_text(encoding="utf-8"))
    found = tab.evaluate(f"axe.run(document, {{runOnly: {json.dumps(_RULES)}}})")
    context.close()
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


def _use(browser: Any, page: Path) -> dict[str, Any]:
    """Search, filter, open and close, with the keyboard where a person would; then as on paper."""
    context = browser.new_context(viewport={"width": 1000, "height": 800}, offline=True)
    tab, heard = _open(context, page)
    tab.keyboard.press("Tab")
    first = tab.evaluate("document.activeElement.className")
    tab.focus("#query")
    tab.keyboard.type("winter-checkup launch")
    tab.get_by_text("campaigns shown").wait_for()
    searched = tab.text_content("#count")
    tab.fill("#query", "")
    tab.select_option("#act", "blocked")
    blocked = tab.text_content("#count")
    tab.click("#open")
    opened = tab.evaluate("document.querySelectorAll('.changes details[open]').length")
    tab.click("#close")
    closed = tab.evaluate("document.querySelectorAll('.changes details[open]').length")
    tab.emulate_media(media="print")
    printed = tab.evaluate("getComputedStyle(document.getElementById('search')).display")
    context.close()
    return {
        "heard": heard,
        "first_stop": first,
        "searched": searched,
        "blocked": blocked,
        "opened": opened,
        "closed": closed,
        "search_on_paper": printed,
    }


def find(chromium: str, page: Path, words: str) -> dict[str, Any]:
    """What a search tells in a large page."""
    driver: Any = importlib.import_module("playwright.sync_api")
    with driver.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab, heard = _open(browser.new_context(offline=True), page)
        tab.fill("#query", words)
        tab.get_by_text("campaigns shown").wait_for()
        told = {"heard": heard, "searched": tab.text_content("#count")}
        browser.close()
    return told


if __name__ == "__main__":
    _chromium, _page, _asked = sys.argv[1:4]
    _words = sys.argv[4:]
    _page_file = Path(_page)
    _told = find(_chromium, _page_file, _words[0]) if _words else look(_chromium, _page_file, Path(_asked))
    print(json.dumps(_told))  # noqa: T201  its answer
