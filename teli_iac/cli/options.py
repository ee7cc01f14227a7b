"""Options that several commands share, and what they are parsed into."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from teli_iac.cli import session, terminal
from teli_iac.cli.version import VERSION
from teli_iac.model import ApprovalKind, GuardName, OnError
from teli_iac.settings import (
    DEFAULT_PARALLELISM,
    MOST_PARALLELISM,
    Invocation,
    PlanOptions,
    config_folder,
)

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])
_ADDRESS = re.compile(r"campaign/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_DIGEST = re.compile("[0-9a-f]{12,32}")
_HERE = (".",)


def invocation(paths: Sequence[str] = _HERE) -> Invocation:
    """How the running command was started; without paths it means the current folder."""
    standard = session.current()
    return Invocation(
        cwd=Path.cwd() / standard.folder,
        project_file=standard.project_file,
        paths=tuple(paths) or _HERE,
        environment=os.environ,
        config_folder=config_folder(os.environ),
        interactive=terminal.is_interactive(),
        verbose=standard.verbose,
        release=VERSION,
        read_input=cache(terminal.read_input),
    )


def file_of(given: str | None) -> Path | None:
    """A file named on the command line, from the folder the command works in."""
    return None if given is None else Path.cwd() / session.current().folder / given


class Address(click.ParamType[str]):
    """A campaign's address such as `campaign/fall-renewals`."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address itself, when it is one."""
        if not _ADDRESS.fullmatch(value):
            self.fail(
                f'"{value}" is not the address of a campaign. It looks like this: campaign/fall-renewals',
                param,
                ctx,
            )
        return value

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002  click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """The campaigns of the manifests; none, and not a word, where they cannot be read."""
        from teli_iac.author import campaign_addresses  # noqa: PLC0415  paid for only when a shell asks

        standard = ctx.find_root().params
        try:
            folder = Path.cwd() / (standard.get("folder") or ".")
            addresses = campaign_addresses(folder, standard.get("project_file"))
        except (OSError, ValueError, RuntimeError):
            return []
        return [CompletionItem(address) for address in addresses if address.startswith(incomplete)]


class Consent(click.ParamType[tuple[GuardName, int]]):
    """`GUARD=N`: a guard and the very number that it may count."""

    name = "guard=n"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[GuardName, int]:
        """The guard and its number."""
        guard, equals, number = str(value).partition("=")
        if guard not in set(GuardName):
            self.fail(f'There is no guard "{guard}".{_meant(guard)}', param, ctx)
        if not equals or not number.isascii() or not number.isdigit():
            self.fail(f"Give {guard} the number it counts, as in {guard}=12", param, ctx)
        return GuardName(guard), int(number)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  click's signature
        param: click.Parameter,  # noqa: ARG002  the same
        incomplete: str,
    ) -> list[CompletionItem]:
        """The guards, up to their equals sign."""
        return [CompletionItem(f"{guard}=") for guard in GuardName if guard.startswith(incomplete)]


class Digest(click.ParamType[str]):
    """A plan's digest, or how it begins: so much of it that no other plan begins the same."""

    name = "digest"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The digest itself, when it is one."""
        if not _DIGEST.fullmatch(value):
            self.fail(f'"{value}" is no digest of a plan. Give 12 to 32 of its characters.', param, ctx)
        return value


def _meant(guard: str) -> str:
    close = get_close_matches(guard.casefold().replace("-", "_"), list(GuardName), n=1)
    return f' Did you mean "{close[0]}"?' if close else f" The guards: {', '.join(GuardName)}"


paths_argument = click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())


def format_option(formats: Sequence[str], explained: str) -> Callable[[_Decorated], _Decorated]:
    """`--format`, which tells the answer on stdout."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([*formats]),
        metavar="FORMAT",
        default="text",
        show_default=True,
        help=explained,
    )


text_or_json = format_option(("text", "json"), "text for people, json for machines.")


def plan_options(command: _Decorated) -> _Decorated:
    """`--target` and `--allow`, which shape a plan."""
    target = click.option(
        "--target",
        "targets",
        multiple=True,
        type=Address(),
        metavar="ADDRESS",
        help="Only this campaign, such as campaign/fall-renewals. Repeatable.",
    )
    allow = click.option(
        "--allow",
        multiple=True,
        type=Consent(),
        metavar="GUARD=N",
        help="Let a guard pass that counts exactly N. Repeatable.",
    )
    return target(allow(command))


json_stream_option = click.option(
    "--json-stream",
    is_flag=True,
    help="Tell everything as one JSON event a line on stdout (docs/events.md).",
)
preflight_option = click.option(
    "--preflight/--no-preflight",
    default=True,
    help="Ask Teli about the agents and numbers of what is launched; by default yes.",
)


def apply_options(command: _Decorated) -> _Decorated:
    """What an apply and a destroy have beyond a plan."""
    approve = click.option("--auto-approve", is_flag=True, help="Do not ask; for pipelines.")
    on_error = click.option(
        "--on-error",
        type=click.Choice([each.value for each in OnError]),
        default=OnError.STOP.value,
        show_default=True,
        help="After a failure stop, or continue with campaigns that are not concerned.",
    )
    return approve(
        on_error(parallelism_option("Work on up to N campaigns at once where that is safe.")(command))
    )


def parallelism_option(help_text: str) -> Callable[[_Decorated], _Decorated]:
    """How much goes on at once."""
    return click.option(
        "--parallelism",
        type=click.IntRange(1, MOST_PARALLELISM),
        default=DEFAULT_PARALLELISM,
        show_default=True,
        metavar="N",
        help=help_text,
    )


def parse_options(
    targets: Sequence[str],
    allow: Sequence[tuple[GuardName, int]],
    parallelism: int = DEFAULT_PARALLELISM,
    on_error: str = OnError.STOP,
) -> PlanOptions:
    """The options of a plan; a usage error when one guard is given two numbers."""
    allowed = dict(allow)
    for guard, number in allow:
        if allowed[guard] != number:
            raise click.BadParameter(f"{guard} is given two numbers", param_hint="--allow")
    return PlanOptions(tuple(sorted(set(targets))), allowed, parallelism, OnError(on_error))


def with_approval(options: PlanOptions, *, auto_approve: bool, signed: bool | None = None) -> PlanOptions:
    """The options with how the plan is approved; `signed` tells that of a saved plan."""
    if signed is not None:
        kind = ApprovalKind.SIGNED_PLAN if signed else ApprovalKind.SAVED_PLAN
    elif options.expect_digest:
        kind = ApprovalKind.EXPECT_DIGEST
    else:
        kind = ApprovalKind.AUTO_APPROVE if auto_approve else ApprovalKind.TYPED_YES
    return replace(options, approval=kind)
