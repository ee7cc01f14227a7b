"""Which blocks are tried, and which say that they cannot be."""

from __future__ import annotations

import re

from tests.site.blocks import Block, tries

LANGUAGES = {"console", "yaml", "json", "csv", "text", "markdown"}
ELSEWHERE = {
    "make": "its targets are held to the Makefile, and are tests or take minutes",
    "docker": "no image is built in a test",
    "curl": "it sends to a hook of the reader's",
    "pip": "tests run with what is installed",
    "terraform-compliance": "tests/render/test_consumers.py runs both policies",
}
"""Programs that no test of a page starts, and why."""

_MARK = re.compile(r"not run: (?P<program>\S+) (?P<why>(?:\S+ ){3,}\S+)")
_TYPED = re.compile(r"(?m)^(?:\$ |teli-iac |git |make |python |pip |docker )")


def is_tried(block: Block) -> bool:
    return block.language == "console" and not block.note.startswith("not run")


def why_wrong(block: Block) -> str:
    """Why a block cannot stay as it is; empty when it can."""
    if block.language != "console":
        hides = block.language == "text" and _TYPED.search(block.text)
        return f"commands stand in a block of `console`:\n{block.text}" if hides else ""
    if re.fullmatch(r"|(anew|meanwhile): .+", block.note):
        return ""
    mark = _MARK.fullmatch(block.note)
    if mark is None:
        return f"`not run: PROGRAM why it cannot run in a test` is wanted, not: {block.note}"
    if mark["program"] not in ELSEWHERE:
        return f"{mark['program']} can run in a test, or is to be named in ELSEWHERE"
    if not any(mark["program"] in re.split(r"[\s|;]+", each.command) for each in tries(block)):
        return f"{mark['program']} is not in the block, so it needs no mark:\n{block.text}"
    return ""
