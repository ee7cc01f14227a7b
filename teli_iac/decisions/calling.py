"""When and from which numbers a campaign calls once its change is carried out: for people to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teli_iac.decisions.situation import Part, Situation
from teli_iac.model import (
    CallingWindow,
    Campaign,
    CampaignSettings,
    Launch,
    Removal,
    Replacement,
    Status,
    Transition,
    Turn,
)
from teli_iac.model.making import maker

_make_window = maker(CallingWindow)


@dataclass(frozen=True, slots=True)
class Acts:
    """What a change does that opens or closes a window; named as in `Change`."""

    people: int = 0
    new: int = 0
    again: int = 0
    worst_case_calls: int = 0
    launch: Launch | None = None
    removals: tuple[Removal, ...] = ()
    transitions: tuple[Transition, ...] = ()
    replacement: Replacement | None = None


NO_ACTS = Acts()


def windows_of(situation: Situation, acts: Acts) -> tuple[CallingWindow, ...]:
    """The windows of live parts that we know, and that of the part which the change launches."""
    return (*_live(situation, acts), *_launched(situation.wanted, acts))


def _live(situation: Situation, acts: Acts) -> Iterator[CallingWindow]:
    for part in situation.parts:
        settings = _settings(part, acts)
        if not part.running or settings is None:
            continue
        sent, shown = part.recorded, part.observed
        yield _make_window(
            part.campaign_id,
            _turn(part, acts),
            (shown.begin if shown else None) or (sent.begin if sent else None) or settings.begin,
            part.end or settings.closes,
            settings,
            _people(situation.wanted, part),
            _pool_name(situation.wanted, settings),
        )


def _settings(part: Part, acts: Acts) -> CampaignSettings | None:
    """As recorded; a part that is adopted has those of its manifest."""
    if part.recorded:
        return part.recorded.settings
    adopted = acts.launch and acts.launch.campaign_id == part.campaign_id
    return acts.launch.settings if acts.launch and adopted else None


def _people(wanted: Campaign | None, part: Part) -> int:
    if part.recorded:
        return part.recorded.people_count
    return len(wanted.leads) if wanted else 0


def _turn(part: Part, acts: Acts) -> Turn:
    shown = part.observed.status if part.observed else Status.UNKNOWN
    if acts is NO_ACTS:
        return Turn.PAUSED if shown is Status.PAUSED else Turn.GOES_ON
    closing = {removal.campaign_id for removal in acts.removals if removal.stop}
    if acts.replacement:
        closing.update(acts.replacement.releases)
    if part.campaign_id in closing:
        return Turn.CLOSES
    steered = {each.campaign_id: each.status for each in acts.transitions}
    status = steered.get(part.campaign_id, shown)
    return Turn.PAUSED if status is Status.PAUSED else Turn.GOES_ON


def _launched(wanted: Campaign | None, acts: Acts) -> Iterator[CallingWindow]:
    replaced = acts.replacement.campaign if acts.replacement else None
    settings = replaced.settings if replaced else acts.launch.settings if acts.launch else None
    if wanted is None or settings is None or not acts.worst_case_calls:
        return
    yield CallingWindow(
        acts.launch.campaign_id if acts.launch else None,
        Turn.OPENS,
        settings.begin,
        settings.closes,
        settings,
        acts.people if acts.launch else acts.worst_case_calls // settings.calls_per_person,
        wanted.pool_name,
    )


def _pool_name(wanted: Campaign | None, settings: CampaignSettings) -> str | None:
    """The name of its pool, if the manifest still gives that very pool."""
    same = wanted is not None and wanted.settings.number_pool == settings.number_pool
    return wanted.pool_name if wanted and same else None
