"""Any event at all, and any history that can have been, for properties."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

from hypothesis import strategies as st

from teli_iac.errors import LedgerDamaged
from teli_iac.ledger import fold
from teli_iac.model import (
    Adopted,
    Appeared,
    Applied,
    ApprovalKind,
    Arrived,
    CampaignSettings,
    Deleted,
    Ended,
    Event,
    Finished,
    Governed,
    Held,
    HoldReleased,
    Imported,
    IntentLapsed,
    IntentSettled,
    IntentVoided,
    Launched,
    LaunchIntended,
    Left,
    Moved,
    OnRemove,
    Paused,
    PlanConsumed,
    Redial,
    Released,
    ReleaseIntended,
    Renamed,
    Resumed,
    Settlement,
    Status,
    SteeredByPerson,
    StoredEvent,
    UncontactedRead,
    Vanished,
    VerificationFailed,
    Verified,
    Voiding,
)
from tests.ledger.worlds import KEY, NOON, adopted, campaign_id, intended, people

_OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.builds(
    lambda since, zone: (NOON + since).astimezone(zone),
    st.timedeltas(timedelta(days=-700_000), timedelta(days=2_900_000)),
    st.just(UTC) | _OFFSETS,
)
TEXTS = st.text()
COUNTS = st.integers(0, 2**63)

_REDIAL = st.builds(Redial, COUNTS, COUNTS)
_SETTINGS = st.builds(
    CampaignSettings,
    TEXTS,
    TEXTS,
    st.lists(TEXTS).map(tuple),
    st.none() | _REDIAL,
    st.none() | INSTANTS,
    st.none() | INSTANTS,
)
_DECLARED = (TEXTS, TEXTS, COUNTS, COUNTS, TEXTS, _SETTINGS)
_SHORT = (IntentLapsed, Verified, Paused, Resumed, Ended, Deleted, Vanished, Appeared, ReleaseIntended)

ANY_EVENT: st.SearchStrategy[Event] = st.one_of(
    st.builds(LaunchIntended, *_DECLARED, INSTANTS, INSTANTS, TEXTS, COUNTS, COUNTS),
    st.builds(Launched, TEXTS, st.booleans()),
    st.builds(Adopted, *_DECLARED, st.none() | INSTANTS, st.none() | INSTANTS, TEXTS, COUNTS),
    st.builds(
        Imported,
        TEXTS,
        TEXTS,
        COUNTS,
        COUNTS,
        st.none() | TEXTS,
        st.none() | INSTANTS,
        st.none() | INSTANTS,
        st.none() | COUNTS,
    ),
    st.builds(IntentVoided, TEXTS, st.sampled_from(Voiding), st.none() | COUNTS),
    st.builds(IntentSettled, TEXTS, st.sampled_from(Settlement)),
    st.builds(VerificationFailed, TEXTS, st.lists(TEXTS).map(tuple)),
    st.builds(Finished, TEXTS, st.sampled_from(Status)),
    st.builds(Governed, TEXTS, st.sampled_from(OnRemove)),
    st.builds(Left, TEXTS),
    st.builds(UncontactedRead, TEXTS, TEXTS),
    st.builds(Released, TEXTS, TEXTS),
    st.builds(Renamed, TEXTS, TEXTS),
    st.builds(PlanConsumed, TEXTS, TEXTS),
    st.builds(
        Applied,
        TEXTS,
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.booleans(),
        TEXTS,
        st.sampled_from(ApprovalKind),
        COUNTS,
        COUNTS,
        TEXTS,
    ),
    st.builds(Moved, TEXTS),
    st.builds(Arrived, TEXTS),
    st.builds(SteeredByPerson, TEXTS, st.sampled_from(Status), TEXTS, TEXTS),
    st.builds(Held, TEXTS, TEXTS, st.lists(TEXTS).map(tuple)),
    st.builds(HoldReleased, TEXTS, TEXTS),
    *(st.builds(short, TEXTS) for short in _SHORT),
)

_NAMES = st.sampled_from(["fall", "winter", "spring"])
_IDS = _NAMES.map(campaign_id)
_POSSIBLE: st.SearchStrategy[Event] = st.one_of(
    st.builds(intended, _NAMES),
    st.builds(adopted, _NAMES),
    st.builds(
        Imported,
        st.sampled_from(["vc 1", campaign_id("fall")]),
        _NAMES,
        st.just(1),
        st.just(1),
        st.none(),
        st.none(),
        st.none(),
        st.none() | st.just(2),
    ),
    st.builds(Launched, _IDS, st.booleans()),
    st.builds(IntentVoided, _IDS, st.sampled_from(Voiding), st.none()),
    st.builds(IntentSettled, _IDS, st.sampled_from(Settlement)),
    st.builds(VerificationFailed, _IDS, st.just(("contacts_count is 1, sent were 2",))),
    st.builds(Finished, _IDS, st.sampled_from([Status.COMPLETED, Status.ENDED])),
    st.builds(Governed, _NAMES, st.sampled_from(OnRemove)),
    st.builds(Left, _NAMES),
    st.builds(UncontactedRead, _IDS, st.just(people().ref)),
    st.builds(Released, _IDS, st.just(people().ref)),
    st.builds(Renamed, _NAMES, _NAMES),
    st.builds(PlanConsumed, st.text(), st.text()),
    st.builds(Moved, st.text()),
    st.builds(Arrived, st.text()),
    st.builds(
        SteeredByPerson, _IDS, st.sampled_from([Status.PAUSED, Status.ACTIVE, Status.ENDED]), TEXTS, TEXTS
    ),
    st.builds(Held, TEXTS, TEXTS, st.lists(_NAMES).map(tuple)),
    st.builds(HoldReleased, TEXTS, TEXTS),
    *(st.builds(short, _IDS) for short in _SHORT),
)


def stored(events: list[Event]) -> tuple[StoredEvent, ...]:
    return tuple(StoredEvent(place, NOON, event) for place, event in enumerate(events, 1))


@st.composite
def histories(draw: st.DrawFn) -> tuple[StoredEvent, ...]:
    """Events in an order that can have been: what the fold refuses is left out."""
    kept: list[Event] = []
    for event in draw(st.lists(_POSSIBLE, max_size=30)):
        try:
            fold(stored([*kept, event]), KEY)
        except LedgerDamaged:
            continue
        kept.append(event)
    return stored(kept)
