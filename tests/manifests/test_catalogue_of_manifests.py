from __future__ import annotations

import re
from pathlib import Path

from teli_iac.catalogue import CATALOGUE
from teli_iac.catalogue.manifests import PROBLEMS

CODE = re.compile(r"TELI-E0[1-5][0-9]")
HOUSE = Path(__file__).parent.parent.parent / "teli_iac"


def used_codes() -> set[str]:
    files = [*(HOUSE / "manifests").glob("*.py"), *(HOUSE / "kinds").glob("*.py")]
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_that_is_told_is_explained_and_every_one_explained_is_told() -> None:
    assert used_codes() == set(PROBLEMS)


def test_the_catalogue_has_the_codes_of_manifests() -> None:
    assert PROBLEMS.items() <= CATALOGUE.items()
