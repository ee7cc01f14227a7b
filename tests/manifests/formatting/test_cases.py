"""One case, one file: what was written above the line, what it is formatted to below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.manifests import read_yaml
from teli_iac.manifests.formatting import format_reading

CASES = Path(__file__).parent.parent.parent / "cases" / "formatting"
LINE = "=" * 40 + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.stem)
def test_a_text_is_formatted_as_its_case_says(case: Path) -> None:
    written, formatted = case.read_text(encoding="utf-8").split(LINE)
    assert format_reading(read_yaml(written.encode())) == formatted
