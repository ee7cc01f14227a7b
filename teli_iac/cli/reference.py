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

    Tells what happened, why it matters and how to mend it, with an example.
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
    told = "\n\n".join(textwrap.fill(text, room, break_on_hyphens=False) for text in paragraphs) + "\n"
    if explanation.example:
        told += f"\nExample:\n\n{textwrap.indent(explanation.example, '  ')}\n"
    return told


@click.command(cls=Command)
@click.argument(
    "kind",
    required=False,
    metavar="[KIND]",
    shell_complete=lambda ctx, param, begun: [kind for kind in KINDS if kind.startswith(begun)],  # noqa: ARG005  click's signature
)
@click.option(
    "--modeline", metavar="WHERE", help="Print the line that leads an editor to the schema at WHERE instead."
)
@click.option("--catalog", metavar="URL", help="Print a catalogue of the schema served at URL instead.")
def schema(kind: str | None, modeline: str | None, catalog: str | None) -> ExitCode:
    """Print the JSON Schema of the manifests, with a description of every key.

    KIND is Project, Campaign, NumberPool or RedialPolicy; without it the schema
    of all kinds together is printed, which editors use for help while typing.
    `validate` judges by the very same schemas. Never connects.

    A modeline is the first line of a manifest: WHERE is a path from that file,
    or a URL. A catalogue has the form of schemastore.org, for editors that are
    set up for many people at once. docs/editors.md tells more.

    Exit codes:
      0   printed
      64  there is no such kind, or the command line is off

    Examples:
      teli-iac schema Campaign
      teli-iac schema > teli-iac.schema.json
      teli-iac schema --modeline ../teli-iac.schema.json
      teli-iac schema --catalog https://example.com/teli-iac.schema.json

    """
    if sum(each is not None for each in (kind, modeline, catalog)) > 1:
        raise click.UsageError("Ask for one of KIND, --modeline and --catalog.", click.get_current_context())
    if modeline is not None:
        terminal.answer(author.modeline(modeline))
    elif catalog is not None:
        terminal.answer(author.schema_catalog(catalog))
    else:
        terminal.answer(author.schema(kind))
    return ExitCode.DONE
