"""Agents that campaigns name by their name: each name is exactly one voice agent's, or nothing goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from teli_iac.errors import InvalidManifests, Problem
from teli_iac.model import Agent, Campaign, Desired

_SHOWN = 5


def name_agents(desired: Desired, agents: Sequence[Agent]) -> Desired:
    """What is wanted with the id of every agent that is named. Raises InvalidManifests with every problem.

    A campaign's identity is made of that id; that the name leads to another one later is a change of
    settings like any other.
    """
    problems = []
    campaigns = dict(desired.campaigns)
    for campaign in desired.unnamed_agents:
        found = [a for a in agents if a.name == campaign.agent_name and a.agent_type in {"voice", ""}]
        ids = sorted({agent.voice_agent_id for agent in found if agent.voice_agent_id})
        if len(ids) == 1:
            settings = replace(campaign.settings, voice_agent_id=ids[0])
            campaigns[campaign.name] = replace(campaign, settings=settings)
        else:
            problems.append(_problem(campaign, ids, agents))
    if problems:
        raise InvalidManifests(tuple(problems))
    return replace(desired, campaigns=campaigns)


def _problem(campaign: Campaign, ids: Sequence[str], agents: Sequence[Agent]) -> Problem:
    mark, name = campaign.origins.get("voice_agent_id", campaign.mark), campaign.agent_name or ""
    if ids:
        listed = ", ".join(ids[:_SHOWN])
        return Problem(
            "TELI-E208",
            f'{len(ids)} voice agents are called "{name}"',
            mark,
            f"Write voice_agent_id instead, with one of: {listed}.",
        )
    names = sorted({agent.name for agent in agents if agent.name and agent.agent_type in {"voice", ""}})
    close = get_close_matches(name, names, n=1)
    meant = f'Did you mean "{close[0]}"? ' if close else ""
    return Problem(
        "TELI-E207",
        f'Teli has no voice agent called "{name}"',
        mark,
        f"{meant}Write the name as Teli shows it, or the agent's voice_agent_id.",
    )
