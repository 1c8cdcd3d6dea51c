"""The log: append-only lines, each with its keyed hash, chained by one sealer, provable at any time.

``lines`` writes and reads, ``sealer`` links committed lines into the chain, ``proof`` proves all of it, ``anchors``
keeps the chain's end of every day outside the database.
"""

from baiying.kit.log.anchors import Anchored, Torn, anchor
from baiying.kit.log.anchors import prove as prove_anchors
from baiying.kit.log.lines import LineRead, line, lines_about, write
from baiying.kit.log.proof import Broken, Proof, verify
from baiying.kit.log.sealer import ChainCut, link_waiting

__all__ = ["Anchored", "Broken", "ChainCut", "LineRead", "Proof", "Torn", "anchor", "line", "lines_about",
           "link_waiting", "prove_anchors", "verify", "write"]
