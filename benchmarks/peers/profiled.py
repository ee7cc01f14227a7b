"""`python profiled.py FILE ARGUMENTS`: run teli-iac, or a script, under Python's profiler in every thread."""  # noqa: INP001  a script that is run, never imported

import cProfile
import pstats
import runpy
import sys
import threading

kept, what, *_ = sys.argv[1:]
profiles = [cProfile.Profile()]


def begin(*_: object) -> None:
    """Take the place of this function as what the thread tells of its calls."""
    profile = cProfile.Profile()
    profiles.append(profile)
    profile.enable()


threading.setprofile(begin)
profiles[0].enable()
try:
    if what.endswith(".py"):
        sys.argv = sys.argv[2:]
        runpy.run_path(what)
    else:
        from teli_iac.cli import main

        sys.argv = ["teli-iac", *sys.argv[2:]]
        main()
finally:
    profiles[0].disable()
    stats = pstats.Stats(profiles[0])
    for each in profiles[1:]:
        each.create_stats()
        if each.stats:
            stats.add(each)
    stats.dump_stats(kept)
