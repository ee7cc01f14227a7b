"""What only the ledger in an object store must do: know its store, share a bucket, and show no credential."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from teli_iac.errors import LedgerDamaged, LedgerError, LedgerMissing, NotConfigured, StoreUnfit
from teli_iac.ledger import Backend, open_ledger
from teli_iac.ledger.objects.address import parse_address
from teli_iac.ledger.objects.faults import said_by
from teli_iac.model import Left
from tests.ledger.google import Google
from tests.ledger.objects import BUCKET, change, endpoint, fresh_prefix, place_of, stored
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, made, people


@pytest.fixture
def prefix() -> str:
    return fresh_prefix()


def opened(prefix: str, scheme: str = "s3", at: str = "") -> Backend:
    return open_ledger(place_of(scheme, at or endpoint(scheme), prefix), ".", ACCOUNT.project)


def departures(first: int, last: int) -> tuple[Left, ...]:
    return tuple(Left(f"n{number}") for number in range(first, last + 1))


def long_ledger(prefix: str) -> Backend:
    """600 events: two objects of 256, and the rest in the head."""
    ledger = made(opened(prefix))
    lease = ledger.acquire("ann", NOON, MINUTE)
    assert ledger.append(departures(1, 200), (), NOON, lease, 0) == 200
    assert ledger.append(departures(201, 599), (), NOON, lease, 200) == 599
    assert ledger.append(departures(600, 600), (), NOON, lease, 599) == 600
    return ledger


def full_objects(objects: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in sorted(objects.items()) if name.startswith("events/")}


def test_the_projects_of_a_bucket_do_not_see_each_other(prefix: str) -> None:
    made(opened(prefix))
    theirs = open_ledger(place_of("s3", endpoint("s3"), prefix), ".", "other")

    assert not theirs.exists()
    with pytest.raises(LedgerMissing):
        theirs.people([])
    theirs.create(replace(ACCOUNT, project="other"), KEY, NOON)
    assert theirs.acquire("bob", NOON, MINUTE).token == 1
    assert opened(prefix).acquire("ann", NOON, MINUTE).token == 1


def test_a_long_history_lies_in_objects_that_never_change_and_its_end_in_the_head(prefix: str) -> None:
    ledger = long_ledger(prefix)
    before = stored("s3", prefix)

    assert [stored.event for stored in ledger.events()] == list(departures(1, 600))
    assert [name.partition("-")[0] for name in full_objects(before)] == ["events/00000000", "events/00000001"]
    assert len(json.loads(before["head.json"])["events"]) == 600 - 512

    lease = ledger.acquire("bob", NOON + MINUTE, MINUTE)
    assert ledger.append(departures(601, 800), (), NOON + MINUTE, lease, 600) == 800
    assert ledger.append(departures(801, 801), (), NOON + MINUTE, lease, 800) == 801

    after = stored("s3", prefix)
    assert full_objects(before).items() < full_objects(after).items()
    assert len(full_objects(after)) == 3
    assert opened(prefix).load(ACCOUNT, KEY).version == 801


def test_events_that_somebody_put_into_an_object_before_dying_are_put_there_once(prefix: str) -> None:
    ledger = made(opened(prefix))
    lease = ledger.acquire("ann", NOON, MINUTE)
    ledger.append(departures(1, 300), (), NOON, lease, 0)
    half_way = stored("s3", prefix)["head.json"]
    ledger.append(departures(301, 301), (), NOON, lease, 300)
    change("s3", prefix, "head.json", half_way)  # as if the last write had died before the head

    assert opened(prefix).append(departures(301, 302), (), NOON, lease, 300) == 302
    assert [stored.event for stored in opened(prefix).events()] == list(departures(1, 302))


def test_what_a_making_that_died_left_behind_is_in_no_other_ledgers_way(prefix: str) -> None:
    long_ledger(prefix)
    change("s3", prefix, "head.json", None)

    ledger = made(opened(prefix))
    lease = ledger.acquire("ann", NOON + MINUTE, MINUTE)
    ledger.append(departures(1001, 1300), (), NOON + MINUTE, lease, 0)
    ledger.append(departures(1301, 1301), (), NOON + MINUTE, lease, 300)

    assert [stored.event for stored in opened(prefix).events()] == list(departures(1001, 1301))


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (lambda _: None, "is missing"),
        (lambda text: text[:-1], "ends in the middle of a line"),
        (lambda text: text.replace(b'"left"', b'"lost"', 1), "does not follow"),
        (lambda text: b"".join(text.splitlines(keepends=True)[1:]), "does not follow"),
        (lambda text: text + b"hello\n", "a line that is no event"),
        (lambda _: b"\xff\n", "text that is none"),
    ],
)
def test_an_object_of_events_that_was_tampered_with_is_noticed(
    prefix: str, number: int, edit: Callable[[bytes], bytes | None], complaint: str
) -> None:
    ledger = long_ledger(prefix)
    name, content = list(full_objects(stored("s3", prefix)).items())[number]
    change("s3", prefix, name, edit(content))

    with pytest.raises(LedgerDamaged, match=complaint):
        ledger.load(ACCOUNT, KEY)


def test_what_was_put_in_the_place_of_a_people_set_stops_the_write_that_names_it(prefix: str) -> None:
    ledger = made(opened(prefix))
    change("s3", prefix, f"people/{people().ref}", b"nobody of ours")
    lease = ledger.acquire("ann", NOON, MINUTE)

    with pytest.raises(LedgerDamaged, match="was changed"):
        ledger.append((), (people(),), NOON, lease, 0)


def test_a_ledger_of_a_later_format_asks_for_an_upgrade(prefix: str) -> None:
    ledger = made(opened(prefix))
    head = stored("s3", prefix)["head.json"]
    change("s3", prefix, "head.json", head.replace(b'"format":1', b'"format":2'))

    for use in (
        ledger.exists,
        lambda: ledger.load(ACCOUNT, KEY),
        lambda: ledger.acquire("ann", NOON, MINUTE),
    ):
        with pytest.raises(LedgerDamaged, match="format 2") as damaged:
            use()
        assert "upgrade" in damaged.value.next_step


@pytest.mark.parametrize(
    ("store", "complaint"),
    [
        (lambda: Google("create"), "makes one object twice"),
        (lambda: Google("replace"), "no longer what was seen"),
        (lambda: Google(hasty=True), "makes one object twice"),
    ],
)
def test_a_store_that_does_not_keep_to_conditions_is_refused_and_gets_no_ledger(
    prefix: str, store: Callable[[], Google], complaint: str
) -> None:
    endpoint("gs")
    bad = store()

    with pytest.raises(StoreUnfit, match=complaint) as refused:
        made(opened(prefix, "gs", bad.endpoint))

    assert refused.value.code == "TELI-E138"
    assert "somewhere else" in refused.value.next_step
    assert not any(name.endswith("head.json") for name in bad.objects)


def test_a_store_that_drops_conditions_later_is_found_out_by_the_next_command(prefix: str) -> None:
    endpoint("gs")
    store = Google()
    ledger = made(opened(prefix, "gs", store.endpoint))
    ledger.release(ledger.acquire("ann", NOON, MINUTE))
    store.ignored = ("replace",)

    with pytest.raises(StoreUnfit, match="no longer what was seen"):
        opened(prefix, "gs", store.endpoint).acquire("ann", NOON, MINUTE)


def test_conditions_cannot_be_switched_off_by_the_environment(
    prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint("s3")
    monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")

    lease = made(opened(prefix)).acquire("ann", NOON, MINUTE)

    assert opened(prefix).append((Left("fall"),), (), NOON, lease, 0) == 1


@pytest.mark.parametrize(("scheme", "what"), [("s3", "bucket"), ("az", "container")])
def test_a_bucket_that_is_not_there_is_named(scheme: str, what: str, prefix: str) -> None:
    place = place_of(scheme, endpoint(scheme), prefix).replace(BUCKET, "elsewhere")
    ledger = open_ledger(place, ".", "acme")

    assert not ledger.exists()
    with pytest.raises(LedgerError, match=f"no {what} 'elsewhere'"):
        made(ledger)


def test_credentials_that_the_store_refuses_are_told_with_the_rights_it_takes(
    prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = endpoint("az")
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "c2VjcmV0LXdvcmQ=")
    ledger = opened(prefix, "az", at)

    for use in (ledger.exists, lambda: made(ledger), lambda: ledger.load(ACCOUNT, KEY)):
        with pytest.raises(LedgerError, match=r"refuses the ledger at az://ledgers/.*: 403") as refused:
            use()
        assert "Storage Blob Data Contributor" in refused.value.next_step
        assert "c2VjcmV0LXdvcmQ" not in f"{refused.value.message} {refused.value.__cause__} {ledger!r}"


def test_a_store_that_cannot_be_reached_is_named_and_asked_no_more(
    prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-word")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ann")
    store = Google()
    store.shutdown()
    store.server_close()

    with pytest.raises(LedgerError, match=f"ledger at s3://ledgers/{prefix}/acme/ could not be read") as lost:
        opened(prefix, "s3", store.endpoint).exists()

    assert "secret-word" not in lost.value.message


def test_what_a_store_says_is_told_without_a_signed_address_or_the_body_of_its_answer() -> None:
    asked = "Error performing GET https://a.blob.core.windows.net/c/head.json?sig=secret%3D&se=2026 in 2ms"
    refusal = f"{asked} - Server returned non-2xx status code: 403 Forbidden: <Error><Code>AuthFailed</Code>x"
    silence = f"{asked} - HTTP error\n\nDebug source:\n secret"

    assert said_by(OSError(refusal)) == "403 Forbidden AuthFailed"
    assert said_by(OSError(silence)) == "Error performing GET the store in 2ms - HTTP error"


def test_an_azure_account_that_nobody_named_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)

    with pytest.raises(NotConfigured, match="cannot be reached") as refused:
        open_ledger("az://ledgers/teli", ".", "acme")

    assert "AZURE_STORAGE_ACCOUNT_NAME" in refused.value.next_step


@pytest.mark.parametrize(
    "place",
    [
        "s3:",
        "s3://",
        "s3:///teli",
        "s3:bucket/teli",
        "s3://bruno:secret@bucket/teli",
        "s3://Bucket/teli",
        "s3://bucket/../teli",
        "s3://bucket//teli",
        "s3://bucket/te li",
        "s3://bucket/teli#secret",
        "s3://bucket/teli?secret",
        "s3://bucket/teli?region=a&region=b",
        "s3://bucket/teli?access_key_id=secret",
        "s3://bucket/teli?region=secret/word",
        "s3://bucket/teli?endpoint=http://minio.example",
        "s3://bucket/teli?endpoint=https://bruno:secret@minio.example",
        "s3://bucket/teli?endpoint=https://minio.example:port",
        "s3://bucket/teli?endpoint=https://[secret",
        "gs://bucket/teli?region=eu",
        "az://container/teli?key=secret",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_showing_any_of_it(place: str) -> None:
    with pytest.raises(NotConfigured, match="no place in an object store") as refused:
        open_ledger(place, ".", "acme")

    shown = f"{refused.value.message} {refused.value.next_step}"
    assert "secret" not in shown
    assert "bruno" not in shown


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("s3://bucket", "s3://bucket/acme/"),
        ("s3://bucket/", "s3://bucket/acme/"),
        ("gs://bucket/teli/ledgers/", "gs://bucket/teli/ledgers/acme/"),
        ("az://container/teli?account=acme1", "az://container/teli/acme/"),
        ("s3://bucket/t?region=eu-central-1&endpoint=https%3A%2F%2Fs3.example", "s3://bucket/t/acme/"),
    ],
)
def test_each_project_has_a_folder_below_the_prefix(place: str, shown: str) -> None:
    assert str(parse_address(place, "acme")) == shown


def test_without_obstore_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.exceptions", None)

    with pytest.raises(NotConfigured, match="not installed") as refused:
        open_ledger("s3://bucket/teli", str(tmp_path), "acme")

    assert "teli-iac[objects]" in refused.value.next_step
