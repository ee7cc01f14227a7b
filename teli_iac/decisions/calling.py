"""When and from which numbers a campaign calls once its change is carried out: for people to see."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.decisions.situation import Part, Situation
from teli_iac.model import CallingWindow, Campaign, CampaignSettings, Change, Status, Turn


def windows_of(situation: Situation, change: Change) -> tuple[CallingWindow, ...]:
    """The windows of live parts that we know, and that of the part which the change launches."""
    return (*_live(situation, change), *_launched(situation.wanted, change))


def _live(situation: Situation, change: Change) -> Iterator[CallingWindow]:
    for part in situation.parts:
        settings = _settings(part, change)
        if not part.running or settings is None:
            continue
        sent, shown = part.recorded, part.observed
        yield CallingWindow(
            part.campaign_id,
            _turn(part, change),
            (shown.begin if shown else None) or (sent.begin if sent else None) or settings.begin,
            part.end or settings.closes,
            settings,
            _people(situation.wanted, part),
            _pool_name(situation.wanted, settings),
        )


def _settings(part: Part, change: Change) -> CampaignSettings | None:
    """As recorded; a part that is adopted has those of its manifest."""
    if part.recorded:
        return part.recorded.settings
    adopted = change.launch and change.launch.campaign_id == part.campaign_id
    return change.launch.settings if change.launch and adopted else None


def _people(wanted: Campaign | None, part: Part) -> int:
    if part.recorded:
        return part.recorded.people_count
    return len(wanted.leads) if wanted else 0


def _turn(part: Part, change: Change) -> Turn:
    closing = {removal.campaign_id for removal in change.removals if removal.stop}
    if change.replacement:
        closing.update(change.replacement.releases)
    if part.campaign_id in closing:
        return Turn.CLOSES
    steered = {each.campaign_id: each.status for each in change.transitions}
    status = steered.get(part.campaign_id, part.observed.status if part.observed else Status.UNKNOWN)
    return Turn.PAUSED if status is Status.PAUSED else Turn.GOES_ON


def _launched(wanted: Campaign | None, change: Change) -> Iterator[CallingWindow]:
    replaced = change.replacement.campaign if change.replacement else None
    settings = replaced.settings if replaced else change.launch.settings if change.launch else None
    if wanted is None or settings is None or not change.worst_case_calls:
        return
    yield CallingWindow(
        change.launch.campaign_id if change.launch else None,
        Turn.OPENS,
        settings.begin,
        settings.closes,
        settings,
        change.people if change.launch else change.people + change.new + change.again,
        wanted.pool_name,
    )


def _pool_name(wanted: Campaign | None, settings: CampaignSettings) -> str | None:
    """The name of its pool, if the manifest still gives that very pool."""
    same = wanted is not None and wanted.settings.number_pool == settings.number_pool
    return wanted.pool_name if wanted and same else None
