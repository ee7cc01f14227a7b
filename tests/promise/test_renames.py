"""A new name calls nobody again, whichever way the old one is taken off first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.model import Reason
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import SecondTeli

PEOPLE = (0, 1, 2)


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.mark.parametrize("targets", [(), ("campaign/fall",)], ids=["all at once", "the old name first"])
@pytest.mark.parametrize("on_remove", ["delete", "end", "retain"])
def test_a_renamed_and_edited_campaign_is_not_launched_again(
    targets: tuple[str, ...], on_remove: str, teli: SecondTeli, tmp_path: Path
) -> None:
    practice = Practice(tmp_path, teli.url)
    practice.want(fall=Wanted(PEOPLE, settings={"on_remove": on_remove}))
    practice.apply()
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    practice.want(autumn=Wanted(PEOPLE, agent="agent_edited"))
    practice.apply(options(*targets))
    practice.apply()
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert [change.reason for change in practice.plan().plan.blocked] == [Reason.LOOKS_RENAMED]
    assert teli.dialled == dict.fromkeys(map(phone_number, PEOPLE), 1)
