"""A command whose help keeps the tables of its docstring."""

from __future__ import annotations

import inspect
from typing import Any

import click


class Command(click.Command):
    """Its docstring is its help: sentences are wrapped, a paragraph with indented lines stays as written."""

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.help = keep_tables(inspect.cleandoc(self.help or ""))


class Group(click.Group):
    """A group of such commands."""

    command_class = Command


def keep_tables(text: str) -> str:
    """Mark each paragraph that has an indented line as one that click must not wrap."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(f"\b\n{each}" if "\n  " in each else each for each in paragraphs)
