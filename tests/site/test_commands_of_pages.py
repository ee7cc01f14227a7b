"""Somebody who does what a page says, in an empty folder, sees what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_readme import Reader, blocks, tries

DOCS = Path(__file__).parent.parent.parent / "docs"
AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A"), ("EMAIL", "a@example.com"))
}


@pytest.mark.parametrize("page", ["tutorial.md", "how-to/roll-back.md"])
def test_somebody_who_does_what_a_page_says_sees_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in AUTHOR.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "acme"
    folder.mkdir()
    reader = Reader(folder, {})
    for block in blocks((DOCS / page).read_text(encoding="utf-8")):
        if block.language == "console":
            for each in tries(block):
                reader.follow(each)
    assert "teli-iac plan" in reader.ran
