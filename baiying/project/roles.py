"""The two database roles: what the web role may do on tables that the owner made."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from baiying.project.errors import Trouble

ORDINARY = "SELECT, INSERT, UPDATE, DELETE"


def grant(web_role: str) -> None:
    """Give the web role the use of every table, and only reading of Django's own book of migrations.

    Append-only tables (those with a trigger that refuses change) are never granted change at all,
    so that two locks, not one, stand before them. Called as the owner after migrating.
    """
    role = sql.Identifier(web_role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == web_role:
            raise Trouble("The web role must not be the owner of the tables. "
                          "Set BAIYING_WEB_URL to the address of another role of the same database.")
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT {ORDINARY} ON ALL TABLES IN SCHEMA public TO {{role}}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        for table in append_only(cursor):
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}").format(
                table=sql.Identifier(table), role=role))


def append_only(cursor: Any) -> list[str]:
    """The tables that carry an append-only trigger (kit names it append_only)."""
    cursor.execute(
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgname LIKE 'append_only%%' ORDER BY 1"
    )
    return [row[0] for row in cursor.fetchall()]


def ensure_web_role(owner_url: str, web_url: str) -> None:
    """Make the web role on a server that is not ours, if the owner may; otherwise say what to type."""
    words = psycopg.conninfo.conninfo_to_dict(web_url)
    name, password = str(words["user"]), str(words.get("password") or "")
    with psycopg.connect(owner_url, autocommit=True) as direct:
        known = direct.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        try:
            if not known:
                direct.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(name), sql.Literal(password)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise Trouble(
                f"The database has no role {name} for the web process, and the role of DATABASE_URL may not make one. "
                f"Ask the administrator of the server for CREATE ROLE {name} LOGIN PASSWORD '…' "
                f"and set BAIYING_WEB_URL to its address."
            ) from error
    refuse_unusable(web_url, name)


def refuse_unusable(web_url: str, name: str) -> None:
    """The web role must be let in, and row security must hold it."""
    try:
        with psycopg.connect(web_url, connect_timeout=10) as direct:
            free = direct.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            if (row := free.fetchone()) and row[0]:
                raise Trouble(f"The role {name} is a superuser or bypasses row security, so the web process must not "
                              f"use it. Set BAIYING_WEB_URL to the address of a plain role of the same database.")
    except psycopg.OperationalError as error:
        raise Trouble(f"The server does not let the web role {name} in; perhaps it was made before with another "
                      f"password. Set BAIYING_WEB_URL to its address, password included.") from error
