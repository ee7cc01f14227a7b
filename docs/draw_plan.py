"""Draw docs/plan.svg, the picture of a plan in the README: `python -m docs.draw_plan`.

It is what `teli-iac plan` prints in a terminal, not a drawing of it: the text comes from `render_text`,
and a test holds the file to it.
"""  # noqa: INP001  docs/ is a folder of pages, not a package; this one module is run, never imported by ours

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from teli_iac.render import render_text
from tests.render.plans import PLANS

PICTURE = Path(__file__).with_name("plan.svg")

_WIDTH = 80
_FONT_SIZE = 14
_COLUMN = 8.43
_ROW = 20
_MARGIN = 24
_BAR = 36
_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_STYLES = {
    "1": 'font-weight="bold" fill="#ffffff"',
    "2": 'fill="#8b949e"',
    "31": 'fill="#ff7b72"',
    "32": 'fill="#56d364"',
    "33": 'fill="#e3b341"',
    "35": 'fill="#d2a8ff"',
    "1;31": 'font-weight="bold" fill="#ff7b72"',
}


def draw(text: str) -> str:
    """Terminal output as SVG text: every run of one colour is a span at its own column."""
    rows = text.splitlines()
    width = round(_WIDTH * _COLUMN + 2 * _MARGIN)
    height = _BAR + len(rows) * _ROW + _MARGIN
    drawn = "\n".join(filter(None, (_row(row, number) for number, row in enumerate(rows))))
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"
 role="img" aria-label="A plan of teli-iac in a terminal">
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<circle cx="22" cy="18" r="6" fill="#ff5f57"/>
<circle cx="42" cy="18" r="6" fill="#febc2e"/>
<circle cx="62" cy="18" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
 font-size="{_FONT_SIZE}" fill="#c9d1d9" xml:space="preserve">
{drawn}
</g>
</svg>
"""


def _row(row: str, number: int) -> str:
    spans = []
    column = 0
    style = ""
    for index, piece in enumerate(_SGR.split(row)):
        if index % 2:
            style = _STYLES.get(piece, "")
        else:
            spans.append(_span(piece, column, style))
            column += len(piece)
    drawn = "".join(spans)
    return f'<text y="{_BAR + (number + 1) * _ROW - 5}">{drawn}</text>' if drawn else ""


def _span(text: str, column: int, style: str) -> str:
    """Words only: the spaces before them move them to their column, whatever the font's width is."""
    words = text.lstrip(" ")
    if not words:
        return ""
    start = column + len(text) - len(words)
    at = round(_MARGIN + start * _COLUMN, 2)
    long = round(len(words.rstrip()) * _COLUMN, 2)
    styled = f" {style}" if style else ""
    return f'<tspan x="{at}" textLength="{long}"{styled}>{escape(words.rstrip())}</tspan>'


def picture() -> str:
    """The picture as it should be now."""
    shown = PLANS["picture"]()
    return draw(f"$ teli-iac plan\n\n{render_text(shown.plan, shown.refusals, colour=True, width=_WIDTH)}")


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
