"""Files of what was measured."""

from dependency_injector import providers

from adapters.csv.export_table import CsvExportTable
from adapters.csv.import_file import CsvImportFile
from adapters.memory.import_board import InMemoryImportBoard
from adapters.sql.archive.held_series import SqlHeldSeries
from adapters.system.uploaded_files import DiskUploadedFiles
from application.archive.exchange.begin_import import BeginImport
from application.archive.exchange.export_archive import ExportArchive
from application.archive.exchange.exports_at_once import ExportsAtOnce
from application.archive.exchange.import_figures import ImportFigures
from application.archive.exchange.known_customer import KnownCustomer
from application.archive.exchange.plan_export import PlanExport
from application.archive.exchange.read_import import ReadImport
from application.archive.exchange.run_imports import RunImports
from application.ports.archive.export_tables import ExportTable
from domain.archive.exchange.errors import FormatUnavailable
from domain.archive.exchange.exports import ExportFormat
from entrypoints.composition.archive import Archive


def export_table(export_format: ExportFormat, *, is_compressed: bool) -> ExportTable:
    """A new table; pyarrow is loaded for the first of its kind: 0.2 s, and 30 MB that stay."""
    if export_format is ExportFormat.CSV:
        return CsvExportTable(is_compressed=is_compressed)
    try:
        from adapters.arrow.parquet import ParquetExportTable
    except ModuleNotFoundError as error:
        raise FormatUnavailable from error
    return ParquetExportTable()


class Exchange(Archive):
    """Writing what the archive holds for whoever takes it elsewhere, and taking files in."""

    held_series = providers.Singleton(SqlHeldSeries, Archive.archive_engine)
    export_tables = providers.Object(export_table)
    exports_at_once = providers.Singleton(ExportsAtOnce)
    plan_export = providers.Factory(
        PlanExport,
        links=Archive.emporia_links,
        directory=Archive.directory,
        kept_answers=Archive.kept_answers,
        held_series=held_series,
        clock=Archive.clock,
    )
    export_archive = providers.Factory(
        ExportArchive,
        store=Archive.chunk_store,
        archive=Archive.read_archive,
        work=Archive.heavy_work,
    )

    uploaded_files = providers.Singleton(
        DiskUploadedFiles,
        Archive.settings.provided.data_dir,
        made_of=providers.Object(CsvImportFile),
        work=Archive.heavy_work,
    )
    import_board = providers.Singleton(InMemoryImportBoard, Archive.clock)
    import_figures = providers.Singleton(
        ImportFigures,
        store=Archive.chunk_store,
        codec=Archive.chunk_codec,
        archive=Archive.read_archive,
        keep=Archive.keep_readings,
        work=Archive.heavy_work,
        clock=Archive.clock,
    )
    run_imports = providers.Singleton(
        RunImports,
        links=Archive.emporia_links,
        files=uploaded_files,
        figures=import_figures,
        board=import_board,
        events=Archive.events,
        clock=Archive.clock,
    )
    begin_import = providers.Factory(
        BeginImport,
        links=Archive.emporia_links,
        known_customer=providers.Factory(
            KnownCustomer, directory=Archive.directory, kept_answers=Archive.kept_answers
        ),
        files=uploaded_files,
        imports=run_imports,
        clock=Archive.clock,
        randomness=Archive.randomness,
    )
    read_import = providers.Factory(ReadImport, board=import_board)
