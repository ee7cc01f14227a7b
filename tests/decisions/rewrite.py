"""`python -m tests.decisions.rewrite [NAME…]` writes the plans of case files again.

Read what changed before you commit it: a case that was written from the code says nothing about the code
until somebody has held it against the decision table.
"""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import indent

from tests.decisions.telling import tell
from tests.decisions.texts import as_text
from tests.decisions.worlds import FOLDER, Case, read_case


def rewritten(case: Case) -> str:
    """The file with the plan, and the text where it has one, as they are made now."""
    told = case.file.read_text(encoding="utf-8").partition("\nplan: |")[0].rstrip("\n")
    plan = case.worlds.plan()
    sections = [f"{told}\nplan: |\n{indent(tell(plan), '  ')}"]
    if case.text is not None:
        sections.append(f"text: |\n{indent(as_text(plan), '  ')}")
    return "".join(sections)


def _files() -> list[Path]:
    return sorted(FOLDER / f"{name}.yaml" for name in sys.argv[1:]) or sorted(FOLDER.glob("*.yaml"))


if __name__ == "__main__":
    for file in _files():
        file.write_text(rewritten(read_case(file)), encoding="utf-8")
