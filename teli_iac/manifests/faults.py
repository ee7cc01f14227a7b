"""What is refused while reading, in words; each with its code and its place."""

from __future__ import annotations

from teli_iac.manifests.characters import quoted
from teli_iac.manifests.document import Fault

MAX_DEPTH = 40
MAX_NODES = 300_000
MAX_FAULTS = 1000

_SIMPLIFY = "Split or simplify the file."


def unclear_number(key: str | None, line: int, column: int) -> Fault:
    """A plain scalar that YAML readers disagree about; `key` is None where it must not be shown."""
    named = f"The value of {quoted(key)}" if key else "This value"
    return Fault(
        "TELI-E030",
        f"{named} looks like a number, but is not written as one",
        'Quote it ("…") where text is meant; a number is written in plain decimals, such as 5 or 0.5.',
        line,
        column,
    )


def sharing(what: str, line: int, column: int) -> Fault:
    """Anchors, aliases and merge keys."""
    return Fault(
        "TELI-E025",
        f"{what} are not read",
        "Write the value out; what several campaigns share belongs into a NumberPool or RedialPolicy.",
        line,
        column,
    )


def tag(line: int, column: int) -> Fault:
    """Any tag, even one that would change nothing."""
    next_step = "Remove the tag; quote the value if it is text."
    return Fault("TELI-E026", "Tags (`!…`) are not read", next_step, line, column)


def directive(line: int, column: int) -> Fault:
    """A %TAG line."""
    message = "Directives other than %YAML are not read"
    return Fault("TELI-E027", message, "Remove the %TAG line.", line, column)


def key_not_text(line: int, column: int) -> Fault:
    """A key that is a number, true, null, a list or a mapping."""
    return Fault("TELI-E029", "This key is not text", 'Quote the key ("…") or correct it.', line, column)


def key_twice(key: str | None, first: tuple[int, int], line: int, column: int) -> Fault:
    """A repeated key, with the place of the first; `key` is None where it must not be shown."""
    named = f"The key {quoted(key)}" if key is not None else "A key"
    message = f"{named} is given twice; the first is at {first[0]}:{first[1]}"
    return Fault("TELI-E028", message, "Keep one of the two.", line, column)


def escaped_character(name: str, line: int, column: int) -> Fault:
    """A character that no manifest may hold, written as an escape."""
    return Fault(
        "TELI-E021",
        f"The character {name} may not stand in a manifest, escaped or not",
        "Remove the escape; it hides or reorders what a reader sees.",
        line,
        column,
    )


def too_deep(line: int, column: int) -> Fault:
    """More levels than any manifest needs."""
    return Fault("TELI-E023", f"Nested deeper than {MAX_DEPTH} levels", _SIMPLIFY, line, column)


def too_many_values(line: int, column: int) -> Fault:
    """More keys and values than one file may have."""
    return Fault("TELI-E024", f"More than {MAX_NODES:,} values in one file", _SIMPLIFY, line, column)


def too_many_problems(line: int, column: int) -> Fault:
    """The last complaint about a file that has no end of them."""
    message = f"{MAX_FAULTS:,} problems in this file; the rest was not looked at"
    return Fault("TELI-E031", message, "Mend these first.", line, column)
