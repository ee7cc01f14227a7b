"""Every page is tried: who does what it says, from its first block to its last, sees what it says.

`PAGES` finds the pages, so a new one is tried as soon as it is there. When this is red for a page of yours:

- It begins in an empty folder. When it takes a project for granted, say which one in `FOLDERS`
  (tests/site/folders.py). `<!-- anew: NAME -->` on the line above a block begins again, in a folder of
  `ANEW` there, and `<!-- meanwhile: WHAT -->` lets somebody else do something first.
- Every line shown below a command has to come, in that order; `…` stands for anything, and times may differ.
- A command that ends with another code than 0 is followed by `$ echo $?` and the code.
- A file to be saved has its name above the block: `` `teli.yaml`: ``, an empty line, the block.
- What cannot run in a test says so on the line above its block: `<!-- not run: docker no image is built in a
  test -->`. The first word is a program of the block, and one of `ELSEWHERE` (tests/site/marks.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.blocks import PAGES, WRITTEN, Block, blocks, text_of
from tests.site.folders import ANEW, FOLDERS, Folder, nothing
from tests.site.marks import LANGUAGES, is_tried, why_wrong
from tests.site.reader import Reader
from tests.site.words import command_lines, complaint

WITH_COMMANDS = [page for page in WRITTEN if any(map(is_tried, blocks(text_of(page))))]


def _stretches(page: str) -> list[tuple[Folder, list[Block]]]:
    """The blocks of a page with the folder they begin in; a page may begin again."""
    stretches: list[tuple[Folder, list[Block]]] = [(FOLDERS.get(page, nothing), [])]
    for block in blocks(text_of(page)):
        if block.note.startswith("anew: "):
            stretches.append((ANEW[block.note.removeprefix("anew: ")], []))
        stretches[-1][1].append(block)
    return stretches


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_somebody_who_does_what_a_page_says_sees_what_it_says(page: str, tmp_path: Path) -> None:
    for number, (begins, stretch) in enumerate(_stretches(page)):
        folder = tmp_path / str(number) / "acme"
        folder.mkdir(parents=True)
        reader = Reader(folder)
        with begins(reader):
            for block in stretch:
                if is_tried(block):
                    reader.follow(block)
                elif block.file:
                    reader.save(block)


def test_no_page_is_left_out() -> None:
    assert set(FOLDERS) <= set(WITH_COMMANDS)
    assert {"README.md", "docs/tutorial.md", "docs/ledger.md"} <= set(WITH_COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_of_a_page_could_be_typed(page: str) -> None:
    """Those that no test runs as well: commands, options and their values are held to what there is."""
    assert list(filter(None, map(complaint, command_lines(text_of(page))))) == []


@pytest.mark.parametrize("page", WRITTEN)
def test_every_block_says_what_it_is_and_none_hides_a_command(page: str) -> None:
    found = blocks(text_of(page))
    assert [block.text for block in found if block.language not in LANGUAGES] == []
    assert [wrong for block in found if (wrong := why_wrong(block))] == []
