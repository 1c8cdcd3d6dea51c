"""The same answer three ways: one person with reasons, everybody by columns, and a plain reading of the tables."""
