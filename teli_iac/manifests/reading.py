"""The only home of PyYAML: text to documents, strictly, with a place for every key and value.

The parser's events are counted before anything is built from them, so that neither depth nor size can
hurt; nothing is ever resolved, expanded or constructed by PyYAML itself (hazards: YAML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from teli_iac.manifests.characters import decode
from teli_iac.manifests.composing import Composer, GivenUp
from teli_iac.manifests.document import Fault, Reading, Span
from teli_iac.manifests.excerpts import lines_of, unread_spans
from teli_iac.manifests.faults import MAX_DEPTH, too_deep
from teli_iac.manifests.plain import read_plain

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 4 * 1024 * 1024
_BRACKET = re.compile(r"[\[\]{}]")


def read_yaml(data: bytes, *, pure: bool = False) -> Reading:
    """Take the bytes of one file apart; whatever they are, this returns and does not take seconds.

    `pure` asks for the parser written in Python, which also serves where libyaml is not built in.
    The plain style is read without either (`plain`).
    """
    if len(data) > MAX_BYTES:
        return _unreadable("", (_too_large(),))
    text, faults = decode(data)
    if faults:
        return _unreadable(text, faults)
    return (None if pure else read_plain(text)) or read_exactly(text, pure=pure)


def read_exactly(text: str, *, pure: bool = False) -> Reading:
    """Take a text apart by the events of a parser of YAML, with a complaint about all that is not read."""
    composer = Composer()
    hidden, broken = _compose(composer, text, pure=pure)
    return Reading(
        text,
        tuple(composer.roots),
        tuple(composer.faults),
        frozenset(composer.faulted),
        (*composer.personal, *hidden),
        broken,
    )


def _compose(composer: Composer, text: str, *, pure: bool) -> tuple[tuple[Span, ...], bool]:
    """Read to the end, or until it cannot go on: then also what of the rest must not be shown."""
    import yaml  # noqa: PLC0415  PyYAML is paid for only by commands that read manifests

    try:
        for event in events(text, pure=pure):
            composer.take(event)
    except GivenUp:
        return composer.open_personal(), True
    except yaml.YAMLError as error:
        fault = _too_deep(composer, text) or _not_yaml(error, text)
        composer.faults.append(fault)
        # The parser looks ahead, so what stands between its last event and the fault was never understood.
        unread = unread_spans(text, *composer.end, fault.line)
        return composer.open_personal() or unread, True
    return (), False


def events(text: str, *, pure: bool) -> Iterator[yaml.Event]:
    """The parser's events, with the places where they begin and end; raises YAMLError where it stops."""
    import yaml  # noqa: PLC0415  as above

    loader = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(loader(text).get_event, None)


def _not_yaml(error: yaml.YAMLError, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed")
    lines = lines_of(text)
    line = min(mark.line + 1, len(lines)) if mark else 1
    column = min(mark.column + 1, len(lines[line - 1]) + 1) if mark else 1
    return Fault(
        "TELI-E022",
        f"This is not YAML: {said}",
        "Look at the indentation, the quotes and the brackets here and just above.",
        line,
        column,
    )


def _too_deep(composer: Composer, text: str) -> Fault | None:
    """Whether brackets alone nest too deep ahead: libyaml then fails before it tells any of them."""
    lines = lines_of(text)
    depth, (first, column) = composer.depth, composer.end
    for line in range(first, min(first + 2, len(lines)) + 1):
        for bracket in _BRACKET.finditer(lines[line - 1], column - 1):
            depth += 1 if bracket[0] in "[{" else -1
            if depth > MAX_DEPTH:
                return too_deep(line, bracket.start() + 1)
        column = 1
    return None


def _too_large() -> Fault:
    return Fault(
        "TELI-E015",
        f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB",
        "Split it; long lists of people belong into a leads file (`leads: {file: …}`).",
    )


def _unreadable(text: str, faults: tuple[Fault, ...]) -> Reading:
    hidden = unread_spans(text, 1, 1, max(fault.line for fault in faults))
    return Reading(text, (), faults, frozenset(), hidden, broken=True)
