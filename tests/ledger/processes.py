"""Real processes that use a ledger, as `python -m tests.ledger.processes COMMAND PLACE FOLDER`.

Each waits for one line on its input, so that racers start together, does its act, and prints how it went:
a word, or the code of the error.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from teli_iac.errors import TeliIacError
from teli_iac.ledger import Backend, Whole, open_ledger
from teli_iac.ledger.binding import bind
from teli_iac.model import Event, Launched, Left, StoredEvent, Verified
from tests.ledger.sites import Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, intended, made, people

ROOT = Path(__file__).parents[2]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def endless_history() -> Iterator[Event]:
    """Launch after launch; the same events in the same order every time."""
    for number in range(1_000_000):
        launch = intended(f"n{number}")
        yield launch
        yield Launched(launch.campaign_id, looked_up=False)
        yield Verified(launch.campaign_id)


def append_for_ever(ledger: Backend) -> str:
    """Print the version after every write that was acknowledged, until killed."""
    lease = ledger.acquire("writer", NOON, MINUTE)
    version = 0
    for event in endless_history():
        version = ledger.append((event,), (people(),), NOON, lease, version)
        say(str(version))
    return "done"


def create(ledger: Backend) -> str:
    ledger.create(ACCOUNT, KEY, NOON)
    return "created"


def restore(ledger: Backend) -> str:
    """Make the ledger with a past of 300 events in it."""
    past = tuple(itertools.islice(endless_history(), 300))
    events = tuple(StoredEvent(place, NOON, event) for place, event in enumerate(past, 1))
    ledger.restore(Whole(bind(ACCOUNT, KEY), events, (people(),)), NOON)
    return "restored"


def acquire(ledger: Backend) -> str:
    return f"token {ledger.acquire(f'pid {os.getpid()}', NOON, MINUTE).token}"


def load(ledger: Backend) -> str:
    return f"version {ledger.load(ACCOUNT, KEY).version}"


def append(ledger: Backend) -> str:
    lease = ledger.acquire("writer", NOON, MINUTE)
    version = ledger.load(ACCOUNT, KEY).version
    return f"version {ledger.append((intended(),), (people(),), NOON, lease, version)}"


WRITES = 9
"""What `live` writes: a making, a lease, three times an event and a renewal, a release."""


def live(ledger: Backend) -> str:
    """Every kind of write once or more; print the version after each that was acknowledged."""
    ledger.create(ACCOUNT, KEY, NOON)
    say("0")
    lease = ledger.acquire("writer", NOON, MINUTE)
    version = 0
    for event in itertools.islice(endless_history(), 3):
        version = ledger.append((event,), (people(),), NOON, lease, version)
        say(str(version))
        lease = ledger.renew(lease, NOON, MINUTE)
    ledger.release(lease)
    return "done"


def fill(ledger: Backend) -> str:
    """Append until the ledger cannot be written, then read it once more."""
    lease = ledger.acquire("writer", NOON, MINUTE)
    version = 0
    try:
        for event in endless_history():
            version = ledger.append((event,), (people(),), NOON, lease, version)
    except TeliIacError as error:
        kept = ledger.load(ACCOUNT, KEY).version
        return f"{error.code} {error.message} {error.next_step} kept all: {kept == version}"
    return "never full"


COMMANDS: dict[str, Callable[[Backend], str]] = {
    "append-for-ever": append_for_ever,
    "create": create,
    "restore": restore,
    "acquire": acquire,
    "live": live,
    "load": load,
    "append": append,
    "fill": fill,
}


def assert_all_kept(site: Site, said: list[str]) -> None:
    """What a process that was killed in its life said is kept, and the ledger lives on."""
    survivor = site.open()
    if not survivor.exists():
        assert said == []
        made(survivor)
    recorded = survivor.load(ACCOUNT, KEY)
    acknowledged = int(said[-1]) if said else 0
    assert acknowledged <= recorded.version <= acknowledged + 1
    events = [stored.event for stored in survivor.events()]
    assert events == list(itertools.islice(endless_history(), recorded.version))
    lease = survivor.acquire("next", NOON + MINUTE, MINUTE)
    assert survivor.append((Left("n"),), (people(),), NOON + MINUTE, lease, recorded.version)


@contextmanager
def started(
    command: str, place: str, folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[subprocess.Popen[str]]:
    """A process that has not begun its act; it is killed at the end if it still runs."""
    arguments = [sys.executable, "-m", "tests.ledger.processes", command, place, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  ourselves
        # What a killed process leaves in its folder for temporary files goes with the test's.
        arguments,
        cwd=ROOT,
        env={**environment, "TMPDIR": str(folder.parent)},
        stdin=pipe,
        stdout=pipe,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def race(command: str, site: Site, racers: int) -> list[str]:
    """What each of several processes says that begin the same act at the same time, each on its machine."""
    with ExitStack() as stack:
        places = [(site.place, site.clone(number)) for number in range(racers)]
        running = [stack.enter_context(started(command, *place)) for place in places]
        for process in running:
            go(process)
        return sorted(process.communicate()[0].strip() for process in running)


def main() -> None:
    command, place, folder = sys.argv[1:]
    ledger = open_ledger(place, folder, ACCOUNT.project)
    say("ready")
    sys.stdin.readline()
    try:
        say(COMMANDS[command](ledger))
    except TeliIacError as error:
        say(f"{error.code} {error.message} {error.next_step}")


if __name__ == "__main__":
    main()
