"""The kinds: everything teli-iac knows about a `Project`, a `Campaign`, a `NumberPool` or a `RedialPolicy`.

A kind never sends and never reads a file: it turns a spec that its schema accepted into values, and
knows the requests and the steps of each action. To add one, write its module and its schema and add it
to KINDS.
"""

from __future__ import annotations

from typing import Protocol

from teli_iac.kinds import campaign, number_pool, project, redial_policy


class Kind(Protocol):
    """What the module of every kind has: the word after `kind:` and the name of its schema."""

    KIND: str
    SCHEMA: str


KINDS: dict[str, Kind] = {
    "Project": project,
    "Campaign": campaign,
    "NumberPool": number_pool,
    "RedialPolicy": redial_policy,
}
