"""The code of a card: signed, short-lived, for one counter alone; the list of lost cards; what a counter may conclude.

Pure, and a package of its own: a counter that has nothing of us but a public key and this page can do the same. The
twin of `verify` in the browser is `baiying/web/static/web/card.js`; both are held to the same cases by a test.
"""

from baiying.engine.card.marks import HANDLE_BYTES, MARK_BYTES, WHO_BYTES, handle, open_mark, seal_mark
from baiying.engine.card.revoked import Revoked, read_list, write_list
from baiying.engine.card.token import KEY_ID_BYTES, Malformed, Token, Written, key_id, read, write
from baiying.engine.card.verifying import SKEW, Verdict, verify

__all__ = [
    "HANDLE_BYTES",
    "KEY_ID_BYTES",
    "MARK_BYTES",
    "SKEW",
    "WHO_BYTES",
    "Malformed",
    "Revoked",
    "Token",
    "Verdict",
    "Written",
    "handle",
    "key_id",
    "open_mark",
    "read",
    "read_list",
    "seal_mark",
    "verify",
    "write",
    "write_list",
]
