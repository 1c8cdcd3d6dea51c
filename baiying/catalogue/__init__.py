"""The loaded declarations: what is promised, by content hash, and which version is in force."""
