"""The steps from an older database to the present one, run by Alembic when a store opens."""
