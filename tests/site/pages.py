"""A page of the built site as its reader's browser takes it: what it links to, loads and offers as places."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

_LOADING = {"src", "srcset", "data", "poster"}


class Page(HTMLParser):
    """One page: `links` lead somewhere, `loads` are fetched to show it, `anchors` are its places."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif name == "href" and value:
                (self.loads if tag == "link" else self.links).append(value)
            elif name in _LOADING and value:
                self.loads.append(value)
