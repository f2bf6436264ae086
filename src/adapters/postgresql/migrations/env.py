"""What alembic runs, on the connection that it was handed, in one transaction."""

from alembic import context

from adapters.postgresql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
