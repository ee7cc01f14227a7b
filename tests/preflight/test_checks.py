"""Each finding with a world in which it is found, and one in which it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teli_iac.model import Agent, Campaign, Finding, Inventory, Severity
from teli_iac.preflight import as_warnings, check_campaigns
from tests.decisions.notation import USUAL, Spec, campaign

CALLER = "+17185550141"
POOL = {"+17185550150", "+17185550151"}
VOICE = Agent("agent_a", "Renewals", "voice", (("general_prompt", "Greet {{ first_name }}."),))


def found(
    spec: Spec | None = None,
    agents: tuple[Agent, ...] | None = (VOICE,),
    numbers: set[str] | None = None,
    unanswered: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    ours = frozenset({CALLER, *POOL} if numbers is None else numbers)
    return check_campaigns((_campaign(spec),), Inventory(agents, ours, unanswered))


def _campaign(spec: Spec | None) -> Campaign:
    return campaign("fall", {**USUAL, **(spec or {})})


def _saying(text: str) -> tuple[Agent, ...]:
    return (Agent("agent_a", "Renewals", "voice", (("first_sentence", text),)),)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_campaign_whose_agent_and_numbers_are_there_has_no_finding() -> None:
    assert found({"pool": 2}) == ()


def test_an_agent_that_is_not_there_is_found_and_a_near_one_is_named() -> None:
    (finding,) = found({"agent": "agent_b"})
    assert (finding.code, finding.severity) == ("TELI-E200", Severity.ERROR)
    assert finding.message == "Teli has no agent agent_b. Did you mean agent_a?"
    assert str(finding.mark) == "campaigns/fall.yaml:5:3"


def test_an_agent_for_messages_cannot_call() -> None:
    assert codes(found(agents=(Agent("agent_a", "Texts", "sms", ()),))) == ["TELI-E201"]


def test_an_agent_of_no_told_type_passes() -> None:
    assert found(agents=(Agent("agent_a", "", "", VOICE.texts),)) == ()


def test_a_caller_id_that_is_not_ours_is_found() -> None:
    assert codes(found(numbers=POOL)) == ["TELI-E202"]


def test_numbers_of_a_pool_that_are_not_ours_are_named() -> None:
    (finding,) = found({"pool": 2}, numbers={CALLER, "+17185550150"})
    assert (finding.code, finding.message.endswith(": +17185550151.")) == ("TELI-E203", True)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("{{firstname}}", "first_name"), ("{{First Name}}", "first_name"), ("{{ policy }}", None)],
)
def test_a_placeholder_that_no_lead_fills_is_found_with_what_was_meant(said: str, meant: str | None) -> None:
    (finding,) = found(agents=_saying(f"Hello {said}"))
    assert (finding.code, finding.severity) == ("TELI-E204", Severity.WARNING)
    assert "nobody of the people has it" in finding.message
    assert (f'"{meant}"' in finding.message) == (meant is not None)


def test_a_placeholder_that_one_lead_does_not_fill_is_counted() -> None:
    wanted = _campaign({"details": {2: ""}})
    rows = tuple(
        lead if lead.line != 3 else type(lead)(lead.phone_number, (), lead.line) for lead in wanted.leads
    )
    leads = type(wanted.leads)(rows, wanted.leads.fingerprint, wanted.leads.refused, wanted.leads.source)
    (finding,) = check_campaigns(
        (replace(wanted, leads=leads),), Inventory((VOICE,), frozenset({CALLER}), ())
    )
    assert (finding.code, "missing 1 times" in finding.message) == ("TELI-E204", True)


@pytest.mark.parametrize("said", ["{{first_name}}", "{{phone_number}}", "{first_name}", "{{}}"])
def test_what_is_filled_for_everybody_or_is_no_placeholder_passes(said: str) -> None:
    assert found(agents=_saying(f"Hello {said}")) == ()


def test_an_agent_without_words_is_said_to_be_unchecked() -> None:
    assert codes(found(agents=(Agent("agent_a", "Renewals", "voice", ()),))) == ["TELI-E205"]


def test_what_teli_does_not_tell_is_a_warning_and_never_fine() -> None:
    said = ("Teli does not tell the account's agents, so they were not checked.",)
    (finding,) = found(agents=None, unanswered=said)
    assert (finding.code, finding.severity) == ("TELI-E206", Severity.WARNING)


def test_an_account_without_numbers_has_none_of_them() -> None:
    assert codes(found(numbers=set())) == ["TELI-E202"]


def test_where_nobody_is_called_nothing_stands_in_the_way() -> None:
    findings = as_warnings(found({"agent": "agent_b"}, numbers=set()))
    assert {finding.severity for finding in findings} == {Severity.WARNING}


def test_no_finding_tells_a_number_of_a_person() -> None:
    findings = found({"agent": "agent_b", "pool": 2}, agents=_saying("{{x}}"), numbers=set())
    assert "+1415555" not in str(findings)
