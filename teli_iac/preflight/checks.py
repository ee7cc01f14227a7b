"""What is wrong with a campaign before anybody is called by it: its agent, its numbers, its agent's words.

Pure: the campaigns, and what Teli shows of agents and numbers. What Teli did not tell is a warning, never
taken as fine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from teli_iac.catalogue import CATALOGUE
from teli_iac.model import Agent, Campaign, Finding, Inventory, Mark, Severity
from teli_iac.preflight.placeholders import placeholders, unfilled

_SHOWN = 5
_UNTOLD = "TELI-E206"


def check_campaigns(campaigns: Iterable[Campaign], inventory: Inventory) -> tuple[Finding, ...]:
    """Everything that was found, campaign by campaign; first what Teli did not tell."""
    untold = (_finding(_UNTOLD, "Teli", sentence) for sentence in inventory.unanswered)
    found = (finding for campaign in campaigns for finding in _check(campaign, inventory))
    return (*untold, *found)


def as_warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings where nobody can be called: nothing stands in the way of anything there."""
    return tuple(
        Finding(f.code, Severity.WARNING, f.about, f.message, f.next_step, f.mark)
        if f.severity is Severity.ERROR
        else f
        for f in findings
    )


def _check(campaign: Campaign, inventory: Inventory) -> Iterator[Finding]:
    if inventory.agents is not None:
        yield from _check_agent(campaign, inventory.agents)
    if inventory.numbers is not None:
        yield from _check_numbers(campaign, inventory.numbers)


def _check_agent(campaign: Campaign, agents: tuple[Agent, ...]) -> Iterator[Finding]:
    wanted, mark = campaign.settings.voice_agent_id, campaign.origins.get("voice_agent_id")
    found = [agent for agent in agents if agent.voice_agent_id == wanted]
    if not found:
        close = get_close_matches(wanted, [a.voice_agent_id for a in agents if a.voice_agent_id], n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        yield _finding("TELI-E200", campaign.address, f"Teli has no agent {wanted}.{meant}", mark)
    elif all(agent.agent_type not in {"voice", ""} for agent in found):
        said = f"The agent {wanted} is of type {found[0].agent_type}, and only a voice agent calls."
        yield _finding("TELI-E201", campaign.address, said, mark)
    else:
        yield from _check_words(campaign, found[0], mark)


def _check_words(campaign: Campaign, agent: Agent, mark: Mark | None) -> Iterator[Finding]:
    if not agent.texts:
        said = f"Teli shows no words of the agent {agent.voice_agent_id}, so its placeholders are unknown."
        yield _finding("TELI-E205", campaign.address, said, mark)
        return
    for each in unfilled(placeholders(text for _, text in agent.texts), campaign.leads):
        meant = f' Did the agent mean "{each.meant}"?' if each.meant else ""
        whom = (
            "nobody" if each.missing == len(campaign.leads) else f"not all (missing {each.missing:,} times)"
        )
        said = f"The agent says {{{{{each.name}}}}}, and {whom} of the people has it.{meant}"
        yield _finding("TELI-E204", campaign.address, said, campaign.origins.get("leads") or mark)


def _check_numbers(campaign: Campaign, ours: frozenset[str]) -> Iterator[Finding]:
    settings = campaign.settings
    if settings.agent_outbound_number not in ours:
        said = f"{settings.agent_outbound_number} is not among the account's voice numbers."
        yield _finding("TELI-E202", campaign.address, said, campaign.origins.get("agent_outbound_number"))
    strange = [number for number in settings.number_pool if number not in ours]
    if strange:
        more = len(strange) - _SHOWN
        shown = ", ".join(strange[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
        said = f"The pool has numbers that are not among the account's voice numbers: {shown}."
        yield _finding("TELI-E203", campaign.address, said, campaign.origins.get("number_pool"))


_WARNINGS = frozenset({"TELI-E204", "TELI-E205", _UNTOLD})


def _finding(code: str, about: str, message: str, mark: Mark | None = None) -> Finding:
    severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
    return Finding(code, severity, about, message, CATALOGUE[code].next_step, mark)
