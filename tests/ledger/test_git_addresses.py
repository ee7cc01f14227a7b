"""Places that name a git remote's ref, and places that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.errors import NotConfigured
from teli_iac.ledger import open_ledger


@pytest.mark.parametrize(
    "place",
    [
        "git:",
        "git://host/acme.git",
        "git?remote",
        "git?remote=",
        "git?remote=--upload-pack=x",
        "git?branch=a..b",
        "git?branch=a.lock",
        "git?branch=/a",
        "git?branch=a/",
        "git?branch=a b",
        "git?branch=a&branch=b",
        "git?ref=refs/heads/main",
    ],
)
def test_an_address_that_names_no_ref_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(NotConfigured, match="names no ref"):
        open_ledger(place, str(tmp_path), "acme")
