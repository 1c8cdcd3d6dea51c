"""The Django app ``services``."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Services find people."""

    name = "baiying.services"
    label = "services"

    def ready(self) -> None:
        """Make the expressions of facts known, and hear who changed."""
        from baiying.cases.actions.retention import CASE_FORGOTTEN
        from baiying.cases.actions.step import MOVED
        from baiying.kit import news
        from baiying.ledger import actions as ledger
        from baiying.members import facts as members_facts  # noqa: F401
        from baiying.members.news import FORGOTTEN, PERSONS_CHANGED
        from baiying.services import effects, facts  # noqa: F401
        from baiying.services.actions import granted, promising, requesting, standing, telling
        from baiying.services.news import FACTS_CHANGED

        news.listen(PERSONS_CHANGED, standing.changed)
        news.listen(FACTS_CHANGED, standing.changed)
        news.listen(FORGOTTEN, telling.forget)
        news.listen(ledger.GRANTED, granted.granted)
        news.listen(ledger.TAKEN_BACK, granted.taken_back)
        news.listen(ledger.CORRECTED, granted.tell_her)
        news.listen(ledger.BOUNCED, granted.tell_her)
        # Money is kept free only while somebody decides.
        news.listen(MOVED, promising.moved)
        news.listen(CASE_FORGOTTEN, promising.forget)
        # Names and accounts of grants go with the case; the lines stay.
        news.listen(CASE_FORGOTTEN, requesting.forget)
        news.listen(CASE_FORGOTTEN, lambda case: ledger.forget_case(case.id))
