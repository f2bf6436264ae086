"""What energy costs."""

from pathlib import Path

from dependency_injector import providers

from adapters.espi.green_button import GreenButtonFiles
from adapters.holidays.public_holidays import PublicHolidays
from adapters.sql.billing.currencies import SqlCurrencies
from adapters.sql.billing.tariffs import SqlTariffs
from adapters.sql.billing.utility_readings import SqlUtilityReadings
from adapters.system.uploaded_files import DiskUploadedFiles
from application.archive.exchange.exports_at_once import ExportsAtOnce
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.choose_currency import ChooseCurrency, ReadCurrency
from application.billing.find_tariff import FindTariff
from application.billing.home_hours import HomeHours
from application.billing.keep_tariff import KeepTariff
from application.billing.keep_tariff_of import KeepTariffOf
from application.billing.list_tariffs import ListTariffs
from application.billing.live_costs import LiveCosts
from application.billing.read_costs import ReadCosts
from application.billing.read_costs_now import ReadCostsNow
from application.billing.read_statement import ReadStatement
from application.billing.reconcile import Reconcile
from application.billing.remove_tariff import RemoveTariff
from application.billing.utility.compare_hours import CompareHours
from application.billing.utility.forget_readings import ForgetUtilityReadings
from application.billing.utility.keep_readings import KeepUtilityReadings
from application.billing.utility.read_readings import ReadUtilityReadings
from application.billing.utility.remove_readings import RemoveUtilityReadings
from domain.archive.exchange.errors import TooManyImports
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
    keep_tariff_of = providers.Factory(KeepTariffOf, users=Archive.users, keep=keep_tariff)
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
    read_statement = providers.Factory(
        ReadStatement,
        links=Archive.emporia_links,
        directory=Archive.directory,
        find_tariff=find_tariff,
        holidays=holidays,
        hours=home_hours,
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
    utility_files = providers.Singleton(GreenButtonFiles)
    known_customer = providers.Factory(
        KnownCustomer, directory=Archive.directory, kept_answers=Archive.kept_answers
    )
    compare_hours = providers.Factory(
        CompareHours,
        find_tariff=find_tariff,
        holidays=holidays,
        months=Archive.months,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    reconcile = providers.Factory(
        Reconcile,
        customers=known_customer,
        files=utility_files,
        compare=compare_hours,
        work=Archive.heavy_work,
    )
    utility_readings = providers.Singleton(SqlUtilityReadings, Archive.engine)
    utility_uploads = providers.Singleton(
        DiskUploadedFiles,
        Archive.settings.provided.data_dir,
        made_of=providers.Object(Path),
        work=Archive.heavy_work,
        name="utility",
    )
    keep_utility_readings = providers.Singleton(
        KeepUtilityReadings,
        links=Archive.emporia_links,
        customers=known_customer,
        uploads=utility_uploads,
        files=utility_files,
        kept=utility_readings,
        at_once=providers.Singleton(ExportsAtOnce, refusal=TooManyImports),
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    read_utility_readings = providers.Factory(
        ReadUtilityReadings,
        links=Archive.emporia_links,
        customers=known_customer,
        kept=utility_readings,
        compare=compare_hours,
        work=Archive.heavy_work,
    )
    remove_utility_readings = providers.Factory(
        RemoveUtilityReadings,
        links=Archive.emporia_links,
        customers=known_customer,
        kept=utility_readings,
        events=Archive.events,
    )
    forget_utility_readings = providers.Singleton(
        ForgetUtilityReadings,
        kept=utility_readings,
        archives=Archive.archives,
        links=Archive.emporia_links,
        events=Archive.events,
        clock=Archive.clock,
    )
