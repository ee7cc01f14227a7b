"""From pages to text: two spaces a level, at most one blank line, comments where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from teli_iac.manifests.formatting.ordering import Schema, below, in_order, schema_for, schema_of
from teli_iac.manifests.formatting.scalars import INDENT, written, written_key, written_lines
from teli_iac.manifests.formatting.tree import Collection, Entry, Node, Page, Scalar

WIDEST = 110
"""What is written in brackets and would be longer gets a line for each entry."""

_GAP = "  "


class _Line(NamedTuple):
    text: str
    is_comment: bool = False


def print_pages(pages: Sequence[Page], comments: Sequence[str]) -> str:
    """The text of a file; `comments` is all there is when it has no document."""
    if not pages:
        return "".join(f"{line}\n" for line in _trimmed(comments))
    printed = [_page(page) for page in _filled(pages)]
    return "".join(
        f"{line}\n" for number, page in enumerate(printed) for line in (("---",) if number else ()) + page
    )


def _filled(pages: Sequence[Page]) -> list[Page]:
    """The pages that hold something; the comments of an empty one go to the next, or to the last."""
    filled: list[Page] = []
    ahead: list[str] = []
    for page in pages:
        if isinstance(page.root, Scalar) and not page.root.text:
            ahead += (*page.head, *page.tail)
            continue
        page.head, ahead = [*ahead, *page.head], []
        filled.append(page)
    if not filled:
        return [pages[0]] if not ahead else [_with_head(pages[0], ahead)]
    filled[-1].tail += ahead
    return filled


def _with_head(page: Page, head: list[str]) -> Page:
    page.head, page.tail = head, []
    return page


def _page(page: Page) -> tuple[str, ...]:
    body = [line.text for line in _root(page)]
    head, tail = _trimmed(page.head), _trimmed([*page.tail])
    if page.head and not page.head[-1] and head:
        head.append("")
    if page.tail and not page.tail[0] and tail:
        tail.insert(0, "")
    directive = (page.directive, "---") if page.directive else ()
    return (*directive, *head, *body, *tail)


def _root(page: Page) -> Iterator[_Line]:
    root = page.root
    if isinstance(root, Scalar):
        yield from (_Line(line) for line in written_lines(root, INDENT, 0) if line)
    elif not root.entries:
        yield _Line("{}" if root.is_mapping else "[]")
    else:
        yield from _lines(root, schema_of(page), 0)


def _lines(collection: Collection, schema: Schema, indent: int) -> Iterator[_Line]:
    """A collection with a line for each entry."""
    pad = " " * indent
    schema = below(schema, collection)
    for number, entry in enumerate(in_order(collection, schema)):
        body = [*_entry(collection, entry, schema, indent)]
        hoisted = [*_hoisted(body, entry)]
        before = [*entry.before, *(line.text.lstrip(" ") for line in hoisted)]
        while not number and before and not before[0]:
            before.pop(0)
        yield from _comment_lines(before, pad)
        yield from body[len(hoisted) :]
    yield from _comment_lines(_without_end(collection.after), pad)


def _comment_lines(texts: Sequence[str], pad: str) -> Iterator[_Line]:
    yield from (_Line(pad + text if text else "", is_comment=True) for text in _squeezed(texts))


def _hoisted(body: Sequence[_Line], entry: Entry) -> Iterator[_Line]:
    """Comments that would come between a dash and what it leads: they go above the dash."""
    if entry.key is None and body and body[0].is_comment:
        for line in body:
            if not line.is_comment:
                return
            yield line


def _entry(parent: Collection, entry: Entry, schema: Schema, indent: int) -> Iterator[_Line]:
    pad, inner = " " * indent, indent + INDENT
    lead = "-" if entry.key is None else f"{written_key(entry.key)}:"
    node, schema = entry.value, schema_for(schema, entry)
    if isinstance(node, Scalar):
        first, *more = written_lines(node, inner, parent.column)
        texts = [f"{pad}{lead} {first}" if first else pad + lead, *more]
        at = 0 if node.style and node.style in "|>" else len(texts) - 1
        texts[at] = _with_comment(texts[at], entry)
        yield from map(_Line, texts)
        return
    short = _short(node, below(schema, node))
    fits = short is not None and indent + len(lead) + 1 + len(short) <= WIDEST
    if short is not None and (fits or not node.entries):
        yield _Line(_with_comment(f"{pad}{lead} {short}", entry))
    elif entry.key is not None:
        yield _Line(_with_comment(pad + lead, entry))
        yield from _lines(node, schema, inner)
    else:
        yield from _after_dash([*_lines(node, schema, inner)], pad, entry)


def _after_dash(lines: Sequence[_Line], pad: str, entry: Entry) -> Iterator[_Line]:
    """The lines of an item, its dash before the first that is no comment."""
    if entry.trailing:  # of a list in brackets that got lines: its comment cannot stay beside it
        yield _Line(pad + entry.trailing, is_comment=True)
    at = next(number for number, line in enumerate(lines) if not line.is_comment)
    yield from lines[:at]
    yield _Line(f"{pad}- {lines[at].text[len(pad) + INDENT :]}")
    yield from lines[at + 1 :]


def _short(node: Node, schema: Schema) -> str | None:
    """A collection in brackets on one line, or None when it is written in lines."""
    if isinstance(node, Scalar):
        return written(node) or "null"
    if node.spread and node.entries:
        return None
    inner = [
        (f"{written_key(each.key)}: " if each.key else "")
        + str(_short(each.value, below(schema_for(schema, each), each.value)))
        for each in in_order(node, schema)
    ]
    return f"{{{', '.join(inner)}}}" if node.is_mapping else f"[{', '.join(inner)}]"


def _with_comment(text: str, entry: Entry) -> str:
    """The line with its comment, in the column where it stood when there is room."""
    if not entry.trailing:
        return text
    return f"{(text + _GAP).ljust(entry.trailing_column)}{entry.trailing}"


def _trimmed(texts: Sequence[str]) -> list[str]:
    """Without blank lines at both ends, and never two in a row."""
    kept = _without_end(texts)
    while kept and not kept[0]:
        kept.pop(0)
    return [*_squeezed(kept)]


def _without_end(texts: Sequence[str]) -> list[str]:
    kept = [*texts]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _squeezed(texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if text or not number or texts[number - 1]:
            yield text
