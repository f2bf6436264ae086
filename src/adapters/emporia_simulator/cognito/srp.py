"""The server's half of Secure Remote Password (RFC 5054) as Cognito speaks it, written from the
protocol alone so that a client's own arithmetic is checked by another's."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

# The 3072-bit group of RFC 3526 (and of RFC 5054's appendix A, where its generator is 5;
# Cognito uses RFC 3526's generator, 2).
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
    "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
    "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
    "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33"
    "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864"
    "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
    "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2


def _signed_bytes(number: int) -> bytes:
    """The number as two's complement keeps it positive: big-endian, a zero byte where needed."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _hashed_number(*parts: bytes) -> int:
    return int.from_bytes(_hash(*parts), "big")


_K = _hashed_number(_signed_bytes(N), _signed_bytes(G))


def verifier(*, pool_name: str, user_id: str, password: str, salt: int) -> int:
    """What a server stores of a password: g to the power of x."""
    identity = _hash(f"{pool_name}{user_id}:{password}".encode())
    return pow(G, _hashed_number(_signed_bytes(salt), identity), N)


def new_salt() -> int:
    """16 random bytes, as Cognito's salts are."""
    return secrets.randbits(128)


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """The server's secret of one sign-in, and the B it shows."""

    secret: int
    shown: int

    @classmethod
    def new(cls, stored_verifier: int) -> "ServerKeys":
        """Draw a fresh secret for a user's verifier."""
        secret = secrets.randbits(256)
        return cls(secret, (_K * stored_verifier + pow(G, secret, N)) % N)

    def signing_key(self, *, client_shown: int, stored_verifier: int) -> bytes:
        """The key that only someone who knows the password can have arrived at."""
        scrambler = _hashed_number(_signed_bytes(client_shown), _signed_bytes(self.shown))
        base = client_shown * pow(stored_verifier, scrambler, N)
        shared = pow(base, self.secret, N)
        extracted = hmac.digest(_signed_bytes(scrambler), _signed_bytes(shared), "sha256")
        return hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]


def is_usable(client_shown: int) -> bool:
    """Whether a client's A is a number the protocol allows."""
    return client_shown % N != 0


def signature(
    key: bytes, *, pool_name: str, user_id: str, secret_block: bytes, timestamp: str
) -> str:
    """What the client must send to prove that it has the key."""
    message = f"{pool_name}{user_id}".encode() + secret_block + timestamp.encode()
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()
