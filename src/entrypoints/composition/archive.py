"""What was measured."""

from dependency_injector import providers

from application.archive.read_history import ReadHistory
from entrypoints.composition.emporia import Emporia


class Archive(Emporia):
    """Reading back what was measured."""

    read_history = providers.Factory(
        ReadHistory,
        links=Emporia.emporia_links,
        directory=Emporia.directory,
        gateway=Emporia.emporia_gateway,
        calls=Emporia.calls,
        budgets=Emporia.budgets,
        most_buckets=Emporia.settings.provided.history_max_buckets,
        concurrency=Emporia.settings.provided.history_concurrency,
    )
