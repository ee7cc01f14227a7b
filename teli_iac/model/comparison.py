"""What a change to the manifests means, told without the API: campaigns, people and what is shared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from teli_iac.model.marks import Mark
from teli_iac.model.plan import FieldChange


class Difference(StrEnum):
    """How something stands in the manifests before and after."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Consequence(StrEnum):
    """What an apply would make of it; what depends on the state of Teli says so in its sentence."""

    LAUNCHES = "launches"
    HELD = "held"
    KEEPS_MEMORY = "keeps_memory"
    LOOKS_RENAMED = "looks_renamed"
    IMPORTED = "imported"
    CALLS_AGAIN = "calls_again"
    RUN_WENT_BACK = "run_went_back"
    EXTENDS = "extends"
    STOPS_AND_RELAUNCHES = "stops_and_relaunches"
    PAUSES = "pauses"
    RESUMES = "resumes"
    ENDS = "ends"
    DELETES = "deletes"
    ENDS_ON_REMOVE = "ends_on_remove"
    RETAINS = "retains"
    NOTHING = "nothing"
    LAUNCHES_ANSWER = "launches_answer"
    CALLS_ANSWER = "calls_answer"
    ASKS_OTHERWISE = "asks_otherwise"


@dataclass(frozen=True, slots=True)
class PeopleChange:
    """Two lists of people in numbers: `changed` are in both with other details.

    `is_known` is false where one of them is the answer to a query: a comparison asks no database. So is
    `are_lists_known` where a do-not-call list is: some of these people may be left out.
    """

    before: int
    after: int
    added: int
    removed: int
    changed: int
    is_known: bool = True
    are_lists_known: bool = True

    @property
    def differs(self) -> bool:
        """Whether the lists are not the same."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class CampaignChange:
    """One campaign that is not as it was. `again` are people whom a higher run calls once more.

    `new` are people whom an apply calls for the first time as far as manifests tell. `like` is the address
    of the campaign that this one looks like, or was renamed from. `origin` is its manifest, the earlier one
    where it was removed.
    """

    address: str
    difference: Difference
    people: PeopleChange
    fields: tuple[FieldChange, ...]
    consequences: tuple[Consequence, ...]
    new: int
    again: int
    origin: Mark
    like: str = ""


@dataclass(frozen=True, slots=True)
class SharedChange:
    """A NumberPool or RedialPolicy that campaigns refer to, and the addresses of those it reaches."""

    address: str
    fields: tuple[FieldChange, ...]
    reaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InTwo:
    """A campaign, and how many of its people another campaign calls as well, before and after."""

    address: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PeopleInTwo:
    """People whom two campaigns that are still to call have, before and after.

    `introduced` are those after who were not among those before. `campaigns` are all that share anybody on
    either side. `unread` counts the campaigns whose query was not run, where others could share people with
    them. `limit` is how many the guard `duplicate_people` lets pass.
    """

    before: int
    after: int
    introduced: int
    campaigns: tuple[InTwo, ...]
    unread: int
    limit: int

    @property
    def resolved(self) -> int:
        """Those before who are not among those after."""
        return self.before + self.introduced - self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between the manifests of a revision and those of the working tree.

    `revision` is the commit's full name and `asked` how it was asked for. `unchanged` counts campaigns.
    """

    project: str
    asked: str
    revision: str
    settings: tuple[FieldChange, ...]
    shared: tuple[SharedChange, ...]
    campaigns: tuple[CampaignChange, ...]
    unchanged: int
    in_two: PeopleInTwo

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.settings or self.shared or self.campaigns)

    @property
    def new_people(self) -> int:
        """People called for the first time, as far as manifests tell."""
        return sum(change.new for change in self.campaigns)

    @property
    def people_again(self) -> int:
        """People whom a higher run calls once more."""
        return sum(change.again for change in self.campaigns)

    def count(self, difference: Difference) -> int:
        """How many campaigns differ so."""
        return sum(_is(change, difference) for change in self.campaigns)


def _is(change: CampaignChange, difference: Difference) -> bool:
    return change.difference is difference
