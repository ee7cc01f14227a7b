"""Everything that can go wrong, typed by what a person can do about it.

TeliIacError                 data, sentences and a next step; `exit_code` is that of semantics §8
├── UsageError               the command line is off                                            64
├── InvalidManifests         problems in files, all of them at once                              1
├── NotConfigured            a setting is missing: a key, an account id                          1
├── ApiError                 the API did not answer as documented; nothing was written           1
│   ├── ApiUnreachable       no answer at all
│   ├── ApiRefused           401, 403 or another refusal that a retry will not change
│   └── AnswerUnreadable     an answer that must not be interpreted
├── LedgerError              the ledger cannot be used                                           1
│   ├── LedgerMissing        there is none, and this command must not make one
│   ├── LedgerForeign        it belongs to another account, project or key
│   ├── LedgerDamaged        it does not read back as written
│   ├── LedgerMoved          it was closed here, and lies elsewhere now
│   ├── LedgerLocked         another apply holds the lease                                       7
│   ├── ExportUnusable       a file cannot be imported as a ledger
│   ├── LeaseLost            our lease expired or was taken; nothing more is written             5
│   └── StoreUnfit           an object store that does not keep to the conditions of a write
├── SavedPlanError           a file cannot be used as a saved plan                               1
│   ├── PlanStale            edited, expired, used, or the world is another by now               3
│   └── PlanUnsigned         not signed by whose signature is required                           3
├── SandboxError             the embedded Teli cannot do that                                    1
│   ├── SandboxUnusable      its file cannot be read or written
│   ├── ClockRunsForward     its clock was to be moved back, or beyond the calendar
│   └── AddressRefused       it is served on loopback only, on a free port
├── GuardsRefuse             guards refuse the plan; nothing was written                         4
├── LeadsChanged             a list is no longer what it was when this command began             3
├── NotReady                 agents or numbers of a launch are not as they must be               4
├── OnHold                   a person halted the project and has not released it                 4
├── NothingToSettle          no decision of a person is waited for, or not this one             1
├── ImportRefused            a campaign cannot be imported; nothing was written                  1
├── NothingToAdopt           Teli shows nothing of it that the ledger lacks                      1
├── AlreadyThere             a file is in the way, and nothing is overwritten                    1
├── NotWritten               the system refuses to write a file that was asked for               1
└── Declined                 the person at the terminal did not say yes                          1

TransportFault               not for people: how one request failed, thrown into the steps that sent it
├── NotSent                  before the first byte was written: sending again is safe
└── ReplyLost                anything later: the request may have been carried out
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from teli_iac.model import Mark


class ExitCode(IntEnum):
    """What the process says when it ends (semantics §8)."""

    DONE = 0
    ERROR = 1
    CHANGES = 2
    STALE = 3
    REFUSED = 4
    PARTLY = 5
    UNKNOWN = 6
    LOCKED = 7
    USAGE = 64
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place: a stable code, a sentence, and what to do next.

    `excerpt` is the source line and the caret line, or empty when the line must not be shown (leads).
    """

    code: str
    message: str
    mark: Mark | None
    next_step: str
    excerpt: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.mark}: " if self.mark else ""
        return f"{place}{self.code} {self.message}"


class TeliIacError(Exception):
    """A fault for people. `message` says what is wrong, `next_step` what to do about it."""

    exit_code = ExitCode.ERROR
    code = "TELI-E001"

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class UsageError(TeliIacError):
    """The command line is off."""

    exit_code = ExitCode.USAGE
    code = "TELI-E002"


class InvalidManifests(TeliIacError):
    """Problems in files, every one of them, sorted by place."""

    code = "TELI-E003"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        noun = "problem" if len(problems) == 1 else "problems"
        super().__init__(f"{len(problems)} {noun} in the manifests", "Fix them and run the command again.")
        self.problems = problems


class NotConfigured(TeliIacError):
    """A setting that this command needs is missing."""

    code = "TELI-E004"


class Declined(TeliIacError):
    """The person at the terminal did not say yes; nothing was written."""

    code = "TELI-E006"


class AlreadyThere(TeliIacError):
    """A file is in the way; it was not overwritten, and nothing else was written."""

    code = "TELI-E007"


class NotWritten(TeliIacError):
    """The system refuses to write a file that was asked for beside the answer."""

    code = "TELI-E190"


class GuardsRefuse(TeliIacError):
    """Guards refuse the plan; nothing was written. `consents` are the flags that would lift them.

    The exit code is another when the plan holds what is more serious.
    """

    code = "TELI-E008"

    def __init__(self, consents: tuple[str, ...], exit_code: ExitCode = ExitCode.REFUSED) -> None:
        noun = "guard" if len(consents) == 1 else "guards"
        super().__init__(
            f"{len(consents)} {noun} refused the plan; nothing was done.",
            f"If that is what you want: {' '.join(consents)}. Or raise the limit in the Project.",
        )
        self.consents = consents
        self.exit_code = exit_code


class LeadsChanged(TeliIacError):
    """A leads file is no longer what it was when this command began; nothing more is made of it."""

    exit_code = ExitCode.STALE
    code = "TELI-E162"


class NotReady(TeliIacError):
    """What would be launched is not ready to call; nothing was written."""

    exit_code = ExitCode.REFUSED
    code = "TELI-E209"


class NothingToSettle(TeliIacError):
    """No decision of a person is waited for, or not this one."""

    code = "TELI-E009"


class OnHold(TeliIacError):
    """A person halted the project; until it is released nobody is launched, resumed or removed."""

    exit_code = ExitCode.REFUSED
    code = "TELI-E145"


class ApiError(TeliIacError):
    """The API did not answer as documented."""

    code = "TELI-E100"


class ApiUnreachable(ApiError):
    """No answer at all, after every repeat that is safe."""

    code = "TELI-E101"


class ApiRefused(ApiError):
    """401, 403 or another refusal that a retry will not change."""

    code = "TELI-E102"

    def __init__(self, message: str, next_step: str, http_status: int) -> None:
        super().__init__(message, next_step)
        self.http_status = http_status


class AnswerUnreadable(ApiError):
    """An answer to be refused, not interpreted (hazards: HTTP)."""

    code = "TELI-E103"


class LedgerError(TeliIacError):
    """The ledger cannot be used."""

    code = "TELI-E130"


class LedgerMissing(LedgerError):
    """There is no ledger, and this command must not make one."""

    code = "TELI-E131"


class LedgerForeign(LedgerError):
    """The ledger belongs to another account or project, or was written under another key."""

    code = "TELI-E132"


class LedgerDamaged(LedgerError):
    """The ledger does not read back as it was written, or cannot be written."""

    code = "TELI-E133"


class LedgerLocked(LedgerError):
    """Another apply holds the lease; `expires` is when its lease ends unless renewed, where that is known."""

    exit_code = ExitCode.LOCKED
    code = "TELI-E134"

    def __init__(self, message: str, next_step: str, expires: datetime | None = None) -> None:
        super().__init__(message, next_step)
        self.expires = expires


class LeaseLost(LedgerError):
    """Our lease expired or was taken by another; nothing more may be written under it."""

    exit_code = ExitCode.PARTLY
    code = "TELI-E135"


class LedgerMoved(LedgerError):
    """The ledger was closed here, and goes on in another place."""

    code = "TELI-E136"


class ExportUnusable(LedgerError):
    """A file cannot be imported as a ledger."""

    code = "TELI-E137"


class StoreUnfit(LedgerError):
    """An object store takes writes that it was told to refuse, so that two could write the ledger at once."""

    code = "TELI-E138"


class SavedPlanError(TeliIacError):
    """The file cannot be used as a saved plan."""

    code = "TELI-E150"


class PlanStale(SavedPlanError):
    """What was approved is not what would be done now; nothing was sent. `differences` are sentences."""

    exit_code = ExitCode.STALE
    code = "TELI-E151"

    def __init__(self, message: str, next_step: str, differences: tuple[str, ...] = ()) -> None:
        super().__init__(message, next_step)
        self.differences = differences


class PlanUnsigned(SavedPlanError):
    """The saved plan is not signed by the one whose signature is required; nothing was sent."""

    exit_code = ExitCode.STALE
    code = "TELI-E152"


class ImportRefused(TeliIacError):
    """A campaign cannot be imported, or not to there; nothing was written."""

    code = "TELI-E170"


class NothingToAdopt(TeliIacError):
    """Teli shows nothing of the campaign that the ledger lacks; nothing was written."""

    code = "TELI-E171"


class SandboxError(TeliIacError):
    """The embedded Teli cannot do what it was asked."""

    code = "TELI-E180"


class SandboxUnusable(SandboxError):
    """The embedded Teli's file cannot be read or written."""

    code = "TELI-E181"


class ClockRunsForward(SandboxError):
    """The embedded Teli's clock was to be moved back, or beyond the calendar."""

    code = "TELI-E182"


class AddressRefused(SandboxError):
    """The embedded Teli was to be served beyond loopback, or on a port that is taken."""

    code = "TELI-E183"


class TransportFault(Exception):
    """How one request failed. Carries the kind of failure, never a URL with a key or a body."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotSent(TransportFault):
    """The request failed before its first byte was written: name, connect or TLS."""


class ReplyLost(TransportFault):
    """The request may have been carried out; only a look-up tells."""
