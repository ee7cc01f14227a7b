"""What each reason of a change means, in words for somebody who has never seen the tool.

A title reads on after the address and a verb, and is what unchanged campaigns are counted under. In a
next step, ADDRESS stands for the address of the change.
"""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry
from teli_iac.model import Reason

_NO_STEP = "Nothing is to be done."

REASONS: dict[Reason, Entry] = {
    Reason.RECOVERED: Entry(
        "launched, now confirmed",
        "It was sent to Teli before, without our having recorded that it arrived as sent. Teli has it, so it"
        " was launched once.",
        _NO_STEP,
    ),
    Reason.UNKNOWN_OUTCOME: Entry(
        "nobody knows whether it was launched",
        "Its create was sent, no answer came back, and Teli does not show it so far. It may still appear, so"
        " sending it again could call the same people twice.",
        "Plan again later: if it stays absent it lapses after `settle_after`, unless that is `never`. Or look"
        " in Teli and decide: `teli-iac settle ADDRESS --adopt` when it is there,"
        " `teli-iac settle ADDRESS --abandon` to count its people as called, `--retry` when it cannot be"
        " there and they are to be called.",
    ),
    Reason.RESUMED: Entry(
        "an interrupted release is continued",
        "People were being taken out of a live campaign when the work was interrupted. It goes on from the"
        " step that was recorded last, with today's manifest.",
        "Apply continues it. If what Teli counts does not add up, `teli-iac settle ADDRESS --abandon` ends it"
        " with all its people counted as called.",
    ),
    Reason.LATE_ARRIVAL: Entry(
        "it appeared after it was given up",
        "Its create was given up as never arrived, and Teli shows it now. Its people may have been handed on"
        " since, so it is ended before it can call them a second time.",
        "Apply soon; until then it may call.",
    ),
    Reason.ALREADY_LAUNCHED: Entry(
        "already launched, now adopted",
        "Our ledger does not know it, but Teli has it under the very id this manifest gives: it was launched"
        " just as the manifest says. Apply records it and sends nothing.",
        _NO_STEP,
    ),
    Reason.LEDGER_LOST: Entry(
        "our ledger does not know whom it was given to",
        "Teli has campaigns of this name that our ledger lacks. Who was called by them cannot be known from"
        " here, so a launch could call the same people twice.",
        "Restore the ledger this project was applied with, then plan again.",
    ),
    Reason.ORPHAN: Entry(
        "unknown to the ledger",
        "Teli has it under a name of this project, but neither a manifest nor the ledger knows it. It is"
        " left alone.",
        "Restore the ledger it was launched with, or remove it in Teli.",
    ),
    Reason.NOT_IN_MANIFESTS: Entry(
        "no manifest describes it any more",
        "No manifest wants it any more; it leaves as its `on_remove` says.",
        "If it is to stay, put its manifest back: a finished campaign is not called again by that.",
    ),
    Reason.RETAINED: Entry(
        "left on Teli",
        "No manifest describes it any more. It calls nobody, and its `on_remove` or its state leaves"
        " nothing to be done.",
        _NO_STEP,
    ),
    Reason.GONE: Entry(
        "gone",
        "No manifest describes it, and nothing of it is left on Teli. The ledger remembers whom it called.",
        _NO_STEP,
    ),
    Reason.IMPORTED: Entry(
        "made elsewhere, left as it is",
        "Nobody here knows whom it calls: it was made elsewhere, or the ledger has lost its people. It is"
        " left as it is, and nothing is ever sent for it.",
        "If it is blocked, Teli shows no campaign of the id in `metadata.campaign_id`: correct it, or take"
        " the manifest out.",
    ),
    Reason.PEOPLE_UNKNOWN: Entry(
        "whom it was given to is unknown",
        "Its manifest wants it otherwise than it is, and nobody here knows whom it calls, so a change could"
        " call somebody twice. Nothing was changed.",
        "Let the manifest say what Teli shows. To call people with other settings, write a campaign of its"
        " own, without `metadata.campaign_id`, for people whom this one does not call.",
    ),
    Reason.RUN_WENT_BACK: Entry(
        "at an earlier run",
        "The manifest asks for an earlier `run` than the latest one launched. That run has happened, so"
        " nobody is called.",
        "Set `run` back to the latest one; a higher number calls everybody again.",
    ),
    Reason.EARLIER_RUN_LIVE: Entry(
        "its earlier run is still live",
        "The manifest asks for a new `run` while an earlier one may still call. Two at once could call the"
        " same person twice.",
        "Wait until the earlier run is over, or end it in Teli. Then plan again.",
    ),
    Reason.LOOKS_RENAMED: Entry(
        "it looks like another campaign under a new name",
        "It is new here, but a campaign that leaves has (nearly) the same people, or a campaign of another"
        " name or project is the very same. A new name must not call everybody again.",
        "If it was renamed, add `renamed_from: OLD-NAME` to its metadata: its memory moves along and nobody"
        " is called. If it is a second campaign for the same people, keep the manifest of the first one"
        " beside it.",
    ),
    Reason.UNKNOWN_STATUS: Entry(
        "Teli shows a status we do not know",
        "Teli gives it a status that this release has no word for. It may be calling, so it is left alone.",
        "Look at it in Teli, or upgrade teli-iac; then plan again.",
    ),
    Reason.VERIFICATION_FAILED: Entry(
        "Teli made something else of it than was sent",
        "What Teli shows differs from what was sent. It goes no further until a person has decided.",
        "Look at it in Teli, then `teli-iac settle ADDRESS --adopt` to accept it as it is, or"
        " `teli-iac settle ADDRESS --abandon` to give it up with its people counted as called.",
    ),
    Reason.PAUSED_ELSEWHERE: Entry(
        "paused by somebody",
        "It was paused while it was live, and not by an apply: by a person in Teli, or with `teli-iac pause`"
        " or `halt`. What a person paused stays paused.",
        "If it is to go on: `teli-iac resume ADDRESS`. Undo the edit if it is blocked.",
    ),
    Reason.ENDED_ELSEWHERE: Entry(
        "ended by somebody",
        "It was ended before it was done, and not by an apply: by a person in Teli, or with `teli-iac end`."
        " It cannot go on, and nobody is called again for it.",
        "Undo the edit if it is blocked. A higher `run` would call everybody of the manifest, also those"
        " already called.",
    ),
    Reason.VANISHED: Entry(
        "deleted by somebody",
        "It is gone from Teli before it was done, and not by teli-iac. The ledger remembers its people, so"
        " nobody is called again for it.",
        "Undo the edit if it is blocked. A higher `run` would call everybody of the manifest, also those"
        " already called.",
    ),
    Reason.STATUS_WANTED: Entry(
        "`desired_status` was changed",
        "The manifest wants it paused, calling again, or ended. A pause that a person made is never lifted.",
        "Apply does it.",
    ),
    Reason.HELD: Entry(
        "held",
        "Its `desired_status` is not `active`, so it calls nobody.",
        "Set `desired_status: active` when it is to be launched.",
    ),
    Reason.LAPSED: Entry(
        "lapsed",
        "Its `campaign_end_time` is past, or too near to launch into. People who were never given to Teli"
        " are not called.",
        "Give it a later `campaign_end_time` if they are still to be called.",
    ),
    Reason.SETTINGS_CHANGED: Entry(
        "its settings were edited while it is live",
        "Teli cannot change a campaign that exists. It is stopped, who was not called yet is proven, and they"
        " alone are launched again with the new settings.",
        "Apply does it. To let it go on as it is, undo the edit.",
    ),
    Reason.PEOPLE_REMOVED: Entry(
        "people were taken out while it is live",
        "Teli cannot take people out of a campaign that exists. It is stopped, who was not called yet is"
        " proven, and those of them who are still wanted are launched again.",
        "Apply does it. To let it go on as it is, put them back.",
    ),
    Reason.DETAILS_CHANGED: Entry(
        "details of its people were edited while it is live",
        "Teli cannot change the people of a campaign that exists. It is stopped, who was not called yet is"
        " proven, and they alone are launched again with the new details.",
        "Apply does it. To let it go on as it is, undo the edit.",
    ),
    Reason.NEW: Entry(
        "new",
        "The manifest is new, and none of its people has been given to this campaign before.",
        "Apply launches it.",
    ),
    Reason.RERUN: Entry(
        "a further run",
        "The manifest asks for a higher `run` than has happened: the only way to call the same people again.",
        "Apply launches it, once the people called again are allowed.",
    ),
    Reason.PEOPLE_ADDED: Entry(
        "people were added",
        "The manifest has people that this run was not launched with. They are launched alone, as a further"
        " part of the run; running parts are not touched.",
        "Apply launches them.",
    ),
    Reason.RUNNING: Entry("running", "It is live on Teli, as the manifest says.", _NO_STEP),
    Reason.FULFILLED: Entry(
        "fulfilled",
        "This run is completed. It satisfies its manifest for ever and is never dialled again.",
        _NO_STEP,
    ),
    Reason.UNFINISHED: Entry(
        "unfinished",
        "It was ended, or its time ran out, before Teli completed it.",
        "Put those still to be called into a campaign of their own; a higher `run` would call everybody.",
    ),
    Reason.NOBODY_TO_CALL: Entry(
        "nobody to call",
        "This run was not launched: none of the rows of its leads may be called.",
        "Correct the rows; `teli-iac validate` lists them.",
    ),
    Reason.TAKES_EFFECT_NEXT_RUN: Entry(
        "edited after the end",
        "Its settings differ from those it was launched with, and nothing of it is live. They take effect"
        " with the next `run`.",
        _NO_STEP,
    ),
    Reason.UNKNOWN_OUTCOME_ELSEWHERE: Entry(
        "held back while the outcome of another launch is unknown",
        "Nobody knows whether another campaign of this project was launched. Until that is known or decided,"
        " nothing new is started; whatever stops calls still happens.",
        "Settle the other campaign first: the plan names it as unknown_outcome. To start this one regardless,"
        " name it: `teli-iac apply --target ADDRESS`.",
    ),
    Reason.LIST_INCOMPLETE: Entry(
        "the list of campaigns may be incomplete",
        "Teli's list could not be proven complete, so a campaign that seems missing may be there. Launching"
        " it could call the same people twice.",
        "Plan again; if the gap stays, ask Teli about it.",
    ),
    Reason.LEDGER_MISSING: Entry(
        "there is no ledger",
        "The ledger remembers who was called. Without it a launch could call the same people twice.",
        "If this project was applied before, restore its ledger. Otherwise run `teli-iac init`.",
    ),
}
