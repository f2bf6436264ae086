"""Logging in with password and code, and all about the code."""

from dependency_injector import providers

from adapters.security.one_time_codes import PyotpOneTimeCodes
from adapters.sql.second_factors import SqlSecondFactors
from application.accounts.second_factor.prove_code import ProveCode
from application.accounts.second_factor.read import ReadSecondFactor
from application.accounts.second_factor.recovery_codes import NewRecoveryCodes, RenewRecoveryCodes
from application.accounts.second_factor.set_up import BeginSecondFactor, SwitchOnSecondFactor
from application.accounts.second_factor.switch_off import ResetSecondFactor, SwitchOffSecondFactor
from application.accounts.sessions.log_in import LogIn
from domain.accounts.second_factor import CODE_PAUSES
from entrypoints.composition.accounts.people import People


class SecondFactor(People):
    """What people have beside their password."""

    second_factors = providers.Singleton(
        SqlSecondFactors, People.engine, secret_box=People.secret_box
    )
    one_time_codes = providers.Singleton(PyotpOneTimeCodes)
    wrong_codes = providers.Singleton(People.refusals, kind="code", rule=CODE_PAUSES)
    prove_code = providers.Factory(
        ProveCode,
        second_factors=second_factors,
        codes=one_time_codes,
        refusals=wrong_codes,
        events=People.events,
        clock=People.clock,
    )
    log_in = providers.Factory(
        LogIn,
        users=People.users,
        passwords=People.passwords,
        prove_password=People.prove_password,
        prove_code=prove_code,
        begin_session=People.begin_session,
        events=People.events,
        clock=People.clock,
    )

    new_recovery_codes = providers.Factory(NewRecoveryCodes, codes=one_time_codes)
    begin_second_factor = providers.Factory(
        BeginSecondFactor,
        second_factors=second_factors,
        codes=one_time_codes,
        confirm_password=People.confirm_password,
        clock=People.clock,
    )
    switch_on_second_factor = providers.Factory(
        SwitchOnSecondFactor,
        second_factors=second_factors,
        prove_code=prove_code,
        new_recovery_codes=new_recovery_codes,
        events=People.events,
        clock=People.clock,
    )
    read_second_factor = providers.Factory(ReadSecondFactor, second_factors=second_factors)
    renew_recovery_codes = providers.Factory(
        RenewRecoveryCodes,
        second_factors=second_factors,
        new_recovery_codes=new_recovery_codes,
        confirm_password=People.confirm_password,
        prove_code=prove_code,
        events=People.events,
    )
    switch_off_second_factor = providers.Factory(
        SwitchOffSecondFactor,
        second_factors=second_factors,
        confirm_password=People.confirm_password,
        prove_code=prove_code,
        events=People.events,
    )
    reset_second_factor = providers.Factory(
        ResetSecondFactor,
        users=People.users,
        second_factors=second_factors,
        events=People.events,
    )
