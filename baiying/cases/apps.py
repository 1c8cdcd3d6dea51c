from django.apps import AppConfig


class CasesConfig(AppConfig):
    """One kind of handling for every case."""

    name = "baiying.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from baiying.kit import sealing

        sealing.register("cases_case", "key")
