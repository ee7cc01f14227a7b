"""`python -m teli_iac.cli` is `teli-iac`."""

from teli_iac.cli import main

main()
