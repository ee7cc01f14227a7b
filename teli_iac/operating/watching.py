"""How things stand at one moment, as often as it is asked, and what differs from what was recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from teli_iac.errors import AnswerUnreadable, ApiError
from teli_iac.kinds.tallying import Counts
from teli_iac.model import LedgerKey, ObservedCampaign, PartState, Recorded
from teli_iac.observe import Question, observe
from teli_iac.operate import Look, look, look_up, read_counts, refuse_unknown
from teli_iac.operating.posts import Post, recall
from teli_iac.standing import LIVE, Seen, Standing, people_needed, stand, to_be_counted

_MOST_FAULTS = 20
"""So many looks in a row may fail before watching is given up."""

_NOTHING = Recorded(version=0, key=LedgerKey(bytes(32)))


class Stock:
    """What is watched: one project, its ledger read anew each time, and counts that cannot change any more.

    Sends nothing but GET.
    """

    def __init__(self, post: Post, addresses: Collection[str]) -> None:
        self._post = post
        self._addresses = addresses
        self._counted: Mapping[str, Counts | None] = {}
        self._settled: frozenset[str] = frozenset()
        self._last: Standing | None = None
        self._failed = 0

    def take(self) -> Standing:
        """How things stand now, or stood last, with the gap that this look failed.

        Raises ApiError when the first look fails, or too many in a row; UsageError for an address.
        """
        try:
            self._last, self._failed = self._look(), 0
        except ApiError as error:
            self._failed += 1
            if self._last is None or self._failed > _MOST_FAULTS:
                raise
            return replace(self._last, gaps=(f"this look failed: {error.message}",))
        return self._last

    def _look(self) -> Standing:
        recorded = _recall(self._post)
        seen = look(self._post.teli)
        if seen.shown is None:
            raise AnswerUnreadable(seen.fault, "Run the command again.")
        shown, absent = _with_unlisted(self._post, recorded, seen)
        counts = self._count(to_be_counted(self._post.project.name, recorded, shown))
        now = _now(self._post, seen)
        standing = stand(self._post.account, recorded, Seen(shown, counts, absent, (), now), ())
        refuse_unknown(self._addresses, {campaign.address for campaign in standing.campaigns})
        self._remember(standing)
        if not self._addresses:
            return standing
        return stand(self._post.account, recorded, Seen(shown, counts, absent, (), now), self._addresses)

    def _count(self, campaign_ids: Collection[str]) -> Mapping[str, Counts | None]:
        asked = [one for one in campaign_ids if one not in self._settled]
        fresh = dict(zip(asked, read_counts(self._post.teli, asked), strict=True))
        return {one: fresh.get(one, self._counted.get(one)) for one in campaign_ids}

    def _remember(self, standing: Standing) -> None:
        """What is no longer live and was counted the same twice is not asked for again."""
        self._settled = frozenset(
            part.campaign_id
            for part in standing.parts
            if part.phase not in LIVE
            and part.counts is not None
            and self._counted.get(part.campaign_id) == part.counts
        )
        self._counted = {part.campaign_id: part.counts for part in standing.parts}


def take_stock(post: Post, addresses: Collection[str]) -> Standing:
    """How things stand now, once."""
    return Stock(post, addresses).take()


def find_drift(post: Post, addresses: Collection[str]) -> Standing:
    """What differs, from a list that is proven complete or says why it may not be; nobody is counted."""
    recorded = _recall(post)
    trusted = post.origin.calls_nobody
    question = Question(post.project, recorded, trusts_its_clock=trusted)
    observed = observe(post.api.reading(), question, post.asked.waiting)
    seen = Seen(observed.campaigns, {}, observed.absent, observed.gaps, observed.now)
    standing = stand(post.account, recorded, seen, ())
    refuse_unknown(addresses, {campaign.address for campaign in standing.campaigns})
    return stand(post.account, recorded, seen, addresses) if addresses else standing


def _recall(post: Post) -> Recorded:
    recorded = recall(post)
    if recorded is None:
        return _NOTHING
    return replace(recorded, people=post.ledger.people(people_needed(recorded)))


def _with_unlisted(
    post: Post, recorded: Recorded, seen: Look
) -> tuple[Mapping[str, ObservedCampaign], frozenset[str]]:
    """The list, and what it does not show although the ledger knows it, looked up by id."""
    listed = seen.shown or {}
    launched = {PartState.INTENDED, PartState.LAUNCHED}
    known = (part for part in recorded.parts.values() if part.state in launched and not part.gone)
    missing = [part.campaign_id for part in known if part.campaign_id not in listed]
    found = look_up(post.teli, missing)
    shown = {one: each for one, each in found.items() if isinstance(each, ObservedCampaign)}
    absent = {one for one, each in found.items() if each is None}
    faults = sum(isinstance(each, ApiError) for each in found.values())
    if faults and not shown and not absent:
        raise AnswerUnreadable(f"{faults} look-ups by id failed", "Run the command again.")
    return {**listed, **shown}, frozenset(absent)


def _now(post: Post, seen: Look) -> datetime:
    ours = post.asked.waiting.now()
    if seen.date is None:
        return ours
    return seen.date if post.origin.calls_nobody else max(seen.date, ours)
