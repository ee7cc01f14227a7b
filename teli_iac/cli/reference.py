"""`explain` and `schema`: what is looked up while writing manifests."""

from __future__ import annotations

import textwrap

import click
from click.shell_completion import CompletionItem

from teli_iac import author
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.errors import ExitCode
from teli_iac.kinds import KINDS

_WIDEST = 80


def _complete_word(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  click's signature
    begun = incomplete.casefold()
    return [
        CompletionItem(each.word, help=each.entry.title)
        for each in author.explanations()
        if each.word.casefold().startswith(begun)
    ]


@click.command(cls=Command)
@click.argument("word", required=False, metavar="[CODE|REASON|GUARD]", shell_complete=_complete_word)
def explain(word: str | None) -> ExitCode:
    """Say what an error code, the reason of a change or a guard means.

    Without a word it lists all of them. Reads nothing but itself.

    Exit codes:
      0   explained
      64  nothing is called that; the nearest word is suggested

    Examples:
      teli-iac explain TELI-E012
      teli-iac explain unknown_outcome

    """
    if word is None:
        rows = [f"{each.word:<24} {each.entry.title}\n" for each in author.explanations()]
        terminal.answer("".join(rows))
    else:
        terminal.answer(_told(author.explain(word)))
    return ExitCode.DONE


def _told(explanation: author.Explanation) -> str:
    entry = explanation.entry
    room = min(terminal.width(), _WIDEST)
    paragraphs = [
        f"{explanation.word}: {entry.title}",
        entry.meaning,
        f"Next: {entry.next_step}",
    ]
    return "\n\n".join(textwrap.fill(text, room, break_on_hyphens=False) for text in paragraphs) + "\n"


@click.command(cls=Command)
@click.argument(
    "kind",
    required=False,
    metavar="[KIND]",
    shell_complete=lambda ctx, param, begun: [kind for kind in KINDS if kind.startswith(begun)],  # noqa: ARG005  click's signature
)
def schema(kind: str | None) -> ExitCode:
    """Print the JSON Schema of the manifests, with a description of every key.

    KIND is Project, Campaign, NumberPool or RedialPolicy; without it the schema
    of all kinds together is printed, which editors use for help while typing.
    `validate` judges by the very same schemas. Never connects.

    Exit codes:
      0   printed
      64  there is no such kind

    Examples:
      teli-iac schema Campaign
      teli-iac schema > teli-iac.schema.json

    """
    terminal.answer(author.schema(kind))
    return ExitCode.DONE
