"""Runs the scripts on the connection that the program hands over; the transaction around them is the program's.

Only upgrades exist: an older record is brought up, a newer one is left alone.
"""

from __future__ import annotations

from alembic import context

from quizcnn.storage.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
