"""Django's own migrating, with a bar that shows how far it is."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from baiying.project.progress import Progress


class Migrating(Command):
    """The command `migrate`; each migration that was applied moves the bar."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress
        self.applied = 0
        self.total = 0

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        self.total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        super().handle(*args, **options)

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_success":
            self.applied += 1
            self.progress("tables", self.applied, self.total)
