"""Takes a file that somebody sends, to be read when its turn comes."""

from collections.abc import AsyncIterable
from dataclasses import dataclass

from application.accounts.access import Caller
from application.archive.exchange.importing import ImportQuery
from application.archive.exchange.known_customer import KnownCustomer
from application.archive.exchange.run_imports import RunImports, SentFile
from application.emporia.cloud.usable_link import usable_link
from application.ports.archive.import_board import ImportState, ImportStatus, Reached
from application.ports.archive.import_files import ImportFile, UploadedFiles
from application.ports.clock import Clock
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.randomness import Randomness
from domain.archive.exchange.imports.matching import require_listed


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginImport:
    """What can be known before the file is looked at before any of it is kept on the disk."""

    links: EmporiaLinkRepository
    known_customer: KnownCustomer
    files: UploadedFiles[ImportFile]
    imports: RunImports
    clock: Clock
    randomness: Randomness

    async def __call__(
        self,
        caller: Caller,
        query: ImportQuery,
        parts: AsyncIterable[bytes],
        *,
        expected: int | None,
    ) -> ImportStatus:
        """How the import goes at first; `expected` is how many bytes come, where that is known.

        Raises NotLinked, LinkDead, UnknownDevice, UnknownSeries, TooManyImports or
        StorageUnavailable, what the parts raise, and an EmporiaError or BudgetSpent where no
        device list is known.
        """
        user = caller.user.id
        link = await usable_link(self.links, caller)
        self.imports.enter(user)
        try:
            customer = await self.known_customer(link)
            require_listed(query.wanted, customer)
            file = await self.files.keep(parts, expected=expected)
        except BaseException:
            self.imports.leave(user)
            raise
        status = ImportStatus(
            id=str(self.randomness.identifier()),
            user_id=user,
            state=ImportState.WAITING,
            reached=Reached(file_bytes=file.size),
            begun_at=self.clock.now(),
        )
        self.imports.put(
            SentFile(
                status=status,
                account=link.account,
                customer=customer,
                file=file,
                query=query,
                by=caller.actor,
            )
        )
        return status
