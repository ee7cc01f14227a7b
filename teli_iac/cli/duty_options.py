"""Options of the commands for whoever is on duty: whose campaigns, why, and in which format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from teli_iac.cli.options import Address
from teli_iac.settings import Target

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

_TARGET = (
    ("--name", "NAME", "The Project's metadata.name, where its file cannot be read; or TELI_PROJECT."),
    ("--organization-id", "ID", "The account's organization; or TELI_ORGANIZATION_ID."),
    ("--tenant-id", "ID", "The account's tenant; or TELI_TENANT_ID."),
    ("--base-url", "URL", "Where Teli is; or TELI_API_BASE_URL."),
    ("--ledger", "PLACE", "Where the ledger is, as the Project's `ledger` says it."),
)

addresses_argument = click.argument("addresses", nargs=-1, type=Address(), metavar="[ADDRESS]...")

why_option = click.option(
    "--why",
    metavar="TEXT",
    default="no reason given",
    show_default=False,
    help="Why, in your words; the ledger keeps it. Name no person in it.",
)


def target_options(command: _Decorated) -> _Decorated:
    """What the Project says, for when it cannot be read or is to be overridden."""
    for flag, metavar, said in reversed(_TARGET):
        command = click.option(flag, metavar=metavar, help=said)(command)
    return command


def target_of(given: Mapping[str, str | None]) -> Target:
    """The flags of `target_options` as one value."""
    return Target(**given)
