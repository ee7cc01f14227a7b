"""teli-iac as it is without its extras: what `teli-iac[fast]` brings cannot be imported."""  # noqa: INP001  a script that is run, never imported

import sys

for module in ("polars", "polars_hash", "blake3", "backports"):
    sys.modules[module] = None  # type: ignore[assignment]  # how Python is told that there is none

from teli_iac.cli import main  # noqa: E402  afterwards

main()
