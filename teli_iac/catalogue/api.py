"""The API's problem codes, TELI-E100 to TELI-E129."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E100": Entry(
        "The API did not do as documented",
        "An answer of the API does not allow the command to go on. Nothing is assumed in its place.",
        "Read the message; run the command again, and if it stays like this ask Teli.",
    ),
    "TELI-E101": Entry(
        "The API gave no answer",
        "Its address could not be reached, or the connection broke each time. A question is asked up to four"
        " times before this is said; what changes something is sent once.",
        "Check base_url and the network, and where they are in use HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE."
        " Then run the command again.",
    ),
    "TELI-E102": Entry(
        "The API refused the key",
        "The API answered 401 or 403. A key belongs to one tenant, and is sent to one address only.",
        "Check TELI_API_KEY, and that the key belongs to the Project's tenant.",
    ),
    "TELI-E103": Entry(
        "An answer of the API cannot be trusted",
        "A redirect, a page instead of JSON, a list that contradicts itself: such an answer is refused, since"
        " a wrong reading of it could call people twice.",
        "Check base_url; if it is right, try again later or ask Teli.",
    ),
}
