"""The embedded Teli against the description of the real one, operation by operation."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis

from teli_iac.sandbox import Store, application, dial
from tests.openapi import OPERATIONS, describe
from tests.sandbox.asking import OWNED, Asker

_UNCHECKED = {
    "negative_data_rejection": "three fields are checked, as documented; the rest is taken as it comes",
    "positive_data_acceptance": "the document calls every text a time; one that cannot be read is refused",
    "ignored_auth": "any key is a key here; that a missing one is refused is tested below",
    "use_after_free": "a campaign id may be given out again after a delete, as the record leaves open",
}
"""Checks that are off, each with its reason."""

_NOT_OFFERED = {
    "listVoiceCampaignCalls": "no official page shows it",
    "createVoicePhoneNumber": "buying numbers is not what campaigns as code does",
    "releaseVoicePhoneNumber": "the same",
    "updateVoicePhoneNumberAgent": "the same",
    "createAgent": "agents are made by people in Teli, and named in manifests",
    "updateAgent": "the same",
    "deleteAgent": "the same",
    "updateAgentTools": "the same",
    "getVoiceCall": "the list of calls tells what is asked for here",
    "getVoiceCallExtractions": "the same",
    "listVoiceExtractionsByPhone": "the same",
    "listOrganizations": "organizations and users are taken as they are named",
    "createOrganization": "the same",
    "listUsers": "the same",
    "createUser": "the same",
    "updateUser": "the same",
    "listLeads": "leads come from files",
}
"""Documented operations that the embedded Teli lacks, each with its reason."""

_OFFERED = sorted(set(OPERATIONS) - set(_NOT_OFFERED))


_existing_ones = {
    "path.campaign_id": "vc 1",
    "path.agent_id": "1763661807373x263645226803702167",
    **{f"query.{name}": value for name, value in OWNED.items()},
}
_anything = describe(_OFFERED, _UNCHECKED)
_anything.app = application(None)
_existing = describe(_OFFERED, _UNCHECKED, _existing_ones)
_store = Store()
_existing.app = application(_store)


@_anything.parametrize()  # type: ignore[untyped-decorator]  # schemathesis leaves it so
def test_whatever_is_asked_is_answered_as_documented(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


@_existing.parametrize()  # type: ignore[untyped-decorator]  # schemathesis leaves it so
def test_what_exists_is_answered_as_documented(case: schemathesis.Case[Any]) -> None:
    teli = Asker(_existing.app)
    if teli.read("vc 1").status == 404:
        teli.create("vc 1", *(f"+14155550{number}" for number in range(100, 140)))
        dial(_store, limit=30)
    case.call_and_validate()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_is_offered_or_told_not_to_be(operation: str) -> None:
    method, path = OPERATIONS[operation]
    status = Asker(application(None), key="").ask(method, path.replace("{", "").replace("}", "")).status
    assert (status == 401) == (operation in _OFFERED), status
    assert status in {401, 404, 405}


def test_what_is_left_out_is_documented() -> None:
    assert set(_NOT_OFFERED) <= set(OPERATIONS)
