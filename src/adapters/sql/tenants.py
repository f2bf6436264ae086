"""Tenants in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql import ColumnElement

from adapters.sql.statements.inserts import is_taken
from adapters.sql.tables import tenants
from application.ports.accounts.tenants import Tenants
from domain.accounts.errors import TenantNameTaken
from domain.accounts.tenants import OldSecret, Tenant, TenantId, TenantName


class SqlTenants(Tenants):
    """Leaves it to the database that names are unique and that all of a tenant's goes with it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, tenant: Tenant) -> None:
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(tenants).values(_to_row(tenant)))
        except IntegrityError as error:
            if is_taken(error, tenants, "name"):
                raise TenantNameTaken(tenant.name.value) from None
            raise

    async def all(self) -> Sequence[Tenant]:
        query = select(tenants).order_by(tenants.c.created_at, tenants.c.name)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_tenant(row) for row in rows]

    async def with_name(self, name: TenantName) -> Tenant | None:
        return await self._first_where(tenants.c.name == name.value)

    async def with_key(self, api_key: str) -> Tenant | None:
        return await self._first_where(tenants.c.api_key == api_key)

    async def replace(self, tenant: Tenant) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                update(tenants).where(tenants.c.id == tenant.id).values(_to_row(tenant))
            )

    async def remove(self, tenant_id: TenantId) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(tenants).where(tenants.c.id == tenant_id))

    async def _first_where(self, condition: ColumnElement[bool]) -> Tenant | None:
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(tenants).where(condition))).mappings().first()
        return None if row is None else _to_tenant(row)


def _to_row(tenant: Tenant) -> dict[str, Any]:
    old = tenant.old_secret
    return {
        "id": tenant.id,
        "name": tenant.name.value,
        "api_key": tenant.api_key,
        "secret_hash": tenant.secret_hash,
        "created_at": tenant.created_at,
        "rotated_at": tenant.rotated_at,
        "old_secret_hash": None if old is None else old.hash,
        "old_secret_good_until": None if old is None else old.good_until,
    }


def _to_tenant(row: RowMapping) -> Tenant:
    old_hash = row["old_secret_hash"]
    return Tenant(
        id=TenantId(row["id"]),
        name=TenantName(row["name"]),
        api_key=row["api_key"],
        secret_hash=row["secret_hash"],
        created_at=row["created_at"],
        rotated_at=row["rotated_at"],
        old_secret=None if old_hash is None else OldSecret(old_hash, row["old_secret_good_until"]),
    )
