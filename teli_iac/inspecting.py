"""Ask Teli for the account's agents and numbers, both at once. Reads only, and never fails for silence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from teli_iac.api import ReadingClient
from teli_iac.errors import AnswerUnreadable, ApiError
from teli_iac.kinds.inventory import agents_request, numbers_request, read_agents, read_numbers
from teli_iac.model import Agent, Inventory, Project, Reply, Request

_T = TypeVar("_T")


def inspect_account(api: ReadingClient, project: Project) -> Inventory:
    """What Teli tells of agents and numbers; what it does not tell is said in sentences."""
    return begin_inspection(api, project)()


def begin_inspection(api: ReadingClient, project: Project) -> Callable[[], Inventory]:
    """Ask now, and be told later: what is called waits for the answers."""
    pool = ThreadPoolExecutor(2, thread_name_prefix="preflight")
    agents = pool.submit(_ask, api, agents_request(project), read_agents, "agents")
    numbers = pool.submit(_ask, api, numbers_request(project), read_numbers, "phone numbers")
    pool.shutdown(wait=False)

    def told() -> Inventory:
        (found, untold), (ours, unsaid) = agents.result(), numbers.result()
        return Inventory(found, ours, (*untold, *unsaid))

    return told


def list_agents(api: ReadingClient, project: Project) -> tuple[Agent, ...]:
    """The agents, when something cannot go on without them. Raises ApiError."""
    return read_agents(api.read(agents_request(project)))


def _ask(
    api: ReadingClient, request: Request, read: Callable[[Reply], _T], what: str
) -> tuple[_T | None, tuple[str, ...]]:
    try:
        return read(api.read(request)), ()
    except AnswerUnreadable as fault:
        said = fault.message
    except ApiError as fault:
        said = fault.message
    return None, (f"Teli does not tell the account's {what}, so they were not checked: {said}.",)
