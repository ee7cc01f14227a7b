"""A click program that does nothing."""  # noqa: INP001  a script that is run, never imported

import click


@click.command()
def nothing() -> None:
    """Do nothing."""


nothing()
