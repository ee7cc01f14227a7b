import pytest

from teli_iac.api import ApiKey, connect, is_sandbox, parse_origin
from teli_iac.errors import NotConfigured


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("https://api.teli.ai", "https://api.teli.ai"),
        ("https://API.Teli.AI:443/", "https://api.teli.ai"),
        ("HTTPS://api.teli.ai:8443", "https://api.teli.ai:8443"),
        ("https://partner.teli.ai/api/proxy/", "https://partner.teli.ai/api/proxy"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.2", "http://127.0.0.2"),
        ("http://[::1]:8080/v", "http://[::1]:8080/v"),
        ("sandbox:", "sandbox:"),
    ],
)
def test_the_ledger_is_bound_to_one_spelling_of_an_address(written: str, text: str) -> None:
    assert parse_origin(written).text == text
    assert parse_origin(text).text == text


@pytest.mark.parametrize(
    "written",
    [
        "",
        "api.teli.ai",
        "http://api.teli.ai",
        "http://127.0.0.1.example.com",
        "ftp://api.teli.ai",
        "https://",
        "https:///v1",
        "https://hunter:hunter2@api.teli.ai",
        "https://api.teli.ai?key=hunter2",
        "https://api.teli.ai/v1?key=hunter2",
        "https://api.teli.ai/v1#hunter2",
        "https://api.teli.ai/a/../b",
        "https://api.teli.ai//b",
        "https://api.teli.ai/a b",
        "https://api.teli.ai/%2e",
        "https://api.teli.ai:0",
        "https://api.teli.ai:99999",
        "https://api.teli.ai\r\nX: y",
        "sandbox:/x",
        "sandbox://host",
    ],
)
def test_no_other_address_gets_the_key_and_none_is_repeated(written: str) -> None:
    with pytest.raises(NotConfigured) as refusal:
        parse_origin(written)
    assert "hunter2" not in refusal.value.message + refusal.value.next_step


def test_an_origin_is_taken_apart_for_the_client() -> None:
    origin = parse_origin("https://partner.teli.ai/api/proxy")
    assert (origin.scheme, origin.host, origin.port, origin.base_path) == (
        "https",
        "partner.teli.ai",
        443,
        "/api/proxy",
    )
    assert not origin.calls_nobody
    assert parse_origin("http://[::1]:8080").calls_nobody


def test_the_sandbox_is_only_ever_answered_in_this_process() -> None:
    assert is_sandbox("sandbox:")
    assert not is_sandbox("https://sandbox")
    with pytest.raises(ValueError, match="in this process"):
        connect(parse_origin("sandbox:"), ApiKey("k"))


@pytest.mark.parametrize(
    "secret", ["", "sk\r\nX-Evil: 1", "sk test", "sk\n", "\tsk", "sk\x00", "schlüssel", "sk\x7f", "sk\u2028"]
)
def test_a_key_that_could_forge_a_header_is_refused_unshown(secret: str) -> None:
    with pytest.raises(NotConfigured) as refusal:
        ApiKey(secret)
    assert not secret.strip() or secret not in str(refusal.value)


def test_a_key_never_shows_itself() -> None:
    key = ApiKey("sk-live-abcdef")
    assert "abcdef" not in f"{key!r} {key} {key!s} {[key]}"
