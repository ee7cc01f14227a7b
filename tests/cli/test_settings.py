from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.api import parse_origin
from teli_iac.errors import NotConfigured
from teli_iac.model import Account, Mark, Project
from teli_iac.settings import Invocation, account_of, api_key, cache_folder, config_folder

KEY = "a-key-of-a-tenant"
TELI = parse_origin("https://api.teli.ai")
PROJECT = Project(
    name="acme",
    organization_id="org",
    tenant_id="tenant",
    user_id="user",
    base_url=TELI.text,
    ledger="local",
    guards={},
    launch_grace=timedelta(minutes=10),
    drain=timedelta(minutes=3),
    settle_after=None,
    allow_test_numbers=False,
    exclude=(),
    folder="/acme",
    mark=Mark("teli.yaml", 1, 1),
)


def test_the_key_comes_from_the_environment() -> None:
    assert api_key({"TELI_API_KEY": KEY}, TELI).secret == KEY


@pytest.mark.parametrize("environment", [{}, {"TELI_API_KEY": ""}, {"TELI_API_KEY": "two words"}])
def test_without_a_key_that_can_be_sent_nothing_connects(environment: dict[str, str]) -> None:
    with pytest.raises(NotConfigured) as refused:
        api_key(environment, TELI)
    assert "two words" not in f"{refused.value.message} {refused.value.next_step}"


def test_the_embedded_teli_is_never_given_the_real_key() -> None:
    assert api_key({"TELI_API_KEY": KEY}, parse_origin("sandbox:")).secret != KEY
    assert api_key({}, parse_origin("sandbox:")).secret


def test_an_account_is_the_origin_the_ids_and_the_project() -> None:
    assert account_of(PROJECT, TELI) == Account("https://api.teli.ai", "org", "tenant", "acme")


def test_every_missing_id_is_named_with_its_variable() -> None:
    with pytest.raises(NotConfigured) as refused:
        account_of(replace(PROJECT, tenant_id="", user_id=""), TELI)
    assert refused.value.message == "The Project at teli.yaml:1:1 has no tenant_id and no user_id."
    assert "TELI_TENANT_ID and TELI_USER_ID" in refused.value.next_step


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CONFIG_HOME": "/config", "HOME": "/somewhere/ada"}, "/config"),
        ({"XDG_CONFIG_HOME": "relative", "HOME": "/somewhere/ada"}, "/somewhere/ada/.config"),
        ({"XDG_CONFIG_HOME": "", "HOME": "/somewhere/ada"}, "/somewhere/ada/.config"),
        ({"HOME": "/somewhere/ada"}, "/somewhere/ada/.config"),
    ],
)
def test_the_users_settings_lie_where_the_system_wants_them(environment: dict[str, str], folder: str) -> None:
    assert config_folder(environment) == Path(folder)


def test_an_invocation_never_shows_its_environment() -> None:
    shown = repr(
        Invocation(
            Path("/acme"),
            None,
            (".",),
            {"TELI_API_KEY": KEY},
            Path("/c"),
            interactive=False,
            verbose=False,
        )
    )
    assert KEY not in shown


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/caches", "HOME": "/home/ada"}, "/caches"),
        ({"XDG_CACHE_HOME": "caches", "HOME": "/home/ada"}, "/home/ada/.cache"),
        ({"HOME": "/home/ada"}, "/home/ada/.cache"),
    ],
)
def test_what_may_be_thrown_away_lies_in_the_users_cache(environment: dict[str, str], folder: str) -> None:
    assert cache_folder(environment) == Path(folder)
