"""The site in a real browser; its pictures are left in build/pictures, to be looked at."""

import json
import subprocess
from pathlib import Path

from tests.render.chromium import CHROMIUM, PICTURES, PYTHON, wants_chromium

pytestmark = wants_chromium


def test_every_page_fits_every_screen_and_asks_nobody(site: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(  # noqa: S603  our own script
        [str(PYTHON), str(Path(__file__).with_name("browsing.py")), CHROMIUM or "", str(site), str(PICTURES)],
        env={"HOME": str(site.parent), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
        timeout=240,
        text=True,
    )
    assert json.loads(done.stdout) == {"360": [], "800": [], "1280": []}
    assert len([*PICTURES.glob("site-*.png")]) >= 12
