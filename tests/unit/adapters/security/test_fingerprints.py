"""What secrets are called where they can't be told."""

from adapters.security.fingerprints import fingerprints


def test_a_secret_has_one_fingerprint_in_every_process() -> None:
    assert fingerprints([b"one" * 11]) == ("43297a43dd9a8ab6",)


def test_two_secrets_are_told_apart_in_order() -> None:
    one, two = fingerprints([b"one", b"two"])

    assert one != two
    assert fingerprints([b"two", b"one"]) == (two, one)
