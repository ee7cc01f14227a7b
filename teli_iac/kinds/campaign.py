"""The `Campaign` kind: to whom calls are made, by which agent, from which numbers, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import NotRequired, TypedDict

from teli_iac.kinds.complaint import Complaint
from teli_iac.kinds.leads import check_leads, max_per_part
from teli_iac.kinds.moments import parse_moment
from teli_iac.kinds.redial_policy import RedialPolicySpec, parse_redial_policy
from teli_iac.kinds.suppression import SuppressionSpec, check_suppression
from teli_iac.model import (
    Campaign,
    CampaignSettings,
    DesiredStatus,
    ImportedCampaign,
    JsonValue,
    Leads,
    Mark,
    OnRemove,
    Redial,
)
from teli_iac.model.making import maker

_make_campaign = maker(Campaign)
_make_settings = maker(CampaignSettings)

KIND = "Campaign"
SCHEMA = "campaign"

_OWN_PLACES = (
    "voice_agent_id",
    "agent_outbound_number",
    "number_pool",
    "redial",
    "campaign_begin_time",
    "campaign_end_time",
    "leads",
    "run",
    "desired_status",
    "on_remove",
)
_SHOWN_BY_TELI = frozenset({"voice_agent_id", "campaign_begin_time", "campaign_end_time", "leads"})
"""All that can be said of a campaign made elsewhere: the rest is hidden by Teli, or asks for something."""

UNKNOWN = "unknown"
"""In the place of leads: nobody here knows whom the campaign calls, so nobody can be called by us."""

_REDIAL = ("retry_limit", "call_interval_days")


class CampaignMetadata(TypedDict):
    """The metadata as schemas/campaign.json lets it pass."""

    name: str
    labels: NotRequired[dict[str, str]]
    campaign_id: NotRequired[str]
    renamed_from: NotRequired[str]


class AgentSpec(TypedDict):
    """An agent known by its name."""

    name: str


class CampaignSpec(TypedDict):
    """The spec as schemas/campaign.json lets it pass."""

    voice_agent_id: NotRequired[str]
    agent: NotRequired[AgentSpec]
    agent_outbound_number: NotRequired[str]
    number_pool: NotRequired[str | list[str]]
    redial: NotRequired[str | RedialPolicySpec]
    campaign_begin_time: NotRequired[str]
    campaign_end_time: NotRequired[str]
    leads: str | dict[str, JsonValue] | list[dict[str, JsonValue]]
    suppress: NotRequired[list[SuppressionSpec]]
    run: NotRequired[int]
    desired_status: NotRequired[str]
    on_remove: NotRequired[str]


@dataclass(frozen=True, slots=True)
class SharedPool:
    """A NumberPool document that a campaign may name, and where its numbers stand."""

    numbers: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class SharedRedial:
    """A RedialPolicy document that a campaign may name, and where each of its settings stands."""

    redial: Redial
    marks: Mapping[str, Mark]
    mark: Mark


class Origins(Mapping[str, Mark]):
    """Places worked out when somebody asks for one: a campaign that is kept has a dozen, and nobody does."""

    def __init__(self, work_out: Callable[[], Mapping[str, Mark]]) -> None:
        self._work_out = work_out

    @cached_property
    def _marks(self) -> Mapping[str, Mark]:
        return self._work_out()

    def __getitem__(self, path: str) -> Mark:
        return self._marks[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    def __repr__(self) -> str:
        return f"Origins({', '.join(self)})"


@dataclass(frozen=True, slots=True)
class CampaignDeclaration:
    """A Campaign document that its schema accepted; `place` gives the line of a path."""

    metadata: CampaignMetadata
    spec: CampaignSpec
    place: Callable[[tuple[str | int, ...]], Mark]


def check_campaign(metadata: CampaignMetadata, spec: CampaignSpec) -> Iterator[Complaint]:
    """What the schema cannot see: times that do not exist or are out of order, a rename of itself."""
    begin, end = spec.get("campaign_begin_time"), spec.get("campaign_end_time")
    for key, text in (("campaign_begin_time", begin), ("campaign_end_time", end)):
        if text is not None and parse_moment(text) is None:
            yield Complaint(
                "TELI-E045",
                ("spec", key),
                f'{key}: the calendar has no "{text}"',
                "Correct the date, the time of day or the offset.",
            )
    begins, ends = _moment(begin), _moment(end)
    if begins and ends and ends <= begins:
        yield Complaint(
            "TELI-E046",
            ("spec", "campaign_end_time"),
            "campaign_end_time is not after campaign_begin_time",
            "Move one of them; mind their offsets.",
        )
    if "leads" in spec and not isinstance(spec["leads"], str):
        yield from check_leads(spec["leads"])
    if "agent" in spec and "voice_agent_id" in spec:
        yield Complaint(
            "TELI-E044",
            ("spec", "agent"),
            "The agent is given twice: by its name and by voice_agent_id",
            "Keep one of the two.",
        )
    yield from check_suppression(spec.get("suppress", ()))
    yield from _check_import(metadata, spec)
    if "renamed_from" in metadata and metadata["renamed_from"] == metadata.get("name"):
        yield Complaint(
            "TELI-E053",
            ("metadata", "renamed_from"),
            "renamed_from is the campaign's own name",
            "Write the name it had before, or leave the key out.",
        )


def _check_import(metadata: CampaignMetadata, spec: CampaignSpec) -> Iterator[Complaint]:
    """What is said of a campaign made elsewhere, and only of those."""
    if "campaign_id" not in metadata:
        if spec.get("leads") == UNKNOWN:
            yield Complaint(
                "TELI-E057",
                ("spec", "leads"),
                "leads are unknown in a campaign of our own: there is nobody to call",
                "Name the leads. `unknown` stands in what `teli-iac import` writes, beside"
                " metadata.campaign_id.",
            )
        return
    for key in spec.keys() - _SHOWN_BY_TELI:
        yield Complaint(
            "TELI-E056",
            ("spec", key),
            f"{key} says nothing about a campaign that was made elsewhere",
            "Leave it out: nothing is ever sent for a campaign with metadata.campaign_id.",
        )


def parse_campaign(
    declared: CampaignDeclaration,
    leads: Leads,
    pools: Mapping[str, SharedPool],
    redials: Mapping[str, SharedRedial],
) -> Campaign:
    """The campaign of a declaration without complaints, whose references all lead somewhere."""
    metadata, spec = declared.metadata, declared.spec
    pool, redial = spec.get("number_pool"), spec.get("redial")
    pool_name = pool if isinstance(pool, str) else None
    redial_name = redial if isinstance(redial, str) else None
    return _make_campaign(
        name=metadata["name"],
        labels=dict(sorted(metadata.get("labels", {}).items())),
        settings=_make_settings(
            voice_agent_id=spec.get("voice_agent_id", ""),
            agent_outbound_number=spec["agent_outbound_number"],
            number_pool=_numbers(pool, pools),
            redial=_redial(redial, redials),
            begin=_moment(spec.get("campaign_begin_time")),
            end=_moment(spec.get("campaign_end_time")),
        ),
        leads=leads,
        run=spec.get("run", 1),
        desired_status=DesiredStatus(spec.get("desired_status", DesiredStatus.ACTIVE)),
        on_remove=OnRemove(spec.get("on_remove", OnRemove.DELETE)),
        mark=declared.place(()),
        origins=Origins(partial(_origins, declared, pools, redials)),
        pool_name=pool_name,
        redial_name=redial_name,
        renamed_from=metadata.get("renamed_from"),
        agent_name=spec["agent"]["name"] if "agent" in spec else None,
        max_per_part=max_per_part(spec["leads"]),
    )


def parse_import(declared: CampaignDeclaration, people_count: int | None) -> ImportedCampaign:
    """A campaign made elsewhere; of its people there is at most a number."""
    metadata, spec = declared.metadata, declared.spec
    return ImportedCampaign(
        name=metadata["name"],
        campaign_id=metadata["campaign_id"],
        voice_agent_id=spec.get("voice_agent_id"),
        begin=_moment(spec.get("campaign_begin_time")),
        end=_moment(spec.get("campaign_end_time")),
        people_count=people_count,
        mark=declared.place(()),
        origins={key: declared.place(("spec", key)) for key in _SHOWN_BY_TELI if key in spec},
    )


def _moment(text: str | None) -> datetime | None:
    return parse_moment(text) if text is not None else None


def _numbers(pool: str | list[str] | None, pools: Mapping[str, SharedPool]) -> tuple[str, ...]:
    if pool is None:
        return ()
    return pools[pool].numbers if isinstance(pool, str) else tuple(pool)


def _redial(redial: str | RedialPolicySpec | None, redials: Mapping[str, SharedRedial]) -> Redial | None:
    if redial is None:
        return None
    return redials[redial].redial if isinstance(redial, str) else parse_redial_policy(redial)


def _origins(
    declared: CampaignDeclaration, pools: Mapping[str, SharedPool], redials: Mapping[str, SharedRedial]
) -> Mapping[str, Mark]:
    """Where each attribute is declared: in the campaign, or in the document it refers to."""
    spec = declared.spec
    origins = {key: declared.place(("spec", key)) for key in _OWN_PLACES if key in spec}
    if "agent" in spec:
        origins["voice_agent_id"] = declared.place(("spec", "agent", "name"))
    pool, redial = spec.get("number_pool"), spec.get("redial")
    if isinstance(pool, str):
        origins["number_pool"] = pools[pool].mark
    if isinstance(redial, str):
        origins["redial"] = redials[redial].mark
        origins |= {f"redial.{key}": mark for key, mark in redials[redial].marks.items()}
    elif redial is not None:
        origins |= {f"redial.{key}": declared.place(("spec", "redial", key)) for key in _REDIAL}
    return origins
