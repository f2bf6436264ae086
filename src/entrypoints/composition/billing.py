"""What energy costs."""

from pathlib import Path

from dependency_injector import providers

from adapters.espi.green_button import GreenButtonFiles
from adapters.holidays.public_holidays import PublicHolidays
from adapters.sql.billing.tariffs import SqlTariffs
from adapters.sql.billing.utility_readings import SqlUtilityReadings
from adapters.system.uploaded_files import DiskUploadedFiles
from application.archive.exchange.exports_at_once import ExportsAtOnce
from application.archive.exchange.known_customer import KnownCustomer
from application.billing.keep_tariff import KeepTariff
from application.billing.keep_tariff_of import KeepTariffOf
from application.billing.list_tariffs import ListTariffs
from application.billing.read_costs import ReadCosts
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
    keep_tariff_of = providers.Factory(KeepTariffOf, users=Archive.users, keep=keep_tariff)
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
    known_customer = providers.Factory(
        KnownCustomer, directory=Archive.directory, kept_answers=Archive.kept_answers
    )
    compare_hours = providers.Factory(
        CompareHours,
        tariffs=tariffs,
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
    remove_tariff = providers.Factory(RemoveTariff, tariffs=tariffs)
