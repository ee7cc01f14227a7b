"""Whatever the world replies, however long it takes: what a launch and a removal never do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from teli_iac.kinds.intentions import Record, Result
from teli_iac.kinds.launching import SEND_WITHIN, launch
from teli_iac.kinds.removing import remove
from teli_iac.ledger import fold
from teli_iac.model import (
    Deleted,
    Ended,
    IntentVoided,
    LaunchIntended,
    PartState,
    Paused,
    Removal,
    Request,
    Sentence,
    StoredEvent,
    VerificationFailed,
)
from tests.decisions.notation import KEY, NOON, USUAL, whole_id
from tests.steps.driver import ScriptedReply, World
from tests.steps.orders import FALL, order_of

Word: TypeAlias = "str | int"

UNPROCESSED: tuple[Word, ...] = ("not sent", 429)
REJECTIONS: tuple[Word, ...] = (400, 401, 403, 404, 422)
READS: list[Word] = [
    "absent",
    "active",
    "paused",
    "ended",
    "queued",
    "html",
    "unreachable",
    "refused",
    "another id",
    500,
]
CREATES: list[Word] = ["created", "wrong", "html", "nothing", "another id", "reply lost", 302, 500, 502]
WRITES: list[Word] = ["done", "absent", "html", "not sent", "reply lost", 401, 429, 500]
STATE_AFTER = {
    Sentence.LAUNCHED: PartState.LAUNCHED,
    Sentence.FOUND_LAUNCHED: PartState.LAUNCHED,
    Sentence.VERIFICATION_FAILED: PartState.LAUNCHED,
    Sentence.REJECTED: PartState.VOID,
    Sentence.NOT_SENT: PartState.VOID,
    Sentence.OUTCOME_UNKNOWN: PartState.INTENDED,
}

Choice = Callable[[Request], ScriptedReply]


@st.composite
def any_replies(draw: st.DrawFn) -> Choice:
    """A world that replies to every request as it likes, and takes its time."""
    seconds = st.sampled_from([0, 0, 0, 1, 30, 60])
    creates = iter(draw(_repeated([*CREATES, *REJECTIONS, *UNPROCESSED * 4])))
    reads = iter(draw(_repeated([*READS, *["absent"] * 8])))
    writes = iter(draw(_repeated(WRITES)))
    pauses = iter(draw(st.lists(seconds, min_size=30, max_size=30)))

    def choose(request: Request) -> ScriptedReply:
        script = creates if request.body is not None else reads if request.method == "GET" else writes
        reply = next(script)
        told: dict[Any, Any] = {"created": {"contacts_count": 1}} if reply == "wrong" else {reply: {}}
        return {**told, "after": next(pauses)}

    return choose


def _repeated(choices: Sequence[Word]) -> st.SearchStrategy[list[Word]]:
    return st.lists(st.sampled_from(choices), min_size=20, max_size=20)


def launched(choose: Choice) -> tuple[World, Result | None]:
    world = World(choose)
    return world, world.run(launch(order_of({})))


def removed(choose: Choice, *, stop: bool) -> World:
    world = World(choose)
    world.run(remove(Removal(whole_id(FALL, USUAL), stop=stop, delete=True)))
    return world


def state_of(world: World) -> PartState | None:
    """What the ledger says of the part after all that was recorded."""
    stored = [StoredEvent(number, NOON, event) for number, event in enumerate(world.events, start=1)]
    return next((part.state for part in fold(stored, KEY).parts.values()), None)


def creates_of(world: World) -> list[Word]:
    return [reply for request, reply in world.replied if request.body is not None]


@given(any_replies())
def test_of_all_creates_only_the_last_may_have_been_carried_out(choose: Choice) -> None:
    world, _ = launched(choose)
    assert all(reply in UNPROCESSED for reply in creates_of(world)[:-1])


@given(any_replies())
def test_no_create_leaves_before_its_intent_is_written_or_a_minute_after(choose: Choice) -> None:
    world, _ = launched(choose)
    intended_at: datetime | None = None
    for at, wanted in world.wanted:
        if isinstance(wanted, Record) and isinstance(wanted.events[0], LaunchIntended):
            intended_at = at
        if isinstance(wanted, Request) and wanted.body is not None:
            assert intended_at is not None
            assert at - intended_at < SEND_WITHIN


@given(any_replies())
def test_before_each_create_the_id_was_just_seen_to_be_absent(choose: Choice) -> None:
    world, _ = launched(choose)
    for before, (request, _) in zip([None, *world.replied], world.replied, strict=False):
        if request.body is not None:
            assert before is not None
            assert before[1] == "absent"


@given(any_replies())
def test_how_a_launch_ends_is_what_the_ledger_says(choose: Choice) -> None:
    world, result = launched(choose)
    expected = STATE_AFTER.get(result.sentence) if result else None
    assert state_of(world) is expected
    assert expected is not None or creates_of(world) == []


@given(any_replies())
def test_an_intent_is_void_only_when_its_create_was_certainly_not_carried_out(choose: Choice) -> None:
    world, _ = launched(choose)
    if any(isinstance(event, IntentVoided) for event in world.events):
        *_, last = [*creates_of(world), "not sent"]
        assert last in (*UNPROCESSED, *REJECTIONS)
        assert last in UNPROCESSED or world.replied[-1][1] == "absent"


@given(any_replies())
def test_a_part_that_failed_its_verification_is_told_to_end_at_once(choose: Choice) -> None:
    world, result = launched(choose)
    failed = [event for event in world.events if isinstance(event, VerificationFailed)]
    misnamed = bool(creates_of(world)) and creates_of(world)[-1] == "another id"
    wrong = result is not None and result.sentence is Sentence.VERIFICATION_FAILED
    assert bool(failed) == (wrong or (misnamed and state_of(world) is PartState.INTENDED))
    assert not wrong or any(request.path.endswith("/end") for request, _ in world.replied)


@given(choose=any_replies(), stop=st.booleans())
def test_a_live_part_is_deleted_only_after_it_was_paused_and_ended(*, choose: Choice, stop: bool) -> None:
    world = removed(choose, stop=stop)
    acts = [_act(request) for request, _ in world.replied if request.method != "GET"]
    assert acts == sorted(acts, key=["pause", "end", "delete"].index)
    kinds = [type(event) for event in world.events]
    assert kinds == ([Paused, Ended, Deleted] if stop else [Deleted])[: len(kinds)]
    assert "delete" not in acts or not stop or kinds[:2] == [Paused, Ended]


@given(any_replies())
def test_nothing_is_recorded_as_stopped_that_was_not_read_back(choose: Choice) -> None:
    world = removed(choose, stop=True)
    seen = {reply for request, reply in world.replied if request.method == "GET"}
    if any(isinstance(event, Paused) for event in world.events):
        assert seen & {"absent", "paused", "ended"}
    if any(isinstance(event, Ended) for event in world.events):
        assert seen & {"absent", "ended"}


def _act(request: Request) -> str:
    return "delete" if request.method == "DELETE" else request.path.rpartition("/")[2]
