"""The site is built as `make site` builds it, and every page of it leads only to what is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from docs.navigation import sections
from docs.write_llms import FILE, INDEX, text
from docs.write_manifests import PAGE, page
from teli_iac.model import GuardName
from tests.site.conftest import REPOSITORY
from tests.site.pages import Page


def _pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_link_and_every_place_in_a_page_is_there(site: Path) -> None:
    pages = _pages(site)
    lost = [
        f"{path.relative_to(site)}: {link}" for path, page in pages.items() for link in _lost(page, pages)
    ]
    assert lost == []
    assert sum(len(page.links) for page in pages.values()) > 100


def _lost(page: Page, pages: dict[Path, Page]) -> list[str]:
    return [link for link in page.links + page.loads if not _found(link, page, pages)]


def _found(link: str, page: Page, pages: dict[Path, Page]) -> bool:
    to = urlsplit(link)
    if to.scheme in {"https", "http", "mailto", "data"}:
        return True
    path = (page.path.parent / unquote(to.path)).resolve() if to.path else page.path
    if to.fragment and path in pages:
        return unquote(to.fragment) in pages[path].anchors
    return path.exists()


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    loads = [load for page in _pages(site).values() for load in page.loads]
    styles = [
        place
        for style in site.rglob("*.css")
        for place in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", style.read_text(encoding="utf-8"))
    ]
    foreign = [
        each for each in loads + styles if urlsplit(each).netloc or urlsplit(each).scheme not in {"", "data"}
    ]
    assert foreign == []
    assert loads


def test_every_page_is_in_the_navigation_of_the_site(site: Path) -> None:
    first = Page(site / "index.html")
    for source in (REPOSITORY / "docs").rglob("*.md"):
        name = source.relative_to(REPOSITORY / "docs").with_suffix(".html").as_posix()
        assert name == "index.html" or name in first.links


def test_every_page_has_its_place_in_the_index_and_in_llms_txt() -> None:
    listed = {page.name for section in sections(INDEX.read_text(encoding="utf-8")) for page in section.pages}
    names = {path.relative_to(INDEX.parent).with_suffix("").as_posix() for path in INDEX.parent.rglob("*.md")}
    assert names - listed == {"index"}, "a line in docs/index.md is wanted: - [Title](page.md): what is there"


def test_the_site_has_an_llms_txt_whose_pages_are_there_as_markdown(site: Path) -> None:
    told = re.findall(r"\]\(([^)]+)\)", (site / "llms.txt").read_text(encoding="utf-8"))
    assert len(told) == sum(len(section.pages) for section in sections(INDEX.read_text(encoding="utf-8")))
    assert [address for address in told if not (site / address).is_file()] == []


def test_llms_txt_lists_the_pages_that_the_index_lists() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run `python -m docs.write_llms`"


def test_the_page_of_manifests_is_what_the_schemas_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m docs.write_manifests`"


def test_the_page_of_manifests_has_every_key_of_a_guard() -> None:
    assert all(f"`spec.guards.{guard.value}`" in page() for guard in GuardName)
