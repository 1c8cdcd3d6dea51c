"""What was promised, granted and paid, in fen: a ledger that only grows. Who it was for stands beside it, sealed."""
