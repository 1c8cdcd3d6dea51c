"""Files of cases: what is taken (``kinds``), photos without their place (``photos``), where they lie (``store``)."""

from baiying.kit.files.kinds import KINDS, LARGEST, Kind, NotTaken, Taken, take
from baiying.kit.files.store import Gone, folder, name_of, names, older_than, read, remove, there, write

__all__ = ["KINDS", "LARGEST", "Gone", "Kind", "NotTaken", "Taken", "folder", "name_of", "names", "older_than", "read",
           "remove", "take", "there", "write"]
