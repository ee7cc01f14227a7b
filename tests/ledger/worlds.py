"""Plain values the ledger's tests share: an account, a key, people, and one event of every kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from teli_iac.identity import key_people
from teli_iac.ledger import Backend, Lease
from teli_iac.model import (
    Account,
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
    Lead,
    LedgerKey,
    Left,
    Moved,
    OnRemove,
    Paused,
    PeopleSet,
    PlanConsumed,
    Redial,
    Released,
    ReleaseIntended,
    Renamed,
    Resumed,
    Settlement,
    Status,
    SteeredByPerson,
    UncontactedRead,
    Vanished,
    VerificationFailed,
    Verified,
    Voiding,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ACCOUNT = Account("https://api.teli.ai", "1762896364768x389173798861431550", "acme", "acme")
KEY = LedgerKey(b"a key of thirty-two bytes, really")
OTHER_KEY = LedgerKey(b"some other key, as long as needed")
ANN = Lead("+14155550101", (("first_name", "Ann-Christin"),), 2)
BOB = Lead("+14155550102", (("first_name", "Bob-Severin"),), 3)
SETTINGS = CampaignSettings(
    voice_agent_id="agent_86f826bf8f59bacd5c10ae948a",
    agent_outbound_number="+14155550110",
    number_pool=("+14155550111", "+14155550112"),
    redial=Redial(3, 1),
    begin=None,
    end=NOON + timedelta(days=7),
)


def people(*leads: Lead) -> PeopleSet:
    return key_people(KEY, leads or (ANN, BOB))


def campaign_id(name: str, part: int = 1) -> str:
    return f"acme_{name}_r1p{part}_abcdefghijkl"


def intended(name: str = "fall", part: int = 1) -> LaunchIntended:
    return LaunchIntended(
        campaign_id=campaign_id(name, part),
        name=name,
        run=1,
        part=part,
        digest="abcdefghijkl",
        settings=SETTINGS,
        begin=NOON + timedelta(minutes=10, microseconds=5),
        end=NOON + timedelta(days=7),
        people=people().ref,
        people_count=2,
        again=0,
    )


def adopted(name: str = "found") -> Adopted:
    return Adopted(
        campaign_id=campaign_id(name),
        name=name,
        run=1,
        part=1,
        digest="abcdefghijkl",
        settings=SETTINGS,
        begin=None,
        end=NOON + timedelta(days=7),
        people=people().ref,
        people_count=2,
    )


def one_of_each() -> dict[str, Event]:
    """Events by the kind they are stored as."""
    fall = campaign_id("fall")
    return {
        "launch_intended": intended(),
        "launched": Launched(fall, looked_up=True),
        "adopted": adopted(),
        "imported": Imported("vc 1", "fall", 1, 1, "agent_a", NOON, None, 3),
        "intent_voided": IntentVoided(fall, Voiding.REJECTED, 422),
        "intent_lapsed": IntentLapsed(fall),
        "intent_settled": IntentSettled(fall, Settlement.ADOPT),
        "verified": Verified(fall),
        "verification_failed": VerificationFailed(fall, ("contacts_count is 1, sent were 2",)),
        "paused": Paused(fall),
        "resumed": Resumed(fall),
        "ended": Ended(fall),
        "deleted": Deleted(fall),
        "finished": Finished(fall, Status.COMPLETED),
        "vanished": Vanished(fall),
        "appeared": Appeared(fall),
        "release_intended": ReleaseIntended(fall),
        "uncontacted_read": UncontactedRead(fall, people().ref),
        "released": Released(fall, people().ref),
        "renamed": Renamed("fall", "autumn"),
        "plan_consumed": PlanConsumed("a nonce", "0123456789abcdef"),
        "applied": Applied(
            "ann@build-7",
            "ann-at-ci",
            "0f" * 20,
            True,  # noqa: FBT003  a field
            "ab" * 16,
            ApprovalKind.SIGNED_PLAN,
            2,
            1,
            "0.1.0",
        ),
        "governed": Governed("fall", OnRemove.RETAIN),
        "left": Left("fall"),
        "moved": Moved("git"),
        "arrived": Arrived("git"),
        "steered_by_person": SteeredByPerson(fall, Status.PAUSED, "ann@desk", "the wrong price"),
        "held": Held("ann@desk", "the wrong price", ("campaign/fall",)),
        "hold_released": HoldReleased("bob@desk", "the price is right again"),
    }


def history() -> tuple[Event, ...]:
    """One possible history with every kind of event in it; a new kind comes last: goldens hold the first."""
    kinds = one_of_each()
    lapsing, void = intended("lapsing"), intended("void")
    return (
        kinds["launch_intended"],
        lapsing,
        void,
        kinds["adopted"],
        kinds["launched"],
        kinds["verified"],
        IntentVoided(void.campaign_id, Voiding.NOT_SENT, None),
        IntentLapsed(lapsing.campaign_id),
        Appeared(lapsing.campaign_id),
        kinds["governed"],
        kinds["verification_failed"],
        kinds["intent_settled"],
        kinds["paused"],
        kinds["finished"],
        kinds["ended"],
        kinds["vanished"],
        kinds["deleted"],
        kinds["left"],
        kinds["resumed"],
        kinds["release_intended"],
        kinds["uncontacted_read"],
        kinds["released"],
        kinds["renamed"],
        kinds["plan_consumed"],
        kinds["applied"],
        kinds["imported"],
        kinds["moved"],
        kinds["arrived"],
        kinds["steered_by_person"],
        kinds["held"],
        kinds["hold_released"],
    )


def made(ledger: Backend) -> Backend:
    """The ledger, made for our account under our key."""
    ledger.create(ACCOUNT, KEY, NOON)
    return ledger


def written(ledger: Backend, events: Iterable[Event], lease: Lease | None = None) -> Lease:
    """Append the events, each in a write of its own, and return the lease they were written under."""
    lease = lease or ledger.acquire("ann@desk pid 1", NOON, MINUTE)
    for event in events:
        version = ledger.load(ACCOUNT, KEY).version
        ledger.append((event,), (people(),), NOON, lease, version)
    return lease
