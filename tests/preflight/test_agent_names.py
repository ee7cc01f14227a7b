"""`agent: {name: …}`: a name stands for exactly one voice agent, whose id is what counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.errors import InvalidManifests
from teli_iac.model import Agent, Desired
from teli_iac.plan import Scope, make_plan
from teli_iac.preflight import name_agents
from tests.cli.running import process
from tests.decisions.notation import ACCOUNT
from tests.decisions.worlds import worlds_of
from tests.manifests.folders import PROJECT, parse, plain_campaign, read, write

NAMED = plain_campaign("fall").replace(
    "voice_agent_id: agent_86f826bf8f59bacd5c10ae948a", "agent: {name: Sample voice agent}"
)
SAMPLE = Agent("agent_86f826bf8f59bacd5c10ae948a", "Sample voice agent", "voice", ())


def _desired(folder: Path, manifest: str = NAMED) -> Desired:
    return parse(read(write(folder, {"teli.yaml": PROJECT, "fall.yaml": manifest})))


def _complaints(folder: Path, *agents: Agent) -> list[str]:
    with pytest.raises(InvalidManifests) as refused:
        name_agents(_desired(folder), agents)
    return [f"{problem} {problem.next_step}" for problem in refused.value.problems]


def test_a_name_becomes_the_id_of_the_one_voice_agent_that_has_it(tmp_path: Path) -> None:
    others = (Agent("agent_b", "Another", "voice", ()), Agent("", "Sample voice agent", "sms", ()))
    named = name_agents(_desired(tmp_path), (*others, SAMPLE))
    by_id = _desired(tmp_path, plain_campaign("fall"))
    assert named.campaigns["fall"].settings == by_id.campaigns["fall"].settings
    assert named.unnamed_agents == ()


def test_a_name_that_nobody_has_is_a_problem_at_its_place_with_a_near_one(tmp_path: Path) -> None:
    (said,) = _complaints(tmp_path, Agent("agent_b", "Sample voice agents", "voice", ()))
    assert said.startswith('fall.yaml:5:17: TELI-E207 Teli has no voice agent called "Sample voice agent"')
    assert 'Did you mean "Sample voice agents"?' in said


def test_a_name_that_two_have_is_a_problem_that_names_both(tmp_path: Path) -> None:
    (said,) = _complaints(tmp_path, SAMPLE, Agent("agent_b", "Sample voice agent", "voice", ()))
    assert "TELI-E208" in said
    assert said.endswith("with one of: agent_86f826bf8f59bacd5c10ae948a, agent_b.")


def test_name_and_id_together_are_refused(tmp_path: Path) -> None:
    both = plain_campaign("fall").replace("  agent_outbound", "  agent: {name: X}\n  agent_outbound")
    with pytest.raises(InvalidManifests) as refused:
        _desired(tmp_path, both)
    assert [problem.code for problem in refused.value.problems] == ["TELI-E044"]


def test_nothing_is_decided_of_a_campaign_whose_agent_is_not_known(tmp_path: Path) -> None:
    world = worlds_of({})
    with pytest.raises(AssertionError, match="identity"):
        make_plan(_desired(tmp_path), world.recorded, world.observed, Scope(ACCOUNT))


def test_a_campaign_by_name_has_the_id_of_the_same_campaign_by_id(tmp_path: Path) -> None:
    planned = []
    for manifest in (NAMED, plain_campaign("fall")):
        write(tmp_path, {"teli.yaml": PROJECT, "fall.yaml": manifest})
        assert process(tmp_path, "validate").code == 0
        shown = process(tmp_path, "plan")
        planned.append(next(line for line in shown.out.splitlines() if " id  " in line))
    assert planned[0] == planned[1]


def test_a_saved_plan_is_bound_to_the_agent_that_the_name_led_to(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "fall.yaml": NAMED})
    assert process(tmp_path, "plan", "--out", "saved.plan").code == 0
    write(tmp_path, {"fall.yaml": NAMED.replace("Sample voice agent", "Second voice agent")})
    applied = process(tmp_path, "apply", "saved.plan")
    assert (applied.code, "voice_agent_id" in applied.err) == (3, True)


def test_a_name_that_is_not_there_ends_a_plan_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "fall.yaml": NAMED.replace("Sample", "Simple")})
    planned = process(tmp_path, "plan")
    assert (planned.code, "fall.yaml:5:17: TELI-E207" in planned.err) == (1, True)
