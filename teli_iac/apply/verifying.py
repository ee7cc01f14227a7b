"""Hold what was just launched against the list, and end what is not as it was sent (semantics §6).

`launch_grace` leaves the time for it: nobody is called before. What the list does not show yet is left to
the next plan, which verifies it then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from teli_iac.apply.driving import drive
from teli_iac.apply.means import Means
from teli_iac.errors import ApiError
from teli_iac.identity import PartReference, parse_campaign_id
from teli_iac.kinds.intentions import Result
from teli_iac.kinds.launching import end_unverified
from teli_iac.kinds.verification import faults_in_list, group_by_name, strangers_in_run
from teli_iac.kinds.wire import list_request, read_list
from teli_iac.model import Change, ObservedCampaign, RecordedPart, Verified

_WAITS = (0.0, 1.0, 2.0, 4.0)

Shown = Mapping[str, ObservedCampaign]


def verify(launched: Mapping[str, Change], means: Means) -> Iterator[tuple[Change, Result]]:
    """Verify launches, by id, against the list; a change and its result for each that had to be ended."""
    if not launched:
        return
    shown = _read_until_shown(launched.keys(), means)
    references = group_by_name(reference for reference in map(parse_campaign_id, shown) if reference)
    recorded = means.journal.load()
    parts, known = recorded.parts, frozenset((*recorded.parts, *recorded.imports))
    faults = {
        campaign_id: _faults(parts[campaign_id], shown[campaign_id], references, known)
        for campaign_id in launched
        if campaign_id in shown
    }
    sound = (Verified(campaign_id) for campaign_id, found in faults.items() if not found)
    means.journal.record(*sound, at=means.waiting.now())
    for campaign_id, found in faults.items():
        if found:
            yield launched[campaign_id], drive(end_unverified(campaign_id, found), means)


def _read_until_shown(campaign_ids: Iterable[str], means: Means) -> Shown:
    wanted = frozenset(campaign_ids)
    shown: Shown = {}
    for pause in _WAITS:
        means.waiting.sleep(pause)
        try:
            listed = read_list(means.api.read(list_request(means.project)))
        except ApiError:
            continue
        shown = {campaign.campaign_id: campaign for campaign in listed}
        if wanted <= shown.keys():
            break
    return shown


def _faults(
    part: RecordedPart,
    shown: ObservedCampaign,
    ours: Mapping[str, Sequence[PartReference]],
    known: frozenset[str],
) -> tuple[str, ...]:
    reference = parse_campaign_id(part.campaign_id)
    strangers = strangers_in_run(reference, ours[reference.name], known) if reference else ()
    return (*faults_in_list(shown, part.people_count, part.begin, part.end), *strangers)
