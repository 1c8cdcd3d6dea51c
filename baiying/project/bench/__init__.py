"""Timed figures, as ratios against a floor or a peer in the same run; never part of a pass/fail test."""
