"""A launch in several parts: each is a change of its own, begun once the one before it is launched.

So every part has its look-up, its intent, its one create and its outcome as a campaign of one part has them,
and whatever keeps a launch from beginning keeps a further part from it.
"""

from __future__ import annotations

from dataclasses import replace

from teli_iac.kinds.intentions import Result
from teli_iac.model import Change, Launch


def first_part(change: Change) -> Change:
    """The change as it begins: of several parts, the first."""
    return _part(change, change.launches) if change.further else change


def next_part(change: Change) -> Change | None:
    """What follows once this part is launched; None after the last."""
    return _part(change, change.further) if change.further else None


def as_it_came(change: Change, result: Result) -> Change:
    """The change of which this is the result: what a replacement launches is known only by then."""
    return _part(change, result.parts) if result.parts else change


def steps_of(change: Change) -> int:
    """How many results it comes to."""
    return max(1, len(change.launches))


def _part(change: Change, launches: tuple[Launch, ...]) -> Change:
    first, *further = launches
    return replace(
        change,
        campaign_id=first.campaign_id,
        people=first.people,
        again=first.again,
        launch=first,
        further=tuple(further),
        replacement=None,
    )
