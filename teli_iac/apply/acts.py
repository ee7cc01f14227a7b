"""What is done for one change, from its first step to its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from teli_iac.apply.driving import drive
from teli_iac.apply.means import Means
from teli_iac.apply.scouting import Scouts
from teli_iac.apply.turns import NotBegun, Turn
from teli_iac.decisions.changes import launches_of, without
from teli_iac.decisions.comparing import only
from teli_iac.errors import InvalidManifests
from teli_iac.kinds.intentions import Result
from teli_iac.kinds.launching import LaunchOrder, end_unverified
from teli_iac.kinds.launching import launch as launch_steps
from teli_iac.kinds.releasing import ReleaseOrder
from teli_iac.kinds.releasing import release as release_steps
from teli_iac.kinds.removing import remove as remove_steps
from teli_iac.kinds.removing import steer as steer_steps
from teli_iac.leads import still_callable
from teli_iac.model import (
    Adopted,
    Campaign,
    Change,
    IntentVoided,
    Launch,
    Left,
    PartState,
    PeopleSet,
    RecordedPart,
    Removal,
    Replacement,
    Sentence,
    Status,
    Voiding,
)
from teli_iac.model.people import PeopleInPieces
from teli_iac.people import NotAmong, key_all, key_and_weigh, pick
from teli_iac.splitting import split

_FREE = frozenset({PartState.VOID, PartState.LAPSED, PartState.RETRIED})
_STEPS_ON = frozenset({Sentence.REMOVED, Sentence.STOPPED, Sentence.PAUSED, Sentence.RESUMED})


def _nobody_looked(_: str) -> bool:
    return False


def _nobody_waits() -> None:
    return None


def adopt(change: Change, means: Means) -> Result:
    """Record a part that the ledger lacked, with the people its manifest names (row 5)."""
    part = _launch_of(change)
    people = key_all(means.key, part.leads.rows)
    adopted = Adopted(
        campaign_id=part.campaign_id,
        name=part.name,
        run=part.run,
        part=part.part,
        digest=part.digest,
        settings=part.settings,
        begin=part.settings.begin,
        end=part.settings.end,
        people=people.ref,
        people_count=len(people),
    )
    means.journal.record(adopted, people=(people,), at=means.waiting.now())
    return Result(Sentence.RECORDED, part.campaign_id)


def end_failed(change: Change, means: Means) -> Result:
    """End the parts that failed their verification in this plan."""
    results = [drive(end_unverified(campaign_id, change.faults), means) for campaign_id in change.verify]
    return results[-1]


def remove_and_forget(change: Change, means: Means) -> Result:
    """Take a campaign off Teli and record that it left."""
    result = remove(change, means)
    if result.sentence in _STEPS_ON:
        means.journal.record(Left(change.address.partition("/")[2]), at=means.waiting.now())
    return result


def remove(change: Change, means: Means) -> Result:
    """Stop parts and take them off Teli, one after the other; whoever was not called is freed."""
    result = Result(Sentence.REMOVED, change.campaign_id or "")
    for removal in change.removals:
        result = _remove_part(removal, means)
        if result.sentence not in _STEPS_ON:
            break
    return result


def _remove_part(removal: Removal, means: Means) -> Result:
    if not removal.release:
        return drive(remove_steps(removal), means)
    released = _release(removal.campaign_id, means)
    if released.sentence is not Sentence.RELEASED:
        return released
    if not removal.delete:
        return Result(Sentence.STOPPED, removal.campaign_id, released.faults)
    return drive(remove_steps(replace(removal, stop=False)), means)


def steer(change: Change, means: Means) -> Result:
    """Pause or resume the parts."""
    result = Result(Sentence.PAUSED, change.campaign_id or "")
    for transition in change.transitions:
        if transition.status is Status.ACTIVE:
            means.journal.confirm()  # a halt has taken the lease from us; what it paused stays paused
        result = drive(steer_steps(transition), means)
        if result.sentence not in _STEPS_ON:
            break
    return result


def launch(change: Change, means: Means, turn: Turn, scouts: Scouts, *, ahead: bool) -> Result:
    """Launch or extend: one create, which has its turn until its answer.

    The turn begins with the do-not-call lists and the last look-up; or else the look-up and the intent come
    `ahead` of it, so that no turn is spent on waiting for the ledger.
    """
    order = _prepare(_launch_of(change), means)
    if ahead:
        turn.expect()
    else:
        turn.take()
    return _create(order, means, scouts.saw_absent, turn.take, turn.end)


def _create(
    ready: LaunchOrder,
    means: Means,
    saw_absent: Callable[[str], bool] = _nobody_looked,
    intended: Callable[[], None] = _nobody_waits,
    accepted: Callable[[], None] = _nobody_waits,
) -> Result:
    """One create, for whoever of those planned is on no do-not-call list at this moment.

    If somebody is by now, it is another part with an id of its own, which is looked up as every id is; that
    of the plan is never sent. Nobody comes back: who was listed then waits for the next plan.
    """
    planned = ready.launch
    try:
        free = still_callable(planned.leads, means.lists, means.waiting.now())
    except InvalidManifests as invalid:
        return Result(Sentence.LIST_FAILED, planned.campaign_id, tuple(map(str, invalid.problems)))
    suppressed = len(planned.leads) - len(free)
    if not len(free):
        return Result(Sentence.NOBODY_LEFT, planned.campaign_id, suppressed=suppressed)
    order = _prepare(without(planned, free, means.project.name), means) if suppressed else ready
    steps = launch_steps(order, seen_absent=saw_absent(order.launch.campaign_id))
    try:
        result = drive(steps, means, intended=intended, accepted=accepted)
    except NotBegun:  # its intent is durable, and nobody else could have sent it
        unsent = IntentVoided(order.launch.campaign_id, Voiding.NOT_SENT, None)
        means.journal.record(unsent, at=means.waiting.now())
        raise
    return replace(result, suppressed=suppressed)


def exchange(change: Change, means: Means) -> Result:
    """Release each part, then launch whoever is wanted and not given by then, in as few parts as may be."""
    replacement = change.replacement
    if replacement is None:  # a further part of what it launches
        return _create(_prepare(_launch_of(change), means), means)
    result = Result(Sentence.RELEASED, change.campaign_id or "")
    for campaign_id in replacement.releases:
        result = _release(campaign_id, means)
        if result.sentence is not Sentence.RELEASED:
            return result
    launches = _rest(replacement, change.again, means)
    if not launches:
        return result
    result = _create(_prepare(launches[0], means), means)
    return replace(result, parts=launches) if len(launches) > 1 else result


def _prepare(launch: Launch, means: Means) -> LaunchOrder:
    """Whatever takes long with many people, done before the last look-up and the intent."""
    people = launch.leads.rows
    if isinstance(people, PeopleInPieces):
        return LaunchOrder(launch, means.project, *key_and_weigh(means.key, people))
    return LaunchOrder(launch, means.project, key_all(means.key, people))


def _launch_of(change: Change) -> Launch:
    if change.launch is None:
        raise AssertionError("a launch carries what it creates")
    return change.launch


def _release(campaign_id: str, means: Means) -> Result:
    part = means.journal.load().parts[campaign_id]
    refs = [ref for ref in (part.people, part.uncontacted) if ref is not None]
    people = means.journal.people(refs)
    order = ReleaseOrder(
        campaign_id=campaign_id,
        people=people[part.people],
        key=means.key,
        drain=means.project.drain,
        begun=part.releasing,
        uncontacted=people[part.uncontacted] if part.releasing and part.uncontacted else None,
    )
    return drive(release_steps(order), means)


def _rest(replacement: Replacement, again: int, means: Means) -> tuple[Launch, ...]:
    """The launches of whoever of the manifest is not given in this run, none when nobody is left."""
    campaign = replacement.campaign
    if campaign is None:
        return ()
    given = _given(campaign, means)
    rows = pick(campaign.leads.rows, NotAmong(means.key, given))
    if not len(rows):
        return ()
    alone = replace(campaign, leads=only(campaign.leads, rows))
    return launches_of(means.project.name, alone, replacement.part, _spread(again, alone))


def _spread(again: int, campaign: Campaign) -> Iterator[int]:
    """How many of each part are called again, at most: a plan that releases knows only how many at all."""
    for share in split(campaign.leads, campaign.max_per_part):
        taken = min(again, len(share))
        again -= taken
        yield taken


def _given(campaign: Campaign, means: Means) -> set[bytes]:
    parts = [
        part
        for part in means.journal.load().parts.values()
        if (part.name, part.run) == (campaign.name, campaign.run)
        and (part.state not in _FREE or part.appeared)
    ]
    refs = {ref for part in parts for ref in (part.people, part.released) if ref is not None}
    people = means.journal.people(refs)
    return {person for part in parts for person in _of_part(part, people)}


def _of_part(part: RecordedPart, people: Mapping[str, PeopleSet]) -> set[bytes]:
    given = {person for person, _ in people[part.people]}
    return given - ({person for person, _ in people[part.released]} if part.released else set())
