"""What is wrong, for people: every problem with its place, its source line, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teli_iac.errors import InvalidManifests, PlanStale, Problem, TeliIacError
from teli_iac.model import Mark
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.layout import columns
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import counted

_CARET = "^"


def render_problems(problems: Sequence[Problem], *, colour: bool) -> str:
    """Every problem as `file:line:column: CODE message`, the line with a caret, the next step; a count."""
    return paint((line for part in _parts(problems) for line in part), colour=colour)


def render_error(error: TeliIacError, *, colour: bool) -> str:
    """An error in two lines: what is wrong, and what to do. Problems in files are listed one by one."""
    if isinstance(error, InvalidManifests):
        return render_problems(error.problems, colour=colour)
    said = Span(f" {for_terminal(str(error.code))}: {for_terminal(error.message)}")
    differences = error.differences if isinstance(error, PlanStale) else ()
    named = [(Span(f"  - {for_terminal(each)}"),) for each in differences]
    return paint([(Span("Error", Ink.ALARM), said), *named, *_next_step("", error.next_step)], colour=colour)


def _parts(problems: Sequence[Problem]) -> Iterator[list[Line]]:
    for problem in problems:
        yield [
            _headline(problem),
            *_excerpt(problem),
            *_next_step(" " * _margin(problem.mark), problem.next_step),
            (),
        ]
    yield [(Span(_count(problems), Ink.STRONG),)]


def _headline(problem: Problem) -> Line:
    place = f"{for_terminal(str(problem.mark))}: " if problem.mark else ""
    return (
        Span(place, Ink.STRONG),
        Span(for_terminal(problem.code), Ink.ALARM),
        Span(f" {for_terminal(problem.message)}"),
    )


def _margin(mark: Mark | None) -> int:
    return len(str(mark.line)) + 2 if mark else 2


def _excerpt(problem: Problem) -> Iterator[Line]:
    """The source line after its number and a bar, the caret still under what it pointed at."""
    margin = _margin(problem.mark)
    number = f"  {problem.mark.line}" if problem.mark else " " * margin
    source = problem.excerpt[0] if problem.excerpt else ""
    for row in problem.excerpt:
        if set(row) <= {" ", _CARET} and _CARET in row:
            yield (Span(f"{' ' * margin} | ", Ink.QUIET), Span(_under(source, row), Ink.ALARM))
        else:
            yield (Span(f"{number} | ", Ink.QUIET), Span(for_terminal(row)))


def _under(source: str, carets: str) -> str:
    start = carets.index(_CARET)
    length = max(1, columns(for_terminal(source[start : len(carets.rstrip())])))
    return " " * columns(for_terminal(source[:start]).ljust(start)) + _CARET * length


def _next_step(indent: str, step: str) -> list[Line]:
    if not step:
        return []
    return [(Span(f"{indent} = next: " if indent else "Next: "), Span(for_terminal(step)))]


def _count(problems: Sequence[Problem]) -> str:
    files = len({problem.mark.file for problem in problems if problem.mark})
    where = f" in {counted(files, 'file')}" if files else ""
    return f"{counted(len(problems), 'problem')}{where}"
