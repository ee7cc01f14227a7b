"""The golden cases in tests/cases/plans_as_text/: which plan, how wide, with colour or without.

`python -m tests.render.goldens` writes them again; read what changed before you commit it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from teli_iac.render import render_text
from tests.render.plans import PLANS

FOLDER = Path(__file__).parents[1] / "cases" / "plans_as_text"
_USUAL_WIDTH = 80
_AT_EVERY_WIDTH = ("mixed", "long_names", "blocked_edit", "every_guard")
_OTHER_WIDTHS = (60, 120)
_IN_COLOUR = ("mixed",)
_VISIBLE_ESCAPE = "␛"


@dataclass(frozen=True, slots=True)
class Golden:
    """One file and how its text is made; escapes are written as ␛, so that a review shows them."""

    plan: str
    width: int
    colour: bool = False

    @property
    def file(self) -> Path:
        width = "" if self.width == _USUAL_WIDTH else f"-{self.width}-columns"
        return FOLDER / f"{self.plan}{width}{'-in-colour' if self.colour else ''}.txt"

    def render(self) -> str:
        shown = PLANS[self.plan]()
        text = render_text(shown.plan, shown.refusals, colour=self.colour, width=self.width)
        return text.replace("\x1b", _VISIBLE_ESCAPE)


def every_golden() -> Iterator[Golden]:
    for name in PLANS:
        yield Golden(name, _USUAL_WIDTH)
    for name in _AT_EVERY_WIDTH:
        for width in _OTHER_WIDTHS:
            yield Golden(name, width)
    for name in _IN_COLOUR:
        yield Golden(name, _USUAL_WIDTH, colour=True)


if __name__ == "__main__":
    for golden in every_golden():
        golden.file.write_text(golden.render(), encoding="utf-8")
