from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.api.replies import read_date, read_document, read_retry_after

NOW = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


def test_one_sound_object_is_a_document() -> None:
    body = '{"a": [1, 2.5, true, null, "ü 😀 \\ud83d\\ude00"], "b": {"a": {}}}'.encode()
    assert read_document(200, body) == {"a": [1, 2.5, True, None, "ü 😀 😀"], "b": {"a": {}}}
    assert read_document(404, b'{"error": "Campaign not found"}') == {"error": "Campaign not found"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"<html>OK</html>",
        b"[]",
        b"null",
        b"true",
        b'"success"',
        b'{"success": true',
        b'{"success": true} {"success": false}',
        b'{"count": 1, "count": 2}',
        b'{"campaigns": [{"campaign_id": "a", "campaign_id": "b"}]}',
        b'{"count": NaN}',
        b'{"count": -Infinity}',
        b'{"count": 1e999}',
        b'{"count": ' + b"9" * 5000 + b"}",
        b'{"id": "\\ud800"}',
        b'{"\\uDFFF": 1}',
        b'{"id": "\xff"}',
        b"\xef\xbb\xbf{}",
        '{"success": true}'.encode("utf-16"),
        b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
        b"[" * 200_000,
    ],
    ids=lambda body: repr(body[:40]),
)
def test_anything_two_readers_may_understand_differently_is_no_document(body: bytes) -> None:
    assert read_document(200, body) is None


@pytest.mark.parametrize("status", [101, 204, 205, 301, 302, 303, 304, 307, 308])
def test_a_status_that_brings_no_document_has_none_even_with_a_body(status: int) -> None:
    assert read_document(status, b'{"success": true}') is None


@given(st.integers(100, 599), st.binary(max_size=200))
def test_no_bytes_at_all_crash_the_reading(status: int, body: bytes) -> None:
    document = read_document(status, body)
    assert document is None or isinstance(document, dict)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 01 Dec 2026 14:00:00 GMT",
        "Tue, 01 Dec 2026 09:00:00 -0500",
        "Tue, 01 Dec 2026 14:00:00 -0000",
        "Tuesday, 01-Dec-26 14:00:00 GMT",
    ],
)
def test_the_servers_clock_is_read_in_utc(text: str) -> None:
    moment = read_date(text)
    assert moment == NOW
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "text", [None, "", "now", "0", "Tue, 99 Dec 2026 14:00:00 GMT", "\x00", "1 Jan 1 +9999"]
)
def test_a_clock_that_cannot_be_read_is_no_clock(text: str | None) -> None:
    assert read_date(text) is None


@given(st.text(max_size=60))
def test_no_header_crashes_the_reading(text: str) -> None:
    moment = read_date(text)
    assert moment is None or moment.tzinfo is UTC
    seconds = read_retry_after(text, NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        ("Tue, 01 Dec 2026 14:00:20 GMT", 20.0),
        ("Tue, 01 Dec 2026 13:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_a_wait_may_be_named_in_seconds_or_as_a_time(text: str | None, seconds: float | None) -> None:
    assert read_retry_after(text, NOW) == seconds
