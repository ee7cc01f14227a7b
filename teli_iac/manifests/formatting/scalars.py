"""How a key or value is written: as its author did, but in quotes where another reader would err."""

from __future__ import annotations

import json
import re

from teli_iac.manifests.formatting.tree import Scalar
from teli_iac.manifests.scalars import plain_value

INDENT = 2

_READ_OTHERWISE = re.compile(
    r"""(?:[yY]|[nN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE)
      | (?:~|null|Null|NULL) | = | <<
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?                     # base 60
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?                          # a date or a time
      | 0o[0-7_]+ | [-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?
    """,
    re.VERBOSE,
)
"""Plain text of ours that YAML 1.1, which kustomize, Helm and many others speak, takes for something else."""

_BLOCK_HEAD = re.compile(r"[|>]([-+0-9]*)")


def written(scalar: Scalar) -> str:
    """A scalar of one line as it is printed."""
    if not scalar.style:
        misread = isinstance(plain_value(scalar.text), str) and _READ_OTHERWISE.fullmatch(scalar.text)
        return json.dumps(scalar.text, ensure_ascii=False) if misread else scalar.text
    if scalar.style == "'" and not set(scalar.value) & {'"', "\\"}:
        return f'"{scalar.value}"'
    return scalar.text


def written_key(scalar: Scalar) -> str:
    """A key, always on one line."""
    return json.dumps(scalar.value, ensure_ascii=False) if "\n" in scalar.text else written(scalar)


def written_lines(scalar: Scalar, indent: int, column: int) -> list[str]:
    """The first line without, all further ones with their indentation.

    `indent` is how far what belongs to the scalar is moved in, `column` that of the collection it stands in.
    """
    if scalar.style and scalar.style in "|>":
        return _block(scalar, indent, column)
    first, *more = scalar.text.split("\n")
    if not more:
        return [written(scalar)]
    lines = [_stripped(each) for each in (first, *more)]
    return [lines[0], *(" " * indent + each if each else "" for each in lines[1:])]


def _stripped(line: str) -> str:
    """A line of a quoted or plain text without the blanks that mean nothing."""
    text = line.strip(" \t")
    escapes = len(text) - len(text.rstrip("\\"))
    return line.lstrip(" \t") if escapes % 2 else text


def _block(scalar: Scalar, indent: int, column: int) -> list[str]:
    if not scalar.value.strip("\n"):
        return [json.dumps(scalar.value)]
    head, _, body = scalar.text.partition("\n")
    marks = _BLOCK_HEAD.match(head)
    digit = re.sub(r"\D", "", marks[1]) if marks else ""
    raw = body.split("\n")
    margin = column + int(digit) if digit else _margin(raw)
    rows = [row[margin:] for row in raw]
    while rows and not rows[-1]:
        rows.pop()
    breaks = len(scalar.value) - len(scalar.value.rstrip("\n"))
    rows += [""] * (breaks - 1)
    chomp = "-" if not breaks else "+" if breaks > 1 else ""
    return [
        f"{scalar.style}{INDENT if digit else ''}{chomp}",
        *(" " * indent + row if row else "" for row in rows),
    ]


def _margin(rows: list[str]) -> int:
    first = next(row for row in rows if row.strip(" "))
    return len(first) - len(first.lstrip(" "))
