"""Write the results into docs/performance.md, where its comments say: `python -m docs.write_performance`."""  # noqa: INP001  docs/ is a folder of pages, not a package

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.goals import goals_markdown
from benchmarks.results import Results, newest

PAGE = Path(__file__).with_name("performance.md")


def page(text: str, results: Results) -> str:
    """The page, with everything between the comments taken from the results."""
    written = {
        "goals": f"{_whence(results)}\n\n{goals_markdown(results.tables)}",
        "tables": "\n".join(table.markdown() for table in results.tables),
    }
    for name, part in written.items():
        between = re.compile(
            rf"(<!-- {name} of the newest results -->\n).*?(<!-- end of {name} -->\n)", re.DOTALL
        )
        text = between.sub(rf"\1\n{_literal(part)}\n\2", text)
    return text


def _literal(part: str) -> str:
    return part.replace("\\", "\\\\")


def _whence(results: Results) -> str:
    return f"teli-iac {results.version}, measured on {results.day}: {results.place()}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), newest()), encoding="utf-8")
