"""`--format` and `--write`: one plan told in one way on stdout, and in others into files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from teli_iac.cli import session, terminal
from teli_iac.cli.options import file_of
from teli_iac.guards import Refusal
from teli_iac.model import Plan
from teli_iac.render import DEFAULT_BYTES, FORMATS, LEAST_BYTES, Detail, Format, format_of
from teli_iac.renderings import folder_in_repository, refuse_place, write_rendering

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])
_PLAIN_WIDTH = 100
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub and GitLab say that they checked the repository out."""

PLAN_FORMATS = (*FORMATS,)
EXPLAINED = f"One of {', '.join(PLAN_FORMATS)}; see docs/formats.md."


class Writing(click.ParamType[tuple[str, str]]):
    """`FORMAT=FILE`: how to tell it, and where to."""

    name = "format=file"

    def __init__(self, formats: Sequence[str]) -> None:
        self._formats = formats

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The format and the file."""
        form, _, file = str(value).partition("=")
        if form not in self._formats:
            self.fail(f'There is no format "{form}". The formats: {", ".join(self._formats)}', param, ctx)
        if not file:
            self.fail(f"Name the file as well: {form}=FILE", param, ctx)
        return form, file


def write_option(formats: Sequence[str]) -> Callable[[_Decorated], _Decorated]:
    """`--write`, which tells the same into a file."""
    return click.option(
        "--write",
        "writes",
        multiple=True,
        type=Writing(formats),
        metavar="FORMAT=FILE",
        help="Also write it to a file in this format. Repeatable.",
    )


def markdown_option(command: _Decorated) -> _Decorated:
    """`--markdown-bytes`, the budget of a comment."""
    return click.option(
        "--markdown-bytes",
        type=click.IntRange(min=LEAST_BYTES),
        metavar="N",
        default=DEFAULT_BYTES,
        show_default=True,
        help="The most bytes that Markdown may have.",
    )(command)


def detail_option(command: _Decorated) -> _Decorated:
    """`--detail`, how much of a plan the text tells."""
    return click.option(
        "--detail",
        type=click.Choice([each.value for each in Detail]),
        metavar="DETAIL",
        help="How much the text tells: summary, changes or full. Without it, what a person can still read.",
    )(command)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that a plan is written to besides the answer, each with its format.

    `most_bytes` is Markdown's budget, `detail` how much the text tells: None for what fits.
    """

    files: tuple[tuple[str, Path], ...]
    most_bytes: int = DEFAULT_BYTES
    detail: Detail | None = None

    def text_of(self, form: str, plan: Plan, refusals: Sequence[Refusal], folder: Path) -> str:
        """The plan as stdout gets it; `folder` is the Project's."""
        colour = terminal.answers_in_colour(session.current(), os.environ)
        render = self._format(form, folder)
        return render(plan, refusals, colour=colour, width=terminal.width())

    def write(self, plan: Plan, refusals: Sequence[Refusal], folder: Path) -> None:
        """Write every file, without colour. Raises NotWritten."""
        for form, file in self.files:
            render = self._format(form, folder)
            write_rendering(file, render(plan, refusals, colour=False, width=_PLAIN_WIDTH))

    def _format(self, form: str, folder: Path) -> Format:
        below = folder_below(folder)
        return format_of(form, folder=below, most_bytes=self.most_bytes, detail=self.detail)


def outputs_of(
    writes: Sequence[tuple[str, str]], most_bytes: int = DEFAULT_BYTES, detail: str | None = None
) -> Outputs:
    """What was asked for. Raises UsageError for places that cannot be written, before anything is done."""
    files = tuple((form, _place(file)) for form, file in writes)
    if len({file for _, file in files}) < len(files):
        raise click.UsageError("--write names one file twice.", click.get_current_context())
    return Outputs(files, most_bytes, Detail(detail) if detail else None)


def folder_below(project: Path) -> str:
    """Where the project lies in its repository, for tools that look for its lines there."""
    root = next((os.environ[name] for name in _ROOTS if os.environ.get(name)), None)
    return folder_in_repository(project, root)


def _place(file: str) -> Path:
    path = file_of(file)
    if path is None:
        raise AssertionError("a file was named")
    refuse_place(path)
    return path
