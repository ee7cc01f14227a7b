"""How Sphinx builds the site from the pages in docs/: `make site`, into build/site.

The pages are plain Markdown that reads as well on a code host; what only the generator needs is added here.
Nothing is loaded from elsewhere: Furo brings its own style and script, and uses the
fonts of the reader's machine.
"""  # noqa: INP001  docs/ is a folder of pages, not a package; Sphinx runs this module

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from docs.navigation import llms_text, toctrees

project = "teli-iac"
html_title = project
html_theme = "furo"
html_show_copyright = False
html_show_sphinx = False
html_sourcelink_suffix = ""  # the Markdown of a page lies at _sources/<page>.md, for llms.txt
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}

extensions = ["myst_parser"]
myst_heading_anchors = 4  # links to #headings, named as code hosts name them
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
nitpicky = True


def setup(app: Sphinx) -> None:
    """Give Sphinx the navigation, and the site its llms.txt."""
    app.connect("source-read", _add_navigation)
    app.connect("build-finished", _write_llms)


def _add_navigation(app: Sphinx, name: str, source: list[str]) -> None:
    if name == "index":
        source[0] += "\n" + toctrees(source[0], app.env.found_docs)


def _write_llms(app: Sphinx, failure: Exception | None) -> None:
    if failure is None:
        index = (Path(app.srcdir) / "index.md").read_text(encoding="utf-8")
        text = llms_text(index, lambda name: f"_sources/{name}.md")
        (Path(app.outdir) / "llms.txt").write_text(text, encoding="utf-8")
