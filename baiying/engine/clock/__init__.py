"""The clock of 百应: from a rule and a start to a due day that explains itself, day by day (民法典 art. 200-203).

A reckoning is a pure function of (version of the calendar, start, rule, pauses, extensions). Nothing here knows what
day it is today.
"""

from .asking import explain_rule, read_start
from .calendar import Calendar, Day
from .counting import reckon
from .faults import ClockError
from .limitation import Employment, Interruption, Suspension, reckon_limitation
from .moments import SHANGHAI, instant
from .pauses import Extension, Pause
from .read_ics import read_calendar_ics
from .readings import Readings, reckon_readings, recurrences
from .reckoning import DayLine, Reckoning, to_json
from .rules import KINDS, UNITS, Rule
from .sheets import calendar_from_folder, read_calendar_csv, read_calendar_toml, year_as_toml

__all__ = [
    "KINDS",
    "SHANGHAI",
    "UNITS",
    "Calendar",
    "ClockError",
    "Day",
    "DayLine",
    "Employment",
    "Extension",
    "Interruption",
    "Pause",
    "Readings",
    "Reckoning",
    "Rule",
    "Suspension",
    "calendar_from_folder",
    "explain_rule",
    "instant",
    "read_calendar_csv",
    "read_calendar_ics",
    "read_calendar_toml",
    "read_start",
    "reckon",
    "reckon_limitation",
    "reckon_readings",
    "recurrences",
    "to_json",
    "year_as_toml",
]
