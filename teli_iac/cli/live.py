"""A view that is painted over and over in place: on a screen of its own, as large as the terminal is now.

Nothing is left of it when it ends; the caller then writes the last state where it stays. A terminal that is
resized meanwhile gets a new picture at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from shutil import get_terminal_size
from types import TracebackType
from typing import Self, TypeAlias

from teli_iac.cli import terminal

Paint: TypeAlias = Callable[[int], str]
"""The whole picture for so many columns."""

_OPEN, _CLOSE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_HOME, _TO_LINE_END, _TO_SCREEN_END = "\x1b[H", "\x1b[K", "\x1b[J"
_SLICE = 0.2


class LiveView:
    """While entered, the terminal shows what was last given to `show`."""

    def __init__(self) -> None:
        self._paint: Paint = lambda _: ""
        self._size = (0, 0)

    def __enter__(self) -> Self:
        terminal.answer(_OPEN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        terminal.last_word(_CLOSE)

    def show(self, paint: Paint) -> None:
        """Show this from now on."""
        self._paint = paint
        self._repaint()

    def wait(self, seconds: float) -> None:
        """Let time pass, and paint anew when the terminal gets another size."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(_SLICE, left))
            if _size() != self._size:
                self._repaint()

    def _repaint(self) -> None:
        self._size = _size()
        terminal.answer(frame(self._paint(self._size[0]), self._size[1]))


def frame(text: str, rows: int) -> str:
    """The text painted over what was there; of a longer one so much as fits, and how much there is more."""
    lines = text.splitlines()
    if len(lines) >= rows:
        more = len(lines) - max(rows - 2, 0)
        lines = [*lines[: max(rows - 2, 0)], f"... {more} more lines; name campaigns to see less"]
    return _HOME + "".join(f"{line}{_TO_LINE_END}\n" for line in lines) + _TO_SCREEN_END


def pass_time(seconds: float) -> None:
    """Wait between two looks where nothing is painted."""
    time.sleep(seconds)


def _size() -> tuple[int, int]:
    size = get_terminal_size((80, 24))
    return size.columns, size.lines
