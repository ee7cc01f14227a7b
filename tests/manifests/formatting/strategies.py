"""YAML as people write it: every style, any indentation, comments and blank lines wherever they may stand.

Made from a seed, not drawn piece by piece, which would take a hundred times as long as formatting it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

KEYS = ("apiVersion", "kind", "metadata", "spec", "name", "leads", "on", "a b", "no", "x-1", "Phone", "é")
PLAIN = (
    *("text", "two words", "off", "17:30", "2026-12-01", "a#b", "c:d", "~", "y", "5", "-3", "0.5", "1e3"),
    *("true", "null", "http://h/x", "Tuesday at 9"),
)
COMMENTS = ("# one", "#two", "# three: 3", "# - item", '# "quoted', "##", "# - {a: b}")


def documents() -> st.SearchStrategy[str]:
    """Files of one to three documents that read without a fault."""
    return st.integers(0, 2**32).map(lambda seed: _Author(Random(seed)).file())  # noqa: S311  no secret


class _Author:
    """Somebody who writes YAML, and each line in another style."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._one = random.choice

    def file(self) -> str:
        pages = ["\n".join(self._mapping(0, 3)) for _ in range(self._number(1, 3))]
        first = self._one(("", "---\n", "# top\n\n---\n", "%YAML 1.1\n---\n"))
        last = self._one(("\n", "\n\n\n", "\n# end\n", "\n...\n", ""))
        between = self._one(
            ("\n---\n", "\n\n---\n# next\n", "\n# previous\n---  # odd\n", "\n---\n---\n", "\n...\n---\n")
        )
        return first + between.join(pages) + last

    def _number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def _chance(self) -> bool:
        return self._random.random() < 0.5

    def _some_keys(self, least: int) -> list[str]:
        return self._random.sample(KEYS, self._number(least, 4))

    def _mapping(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for key in self._some_keys(1):
            lines += self._noise(indent)
            written = self._one((key, json.dumps(key, ensure_ascii=False), f"'{key}'"))
            lines += self._led(" " * indent + written + ":", indent, depth)
        return lines + self._noise(indent)

    def _sequence(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self._number(1, 3)):
            lines += self._noise(indent)
            lines += self._item(indent, depth)
        return lines

    def _item(self, indent: int, depth: int) -> list[str]:
        if not depth or self._chance():
            return self._led(" " * indent + "-", indent, depth)
        gap = self._number(1, 3)
        make: Callable[[int, int], list[str]] = self._one((self._mapping, self._sequence))
        inner = make(indent + 1 + gap, depth - 1)
        at = next(at for at, line in enumerate(inner) if line.strip() and not line.lstrip().startswith("#"))
        first = " " * indent + "-" + " " * gap + inner[at].lstrip(" ")
        return [*inner[:at], first, *inner[at + 1 :]]

    def _led(self, lead: str, indent: int, depth: int) -> list[str]:
        """A value behind a key or a dash."""
        kinds = ["scalar", "scalar", "flow", "block", "folded"] + (["mapping", "sequence"] if depth else [])
        match self._one(kinds):
            case "mapping":
                return [lead + self._aside(), *self._mapping(indent + self._number(1, 4), depth - 1)]
            case "sequence":
                by = self._number(0 if lead.endswith(":") else 1, 3)
                return [lead + self._aside(), *self._sequence(indent + by, depth - 1)]
            case "flow":
                return [f"{lead} {self._flow(indent + 1, 2)}{self._aside()}"]
            case "block":
                head = self._one("|>") + self._one(("", "-", "+"))
                return [f"{lead} {head}{self._aside()}", *self._block(indent + 2)]
            case "folded":
                row = " " * (indent + self._number(1, 3))
                quote = self._one(("", "'", '"'))
                blank = self._one(((), ("",)))
                return [f"{lead} {quote}first  ", *blank, f"{row}second{quote}{self._aside()}"]
        return [f"{lead} {self._scalar()}{self._aside()}"]

    def _scalar(self) -> str:
        text = "".join(self._random.choices("ab \t'\"\\#:-é", k=self._number(0, 12)))
        double = json.dumps(text, ensure_ascii=False)
        return str(self._one((self._one(PLAIN), "'" + text.replace("'", "''") + "'", double)))

    def _flow(self, indent: int, depth: int) -> str:
        """Brackets on one line, or on many with comments among them."""
        spread = self._chance()
        pad = "\n" + " " * (indent + 1)

        def gap() -> str:
            return self._one(("", " ", pad, f" # in{pad}", f"{pad}# alone{pad}")) if spread else ""

        def inner() -> str:
            return self._flow(indent + 1, depth - 1) if depth and self._chance() else self._scalar()

        if self._chance():
            keys = [json.dumps(key, ensure_ascii=False) for key in self._some_keys(0)]
            return "{" + ",".join(f"{gap()}{key}: {inner()}{gap()}" for key in keys) + "}"
        return "[" + ",".join(f"{gap()}{inner()}{gap()}" for _ in range(self._number(0, 5))) + "]"

    def _block(self, indent: int) -> list[str]:
        pad = " " * indent
        rows = [self._one(("row", "# no comment", "  deeper", "", "a: b")) for _ in range(self._number(0, 4))]
        return [pad + "start", *(pad + row if row else "" for row in rows)]

    def _noise(self, indent: int) -> list[str]:
        """Blank lines and comments between two entries, the comments in any column."""
        kinds = ("", "  ", " " * self._number(0, indent + 3) + self._one(COMMENTS))
        return [self._one(kinds) for _ in range(self._number(0, 2))]

    def _aside(self) -> str:
        return str(self._one(("", "", " # aside", "      # far", "\t# tab")))
