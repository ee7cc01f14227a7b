"""The how-to for moving a ledger holds for every place that docs/ledger.md names, against the real thing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.ledger.sites import SITES
from tests.site.blocks import blocks, text_of
from tests.site.folders import moving
from tests.site.reader import Reader

PAGE = "docs/how-to/move-the-ledger.md"
_SAID = re.compile("(goes on at|moved to|came to) git")
"""An address is shown without credentials, and in one form."""
_CREDENTIALS = ("AWS_", "AZURE_", "GOOGLE_", "PG")


@pytest.mark.parametrize("name", ["file", "postgresql", "s3", "gs", "az"])
def test_a_ledger_moves_to_every_place_as_the_page_says(name: str, tmp_path: Path) -> None:
    place = SITES[name](tmp_path).place
    folder = tmp_path / "work" / "acme"
    folder.mkdir(parents=True)
    reader = Reader(folder)
    with moving(reader):
        reader.variables |= {each: os.environ[each] for each in os.environ if each.startswith(_CREDENTIALS)}
        reader.instead |= {
            "--retire-to git": f"--retire-to '{place}'",
            "|ledger: git|": f"|ledger: {place.replace('&', chr(92) + '&')}|",
        }
        for block in blocks(text_of(PAGE)):
            reader.follow(block._replace(text=_SAID.sub(r"\1 …", block.text)))


def test_every_place_that_the_page_of_ledgers_names_is_tried() -> None:
    rows = [
        line
        for line in text_of("docs/ledger.md").splitlines()
        if line.startswith("| `") and "lies" not in line
    ]
    named = {place.strip("`").partition(":")[0] for row in rows for place in row.split("|")[1].split(", ")}
    assert {"local", "git", "file", "postgresql", "s3", "gs", "az"} <= {each.strip(" `") for each in named}
    assert set(SITES) == {"local", "git", "file", "postgresql", "s3", "gs", "az"}
