"""What a scout saw counts for some seconds; then the id is looked up again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from teli_iac.api import Waiting
from teli_iac.apply.driving import drive
from teli_iac.apply.means import Means
from teli_iac.apply.scouting import COUNTS_FOR, Scouts, scouts_beside
from teli_iac.errors import ApiUnreachable
from teli_iac.kinds.intentions import ask_time
from teli_iac.model import OnError, Reply, Request
from tests.render import changes as a

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
ABSENT = Reply(404, {"error": "Campaign not found", "success": False}, None)


class _Api:
    """Answers every look-up with what is there."""

    def __init__(
        self, present: frozenset[str] = frozenset(), *, reachable: bool = True, date: datetime | None = None
    ) -> None:
        self.asked: list[str] = []
        self._date = date
        self._present = present
        self._reachable = reachable

    def read(self, request: Request) -> Reply:
        campaign_id = request.path.rpartition("/")[2]
        self.asked.append(campaign_id)
        if not self._reachable:
            raise ApiUnreachable("There is no answer.", "Try again.")
        if campaign_id not in self._present:
            return replace(ABSENT, date=self._date)
        return Reply(200, {"success": True, "campaign_id": campaign_id, "status": "active"}, None)


class _Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


FIRST, SECOND = a.launch("first"), a.launch("second")


def _id(number: int) -> str:
    launch = (FIRST, SECOND)[number].launch
    assert launch
    return launch.campaign_id


def _means(api: _Api, clock: _Clock) -> Means:
    return Means(
        api=cast("Any", api),
        journal=cast("Any", None),  # no scout writes
        project=cast("Any", None),
        key=cast("Any", None),
        waiting=Waiting(sleep=lambda _: None, jitter=lambda: 0.0, now=clock),
        parallelism=2,
        on_error=OnError.STOP,
        stopping=lambda: False,
        lists=cast("Any", None),  # no scout leaves anybody out
    )


@pytest.mark.parametrize(
    ("api", "later", "absent"),
    [
        (_Api(), COUNTS_FOR, True),
        (_Api(), COUNTS_FOR + timedelta(seconds=1), False),
        (_Api(frozenset({_id(0)})), timedelta(0), False),
        (_Api(reachable=False), timedelta(0), False),
    ],
    ids=["absent a moment ago", "absent a while ago", "there", "nobody knows"],
)
def test_an_id_counts_as_absent_when_it_was_just_seen_so(
    api: _Api,
    later: timedelta,
    absent: bool,  # noqa: FBT001  a case
) -> None:
    clock = _Clock()
    with ThreadPoolExecutor(1) as pool:
        scouts = Scouts([FIRST, SECOND], _means(api, clock), pool)
        pool.submit(lambda: None).result()  # both were asked by now
        clock.now += later
        assert scouts.saw_absent(_id(0)) is absent
    assert api.asked == [_id(0), _id(1)]


def test_an_id_that_no_scout_was_sent_for_has_to_be_asked() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert not Scouts([FIRST], _means(_Api(), _Clock()), pool).saw_absent(_id(1))


def test_what_a_scout_heard_of_the_time_counts_for_the_create_that_it_looked_ahead_for() -> None:
    teli = NOON + timedelta(seconds=90)
    means = _means(_Api(date=teli), _Clock())
    with ThreadPoolExecutor(1) as pool:
        assert Scouts([FIRST], means, pool).saw_absent(_id(0))
    assert drive(ask_time(), means) == teli


def test_look_ups_go_ahead_of_the_creates_and_one_create_at_a_time_has_one_scout() -> None:
    assert [scouts_beside(creates) for creates in (1, 8, 16)] == [1, 10, 20]
