"""The password proof, by pycognito: blocking, and slow to import, so for a thread alone."""

import logging
from typing import Any

from boto3.session import Session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    ParamValidationError,
    ReadTimeoutError,
)
from botocore.parsers import ResponseParserError
from pycognito.aws_srp import AWSSRP
from pycognito.exceptions import ForceChangePasswordException, MFAChallengeException

from adapters.emporia.cognito_errors import CognitoFailure, sign_in_error
from adapters.emporia.retry_after import retry_after_seconds
from application.ports.clock import Clock
from domain.errors import (
    EmporiaError,
    EmporiaRefusedCredentials,
    EmporiaTimedOut,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

# At DEBUG botocore writes user names and tokens into the log, whatever level others chose.
logging.getLogger("botocore").setLevel(logging.INFO)


class SrpSignIn:
    """Proves passwords with one botocore client, which threads may share.

    AWSSRP rather than pycognito's Cognito: the proof is the same, but the latter goes on to
    verify the tokens, with one more request under a time limit of its own and without any
    tolerance for a clock that is off.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        endpoint: str,
        pool_id: str,
        client_id: str,
        connect_timeout_seconds: float,
        read_timeout_seconds: float,
    ) -> None:
        self._clock = clock
        self._pool_id = pool_id
        self._client_id = client_id
        self._idp = Session().client(
            "cognito-idp",
            region_name=pool_id.split("_")[0],
            endpoint_url=endpoint,
            config=Config(
                signature_version=UNSIGNED,
                connect_timeout=connect_timeout_seconds,
                read_timeout=read_timeout_seconds,
                retries={"total_max_attempts": 1},
            ),
        )

    def prove(self, *, username: str, password: str) -> dict[str, Any]:
        """Cognito's last answer, unread; raises what EmporiaUserPool.sign_in does."""
        try:
            proof = AWSSRP(
                username=username,
                password=password,
                pool_id=self._pool_id,
                client_id=self._client_id,
                client=self._idp,
            )
            answer: dict[str, Any] = proof.authenticate_user()
        except ClientError as error:
            raise self._folded(error) from None
        except (
            ForceChangePasswordException,
            MFAChallengeException,
            NotImplementedError,
            ParamValidationError,
        ):
            # Challenges that nobody here can answer; the last is raised on the way to one.
            raise EmporiaRefusedCredentials from None
        except (ConnectTimeoutError, ReadTimeoutError) as error:
            raise EmporiaTimedOut from error
        except BotoCoreError as error:
            raise EmporiaUnavailable from error
        except (ResponseParserError, LookupError, ValueError, TypeError, AttributeError):
            # pycognito and botocore take Cognito's answer for what it should be.
            raise EmporiaUnreadable from None
        return answer

    def close(self) -> None:
        """Give the connections back."""
        self._idp.close()

    def _folded(self, error: ClientError) -> EmporiaError:
        told, metadata = error.response["Error"], error.response["ResponseMetadata"]
        return sign_in_error(
            CognitoFailure(
                code=str(told.get("Code")),
                message=str(told.get("Message")),
                status=metadata["HTTPStatusCode"],
                retry_after_seconds=retry_after_seconds(
                    metadata["HTTPHeaders"].get("retry-after"), now=self._clock.now()
                ),
            )
        )
