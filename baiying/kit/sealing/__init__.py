"""Sealed fields: what is told in confidence is encrypted by the key of its case.

``box`` encrypts, ``chunks`` does so with files, ``people`` knows identity numbers and telephones, ``rotation`` wraps
keys anew.
"""

from baiying.kit.sealing.box import Altered, Forgotten, new_key, rewrap, seal, seal_with, unseal, unseal_with
from baiying.kit.sealing.chunks import seal_file, unseal_file
from baiying.kit.sealing.people import blind_index, identity, mask_identity, mask_phone, phone
from baiying.kit.sealing.rotation import KeyColumn, columns, register, rotate

__all__ = [
    "Altered", "Forgotten", "KeyColumn", "blind_index", "columns", "identity", "mask_identity", "mask_phone",
    "new_key", "phone", "register", "rewrap", "rotate", "seal", "seal_file", "seal_with", "unseal", "unseal_file",
    "unseal_with",
]
