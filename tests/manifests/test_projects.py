from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.identity import parse_campaign_id
from teli_iac.kinds.base_url import calls_nobody, normal_base_url
from teli_iac.kinds.durations import parse_duration
from teli_iac.kinds.moments import parse_moment
from teli_iac.manifests.globs import matches_any
from teli_iac.manifests.schemas import violations
from teli_iac.model import GuardName, JsonValue, Project
from tests.manifests.folders import PROJECT, parse, read, refusals, write

ACCOUNT = {"TELI_ORGANIZATION_ID": "o1", "TELI_TENANT_ID": "t1", "TELI_USER_ID": "u1"}
REAL = PROJECT.replace('{base_url: "sandbox:"}', "{tenant_id: acme}")


def project(folder: Path, text: str, environment: dict[str, str] | None = None) -> Project:
    return parse(read(write(folder, {"teli.yaml": text}), environment=environment)).project


def test_the_environment_fills_in_what_the_manifest_leaves_out_and_only_that(tmp_path: Path) -> None:
    made = project(tmp_path, REAL, {**ACCOUNT, "TELI_API_BASE_URL": "http://127.0.0.1:8080"})
    assert (made.organization_id, made.tenant_id, made.user_id) == ("o1", "acme", "u1")
    assert made.base_url == "http://127.0.0.1:8080"


def test_the_manifest_wins_over_the_environment(tmp_path: Path) -> None:
    assert project(tmp_path, PROJECT, {"TELI_API_BASE_URL": "https://other.example"}).base_url == "sandbox:"


def test_ids_may_be_missing_until_a_command_connects(tmp_path: Path) -> None:
    made = project(tmp_path, REAL)
    assert (made.organization_id, made.base_url) == ("", "https://api.teli.ai")


def test_the_sandbox_needs_no_account_and_takes_test_numbers(tmp_path: Path) -> None:
    made = project(tmp_path, PROJECT)
    assert made.organization_id
    assert made.tenant_id
    assert made.user_id
    assert made.allow_test_numbers


def test_test_numbers_are_refused_elsewhere_unless_allowed(tmp_path: Path) -> None:
    assert not project(tmp_path, REAL).allow_test_numbers
    allowed = REAL.replace("tenant_id: acme", "allow_test_numbers: true")
    assert project(tmp_path, allowed).allow_test_numbers


def test_an_id_with_a_space_from_the_environment_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": REAL})
    (refusal,) = refusals(read(tmp_path, environment={"TELI_USER_ID": "u 1"}))
    assert refusal.startswith("teli.yaml:4:7: TELI-E052 The environment's TELI_USER_ID")


def test_an_address_from_the_environment_is_judged_like_one_from_the_manifest(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": REAL})
    (refusal,) = refusals(read(tmp_path, environment={"TELI_API_BASE_URL": "http://api.teli.ai"}))
    assert "TELI-E050 The environment's TELI_API_BASE_URL" in refusal


def test_rules_are_read_as_written(tmp_path: Path) -> None:
    rules = (
        "{launch_grace: 2h, drain: 30s, settle_after: never, guards: {max_deletes: 0, people_again: 7},"
        " exclude: [a/**]}"
    )
    made = project(tmp_path, PROJECT.replace('{base_url: "sandbox:"}', rules))
    assert (made.launch_grace, made.drain) == (timedelta(hours=2), timedelta(seconds=30))
    assert made.settle_after is None
    assert made.guards == {GuardName.MAX_DELETES: 0, GuardName.PEOPLE_AGAIN: 7}
    assert made.exclude == ("a/**",)


@pytest.mark.parametrize(
    "base_url", ["sandbox:", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:9"]
)
def test_short_waits_are_fine_where_nobody_is_called(tmp_path: Path, base_url: str) -> None:
    rules = f'{{base_url: "{base_url}", launch_grace: 0s, settle_after: 0s}}'
    made = project(tmp_path, PROJECT.replace('{base_url: "sandbox:"}', rules))
    assert (made.launch_grace, made.settle_after) == (timedelta(0), timedelta(0))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("https://API.Teli.ai/", "https://api.teli.ai"),
        ("https://api.teli.ai:443", "https://api.teli.ai"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("http://127.9.9.9:80", "http://127.9.9.9"),
        ("http://LOCALHOST:80", "http://localhost"),
    ],
)
def test_an_address_has_one_spelling(text: str, normal: str) -> None:
    assert normal_base_url(text) == normal


@pytest.mark.parametrize(
    "text",
    [
        "http://10.0.0.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://127.1",
        "https://",
        "https://a:b@host",
        "https://host/path",
        "https://host?q",
        "https://host#f",
        "https://ho st",
        "https://host:0",
        "https://host:x",
        "https://[::1",
        "ftp://host",
        "sandbox",
        "https://exämple.org",
    ],
)
def test_an_address_that_the_key_must_not_go_to_is_refused(text: str) -> None:
    assert normal_base_url(text) is None


def test_only_this_machine_and_the_sandbox_call_nobody() -> None:
    assert calls_nobody("sandbox:")
    assert calls_nobody("http://[::1]:8080")
    assert not calls_nobody("https://api.teli.ai")


@given(st.text(max_size=40))
def test_any_address_is_judged_without_a_traceback(text: str) -> None:
    normal = normal_base_url(text)
    assert normal is None or normal_base_url(normal) == normal


@pytest.mark.parametrize(("text", "seconds"), [("0s", 0), ("10m", 600), ("2h", 7200), ("1d", 86400)])
def test_durations_have_a_unit(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=OFFSETS))
def test_an_instant_is_the_same_in_any_offset(moment: datetime) -> None:
    parsed = parse_moment(moment.isoformat())
    assert parsed is None or parsed == moment


@pytest.mark.parametrize(
    ("path", "globs", "matched"),
    [
        ("charts/a/values.yaml", ["charts/**"], True),
        ("charts/a/values.yaml", ["charts"], True),
        ("charts/a/values.yaml", ["charts/"], True),
        ("charts/a/values.yaml", ["./charts"], True),
        ("my/charts/values.yaml", ["charts/**"], False),
        ("my/charts/values.yaml", ["**/charts"], True),
        ("charts/values.yaml", ["**/charts"], True),
        ("a.draft.yaml", ["*.draft.yaml"], True),
        ("b/a.draft.yaml", ["*.draft.yaml"], False),
        ("b/c/d.yaml", ["b/*/d.yaml"], True),
        ("b/c/c/d.yaml", ["b/*/d.yaml"], False),
        ("b/c/c/d.yaml", ["b/**/d.yaml"], True),
        ("chartsx/a.yaml", ["charts"], False),
        ("a" * 60 + "b", ["*a" * 30], False),
        ("/".join("a" * 40), ["**/a/" * 30 + "b"], False),
    ],
)
def test_globs_match_folders_and_names(path: str, globs: list[str], *, matched: bool) -> None:
    assert matches_any(path, globs) is matched


@given(st.from_regex(r"[a-zA-Z0-9_-]{0,42}\n?", fullmatch=True))
def test_a_name_is_one_that_campaign_ids_can_carry(name: str) -> None:
    document: dict[str, JsonValue] = {
        "apiVersion": "teli-iac/v1",
        "kind": "RedialPolicy",
        "metadata": {"name": name},
        "spec": {"retry_limit": 1, "call_interval_days": 1},
    }
    accepted = not list(violations("RedialPolicy", document))
    assert accepted == (parse_campaign_id(f"acme_{name}_r1p1_aaaaaaaaaaaa") is not None)
