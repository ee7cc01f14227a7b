"""Write docs/codes.md, what every code, reason and guard means: `python -m docs.write_codes`."""
# ruff: noqa: INP001  a page's script, never imported by ours

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from teli_iac.author import Explanation, explanations

PAGE = Path(__file__).with_name("codes.md")

_HEAD = """\
# Codes, reasons and guards

What `teli-iac explain` says of each, written by `python -m docs.write_codes`.
"""
_SECTIONS = {
    "error": ("Codes", "What stands after the place of a problem, and after `Error`."),
    "reason": ("Reasons", "Why a plan does what it does with a campaign, or leaves it alone."),
    "question": (
        "Open questions",
        "What a campaign that is being called waits for, as `status` and `drift` tell it.",
    ),
    "guard": ("Guards", "What may refuse a plan; each is lifted by `--allow GUARD=N` with the very number."),
}


def page() -> str:
    """The whole page, a heading for every word, so that each can be linked to."""
    lines = [_HEAD, *(line for what in _SECTIONS for line in _section(what))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(what: str) -> Iterator[str]:
    title, said = _SECTIONS[what]
    yield from (f"## {title}", "", said, "")
    for each in explanations():
        if each.what == what:
            yield from _explained(each)


def _explained(each: Explanation) -> Iterator[str]:
    yield from (f"### {each.word}", "", f"**{each.entry.title}.** {each.entry.meaning}", "")
    yield from (f"*Next:* {each.entry.next_step}", "")
    if each.example:
        yield from ("```text", each.example, "```", "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
