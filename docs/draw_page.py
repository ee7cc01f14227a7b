"""Draw docs/page.png, the picture of a plan as a page: `python -m docs.draw_page`.

It is what a browser shows of `teli-iac plan --format html`; without Chromium the picture stays as it is.
"""  # noqa: INP001  docs/ is a folder of pages, not a package; this one module is run, never imported by ours

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from teli_iac.render.html import render_html
from tests.render.plans import windows

PICTURE = Path(__file__).with_name("page.png")
_SIZE = "1180,2330"
_SCALE = 0.7


def draw(chromium: str) -> None:
    """Have Chromium open the page and save what it shows."""
    shown = windows()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "plan.html"
        page.write_text(render_html(shown.plan, shown.refusals), encoding="utf-8")
        quiet = (
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--force-device-scale-factor={_SCALE}",
            f"--user-data-dir={folder}/profile",
        )
        asked = (f"--screenshot={PICTURE}", f"--window-size={_SIZE}", page.as_uri())
        subprocess.run([chromium, *quiet, *asked], check=True, capture_output=True, timeout=120)  # noqa: S603  the browser that was found


if __name__ == "__main__":
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        draw(found)
    else:
        sys.stderr.write("No Chromium here: docs/page.png stays as it is.\n")
