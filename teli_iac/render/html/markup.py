"""Text that others wrote, made safe for HTML, and elements around it."""

from __future__ import annotations

from html import escape

from teli_iac.render.sanitise import for_terminal


def text(raw: str) -> str:
    """What a browser shows as these characters, in an element or in a quoted attribute.

    What is invisible or turns text around is shown as an escape: two names that look alike are alike.
    """
    return escape(for_terminal(raw), quote=True)


def tag(name: str, inner: str, *, cls: str = "", id: str = "") -> str:  # noqa: A002  the attribute's own name
    """An element around what is safe already."""
    classes = f' class="{cls}"' if cls else ""
    named = f' id="{id}"' if id else ""
    return f"<{name}{named}{classes}>{inner}</{name}>\n"


def section(name: str, title: str, inner: str) -> str:
    """A part of the page that a screen reader lists under its title."""
    head = tag("h2", title, id=name)
    return f'<section aria-labelledby="{name}">\n{head}{inner}</section>\n'


def listed(items: list[str]) -> str:
    """Safe items as a list."""
    return tag("ul", "".join(tag("li", item) for item in items))


def wide(table: str, label: str) -> str:
    """A table that scrolls sideways where the screen is narrow, reachable by keyboard for that."""
    return f'<div class="wide" role="region" aria-label="{label}" tabindex="0">{table}</div>\n'
