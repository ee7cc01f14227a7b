"""What steps are given: a launch of a campaign in short notation, as a plan orders it."""

from __future__ import annotations

from teli_iac.identity import key_people
from teli_iac.kinds.launching import LaunchOrder
from teli_iac.model import Launch
from tests.decisions.notation import KEY, USUAL, ShortId, Spec, digest, leads, project, settings, whole_id

FALL = ShortId("acme", "fall", 1, 1)


def order_of(spec: Spec) -> LaunchOrder:
    """The launch of part 1 of `fall`."""
    whole = {**USUAL, **spec}
    people = leads(whole)
    launch = Launch(
        whole_id(FALL, whole), "fall", 1, 1, digest(whole), settings(whole), people, whole.get("again", 0)
    )
    return LaunchOrder(launch, project({}), key_people(KEY, people))
