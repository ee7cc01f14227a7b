"""Parts of a list above `max_per_part`: each leaves out whoever was listed since, and keeps no other back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from teli_iac.model import Sentence
from tests.promise.practice import Practice, Wanted, phone_number
from tests.second_teli import SecondTeli


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


def _listed(practice: Practice, people: list[int]) -> None:
    (practice.folder / "dnc.txt").write_text("".join(f"{phone_number(person)}\n" for person in people))


@pytest.mark.parametrize("everybody_of", [0, 1, 2])
def test_a_part_whose_people_are_all_listed_meanwhile_is_left_out_alone(
    tmp_path: Path, teli: SecondTeli, everybody_of: int
) -> None:
    practice = Practice(tmp_path / "acme", teli.url, suppress=[{"file": "dnc.txt"}])
    people = "phone_number\n" + "".join(f"{phone_number(person)}\n" for person in range(6))
    (practice.folder / "leads.csv").write_text(people)
    _listed(practice, [50])
    practice.want(fall=Wanted((), settings={"leads": {"file": "leads.csv", "max_per_part": 2}}))
    (change,) = practice.plan().plan.changes
    numbers = [lead.phone_number for lead in change.launches[everybody_of].leads]
    gone = [person for person in range(6) if phone_number(person) in numbers]
    applied = practice.apply_after(lambda: _listed(practice, gone))
    assert sorted(applied.sentences) == sorted([Sentence.LAUNCHED, Sentence.LAUNCHED, Sentence.NOBODY_LEFT])
    assert (applied.ending.people, applied.ending.suppressed) == (4, 2)
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    called = [person for person in range(6) for _ in range(teli.dialled[phone_number(person)])]
    assert called == [person for person in range(6) if person not in gone]
    assert practice.detailed_exit_code() == ExitCode.DONE
