"""Numbers that regulators outside North America keep for films and examples."""

from __future__ import annotations

import re

_FICTION = re.compile(
    # United Kingdom (Ofcom, "telephone numbers for use in TV and radio drama programmes").
    r"\+44(?:11[3-8]4960\d{3}|1[2-6]14960\d{3}|1914980\d{3}|2079460\d{3}|2896496\d{3}|2890180\d{3}|2920180\d{3}"
    r"|1632960\d{3}|7700900\d{3}|3069990\d{3})"
    # Australia (ACMA, "phone numbers for use in TV shows, films and creative works").
    r"|\+61(?:[2378](?:5550|7010)\d{4}|491(?:570(?:006|110|156|157|158|159|313|737)|571(?:266|491|804)"
    r"|572(?:549|665|983)|573(?:770|087)|574(?:118|632)|575(?:254|789)|576(?:398|801)|577(?:426|644)"
    r"|578(?:957|148|888)|579(?:212|760|455)))"
)


def is_fiction(number: str) -> bool:
    """Whether this E.164 number is one of them."""
    return _FICTION.fullmatch(number) is not None
