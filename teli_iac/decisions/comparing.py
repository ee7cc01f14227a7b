"""Hold a run of a campaign against its manifest: who is wanted and not given, which live parts are stale.

Unknown is never different: what the API hides is compared with what we recorded (semantics §5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from teli_iac.decisions.situation import Part, Situation
from teli_iac.identity import digest_part, person_keys
from teli_iac.model import Campaign, Leads, PartState, People, RecordedPart
from teli_iac.people import NotAmong, fingerprint, in_pieces, key_all, leave_out, persons_of, pick
from teli_iac.splitting import cut, split


@dataclass(frozen=True, slots=True)
class Difference:
    """How a run differs from its manifest: stale live parts by why, and who is to be launched.

    `removed` and `changed_details` count people of live parts who may not have been called yet.
    `settings_differ` speaks of every part that somebody was given to and kept, live or not.
    """

    stale: tuple[Part, ...]
    stale_settings: tuple[Part, ...]
    removed: int
    changed_details: int
    to_launch: People
    settings_differ: bool

    @property
    def added(self) -> int:
        """How many wanted people are not given in this run."""
        return len(self.to_launch)

    @property
    def anything(self) -> bool:
        """Whether there are people to launch, or a stale live part."""
        return bool(self.stale or self.added)


NO_DIFFERENCE = Difference((), (), 0, 0, (), settings_differ=False)


def compare(situation: Situation, wanted: Campaign) -> Difference:
    """The difference of the wanted run."""
    given = [part for part in situation.in_run(wanted.run) if part.recorded]
    if not given:
        return replace(NO_DIFFERENCE, to_launch=wanted.leads.rows)
    if len(given) == 1 and is_as_wanted(given[0].recorded, wanted):
        return NO_DIFFERENCE
    return _compare_people(situation, wanted, given)


def is_as_wanted(part: RecordedPart | None, wanted: Campaign) -> bool:
    """Whether one part alone is the whole wanted run; telling that needs nobody's keyed hash."""
    if part is None or part.released is not None or part.releasing:
        return False
    return part.digest == digest_of(wanted)


def _compare_people(situation: Situation, wanted: Campaign, given: list[Part]) -> Difference:
    key = situation.key
    details = dict(key_all(key, wanted.leads.rows))
    known = {person for part in given for person, _ in given_people(situation, part)}
    live = [part for part in given if part.running]
    concerned = {part.campaign_id: _concerned(situation, part, details) for part in live}
    stale_settings = tuple(part for part in live if _settings_differ(part, wanted))
    everybody = {person for persons in concerned.values() for person in persons}
    return Difference(
        stale=tuple(p for p in live if p in stale_settings or concerned[p.campaign_id]),
        stale_settings=stale_settings,
        removed=sum(person not in details for person in everybody),
        changed_details=sum(person in details for person in everybody),
        to_launch=pick(wanted.leads.rows, NotAmong(key, known)),
        settings_differ=any(_settings_differ(part, wanted) and _has_kept(situation, part) for part in given),
    )


def _concerned(situation: Situation, part: Part, details: Mapping[bytes, bytes]) -> set[bytes]:
    """People of a live part who are no longer wanted as they were given, unless they were called already."""
    differing = {person for person, detail in given_people(situation, part) if details.get(person) != detail}
    uncalled = situation.uncontacted.get(part.campaign_id)
    return differing if uncalled is None else differing & uncalled


def _has_kept(situation: Situation, part: Part) -> bool:
    """Whether anybody was given to a part and not released: what nobody was called with concerns nobody."""
    return any(True for _ in given_people(situation, part))


def given_people(situation: Situation, part: Part) -> Iterator[tuple[bytes, bytes]]:
    """Whom a part was given to and who was not released from it, as keyed numbers and details."""
    record = part.recorded
    if record is None:
        return iter(())
    people = situation.people[record.people]
    if record.released is None:
        return iter(people)
    return iter(leave_out(people, situation.people[record.released]))


def digest_of(wanted: Campaign) -> str:
    """The digest of the wanted run launched whole, as part 1 would be."""
    return digest_part(wanted.settings, wanted.leads.fingerprint)


def in_parts(wanted: Campaign) -> Iterator[Campaign]:
    """The campaign launched whole, and each part alone that its limit would split it into."""
    yield wanted
    shares = split(wanted.leads, wanted.max_per_part)
    if len(shares) > 1:
        yield from (replace(wanted, leads=share) for share in shares)


def only(leads: Leads, people: People) -> Leads:
    """These people alone, of the same source."""
    return replace(leads, rows=people, fingerprint=fingerprint(people))


def count_again(situation: Situation, wanted: Campaign, people: People) -> int:
    """How many of the people were given in another run, or in a create that is retried.

    Everybody, where the ledger cannot tell.
    """
    known = _known_before(situation, wanted)
    if known is None:
        return len(people)
    return sum(person in known for person in persons_of(situation.key, people)) if known else 0


def people_again(situation: Situation, wanted: Campaign) -> Sequence[int]:
    """The same of everybody wanted, for each part that they are split into."""
    people, most = wanted.leads.rows, wanted.max_per_part
    if most is None or len(people) <= most:
        return (count_again(situation, wanted, people),)
    cuts = cut(people, most)
    known = _known_before(situation, wanted)
    if known is None:
        return [each.count for each in cuts.fingerprints]
    again = [0 for _ in cuts.fingerprints]
    for piece in in_pieces(people) if known else ():
        numbers = piece.numbers()
        for part, person in zip(cuts.parts_of(numbers), person_keys(situation.key, numbers), strict=True):
            again[part] += person in known
    return again


def _known_before(situation: Situation, wanted: Campaign) -> set[bytes] | None:
    """Whom another run, or a create that is retried, was given: None where the ledger cannot tell."""
    earlier = [p for p in situation.parts if p.reference.run != wanted.run and not p.never_was]
    if any(part.recorded is None for part in earlier):
        return None
    retried = [p for p in situation.parts if p.state is PartState.RETRIED]
    return {person for part in (*earlier, *retried) for person, _ in given_people(situation, part)}


def share_of_known_people(situation: Situation, wanted: Campaign, leaving: Iterable[Situation]) -> float:
    """The greatest share of the wanted people that one leaving campaign was given.

    A list with a limit may be launched in part only: then the share of those given counts as well.
    """
    theirs = [_given(other) for other in leaving]
    if not any(theirs) or not len(wanted.leads):  # hashing a million people is not free
        return 0.0
    mine = {*persons_of(situation.key, wanted.leads.rows)}
    whole = len(mine)
    given = [min(whole, len(known)) if wanted.max_per_part else whole for known in theirs]
    return max(len(mine & known) / (size or whole) for known, size in zip(theirs, given, strict=True))


def _given(situation: Situation) -> set[bytes]:
    parts = (part for part in situation.parts if not part.never_was)
    return {person for part in parts for person, _ in given_people(situation, part)}


def _settings_differ(part: Part, wanted: Campaign) -> bool:
    return part.recorded is not None and part.recorded.settings != wanted.settings
