"""A refresh token outlives its process; what was revoked in this one stays so."""

from adapters.emporia_simulator.cognito.refresh_grants import RefreshGrants

KEY = bytes(32)
OTHER_KEY = b"\x01" + bytes(31)
"""It differs in the half that signs alone: where nobody looked at the signature, it would open."""
DAY_SECONDS = 86_400.0


def test_a_token_says_the_same_to_whoever_has_the_key() -> None:
    token, grant = RefreshGrants(KEY).issue("ada", lifetime_seconds=DAY_SECONDS)
    assert RefreshGrants(KEY).read(token) == grant


def test_a_token_says_nothing_under_another_key() -> None:
    token, _ = RefreshGrants(KEY).issue("ada", lifetime_seconds=DAY_SECONDS)
    assert RefreshGrants(OTHER_KEY).read(token) is None


def test_a_token_is_as_long_as_clients_have_to_expect_and_no_jwt() -> None:
    token, _ = RefreshGrants(KEY).issue("ada", lifetime_seconds=DAY_SECONDS)
    assert len(token) > 1_000
    assert "." not in token


def test_text_of_any_kind_is_no_token() -> None:
    grants = RefreshGrants(KEY)
    assert [grants.read(text) for text in ("", "made-up", "ünwahr", "\ud800")] == [None] * 4


def test_of_too_many_the_oldest_makes_way_for_good() -> None:
    grants = RefreshGrants(KEY, most=2)
    first, second, third = (grants.issue("ada", lifetime_seconds=DAY_SECONDS)[0] for _ in range(3))
    assert grants.read(first) is None
    assert grants.read(second) is not None
    assert grants.read(third) is not None
    assert grants.read(first) is None


def test_a_revoked_token_does_not_come_back_by_having_made_way() -> None:
    grants = RefreshGrants(KEY, most=1)
    token, grant = grants.issue("ada", lifetime_seconds=DAY_SECONDS)
    grants.revoke(grant)
    grants.issue("ada", lifetime_seconds=DAY_SECONDS)
    assert grants.read(token) is None


def test_revoking_all_of_a_user_counts_and_spares_the_others() -> None:
    grants = RefreshGrants(KEY)
    _, of_ada = grants.issue("ada", lifetime_seconds=DAY_SECONDS)
    _, of_bob = grants.issue("bob", lifetime_seconds=DAY_SECONDS)
    assert grants.revoke_all("ada") == 1
    assert grants.is_revoked(of_ada.origin)
    assert not grants.is_revoked(of_bob.origin)


def test_revoking_all_ends_what_an_earlier_process_issued() -> None:
    token, grant = RefreshGrants(KEY).issue("ada", lifetime_seconds=DAY_SECONDS)
    grants = RefreshGrants(KEY)
    assert grants.revoke_all("ada") == 0
    assert grants.read(token) == grant
    assert grants.is_revoked(grant.origin)


def test_a_sign_in_after_all_were_revoked_is_good() -> None:
    grants = RefreshGrants(KEY)
    grants.revoke_all("ada")
    _, grant = grants.issue("ada", lifetime_seconds=DAY_SECONDS)
    assert not grants.is_revoked(grant.origin)
