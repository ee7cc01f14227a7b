"""Changes as a planner would make them, for plans that renderers are tested with."""

from datetime import UTC, datetime

from teli_iac.model import (
    Action,
    CampaignSettings,
    Change,
    FieldChange,
    Fingerprint,
    JsonValue,
    Launch,
    Lead,
    Leads,
    Mark,
    Reason,
    Redial,
    RefusedRows,
    Removal,
)

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
BEGIN = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
END = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
HIDDEN = ("agent_outbound_number", "number_pool", "redial", "leads")
LEAD_NUMBER = "+12125550177"
LEAD_NAME = "Wilhelmina"
NO_ROW_REFUSED = RefusedRows({}, ())


def campaign_id(name: str, run: int = 1, part: int = 1) -> str:
    return f"acme_{name}_r{run}p{part}_k3vq7m2xw5ya"


def leads(source: str = "leads/fall.csv", refused: RefusedRows = NO_ROW_REFUSED) -> Leads:
    lead = Lead(LEAD_NUMBER, (("first_name", LEAD_NAME),), 2)
    return Leads((lead,), Fingerprint(1, 1), refused, source)


def settings(
    pool: tuple[str, ...] = ("+14155550101", "+14155550102"),
    redial: Redial | None = Redial(3, 1),  # noqa: B008  frozen, so sharing it is safe
    begin: datetime | None = BEGIN,
    end: datetime | None = END,
) -> CampaignSettings:
    return CampaignSettings("agent_86f826bf8f59bacd5c10ae948a", "+14155550141", pool, redial, begin, end)


def launch(  # noqa: PLR0913  every test names only what its case is about
    name: str = "fall-renewals",
    people: int = 248,
    *,
    again: int = 0,
    run: int = 1,
    part: int = 1,
    declared: CampaignSettings | None = None,
    whom: Leads | None = None,
) -> Change:
    declared = declared or settings()
    whom = whom or leads()
    order = Launch(campaign_id(name, run, part), name, run, part, "k3vq7m2xw5ya", declared, whom, again)
    return Change(
        f"campaign/{name}",
        Action.LAUNCH,
        Reason.RERUN if again else Reason.NEW,
        campaign_id=order.campaign_id,
        people=people,
        new=people - again,
        again=again,
        worst_case_calls=people * declared.calls_per_person,
        begin=declared.begin,
        end=declared.end,
        fields=tuple(_launched_fields(f"campaigns/{name}.yaml", declared, people)),
        origin=Mark(f"campaigns/{name}.yaml", 1, 1),
        launch=order,
    )


def _launched_fields(file: str, declared: CampaignSettings, people: int) -> list[FieldChange]:
    fields = [
        _field("agent_outbound_number", declared.agent_outbound_number, file, 7),
        _field("leads", people, file, 12),
        _field("voice_agent_id", declared.voice_agent_id, file, 6),
    ]
    if declared.number_pool:
        fields.append(_field("number_pool", list(declared.number_pool), "pools.yaml", 5))
    if declared.redial:
        fields.append(_field("redial.retry_limit", declared.redial.retry_limit, "redial.yaml", 4))
        fields.append(
            _field("redial.call_interval_days", declared.redial.call_interval_days, "redial.yaml", 4)
        )
    if declared.begin:
        fields.append(_field("campaign_begin_time", "2026-12-01T14:00:00Z", file, 10))
    if declared.end:
        fields.append(_field("campaign_end_time", "2026-12-02T01:00:00Z", file, 11))
    return fields


def _field(path: str, after: JsonValue, file: str, line: int) -> FieldChange:
    return FieldChange(path, None, after, Mark(file, line, 5))


def delete(
    name: str = "spring-recall", people: int = 120, *, live: bool = True, remove: bool = True
) -> Change:
    return Change(
        f"campaign/{name}",
        Action.DELETE,
        Reason.NOT_IN_MANIFESTS,
        campaign_id=campaign_id(name),
        people=people if live else 0,
        not_observable=HIDDEN,
        removals=(Removal(campaign_id(name), stop=live, delete=remove),),
        live=live,
    )


def keep(name: str, reason: Reason = Reason.RUNNING, uncalled: int = 0) -> Change:
    return Change(
        f"campaign/{name}",
        Action.KEEP,
        reason,
        campaign_id=campaign_id(name),
        uncalled=uncalled,
        not_observable=HIDDEN,
        origin=Mark(f"campaigns/{name}.yaml", 1, 1),
    )


def drifted(name: str) -> Change:
    shown = FieldChange("voice_agent_id", "agent_86f826bf8f59bacd5c10ae948a", "agent_0f0f0f0f", None)
    return Change(
        f"campaign/{name}",
        Action.KEEP,
        Reason.RUNNING,
        campaign_id=campaign_id(name),
        drift=(shown, FieldChange("contacts_count", 120, 119, None)),
        not_observable=HIDDEN,
    )


def blocked(  # noqa: PLR0913  the same
    reason: Reason,
    would: Action | None = None,
    people: int = 0,
    *,
    name: str = "winter-survey",
    fields: tuple[FieldChange, ...] = (),
    faults: tuple[str, ...] = (),
) -> Change:
    return Change(
        f"campaign/{name}",
        Action.BLOCKED,
        reason,
        campaign_id=campaign_id(name),
        people=people,
        fields=fields,
        not_observable=HIDDEN,
        origin=Mark(f"campaigns/{name}.yaml", 1, 1),
        blocked_action=would,
        faults=faults,
        verify=(campaign_id(name),) if faults else (),
    )


def late_arrival(name: str = "flash-sale") -> Change:
    return Change(
        f"campaign/{name}",
        Action.END,
        Reason.LATE_ARRIVAL,
        campaign_id=campaign_id(name),
        removals=(Removal(campaign_id(name), stop=True, delete=False),),
    )


EDITED = (
    FieldChange(
        "voice_agent_id",
        "agent_86f826bf8f59bacd5c10ae948a",
        "agent_0c41d7a9e2b84f6fa1b3c5d7e9",
        Mark("campaigns/winter-survey.yaml", 6, 19),
    ),
    FieldChange("redial.retry_limit", 3, 5, Mark("redial.yaml", 4, 22)),
    FieldChange(
        "number_pool",
        ["+14155550101", "+14155550102"],
        ["+14155550101", "+14155550103"],
        Mark("pools.yaml", 5, 12),
    ),
    FieldChange("campaign_end_time", "2026-12-02T01:00:00Z", None, None),
)
