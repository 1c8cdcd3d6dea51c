"""What rules may ask of a person and her home that is computed (catalogue/facts.toml, `app = "members"`)."""

from __future__ import annotations

from baiying.catalogue.facts import fact

fact("person.age", "{person.born}")
fact("person.minor", "{person.born} > :adult")
fact("person.jobless_months", "CASE WHEN {person.jobless} THEN {person.jobless_since} END")
# The register speaks for members alone: who is not in it may be a member elsewhere, and is asked.
fact(
    "member.active",
    "CASE WHEN member_since <= :today AND (member_until IS NULL OR member_until > :today) THEN true END",
)
fact(
    "member.unit_closed",
    "CASE WHEN member_since IS NOT NULL THEN coalesce(member_unit_closed_on <= :today, false) END",
)
fact(
    "home.left_each_month",
    "div(({home.income_year} - {home.rigid_spend})::numeric, nullif(12 * {home.size}, 0))::bigint",
)
# In whole percent, rounded up: "more than 80 percent" is then the same question as of the share itself.
fact("home.shock_share", "ceil({home.shock_spend} * 100.0 / nullif({home.income_year}, 0))::bigint")
fact("home.private_school", "{home.exclusions} ?| array['子女就读收费超公立2倍的私立学校', '自费留学']")
fact("home.shop", "{home.exclusions} ? '商业店铺'")
