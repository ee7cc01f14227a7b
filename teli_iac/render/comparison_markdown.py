"""The comparison of a revision with the working tree, for a comment on a pull request.

The sum comes first, and what calls people again; then a table of campaigns, what is shared, and folded
details. Where it would be too long for a comment, details go first, and the sum and the counts stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from teli_iac.model import FieldChange
from teli_iac.model.comparison import CampaignChange, Comparison, PeopleInTwo
from teli_iac.render.comparison import ALARMING, closing, consequences, people_in_words, shown_fields
from teli_iac.render.markdown_text import code, prose
from teli_iac.render.people_in_two import TITLE, alarms, facts_in_two
from teli_iac.render.words import counted, named, place, value

MOST_BYTES = 60_000
"""GitHub takes 65,536 characters in a comment, and whoever posts it may want to add some."""

_MARKER = "<!-- teli-iac diff -->"
_MOST_ROWS = 200


def render_comparison_markdown(comparison: Comparison, *, most_bytes: int = MOST_BYTES) -> str:
    """The comparison in at most so many bytes; with a hidden marker by which a comment is found again."""
    for details, rows in ((True, _MOST_ROWS), (False, _MOST_ROWS), (False, 40), (False, 10), (False, 0)):
        text = "\n".join(_lines(comparison, rows, details=details)) + "\n"
        if len(text.encode()) <= most_bytes:
            return text
    return text


def _lines(comparison: Comparison, rows: int, *, details: bool) -> Iterator[str]:
    yield _MARKER
    yield f"### teli-iac diff: {code(comparison.project or '(none)')} since {code(comparison.asked)}"
    yield ""
    yield from (
        f"**{prose(each)}**" if not number else prose(each) for number, each in enumerate(closing(comparison))
    )
    yield from _alarms(comparison.campaigns, rows)
    yield from _in_two(comparison.in_two)
    yield from _table(comparison.campaigns, rows)
    if details:
        yield from _details(comparison)
    elif comparison.differs:
        yield from ("", "The details do not fit here; `teli-iac diff` shows all of them.")


def _alarms(campaigns: Sequence[CampaignChange], rows: int) -> Iterator[str]:
    alarming = [change for change in campaigns if ALARMING & set(change.consequences)]
    if alarming:
        yield ""
        yield from (
            f"- :warning: {code(change.address)}: {prose('; '.join(consequences(change)))}"
            for change in alarming[:rows]
        )
    if alarming[rows:]:
        yield f"- :warning: {counted(len(alarming[rows:]), 'more campaign')} like these"


def _in_two(shared: PeopleInTwo) -> Iterator[str]:
    facts = [*facts_in_two(shared)]
    if facts:
        sign = ":warning: " if alarms(shared) else ""
        yield from ("", f"- {sign}{TITLE}: {prose('; '.join(fact.text for fact in facts))}")


def _table(campaigns: Sequence[CampaignChange], rows: int) -> Iterator[str]:
    if not campaigns or not rows:
        return
    yield from ("", "| campaign | | people |", "|---|---|---|")
    for change in campaigns[:rows]:
        cells = (code(change.address), change.difference.value, prose(people_in_words(change.people)))
        yield f"| {' | '.join(each.replace('|', '&#124;') for each in cells)} |"
    if campaigns[rows:]:
        yield f"| {len(campaigns) - rows:,} more | | |"


def _details(comparison: Comparison) -> Iterator[str]:
    if comparison.settings:
        yield from _folded("the Project", _fields(comparison.settings))
    for each in comparison.shared:
        yield from _folded(
            code(each.address), [*_fields(each.fields), f"- reaches {prose(named(each.reaches))}"]
        )
    for change in comparison.campaigns:
        lines = [*_fields(shown_fields(change)), *(f"- {prose(each)}" for each in consequences(change))]
        yield from _folded(
            f"{code(change.address)} {change.difference.value}", [*lines, f"- {code(place(change.origin))}"]
        )


def _folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    # GitHub reads Markdown within <summary> only where it stands on lines of its own.
    yield from ("", "<details>", "<summary>", "", title, "", "</summary>", "", *lines, "", "</details>")


def _fields(fields: Sequence[FieldChange]) -> list[str]:
    arrow = "\N{RIGHTWARDS ARROW}"
    return [
        f"- {code(value(each.path))}: {code(value(each.before))} {arrow} {code(value(each.after))}"
        for each in fields
    ]
