"""What the tests of cases use is used here too."""

from tests.cases.conftest import send

__all__ = ["send"]
