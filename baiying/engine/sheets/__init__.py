"""Reading a spreadsheet as offices really have them: encodings, invisible characters, numbers that a program ruined."""

from baiying.engine.sheets.cells import Raw, Ruined, date_of, identity_of, said, telephone_of, text_of, yes_no_of
from baiying.engine.sheets.marks import cleaned, visible
from baiying.engine.sheets.table import Row, Table, Unreadable, open_table

__all__ = ["Raw", "Row", "Ruined", "Table", "Unreadable", "cleaned", "date_of", "identity_of", "open_table", "said",
           "telephone_of", "text_of", "visible", "yes_no_of"]
