"""Judges a long list without holding it: the engine proves it clean, or the exact way says what is wrong."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from teli_iac.identity import add_fingerprints
from teli_iac.leads.engine import Doubtful, can_prove, is_installed
from teli_iac.leads.engine.proofs import Proofs
from teli_iac.leads.exact import read_rows
from teli_iac.leads.far import FarPeople, changed, proven_pieces, reader_of, rows_in_pieces
from teli_iac.leads.faults import Fault, Faults, Unreadable
from teli_iac.leads.formats import format_of
from teli_iac.leads.opened import opened_below
from teli_iac.leads.people import Numbers, collector_at_rest, judge
from teli_iac.leads.refusals import Refusals
from teli_iac.leads.ways import Ways
from teli_iac.model import Fingerprint, Leads, LeadsReference


def read_long(reference: LeadsReference, folder: str, source: str, ways: Ways) -> Leads:
    """The people of a long file, judged without being held. Raises Unreadable with every fault."""
    format_ = format_of(reference.file or "")
    if ways.extras and can_prove(reference, format_) and is_installed():
        with suppress(Doubtful, Unreadable):
            return _prove(reference, folder, source, ways)
    return _judge(reference, folder, source, ways)


def _prove(reference: LeadsReference, folder: str, source: str, ways: Ways) -> Leads:
    from teli_iac.leads.engine.judging import judge_columns  # noqa: PLC0415  as above

    file = reference.file or ""
    proofs = Proofs()
    with opened_below(folder, file) as opened:
        fingerprint = judge_columns(proven_pieces(opened, format_of(file), reference, ways, proofs))
        content, count = opened.content, fingerprint.count
    people = FarPeople(reference, folder, ways, content, count, is_proven=True, proofs=proofs)
    return Leads(people, fingerprint, Refusals().finished(), source)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of one reading; `content` is None where it stopped before the end."""

    content: str | None
    fingerprint: Fingerprint
    refusals: Refusals
    faults: tuple[Fault, ...]
    repeated: frozenset[str]


def _judge(reference: LeadsReference, folder: str, source: str, ways: Ways) -> Leads:
    """By the exact way; a list with repeated numbers is read once more, now that they are known."""
    judged = first = _judge_once(reference, folder, source, frozenset())
    if first.repeated:
        judged = _judge_once(reference, folder, source, first.repeated)
    if judged.faults:
        raise Unreadable(*judged.faults)
    if judged.content is None or judged.content != first.content:
        raise changed(source)
    count = judged.fingerprint.count
    people = FarPeople(
        reference, folder, ways, judged.content, count, is_proven=False, repeated=first.repeated
    )
    return Leads(people, judged.fingerprint, judged.refusals.finished(), source)


def _judge_once(reference: LeadsReference, folder: str, source: str, watched: frozenset[str]) -> _Judged:
    faults, refusals, numbers = Faults(), Refusals(), Numbers()
    fingerprint = Fingerprint(0, 0)
    content: str | None = None
    last: tuple[Fault, ...] = ()
    with opened_below(folder, reference.file or "") as opened, collector_at_rest():
        rows = read_rows(opened, format_of(reference.file or ""), reference, faults)
        try:
            for piece in rows_in_pieces(judge(rows, reader_of(reference), refusals, source, watched)):
                fingerprint = add_fingerprints(fingerprint, piece.fingerprint())
                numbers.add(piece.numbers())
            content = opened.content
        except Unreadable as unreadable:
            last = unreadable.faults
    told = (*faults, *last)
    return _Judged(content, fingerprint, refusals, told, watched or numbers.repeated())
