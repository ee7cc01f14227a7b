"""What pages name is there: targets of make, files, exit codes. tests/site tries their commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from tests.site.blocks import PAGES

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_target_of_make_that_a_page_names_exists(page: str) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):", makefile))
    named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", (REPOSITORY / page).read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_links_to_exists(page: str) -> None:
    path = REPOSITORY / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_readme_explains_every_exit_code() -> None:
    told = re.findall(r"(?m)^\| (\d+) \|", README)
    assert [int(code) for code in told] == [code.value for code in ExitCode]
