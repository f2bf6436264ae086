"""API keys."""

from dependency_injector import providers

from application.accounts.keys.create_key import CreateKey
from application.accounts.keys.list_keys import ListKeys
from application.accounts.keys.revoke_key import RevokeKey
from entrypoints.composition.accounts.people import People


class Keys(People):
    """Making, listing and revoking keys; checking them is part of letting people in."""

    create_key = providers.Factory(
        CreateKey,
        keys=People.api_keys,
        confirm_password=People.confirm_password,
        events=People.events,
        clock=People.clock,
        randomness=People.randomness,
    )
    list_keys = providers.Factory(ListKeys, keys=People.api_keys)
    revoke_key = providers.Factory(RevokeKey, keys=People.api_keys, events=People.events)
