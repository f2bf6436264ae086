from domain.emporia.cloud.cloud_tally import CloudTally
from domain.emporia.links import AccountId


def after_failures(failures: int, *, accounts: int, known: int = 0) -> CloudTally:
    """So many failures in a row, of so many accounts in turn, while so many more are polled."""
    tally = CloudTally()
    for account in range(known):
        tally = tally.answered(AccountId(1000 + account))
    for failure in range(failures):
        tally = tally.failed_for(AccountId(failure % accounts))
    return tally


def test_the_cloud_is_down_after_twenty_failures_of_five_accounts() -> None:
    assert not after_failures(19, accounts=5).is_down
    assert after_failures(20, accounts=5).is_down


def test_four_accounts_of_many_are_not_the_cloud() -> None:
    assert not after_failures(100, accounts=4, known=1).is_down


def test_where_fewer_are_polled_one_is_enough() -> None:
    assert after_failures(20, accounts=1).is_down
    assert after_failures(20, accounts=1, known=3).is_down
    assert not after_failures(20, accounts=1, known=4).is_down


def test_one_answer_begins_the_count_anew() -> None:
    tally = after_failures(19, accounts=5).answered(AccountId(3))
    assert (tally.failures, tally.failed) == (0, frozenset())
    assert not tally.failed_for(AccountId(1)).is_down


def test_an_answer_after_an_answer_changes_nothing() -> None:
    tally = CloudTally().answered(AccountId(1))
    assert tally.answered(AccountId(1)) is tally
    assert tally.answered(AccountId(2)).known == {1, 2}


def test_an_answer_to_nobody_known_begins_the_count_anew_and_makes_nobody_known() -> None:
    tally = after_failures(19, accounts=5)
    assert tally.answered(None) == CloudTally(known=tally.known)
    assert CloudTally().answered(None) == CloudTally()
