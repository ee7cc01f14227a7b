"""Every bad manifest gets its exact complaint: tests/cases/hostile_manifests, one case in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.catalogue import CATALOGUE
from tests.manifests.hostile import complaints, lay_out, told

CASES = sorted((Path(__file__).parent.parent / "cases" / "hostile_manifests").glob("*.yaml"))
PEOPLE = ("Ada", "Grace", "55501" + "99")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_hostile_manifest_gets_its_exact_complaint(case: Path, tmp_path: Path) -> None:
    lay_out(case, tmp_path)
    found = complaints(["."], tmp_path)
    assert "".join(map(told, found)) == case.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_complaint_has_a_place_a_known_code_and_a_next_step(case: Path, tmp_path: Path) -> None:
    lay_out(case, tmp_path)
    found = complaints(["."], tmp_path)
    assert found
    for problem in found:
        assert problem.mark is not None
        assert problem.code in CATALOGUE
        assert problem.next_step


def test_no_case_shows_anybody_of_its_leads(tmp_path: Path) -> None:
    for case in CASES:
        folder = tmp_path / case.stem
        folder.mkdir()
        lay_out(case, folder)
        shown = "".join(map(told, complaints(["."], folder)))
        assert not [person for person in PEOPLE if person in shown], case.stem
