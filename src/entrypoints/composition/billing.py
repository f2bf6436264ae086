"""What energy costs."""

from dependency_injector import providers

from adapters.espi.green_button import GreenButtonFiles
from adapters.holidays.public_holidays import PublicHolidays
from adapters.sql.billing.currencies import SqlCurrencies
from adapters.sql.billing.tariffs import SqlTariffs
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.choose_currency import ChooseCurrency, ReadCurrency
from application.billing.find_tariff import FindTariff
from application.billing.home_hours import HomeHours
from application.billing.keep_tariff import KeepTariff
from application.billing.list_tariffs import ListTariffs
from application.billing.live_costs import LiveCosts
from application.billing.read_costs import ReadCosts
from application.billing.read_costs_now import ReadCostsNow
from application.billing.reconcile import Reconcile
from application.billing.remove_tariff import RemoveTariff
from entrypoints.composition.archive import Archive
from entrypoints.composition.resources import owned


class Billing(Archive):
    """Keeping tariffs, and pricing what was measured."""

    tariffs = providers.Singleton(SqlTariffs, Archive.engine)
    holidays = providers.Singleton(PublicHolidays)
    currencies = providers.Singleton(SqlCurrencies, Archive.engine)
    read_currency = providers.Factory(ReadCurrency, currencies=currencies)
    choose_currency = providers.Factory(
        ChooseCurrency, currencies=currencies, events=Archive.events
    )
    find_tariff = providers.Singleton(FindTariff, tariffs=tariffs, currencies=currencies)
    home_hours = providers.Singleton(HomeHours, months=Archive.months)
    keep_tariff = providers.Factory(
        KeepTariff,
        tariffs=tariffs,
        holidays=holidays,
        work=Archive.heavy_work,
        clock=Archive.clock,
        randomness=Archive.randomness,
        events=Archive.events,
    )
    list_tariffs = providers.Factory(ListTariffs, tariffs=tariffs)
    read_costs = providers.Factory(
        ReadCosts,
        links=Archive.emporia_links,
        directory=Archive.directory,
        find_tariff=find_tariff,
        holidays=holidays,
        hours=home_hours,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    utility_files = providers.Singleton(GreenButtonFiles)
    reconcile = providers.Factory(
        Reconcile,
        customers=providers.Factory(
            KnownCustomer, directory=Archive.directory, kept_answers=Archive.kept_answers
        ),
        find_tariff=find_tariff,
        holidays=holidays,
        files=utility_files,
        months=Archive.months,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    remove_tariff = providers.Factory(RemoveTariff, tariffs=tariffs, events=Archive.events)
    live_costs = providers.Singleton(
        owned,
        Archive.resources,
        LiveCosts,
        read=providers.Factory(
            ReadCostsNow,
            directory=Archive.directory,
            kept_answers=Archive.kept_answers,
            find_tariff=find_tariff,
            holidays=holidays,
            hours=home_hours,
            work=Archive.heavy_work,
            clock=Archive.clock,
        ),
        clock=Archive.clock,
    )
