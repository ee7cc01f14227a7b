from __future__ import annotations

import re
from pathlib import Path

from teli_iac.catalogue import AREAS, CATALOGUE
from teli_iac.catalogue.leads import PROBLEMS
from teli_iac.catalogue.queries import PROBLEMS as OF_QUERIES
from teli_iac.catalogue.suppression import PROBLEMS as OF_SUPPRESSION
from teli_iac.leads.refusals import RowFault

CODE = re.compile(r"TELI-E\d{3}")
HOUSE = Path(__file__).parent.parent.parent / "teli_iac"


def used_in(*parts: str) -> set[str]:
    files = [file for part in parts for file in (HOUSE / part).rglob("*.py")]
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_that_is_told_is_explained_and_every_one_explained_is_told() -> None:
    assert used_in("leads") - set(OF_QUERIES) - set(OF_SUPPRESSION) == set(PROBLEMS)


def test_every_code_of_lists_is_told_and_every_one_told_is_explained() -> None:
    used = used_in("leads", "manifests", "kinds")
    assert {code for code in used if code.startswith("TELI-E12")} == set(OF_SUPPRESSION)


def test_every_code_of_queries_is_told_and_every_one_told_is_explained() -> None:
    used = used_in("leads", "manifests", "kinds")
    assert {code for code in used if code.startswith("TELI-E11")} == set(OF_QUERIES)


def test_the_catalogue_has_the_codes_of_leads() -> None:
    assert PROBLEMS.items() <= CATALOGUE.items()


def test_no_code_means_two_things() -> None:
    codes = [code for area in AREAS for code in area.PROBLEMS]
    assert sorted(codes) == sorted(CATALOGUE)


def test_every_reason_not_to_call_a_row_has_a_code_of_its_own() -> None:
    codes = [fault.value for fault in RowFault]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(PROBLEMS)


def test_entries_are_sentences_and_titles_are_not() -> None:
    for entry in PROBLEMS.values():
        assert entry.meaning.endswith(".")
        assert entry.next_step.endswith(".")
        assert not entry.title.endswith(".")
