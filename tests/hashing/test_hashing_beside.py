"""Whoever hashes the people, the records are those of the ledger, also when the other process fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from teli_iac.hashing.beside import Beside, hashing
from teli_iac.identity import key_people, records_of, row_text
from teli_iac.model import Lead, LedgerKey
from teli_iac.people import Alone, Hashing

KEY = LedgerKey(b"a key for tests, 32 bytes long..")
MANY = 10**9
PEOPLE = [
    Lead(f"+1415555{number:04}", (("first_name", f"Zoë {number}"), ("tags", ["a\nb", None])), number)
    for number in range(1000)
]
ANSWERS = {
    "nothing": "",
    "another key": "given.readline(); key = b'00' * 32; answer(Given(key + b'\\n', given), told)",
    "garbage": "given.readline(); told.write(bytes(20 * 1000)); told.flush(); given.read()",
    "half": "given.readline(); given.readline(); told.write(bytes(10)); told.flush()",
    "one piece": "answer(Lines(given, 2), told)",
}
PRELUDE = """
import sys
sys.path[:] = {path!r}
from teli_iac.hashing.program import answer
given, told = sys.stdin.buffer, sys.stdout.buffer
class Given:
    def __init__(self, first, rest): self.first, self.rest = [first], rest
    def readline(self): return self.first.pop() if self.first else self.rest.readline()
    def read(self, length): return self.rest.read(length)
class Lines(Given):
    def __init__(self, rest, count): self.count, self.rest = count, rest
    def readline(self):
        self.count -= 1
        return self.rest.readline() if self.count >= 0 else b""
"""


def taken(by: Hashing) -> list[bytes]:
    """The records of everybody, in order, given ten at a time."""
    texts = [row_text(lead).encode() for lead in PEOPLE]
    records = [record for at in range(0, 1000, 10) for record in by.take(texts[at : at + 10])]
    return sorted([*records, *by.rest()])


def expected() -> list[bytes]:
    return [person + detail for person, detail in key_people(KEY, PEOPLE)]


@contextmanager
def beside(program: str) -> Iterator[Beside]:
    """Another process than ours would be."""
    command = [sys.executable, "-c", PRELUDE.format(path=sys.path) + program]
    pipe = subprocess.PIPE
    process = subprocess.Popen(  # noqa: S603  a fixed argv
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    )
    try:
        with ThreadPoolExecutor(1) as worker:
            yield Beside(KEY, process, worker)
    finally:
        process.kill()
        process.communicate()


def test_two_processes_make_the_records_that_one_makes() -> None:
    with hashing(KEY, MANY) as by:
        assert taken(by) == expected()
        assert taken(by) == expected()
        assert isinstance(by, Beside)
        assert by.is_sound
    assert taken(Alone(KEY)) == expected()


def test_a_short_list_is_not_worth_a_process() -> None:
    with hashing(KEY, 1000) as by:
        assert isinstance(by, Alone)


@pytest.mark.parametrize("answers", ANSWERS)
def test_a_process_that_answers_wrong_or_not_at_all_is_done_without(answers: str) -> None:
    with beside(ANSWERS[answers]) as by:
        assert taken(by) == expected()
        assert taken(by) == expected()
        assert not by.is_sound


def test_texts_that_would_fall_apart_on_their_way_stay_here() -> None:
    texts = [b"+14155550101\x1efirst_name\x1fA\nda", b"+14155550102"]
    with hashing(KEY, MANY) as by:
        assert [*by.take(texts), *by.rest()] == records_of(KEY, texts)
        assert isinstance(by, Beside)
        assert not by.is_sound


def test_the_other_process_has_ended_when_we_go_on_whatever_happened() -> None:
    begun: list[Beside] = []
    with suppress(LookupError), hashing(KEY, MANY) as by:
        assert isinstance(by, Beside)
        begun.append(by)
        by.take([b"+14155550101"])
        raise LookupError
    assert begun[0].process.poll() is not None


def test_what_is_started_knows_no_variable_and_no_secret_by_its_command() -> None:
    with hashing(KEY, MANY) as by:
        assert isinstance(by, Beside)
        assert KEY.secret.hex() not in " ".join(map(str, by.process.args))  # type: ignore[arg-type]  # a list, as started
