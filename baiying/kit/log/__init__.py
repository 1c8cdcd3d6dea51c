"""The log: append-only lines, each with its keyed hash, chained by one sealer, provable at any time.

``lines`` writes and reads, ``sealer`` links committed lines into the chain, ``proof`` proves all of it.
"""

from baiying.kit.log.lines import LineRead, line, lines_about, write
from baiying.kit.log.proof import Broken, Proof, verify
from baiying.kit.log.sealer import ChainCut, link_waiting

__all__ = ["Broken", "ChainCut", "LineRead", "Proof", "line", "link_waiting", "lines_about", "verify", "write"]
