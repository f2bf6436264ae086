"""Exports into files and folders, whole or not at all."""

import asyncio
import secrets
import shutil
from contextlib import aclosing
from pathlib import Path
from typing import IO

from adapters.sqlite.faults import told_of
from adapters.system.private_files import draft, put_in_place, sync_names
from application.archive.exchange.plan_export import ExportPlan
from application.ports.archive.export_tables import ExportTable
from domain.accounts.users import EmailAddress
from domain.archive.exchange.errors import FormatUnavailable
from domain.archive.exchange.exports import ExportFormat, Piece
from domain.emporia.links import AccountId, EmporiaLink
from domain.errors import UserNotFound
from entrypoints.composition.container import Container


class ExportUnusable(Exception):
    """An export that can't be written; the sentence says why."""


async def account_of(container: Container, *, email: str, tenant: str | None) -> AccountId:
    """The account that this user has linked; raises what `link_of` does."""
    return (await link_of(container, email=email, tenant=tenant)).account


async def link_of(container: Container, *, email: str, tenant: str | None) -> EmporiaLink:
    """The link of this user; raises UserNotFound or ExportUnusable."""
    tenant_id = await container.find_tenant().id_of(tenant)
    user = await container.users().with_email(EmailAddress(email), tenant_id=tenant_id)
    if user is None:
        raise UserNotFound
    link = await container.emporia_links().of_user(user.id)
    if link is None:
        raise ExportUnusable(f"{email} has no Emporia account linked; name one with --account.")
    return link


async def only_account(container: Container) -> AccountId:
    """The account of the one archive there is; raises ExportUnusable."""
    accounts = await container.archives().accounts()
    if not accounts:
        raise ExportUnusable("The archive is empty.")
    if len(accounts) > 1:
        raise ExportUnusable(
            "The archive holds several accounts; choose one with --email or --account: "
            + ", ".join(map(str, accounts[:20]))
            + "."
        )
    return accounts[0]


async def export_to(
    container: Container, plan: ExportPlan, out: Path, export_format: ExportFormat
) -> int:
    """Write a file, or a folder of Parquet files; how many rows. Raises ExportUnusable."""
    _refuse(out)
    with told_of(out):
        if export_format is ExportFormat.PARQUET and out.suffix != ".parquet":
            return await _into_folder(container, plan, out)
        return await _into_file(container, plan, out, export_format)


def _refuse(out: Path) -> None:
    if out.exists():
        raise ExportUnusable(f"{out} is there already; name a new one.")
    if not out.parent.is_dir():
        raise ExportUnusable(f"There is no folder {out.parent}; make it, or name another one.")


async def _into_file(
    container: Container, plan: ExportPlan, out: Path, export_format: ExportFormat
) -> int:
    table = container.export_tables()(export_format, is_compressed=out.suffix == ".gz")
    rows = 0
    with draft(out.parent, out.name) as written:
        with written.open("wb") as file:
            file.write(table.head())
            async with aclosing(container.export_archive().pieces(plan)) as pieces:
                async for piece in pieces:
                    await asyncio.to_thread(_write, file, table, piece)
                    rows += len(piece.grid.starts)
            file.write(table.tail())
        put_in_place(written, out)
    return rows


def _write(file: IO[bytes], table: ExportTable, piece: Piece) -> None:
    file.write(table.rows(piece))


async def _into_folder(container: Container, plan: ExportPlan, out: Path) -> int:
    try:
        from adapters.arrow.folder import ParquetFolder
    except ModuleNotFoundError as error:
        raise FormatUnavailable from error
    written = out.with_name(f".{out.name}.{secrets.token_hex(8)}")
    written.mkdir(mode=0o700)
    rows = 0
    try:
        folder = ParquetFolder(written)
        async with aclosing(container.export_archive().pieces(plan)) as pieces:
            async for piece in pieces:
                await asyncio.to_thread(folder.write, piece)
                rows += len(piece.grid.starts)
        folder.close()
        written.rename(out)
        sync_names(out.parent)
    finally:
        shutil.rmtree(written, ignore_errors=True)
    return rows
