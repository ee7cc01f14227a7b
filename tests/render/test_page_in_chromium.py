"""The page in a real browser: at three widths, light and dark, searched, printed, and judged by axe."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from teli_iac.render.html import render_html
from tests.render import plans
from tests.render.chromium import CHROMIUM, PICTURES, PYTHON, WIDTHS, wants_chromium

pytestmark = wants_chromium


def look(shown: plans.Shown, folder: Path, *words: str) -> Any:
    page = folder / "plan.html"
    page.write_text(render_html(shown.plan, shown.refusals), encoding="utf-8", errors="backslashreplace")
    done = subprocess.run(  # noqa: S603  our own script
        [
            str(PYTHON),
            str(Path(__file__).with_name("browser.py")),
            CHROMIUM or "",
            str(page),
            str(folder),
            *words,
        ],
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
        timeout=240,
        text=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("page")
    told = look(plans.windows(), folder)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        shutil.copy(folder / f"page-{width}.png", PICTURES / f"plan-{width}.png")
    return told


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_asks_for_nothing_and_complains_of_nothing(width: str, seen: Any) -> None:
    assert seen[width]["heard"] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits_every_screen(width: str, seen: Any) -> None:
    assert seen[width]["scroll_width"] <= int(width)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_that_keeps_anybody_out(width: str, seen: Any) -> None:
    assert seen[width]["axe"] == []


def test_a_reader_searches_opens_and_prints_the_decisions(seen: Any) -> None:
    assert seen["used"] == {
        "heard": [],
        "first_stop": "skip",
        "searched": "1 of 11 campaigns shown",
        "blocked": "1 of 11 campaigns shown",
        "opened": 1,
        "closed": 0,
        "search_on_paper": "none",
    }


def test_one_of_five_thousand_campaigns_is_found(tmp_path: Path) -> None:
    assert look(plans.many(), tmp_path, "launch-00077") == {
        "heard": [],
        "searched": "1 of 5000 campaigns shown",
    }


def test_no_hostile_name_runs_or_widens_the_page(tmp_path: Path) -> None:
    seen = look(plans.hostile_names(), tmp_path)
    assert [seen[width]["heard"] for width in WIDTHS] == [[], [], []]
    assert [seen[width]["scroll_width"] <= int(width) for width in WIDTHS] == [True, True, True]
