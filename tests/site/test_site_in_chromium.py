"""The site in a real browser; its pictures are left in build/pictures, to be looked at."""

import json
import subprocess
from pathlib import Path

from tests.render.test_page_in_chromium import CHROMIUM, PYTHON, pytestmark
from tests.site.conftest import REPOSITORY

__all__ = ["pytestmark"]

PICTURES = REPOSITORY / "build" / "pictures"


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
