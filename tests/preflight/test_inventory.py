"""How lists of agents and numbers are read: as documented, or as an answer that tells nothing."""

from __future__ import annotations

from typing import Any

import pytest

from teli_iac.api import ApiKey, connect, parse_origin
from teli_iac.errors import AnswerUnreadable
from teli_iac.inspecting import inspect_account
from teli_iac.kinds.inventory import agents_request, numbers_request, read_agents, read_numbers
from teli_iac.model import Agent, Reply
from teli_iac.sandbox import application
from tests.decisions.notation import project
from tests.second_teli import SecondTeli

PROJECT = project({})


def _reply(document: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, {"success": True, **document})


def test_both_lists_are_asked_for_the_whole_organization() -> None:
    for request in (agents_request(PROJECT), numbers_request(PROJECT)):
        assert request.method == "GET"
        assert ("is_admin", "true") in request.query
        assert ("organization_id", PROJECT.organization_id) in request.query


def test_an_agent_is_read_with_its_words() -> None:
    item = {
        "voice_agent_id": "agent_a",
        "agent_name": "Renewals",
        "agent_type": "Voice",
        "first_sentence": "Hi",
        "voice_speed": 1.1,
    }
    (agent,) = read_agents(_reply({"count": 1, "agents": [item]}))
    assert agent == Agent("agent_a", "Renewals", "voice", (("first_sentence", "Hi"),))


def test_numbers_of_another_type_are_left_out() -> None:
    items = [
        {"phone_number": "+14155550101", "phone_type": "voice"},
        {"phone_number": "+14155550102", "phone_type": "sms"},
        {"phone_number": "+14155550103"},
    ]
    assert read_numbers(_reply({"phone_numbers": items})) == {"+14155550101", "+14155550103"}


@pytest.mark.parametrize(
    "document", [{}, {"agents": {}}, {"agents": [7]}, {"count": 2, "agents": []}, {"success": False}]
)
def test_an_answer_that_is_no_whole_list_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(AnswerUnreadable):
        read_agents(_reply(document))


def test_a_service_without_these_lists_tells_nothing_and_is_said_to() -> None:
    with SecondTeli() as teli, connect(parse_origin(teli.url), ApiKey("sk-test")) as api:
        inventory = inspect_account(api.reading(), PROJECT)
    assert (inventory.agents, inventory.numbers) == (None, None)
    assert [said.split(",")[0] for said in inventory.unanswered] == [
        "Teli does not tell the account's agents",
        "Teli does not tell the account's phone numbers",
    ]


def test_the_embedded_teli_tells_both() -> None:
    with connect(parse_origin("sandbox:"), ApiKey("sandbox"), application=application(None)) as api:
        inventory = inspect_account(api.reading(), PROJECT)
    assert inventory.unanswered == ()
    assert inventory.agents
    assert inventory.numbers
    assert "+14155550101" in inventory.numbers
    assert {agent.agent_type for agent in inventory.agents} == {"voice", "sms"}
