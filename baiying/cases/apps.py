from django.apps import AppConfig


class CasesConfig(AppConfig):
    """One kind of handling for every case."""

    name = "baiying.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from baiying.kit import sealing

        sealing.register("cases_case", "key")
        from baiying.cases.actions import keeping_out, passing_on, retention
        from baiying.kit import news
        from baiying.members.actions import forgetting
        from baiying.network.news import SETTLED, UNIT_EMPTY, UNIT_PASSED

        news.listen(UNIT_PASSED, passing_on.unit_passed)
        news.listen(UNIT_EMPTY, passing_on.unit_empty)
        news.listen(SETTLED, keeping_out.settled)
        forgetting.also(retention.asked_for)
