"""DATABASE_URL: any PostgreSQL from 15 on instead of the embedded one; its web role is made or asked for.

The server that stands for somebody else's is a second embedded one on a socket of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys

import psycopg
import pytest

from baiying.project import installation, postgres
from baiying.project.commands.doctor import WRITES
from baiying.project.database import addresses, as_environment
from baiying.project.errors import Trouble
from baiying.project.folders import Folders
from baiying.project.postgres import SUPERUSER, Server
from tests import live as product
from tests.project.conftest import processes_of, wait_until_gone

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("restored")]


@pytest.fixture(scope="module")
def theirs():
    """Somebody else's server, up, with writes that survive a crash (that of the other tests has them switched off)."""
    data = product.new_folder()
    server = Server(Folders(data))
    server.prepare()
    with pytest.MonkeyPatch.context() as patch:
        for name in WRITES:
            patch.setitem(postgres.SETTINGS, name, "on")
        server.start()
    yield server
    server.stop()
    product.remove(data)


def owner_of(server: Server, name: str, powers: str) -> str:
    """A database with an owner of its own; the owner's address."""
    with psycopg.connect(server.url(SUPERUSER), autocommit=True) as direct:
        direct.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'geheim-{name}' {powers}")
        direct.execute(f"CREATE DATABASE {name} OWNER {name}")
    return f"postgresql://{name}:geheim-{name}@/{name}?host={server.sockets}"


def type_with(data, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "baiying.project.command", *words], cwd=product.CHECKOUT,
                          env=product.environment(data, 1) | more, capture_output=True, text=True, timeout=120)


def test_with_database_url_alone_the_product_runs_there_and_makes_its_web_role(theirs, bare):
    url = owner_of(theirs, "city", "CREATEROLE")
    running = product.start(bare, product.free_port(), DATABASE_URL=url)
    try:
        assert not any("postgres -D " + str(bare) in words for words in processes_of(bare).values())
        assert not (bare / "postgres").exists()
        shown = "\n".join([*running.printed, *processes_of(bare).values()])
        kept = json.loads((bare / "keys" / "postgres.json").read_text())
        assert "geheim" not in shown and not any(word in shown for word in kept.values())
        with psycopg.connect(theirs.url(SUPERUSER), dbname="city") as direct:
            owners = direct.execute("SELECT DISTINCT tableowner FROM pg_tables "
                                    "WHERE schemaname = 'public'").fetchall()
            role = direct.execute("SELECT rolsuper, rolbypassrls FROM pg_roles "
                                  "WHERE rolname = 'city_web'").fetchone()
            using = {row[0] for row in direct.execute("SELECT usename FROM pg_stat_activity WHERE datname = 'city' "
                                                      "AND application_name = 'baiying'")}
        assert owners == [("city",)] and role == (False, False) and "city" not in using and using
        for words in (("verify", "log"), ("doctor",), ("backup", str(bare / "b.dump"))):
            done = type_with(bare, *words, DATABASE_URL=url)
            assert done.returncode == 0 and "geheim" not in done.stdout + done.stderr, done
    finally:
        assert running.stop() == 0
    assert wait_until_gone(bare, 5) == {}
    assert theirs.answers(), "a server that is not ours is never stopped"


@pytest.mark.deep
def test_an_owner_that_may_make_no_role_is_told_what_to_ask_for_and_baiying_web_url_is_honoured(theirs, bare):
    url = owner_of(theirs, "poor", "")
    refused = type_with(bare, "migrate", DATABASE_URL=url)
    assert refused.returncode == 1 and "CREATE ROLE poor_web LOGIN PASSWORD" in refused.stderr, refused
    assert "BAIYING_WEB_URL" in refused.stderr and "Traceback" not in refused.stderr
    with psycopg.connect(theirs.url(SUPERUSER), autocommit=True) as direct:
        direct.execute("CREATE ROLE front LOGIN PASSWORD 'geheim-front'")
    web = url.replace("poor:geheim-poor", "front:geheim-front")
    wrong = type_with(bare, "migrate", DATABASE_URL=url, BAIYING_WEB_URL=web.replace("-front", "-wrong"))
    assert wrong.returncode == 1 and "does not let the web role front in" in wrong.stderr
    same = type_with(bare, "migrate", DATABASE_URL=url, BAIYING_WEB_URL=url)
    assert same.returncode == 1 and "must not be the owner" in same.stderr, same
    done = type_with(bare, "migrate", DATABASE_URL=url, BAIYING_WEB_URL=web)
    assert done.returncode == 0 and "up to date" in done.stdout, done
    assert "geheim" not in "".join(one.stdout + one.stderr for one in (refused, wrong, same, done))


@pytest.mark.parametrize(("url", "sentence"), [
    ("nonsense", "is not an address of PostgreSQL"),
    ("postgresql:///x", "names no role"),
    ("postgresql://a:geheim@127.0.0.1:1/x", "does not let us in"),
])
def test_an_address_that_leads_nowhere_gets_a_sentence_without_its_password(bare, url, sentence):
    done = type_with(bare, "migrate", DATABASE_URL=url)
    assert done.returncode == 1 and sentence in done.stderr and "Traceback" not in done.stderr, done
    assert "geheim" not in done.stderr


def test_an_older_server_is_refused(theirs, monkeypatch):
    monkeypatch.setattr(installation, "OLDEST", 99_00_00)
    with pytest.raises(Trouble, match="is PostgreSQL 18; 百应 needs 15 or newer"):
        installation.refuse_old(theirs.url(SUPERUSER))


def test_an_address_goes_to_programs_by_their_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:b%40c@db.example:6000/x?sslmode=require")
    monkeypatch.setenv("BAIYING_WEB_URL", "host=db.example user=w password=p dbname=x")
    assert as_environment(addresses().owner) == {
        "PGUSER": "a", "PGPASSWORD": "b@c", "PGHOST": "db.example", "PGPORT": "6000", "PGDATABASE": "x",
        "PGSSLMODE": "require"}
    assert addresses().web_role == "w" and not addresses().embedded
