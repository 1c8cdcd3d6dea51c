"""The third thin way in: what happens by the timetable or out of a queue. Each job calls one action."""
