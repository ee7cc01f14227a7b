"""The command lines of teli-iac that stand in a text, held to the commands and options there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click

from teli_iac.cli.program import NAME, program

_ELSEWHERE = re.compile(r"\s(?:[|;<>&]|\d>).*|\s{2,}#.*")
_PLACEHOLDER = re.compile(r"[A-Z][A-Z_=]*|.*[…⇥$<].*")
_WRONG_ON_PURPOSE = "paln"
_FENCED = re.compile(r"(?ms)^( *)```(\w*)\n(.*?)^\1```$")
_TYPED = re.compile(rf"(?m)^(?:\$ | {{4,}})?(?:.*[|;&] *|docker .*)?{NAME} (?P<words>[a-z-].*)$")
_IN_PROSE = re.compile(rf"`(?:[^`\n]*\| )?{NAME}\s(?P<words>[a-z-][^`]*)`")


def command_lines(text: str) -> Iterator[str]:
    """What stands behind `teli-iac ` in a block or between backticks, up to what belongs to the shell."""
    blocks = (_typed(found[2], found[3]) for found in _FENCED.finditer(text))
    in_blocks = "".join(blocks)
    for found in (*_TYPED.finditer(in_blocks), *_IN_PROSE.finditer(_FENCED.sub("", text))):
        if not found["words"].startswith(_WRONG_ON_PURPOSE):
            yield " ".join(_ELSEWHERE.sub("", found["words"]).split())


def _typed(language: str, text: str) -> str:
    """In a block of `console` commands begin with `$ `; in one of `text` they are examples and help."""
    if language == "console":
        return "".join(re.findall(r"(?m)^\$ .*\n", text.replace("\\\n", " ")))
    return text if language == "text" else ""


def complaint(line: str) -> str:
    """Why nobody could type this line; empty when they could."""
    try:
        _read(_words(line))
    except (click.UsageError, ValueError) as fault:
        return f"{NAME} {line}: {fault}"
    return ""


def _words(line: str) -> list[str]:
    """A synopsis is a line as well: `[PATHS]` is a word that may be there, and is."""
    return [word.strip("[]") for word in shlex.split(line, posix=True) if word != "…"]


def _read(words: list[str]) -> None:
    command: click.Command = program
    context = click.Context(program, info_name=NAME)
    rest = words
    while True:
        options, rest, _ = command.make_parser(context).parse_args(list(rest))
        _take(command, context, options)
        if not isinstance(command, click.Group) or not rest:
            return
        name, *rest = rest
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"there is no command {name}")
        command, context = found, click.Context(found, context, name)


def _take(command: click.Command, context: click.Context, options: dict[str, object]) -> None:
    """Have each value read by its option, but for what stands for a value."""
    for parameter in command.params:
        value = options.get(parameter.name or "")
        values = value if isinstance(value, list) else [value]
        for each in values:
            if (
                isinstance(each, str)
                and not _PLACEHOLDER.fullmatch(each)
                and not isinstance(parameter.type, click.Path)
            ):
                parameter.type.convert(each, parameter, context)
