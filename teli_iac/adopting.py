"""Parts that Teli shows and that the ledger lacks, taken into the ledger: with their people where proven.

Nothing is sent but reads. What is taken in without proof of its people is recorded as such: its run is left
as it is, and nobody is launched into it (semantics §5, row 10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from teli_iac.decisions.changes import launch_of
from teli_iac.decisions.comparing import digest_of, in_parts, only
from teli_iac.decisions.gathering import newly_imported, note_unknown
from teli_iac.errors import NothingToAdopt
from teli_iac.identity import PartReference, parse_campaign_id
from teli_iac.ledger import Journal
from teli_iac.model import (
    Adopted,
    Campaign,
    Imported,
    ImportedCampaign,
    LedgerKey,
    Observed,
    PartState,
    PeopleSet,
    Recorded,
)
from teli_iac.observe import Question, observe
from teli_iac.people import NotAmong, key_all, pick
from teli_iac.worlds import Worlds

_FREE = frozenset({PartState.VOID, PartState.LAPSED, PartState.RETRIED})


def adopt_campaign(address: str, worlds: Worlds, journal: Journal, key: LedgerKey) -> tuple[str, ...]:
    """Take what Teli shows of the campaign and the ledger lacks into the ledger; a sentence for each part.

    A part is adopted with its people when the manifest proves who they are: the digest in its id is that of
    all of them, or of those whom no other part of the run was given to, or of one part of either, as
    `max_per_part` splits them. Else its people stay unknown.
    Raises NothingToAdopt.
    """
    name = address.removeprefix("campaign/")
    recorded = journal.load()
    observed = _observe(worlds, recorded)
    lost = sorted(_lost(name, worlds, recorded, observed), key=lambda part: (part.run, part.part))
    desired = replace(worlds.desired, campaigns={}, imports=_described_as(name, worlds))
    elsewhere = tuple(newly_imported(desired, recorded, observed))
    if not lost and not elsewhere:
        raise NothingToAdopt(
            f"Teli shows nothing of {address} that the ledger lacks; nothing was done.",
            "`teli-iac plan` names what does: ledger_lost and orphan. A campaign made elsewhere is taken over"
            " by `teli-iac import`.",
        )
    adopted, people = _prove(lost, worlds, recorded, journal, key)
    unknown = [
        note_unknown(part, part.campaign_id, observed) for part in lost if part.campaign_id not in adopted
    ]
    fresh = [each for each in unknown if each.campaign_id not in recorded.imports]
    if not adopted and not fresh and not elsewhere:
        raise NothingToAdopt(
            f"What Teli shows of {address} was taken in before, and no manifest proves its people.",
            "Put back the manifest and the leads it was launched with, and adopt it again.",
        )
    journal.record(*adopted.values(), *fresh, *elsewhere, people=people, at=worlds.asked.waiting.now())
    return (*map(_proven, adopted.values()), *map(_unproven, (*fresh, *elsewhere)))


def _observe(worlds: Worlds, recorded: Recorded) -> Observed:
    question = Question(worlds.desired.project, recorded, trusts_its_clock=worlds.origin.calls_nobody)
    return observe(worlds.api.reading(), question, worlds.asked.waiting)


def _lost(name: str, worlds: Worlds, recorded: Recorded, observed: Observed) -> Iterator[PartReference]:
    """Parts under this name that Teli shows and that the ledger lacks, or has without their people."""
    for campaign_id in observed.campaigns:
        reference = parse_campaign_id(campaign_id)
        ours = reference and (reference.project, reference.name) == (worlds.account.project, name)
        if reference and ours and campaign_id not in recorded.parts:
            yield reference


def _described_as(name: str, worlds: Worlds) -> Mapping[str, ImportedCampaign]:
    wanted = worlds.desired.imports.get(name)
    return {name: wanted} if wanted else {}


def _prove(
    lost: Iterable[PartReference], worlds: Worlds, recorded: Recorded, journal: Journal, key: LedgerKey
) -> tuple[Mapping[str, Adopted], tuple[PeopleSet, ...]]:
    """The parts whose people the manifest proves, in the order of their numbers, with those people."""
    adopted: dict[str, Adopted] = {}
    people: list[PeopleSet] = []
    for part in lost:
        wanted = worlds.desired.campaigns.get(part.name)
        if wanted is None or wanted.run != part.run:
            continue
        given = _given(wanted, recorded, journal) | {person for each in people for person, _ in each}
        whom = _whom(part, wanted, given, key)
        if whom is not None:
            keyed = key_all(key, whom.leads.rows)
            people.append(keyed)
            adopted[part.campaign_id] = adopted_as(part, whom, keyed, worlds.account.project)
    return adopted, tuple(people)


def _whom(part: PartReference, wanted: Campaign, given: set[bytes], key: LedgerKey) -> Campaign | None:
    """The wanted campaign with the people whom the digest proves.

    All of them, or those not given elsewhere, or one part of either, as its limit splits them.
    """
    rest = replace(wanted, leads=only(wanted.leads, pick(wanted.leads.rows, NotAmong(key, given))))
    whole_and_parts = chain(in_parts(wanted), in_parts(rest))
    return next((whom for whom in whole_and_parts if digest_of(whom) == part.digest), None)


def _given(wanted: Campaign, recorded: Recorded, journal: Journal) -> set[bytes]:
    refs = {
        part.people
        for part in recorded.parts.values()
        if (part.name, part.run) == (wanted.name, wanted.run) and part.state not in _FREE
    }
    return {person for people in journal.people(refs).values() for person, _ in people}


def adopted_as(part: PartReference, whom: Campaign, people: PeopleSet, project: str) -> Adopted:
    """What is recorded of a part whose people are proven."""
    order = launch_of(project, whom, part.part, again=0)
    return Adopted(
        campaign_id=part.campaign_id,
        name=order.name,
        run=order.run,
        part=order.part,
        digest=order.digest,
        settings=order.settings,
        begin=order.settings.begin,
        end=order.settings.end,
        people=people.ref,
        people_count=len(people),
    )


def _proven(adopted: Adopted) -> str:
    return (
        f"{adopted.campaign_id} is adopted with its {adopted.people_count:,} people,"
        " whom its manifest proves."
    )


def _unproven(imported: Imported) -> str:
    return (
        f"{imported.campaign_id} is known from now on, but not its people: nobody is launched into run"
        f" {imported.run} of campaign/{imported.name} any more."
    )
