"""Commands of the contract that come with a later release: each is refused, and says what to do meanwhile."""

from __future__ import annotations

import click

_IN_TELI = "Do it in Teli itself: what a person does there, teli-iac sees and leaves alone."
_IN_PLAN = "`teli-iac plan` shows the state of every campaign and what differs from its manifest."

LATER: dict[str, str] = {
    "status": _IN_PLAN,
    "drift": _IN_PLAN,
    "pause": _IN_TELI,
    "resume": _IN_TELI,
    "end": _IN_TELI,
    "halt": _IN_TELI,
    "release": _IN_TELI,
    "calls": "Look at the calls in Teli itself.",
}
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
