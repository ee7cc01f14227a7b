"""Where the browser and its driver are on this machine, and where its pictures are left to be looked at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build" / "consumers" / "bin" / "python"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PICTURES = ROOT / "build" / "pictures"
WIDTHS = ("360", "800", "1280")

wants_chromium = pytest.mark.skipif(
    not (PYTHON.exists() and CHROMIUM), reason="wants Chromium, and `make consumers` for its driver and axe"
)
