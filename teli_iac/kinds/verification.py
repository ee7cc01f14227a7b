"""Is what Teli made of a create what was sent? Sentences for people when it is not; no one's data in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from teli_iac.identity import PartReference, utc_text
from teli_iac.kinds.attributes import same_instant
from teli_iac.kinds.wire import read_count, read_time
from teli_iac.model import ObservedCampaign, Reply


def faults_in_answer(reply: Reply, people: int, begin: datetime, end: datetime) -> tuple[str, ...]:
    """Compare the answer to a create with the create: counts, and times where they are echoed."""
    document = reply.document or {}
    return (
        *_count_faults(read_count(document.get("contacts_count")), people),
        *_invalid_faults(read_count(document.get("invalid_leads_count"))),
        *_time_faults("begins", read_time(document.get("campaign_begin_time")), begin),
        *_time_faults("ends", read_time(document.get("campaign_end_time")), end),
    )


def faults_in_list(
    shown: ObservedCampaign, people: int, begin: datetime | None, end: datetime | None
) -> tuple[str, ...]:
    """Compare what the list shows of a part with what was sent."""
    return (
        *_count_faults(shown.contacts_count, people),
        *_time_faults("begins", shown.begin, begin),
        *_time_faults("ends", shown.end, end),
    )


def group_by_name(references: Iterable[PartReference]) -> Mapping[str, tuple[PartReference, ...]]:
    """The references by the name in them, so that nobody looks through all of them for each campaign."""
    grouped: dict[str, list[PartReference]] = {}
    for reference in references:
        grouped.setdefault(reference.name, []).append(reference)
    return {name: tuple(found) for name, found in grouped.items()}


def strangers_in_run(
    part: PartReference, shown: Iterable[PartReference], known: frozenset[str]
) -> tuple[str, ...]:
    """Name the parts of the same run that we do not know: somebody else may have launched these people."""
    return tuple(
        f"another part of this run exists that the ledger does not know: {other.campaign_id}"
        for other in shown
        if (other.project, other.name, other.run) == (part.project, part.name, part.run)
        and other.campaign_id not in known
    )


def _count_faults(shown: int | None, sent: int) -> tuple[str, ...]:
    if shown is None or shown == sent:
        return ()
    return (f"Teli counts {shown} contacts; {sent} were sent",)


def _invalid_faults(shown: int | None) -> tuple[str, ...]:
    return (f"Teli calls {shown} of the leads invalid",) if shown else ()


def _time_faults(verb: str, shown: datetime | None, sent: datetime | None) -> tuple[str, ...]:
    if shown is None or sent is None or same_instant(shown, sent):
        return ()
    return (f"Teli says the campaign {verb} at {utc_text(shown)}; {utc_text(sent)} was sent",)
