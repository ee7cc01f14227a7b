"""`python -m teli_iac` is `teli-iac`."""

from teli_iac.cli import main

main()
