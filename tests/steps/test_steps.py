"""Each file in tests/cases/steps/ is one change, what the world replied, and the exact story that follows."""

from __future__ import annotations

import pytest

from tests.steps.cases import Case, every_case

CASES = every_case()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file.stem)
def test_steps_want_of_the_world_what_their_case_says(case: Case) -> None:
    assert case.traced() == case.trace, case.sentence


def test_every_case_has_a_sentence_of_its_own() -> None:
    assert len({case.sentence for case in CASES}) == len(CASES)
