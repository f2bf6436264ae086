"""Files taken in by the operator: all of them are looked at before any is kept."""

from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.csv.import_file import CsvImportFile
from application.archive.exchange.importing import Importing, ImportQuery
from application.ports.archive.import_board import Reached
from domain.accounts.callers.actors import OPERATOR
from domain.archive.events import FiguresImported
from domain.archive.exchange.errors import ImportRefused
from domain.archive.exchange.imports.matching import require_listed
from domain.emporia.links import AccountId
from domain.errors import InvalidInput
from entrypoints.composition.container import Container


class ImportUnusable(Exception):
    """Files that can't be taken in; the sentence says why."""


async def only_linked(container: Container) -> AccountId:
    """The one account that anybody has linked; raises ImportUnusable."""
    accounts = await container.emporia_links().accounts()
    if len(accounts) != 1:
        raise ImportUnusable(
            "Several Emporia accounts are linked; choose one with --email or --account."
            if accounts
            else "No Emporia account is linked: a file has to belong to one."
        )
    return accounts[0]


async def import_from(
    container: Container,
    account: AccountId,
    files: Sequence[tuple[Path, ImportQuery]],
    tell: Callable[[Path, Reached], None],
    *,
    keeps: bool,
) -> None:
    """Take the files into the account's archive, or only tell what would be taken.

    Raises InvalidInput, which names the file and the line, and then nothing of any is kept;
    ImportUnusable or StorageUnavailable.
    """
    links = await container.emporia_links().of_account(account)
    if not links:
        raise ImportUnusable(f"Nobody has the account {account} linked.")
    for only_looks in (True, False) if keeps else (True,):
        for path, query in files:
            reached = await _read(container, account, path, query, keeps=not only_looks)
            if only_looks is not keeps:
                tell(path, reached)
            if reached.tally.taken and not only_looks:
                for link in links:
                    await container.events().publish(
                        FiguresImported(
                            user_id=link.user_id,
                            account=account,
                            buckets=reached.tally.taken,
                            by=OPERATOR,
                        )
                    )


async def _read(
    container: Container, account: AccountId, path: Path, query: ImportQuery, *, keeps: bool
) -> Reached:
    customer = await container.kept_answers().customer(account)
    require_listed(query.wanted, customer)
    try:
        return await container.import_figures()(
            Importing(
                account=account,
                customer=customer,
                file=CsvImportFile(path),
                query=query,
                keeps=keeps,
            )
        )
    except ImportRefused as refusal:
        raise InvalidInput(f"{path}, {refusal}" if refusal.line else f"{path}: {refusal}") from None
    except (OSError, UnicodeError) as error:
        raise InvalidInput(f"{path} can't be read: {getattr(error, 'strerror', error)}.") from None
