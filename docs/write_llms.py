"""Write llms.txt, the list of pages for language models: `python -m docs.write_llms`; a test holds it."""  # noqa: INP001  docs/ is a folder of pages, not a package

from __future__ import annotations

from pathlib import Path

from docs.navigation import llms_text

INDEX = Path(__file__).with_name("index.md")
FILE = INDEX.parent.parent / "llms.txt"


def text() -> str:
    """The file, with addresses as the repository has them."""
    return llms_text(INDEX.read_text(encoding="utf-8"), lambda name: f"docs/{name}.md")


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
