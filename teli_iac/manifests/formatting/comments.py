"""Every comment of a text, and the entry it speaks of, so that it moves with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from teli_iac.manifests.formatting.tree import Collection, Entry, Lines, Page, Scalar

_BLOCK = frozenset("|>")


@dataclass(frozen=True, slots=True, repr=False)
class Comment:
    """A comment from its `#` to the end of its line; `alone` when nothing stands before it there."""

    text: str
    offset: int
    column: int
    alone: bool
    blank_above: bool


@dataclass(frozen=True, slots=True, repr=False)
class _Placed:
    """An entry that will have a line of its own, within its collection and below its owner."""

    entry: Entry
    collection: Collection
    owner: _Placed | None


def find_comments(lines: Lines, scalars: Sequence[Scalar]) -> list[Comment]:
    """What begins with `#` outside of keys and values; the line of a block's mark may have one too."""
    kept = _kept_blanks(scalars)
    return [_comment(lines, at, end, kept) for at, end in _spans(lines.text, scalars)]


def attach_comments(lines: Lines, pages: Sequence[Page], scalars: Sequence[Scalar]) -> None:
    """Hand every comment, and every blank line, to the entry or page that it belongs to."""
    comments = find_comments(lines, scalars)
    kept = _kept_blanks(scalars)
    starts = [0, *(page.start for page in pages[1:]), len(lines.text) + 1]
    offsets = [each.offset for each in comments]
    for number, page in enumerate(pages):
        first, last = (bisect_left(offsets, start) for start in starts[number : number + 2])
        placed = [*_placed(page.root, None)]
        places = [each.entry.start for each in placed]
        for each in comments[first:last]:
            _attach(each, page, placed, bisect_right(places, each.offset))
        for at, each_placed in enumerate(placed):
            if _has_blank_above(lines, each_placed.entry, kept):
                # A blank line below the comments at the top is theirs: the first key may move.
                (each_placed.entry.before if at else page.head).append("")


def only_comments(lines: Lines) -> list[str]:
    """The lines of a text that holds no document."""
    return [text for each in find_comments(lines, ()) for text in (*_blank(each), each.text)]


def _spans(text: str, scalars: Iterable[Scalar]) -> Iterator[tuple[int, int]]:
    at = 0
    for scalar in scalars:
        yield from _between(text, at, scalar.start)
        if scalar.style and scalar.style in _BLOCK:
            yield from _between(text, scalar.start, _line_end(text, scalar.start))
        at = max(at, scalar.end)
    yield from _between(text, at, len(text))


def _between(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    while (at := text.find("#", at, end)) >= 0:
        stop = min(_line_end(text, at), end)
        yield at, stop
        at = stop


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _comment(lines: Lines, at: int, end: int, kept: frozenset[int]) -> Comment:
    start = lines.text.rfind("\n", 0, at) + 1
    alone = not lines.text[start:at].strip(" \t")
    return Comment(
        lines.text[at:end].rstrip(), at, at - start, alone, alone and _is_blank_above(lines, start, kept)
    )


def _kept_blanks(scalars: Iterable[Scalar]) -> frozenset[int]:
    """Where blocks end whose blank lines belong to them."""
    return frozenset(each.end for each in scalars if each.style in _BLOCK and each.value.endswith("\n\n"))


def _is_blank_above(lines: Lines, start: int, kept: frozenset[int]) -> bool:
    if start == 0 or start in kept:
        return False
    above = lines.text.rfind("\n", 0, start - 1) + 1
    return not lines.text[above : start - 1].strip(" \t")


def _placed(node: Scalar | Collection, owner: _Placed | None) -> Iterator[_Placed]:
    """The entries that get lines, in the order they stand."""
    if isinstance(node, Scalar) or not node.spread:
        return
    for entry in node.entries:
        here = _Placed(entry, node, owner)
        yield here
        yield from _placed(entry.value, here)


def _attach(comment: Comment, page: Page, placed: Sequence[_Placed], at: int) -> None:
    """To one of the entries; the comment stands before the one of number `at`."""
    if not at:
        page.head += (*_blank(comment), comment.text)
    elif comment.alone:
        _attach_line(comment, page, placed[at - 1], placed[at] if at < len(placed) else None)
    else:
        _attach_trailing(comment, _around(placed[at - 1], comment.offset))


def _around(placed: _Placed, offset: int) -> _Placed:
    """The entry itself, or the one whose brackets have closed before the offset."""
    while placed.owner and placed.collection.flow and placed.collection.end <= offset:
        placed = placed.owner
    return placed


def _attach_trailing(comment: Comment, placed: _Placed) -> None:
    entry = placed.entry
    opens_lines = entry.key is None and isinstance(entry.value, Collection) and entry.value.spread
    if entry.trailing or opens_lines:
        entry.before.append(comment.text)
    else:
        entry.trailing, entry.trailing_column = comment.text, comment.column


def _attach_line(comment: Comment, page: Page, previous: _Placed, following: _Placed | None) -> None:
    """To the entry below; to the end of an inner collection when it is indented like that one."""
    text = (*_blank(comment), comment.text)
    inner = None if page.tail else _left(comment, previous, following)
    if inner is not None:
        inner.after += text
    elif following is not None:
        following.entry.before += text
    else:
        page.tail += text


def _left(comment: Comment, previous: _Placed, following: _Placed | None) -> Collection | None:
    """The collection that ends below this comment and that the comment still belongs to, if any."""
    stays = following.collection if following else None
    if following and (following.owner is previous or following.entry.before):
        return None
    left: Collection | None = None
    here: _Placed | None = previous
    while here and here.collection is not stays:
        # What follows a comment that stands further out cannot stand further in again.
        if here.collection.after if left else _holds(here.collection, comment):
            left = here.collection
        here = here.owner
    return left


def _holds(collection: Collection, comment: Comment) -> bool:
    if collection.flow:
        return comment.offset < collection.end
    return 0 < collection.column <= comment.column


def _has_blank_above(lines: Lines, entry: Entry, kept: frozenset[int]) -> bool:
    start = lines.text.rfind("\n", 0, entry.start) + 1
    return not lines.text[start : entry.start].strip(" \t") and _is_blank_above(lines, start, kept)


def _blank(comment: Comment) -> tuple[str, ...]:
    return ("",) if comment.blank_above else ()
