"""What a person is told when a read got no answer, or a refusal, after every repeat that is safe."""

from __future__ import annotations

from teli_iac.api.origin import ApiOrigin
from teli_iac.errors import ApiRefused, ApiUnreachable, NotSent, TransportFault

REFUSALS = frozenset({401, 403})
"""The statuses that say no to the key itself."""


def unreachable(origin: ApiOrigin, fault: TransportFault) -> ApiUnreachable:
    """No answer: which host, what failed, and where to look."""
    if isinstance(fault, NotSent):
        return ApiUnreachable(
            f"{origin.host} could not be reached: {fault.what}.",
            "Check base_url and the network, and where they are in use HTTPS_PROXY, NO_PROXY and"
            " SSL_CERT_FILE. Then run the command again.",
        )
    return ApiUnreachable(
        f"{origin.host} was reached but gave no readable answer: {fault.what}.",
        "Run the command again in a while; if it stays like this, ask Teli, or whoever runs the proxy"
        " between.",
    )


def refused(origin: ApiOrigin, status: int) -> ApiRefused:
    """The key is wrong, or not one of this tenant."""
    return ApiRefused(
        f"The API refused the key ({origin.host} answered {status}).",
        "Check TELI_API_KEY, and that the key belongs to the Project's tenant.",
        status,
    )
