"""What energy costs."""

from dependency_injector import providers

from adapters.espi.green_button import GreenButtonFiles
from adapters.holidays.public_holidays import PublicHolidays
from adapters.sql.billing.tariffs import SqlTariffs
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.keep_tariff import KeepTariff
from application.billing.list_tariffs import ListTariffs
from application.billing.read_costs import ReadCosts
from application.billing.read_statement import ReadStatement
from application.billing.reconcile import Reconcile
from application.billing.remove_tariff import RemoveTariff
from entrypoints.composition.archive import Archive


class Billing(Archive):
    """Keeping tariffs, and pricing what was measured."""

    tariffs = providers.Singleton(SqlTariffs, Archive.engine)
    holidays = providers.Singleton(PublicHolidays)
    keep_tariff = providers.Factory(
        KeepTariff,
        tariffs=tariffs,
        holidays=holidays,
        work=Archive.heavy_work,
        clock=Archive.clock,
        randomness=Archive.randomness,
    )
    list_tariffs = providers.Factory(ListTariffs, tariffs=tariffs)
    read_costs = providers.Factory(
        ReadCosts,
        links=Archive.emporia_links,
        directory=Archive.directory,
        tariffs=tariffs,
        holidays=holidays,
        months=Archive.months,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    read_statement = providers.Factory(
        ReadStatement,
        links=Archive.emporia_links,
        directory=Archive.directory,
        tariffs=tariffs,
        holidays=holidays,
        months=Archive.months,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    utility_files = providers.Singleton(GreenButtonFiles)
    reconcile = providers.Factory(
        Reconcile,
        customers=providers.Factory(
            KnownCustomer, directory=Archive.directory, kept_answers=Archive.kept_answers
        ),
        tariffs=tariffs,
        holidays=holidays,
        files=utility_files,
        months=Archive.months,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    remove_tariff = providers.Factory(RemoveTariff, tariffs=tariffs)
