"""What changes the kit's own tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.kit import powers, queries
from baiying.kit.errors import Refusal
from baiying.kit.models import RolePowers


def set_role_powers(rows: Iterable[tuple[str, str]]) -> int:
    """Let these (role, power) pairs be all that holds, as roles.toml says; gives how many pairs there are.

    Done again it changes nothing. Raises Refusal, naming all of them, when a power does not exist.
    """
    wanted: dict[str, set[str]] = {}
    for role, power in rows:
        wanted.setdefault(role, set()).add(power)
    unknown = sorted(set().union(*wanted.values()) - set(powers.known())) if wanted else []
    if unknown:
        raise Refusal(_("These powers do not exist: %(names)s. Nothing was changed. Correct roles.toml; "
                        "baiying catalogue check names those that exist."), names=", ".join(unknown))
    with transaction.atomic():
        RolePowers.objects.exclude(role__in=wanted).delete()
        RolePowers.objects.bulk_create(
            [RolePowers(role=role, powers=sorted(held)) for role, held in sorted(wanted.items())],
            update_conflicts=True, unique_fields=["role"], update_fields=["powers"])
        queries.forget_powers()
    return sum(len(held) for held in wanted.values())
