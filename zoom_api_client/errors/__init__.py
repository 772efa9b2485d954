"""Errors say what went wrong, and what to do about it. Every error of this library is a `ZoomError`.

`failures` has those for which Zoom did not answer, or not as it should; `refusals` those that Zoom answers with.
"""

from zoom_api_client.errors.failures import (
    AddressRefused as AddressRefused,
    AuthorizationFailed as AuthorizationFailed,
    BatchFailed as BatchFailed,
    BoundExceeded as BoundExceeded,
    ConnectionFailed as ConnectionFailed,
    ConsentNeeded as ConsentNeeded,
    ContractDrift as ContractDrift,
    CredentialsMissing as CredentialsMissing,
    DownloadError as DownloadError,
    InvalidSignature as InvalidSignature,
    MissingExtra as MissingExtra,
    NotForSubAccounts as NotForSubAccounts,
    PagingFailed as PagingFailed,
    QuotaExceeded as QuotaExceeded,
    StoreFailed as StoreFailed,
    TooManyRedirects as TooManyRedirects,
    UnexpectedAnswer as UnexpectedAnswer,
    ZoomError as ZoomError,
)
from zoom_api_client.errors.refusals import (
    NO_RECORDING as NO_RECORDING,
    APIError as APIError,
    Conflict as Conflict,
    InvalidRequest as InvalidRequest,
    NotFound as NotFound,
    PermissionDenied as PermissionDenied,
    PlanRequired as PlanRequired,
    RateLimited as RateLimited,
    ScopeMissing as ScopeMissing,
    ServerError as ServerError,
    Throttled as Throttled,
    Unauthorized as Unauthorized,
)


def _place_here() -> None:
    """Let tracebacks show the name that is caught, not that of the file."""
    for each in globals().values():
        if isinstance(each, type):
            each.__module__ = __name__


_place_here()
