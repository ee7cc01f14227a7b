"""The standard options, which stand before every command."""

from __future__ import annotations

from typing import NamedTuple

import click


class Session(NamedTuple):
    """What was asked of every command alike: the folder, the Project's file, colour, and how much to tell.

    No dataclass, for importing those takes a twentieth of the time of `--help`.
    """

    folder: str = "."
    project_file: str | None = None
    color: str = "auto"
    verbose: bool = False

    @classmethod
    def of(cls, context: click.Context) -> Session:
        """The standard options of the command that runs in `context`."""
        given = context.find_root().params
        return cls(given["folder"], given["project_file"], given["color"], given["verbose"])


def current() -> Session:
    """The standard options of the command that is running."""
    return Session.of(click.get_current_context())
