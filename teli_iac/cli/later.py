"""Commands of the contract that come with a later release: each is refused, and says what to do meanwhile."""

from __future__ import annotations

import click

LATER: dict[str, str] = {}
"""Each such command, and what helps until it comes."""


def later_command(words: str, meanwhile: str) -> click.Command:
    """A command that takes anything and refuses it; `words` are what follows `teli-iac`."""

    def refuse(rest: tuple[str, ...]) -> None:  # noqa: ARG001  it is refused, whatever it is
        from teli_iac.errors import NotYet  # noqa: PLC0415  `--help` lists these commands and imports nothing

        raise NotYet(f"`teli-iac {words}` comes with a later release.", meanwhile)

    return click.Command(
        words.rsplit(maxsplit=1)[-1],
        callback=refuse,
        hidden=True,
        help=f"Comes with a later release.\n\n{meanwhile}",
        context_settings={"ignore_unknown_options": True},
        params=[click.Argument(["rest"], nargs=-1, type=click.UNPROCESSED, metavar="[...]")],
    )
