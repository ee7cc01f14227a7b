"""What steps are given: a launch of a campaign in short notation, as a plan orders it."""

from __future__ import annotations

from datetime import timedelta

from teli_iac.identity import key_people
from teli_iac.kinds.launching import LaunchOrder
from teli_iac.kinds.releasing import ReleaseOrder
from teli_iac.model import Launch
from tests.decisions.notation import KEY, USUAL, ShortId, Spec, digest, leads, project, settings, whole_id

FALL = ShortId("acme", "fall", 1, 1)


def release_of(spec: Spec) -> ReleaseOrder:
    """The release of part 1 of `fall`; `uncontacted` are the people of a first count that was recorded."""
    whole = {**USUAL, **spec}
    counted = spec.get("uncontacted")
    return ReleaseOrder(
        campaign_id=whole_id(FALL, USUAL),
        people=key_people(KEY, leads(whole)),
        key=KEY,
        drain=timedelta(minutes=3),
        begun=spec.get("begun", False),
        uncontacted=None if counted is None else key_people(KEY, leads({**USUAL, "people": counted})),
    )


def order_of(spec: Spec) -> LaunchOrder:
    """The launch of part 1 of `fall`."""
    whole = {**USUAL, **spec}
    people = leads(whole)
    launch = Launch(
        whole_id(FALL, whole), "fall", 1, 1, digest(whole), settings(whole), people, whole.get("again", 0)
    )
    return LaunchOrder(launch, project({}), key_people(KEY, people))
