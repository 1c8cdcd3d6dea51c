"""What `make start` looks at before it serves real people: no demo, no debugging, no passwords in the clear."""

from __future__ import annotations

import ipaddress
import os
from uuid import UUID

import psycopg

from baiying.project.database import addresses
from baiying.project.errors import Trouble
from baiying.project.folders import folders, write_private
from baiying.project.ports import chosen_host

YES = ("1", "true", "yes", "on")
OURS = ("", "localhost", "127.0.0.1", "::1", "[::1]", "testserver")


def refuse_unfit() -> None:
    """Refuse settings that nobody may serve real people with. Raises Trouble with every one of them."""
    found = [sentence for sentence in (debugging(), demo_asked(), in_the_clear(), any_name()) if sentence]
    if found:
        raise Trouble("\n".join(found))


def debugging() -> str:
    """DEBUG shows strangers the inside of every error."""
    for name in ("BAIYING_DEBUG", "DEBUG", "DJANGO_DEBUG"):
        if os.environ.get(name, "").strip().lower() in YES:
            return (f"{name} is set, and debugging shows strangers what was typed and how the program is made. "
                    f"Take it out of the environment (unset {name}) and start again.")
    return ""


def demo_asked() -> str:
    if os.environ.get("BAIYING_DEMO", "").strip().lower() in YES:
        return ("BAIYING_DEMO is set, and a demo is not for real people. For the demo type `make run`; "
                "for the real thing take it out of the environment (unset BAIYING_DEMO) and start again.")
    return ""


def in_the_clear() -> str:
    """Whoever listens beyond this machine, or is asked for by a name of its own, needs https before it."""
    if os.environ.get("BAIYING_HTTPS") == "1":
        return ""
    names = [name.strip() for name in os.environ.get("BAIYING_HOSTS", "").split(",")]
    strange = [name for name in names if name not in OURS]
    if beyond(chosen_host()):
        why = f"BAIYING_HOST is {chosen_host()}, so people come from other machines"
    elif strange:
        why = f"BAIYING_HOSTS names {strange[0]}, so people come from other machines"
    elif os.environ.get("BAIYING_PROXIES", "0").strip() not in ("", "0"):
        why = "BAIYING_PROXIES says that a proxy stands before the web"
    else:
        return ""
    return (f"{why}, but BAIYING_HTTPS is not 1: passwords and what people tell would go through the network in the "
            f"clear. Put a proxy that speaks https before it and set BAIYING_HTTPS=1; see docs/how-to/setting-up.md.")


def any_name() -> str:
    if any(name.strip() in ("*", ".") for name in os.environ.get("BAIYING_HOSTS", "").split(",")):
        return ("BAIYING_HOSTS is *, so another site could put its name before ours. "
                "Name the names under which people come, with commas.")
    return ""


def beyond(host: str) -> bool:
    """Whether other machines can reach what listens there."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host != "localhost"


def refuse_demo_data() -> None:
    """A database that holds the demo is never served as real. Raises Trouble; asks without changing anything."""
    with psycopg.connect(addresses().web) as direct:
        there = direct.execute("SELECT to_regclass('public.network_unit') IS NOT NULL").fetchone()
        if not there or not there[0]:
            return
        found = direct.execute("SELECT 1 FROM network_unit WHERE id = %s", [demo_unit()]).fetchone()
    if found:
        raise Trouble(f"The data in {folders().data} are the demo's: its people and cases are invented. Nothing was "
                      f"started. Set BAIYING_DATA to a new folder (for instance BAIYING_DATA={folders().data}-real) "
                      f"and type `make start` again; the demo goes on with `make run`.")


def demo_unit() -> UUID:
    """The id that the demo's first unit has on this installation."""
    import django

    django.setup()
    from baiying.project.demo.network import unit_id

    return unit_id("union")


def lay_key() -> str:
    """The one-time key of the setup page: the one that lies there, or a new one; the file is its owner's alone."""
    from baiying.setup import queries as setup

    path = folders().setup_key
    if not path.exists():
        write_private(path, setup.new_key() + "\n")
    return path.read_text().strip()
