"""Leaf through the built site in Chromium: `python browsing.py CHROMIUM SITE FOLDER` tells JSON.

It runs in the environment that `make consumers` makes, for a browser's driver is large.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

WIDTHS = ((360, "light"), (800, "dark"), (1280, "light"))
_PICTURED = ("index", "tutorial", "manifests", "how-to/settle")
_PATIENCE = 180_000


def leaf(chromium: str, site: Path, folder: Path) -> dict[str, list[str]]:
    """By width: the pages that do not fit it, and what was asked for from elsewhere."""
    driver: Any = importlib.import_module("playwright.sync_api")
    with driver.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        told = {str(width): [*_at(browser, site, width, scheme, folder)] for width, scheme in WIDTHS}
        browser.close()
    return told


def _at(browser: Any, site: Path, width: int, scheme: str, folder: Path) -> list[str]:
    viewport = {"width": width, "height": 900}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, offline=True)
    tab, wrong = context.new_page(), []
    tab.set_default_timeout(_PATIENCE)
    tab.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).with_suffix("").as_posix()
        tab.goto(page.as_uri())
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{name} is {wide} wide")
        if name in _PICTURED:
            tab.screenshot(path=str(folder / f"site-{name.replace('/', '-')}-{width}.png"), full_page=True)
    context.close()
    return wrong


if __name__ == "__main__":
    _chromium, _site, _folder = sys.argv[1:4]
    print(json.dumps(leaf(_chromium, Path(_site), Path(_folder))))  # noqa: T201  its answer
