"""Places in the text of a query."""

from __future__ import annotations


def place_in_query(text: str, position: str | None, before: int = 0) -> str:
    """`, at line 2, column 8 of the query`, or nothing.

    `position` is counted from 1 in what the database was sent, of which `before` characters are not the
    query's.
    """
    if position is None or not position.isdecimal():
        return ""
    offset = int(position) - 1 - before
    if not 0 <= offset <= len(text):
        return ""
    above = text[:offset]
    return f", at line {above.count(chr(10)) + 1}, column {offset - above.rfind(chr(10))} of the query"
