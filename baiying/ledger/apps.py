"""The Django app ``ledger``."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Budgets, grants and payments."""

    name = "baiying.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Say where keys are kept, so that a new master key reaches them."""
        from baiying.kit import sealing

        sealing.register("ledger_payee", "key")
        sealing.register("ledger_correction", "key")
