"""Every job there is, and when the timed ones run. Cron words are in UTC."""

from __future__ import annotations

from procrastinate.contrib.django import app

from baiying.jobs.network import settle_network
from baiying.jobs.note_late import note_late
from baiying.jobs.rescue import rescue
from baiying.jobs.sweep import sweep
from baiying.jobs.tell_her import tell_her

app.task(name="tell_her", retry=5)(tell_her)

app.periodic(cron="* * * * *")(app.task(name="note_late", queueing_lock="note_late")(note_late))
app.periodic(cron="* * * * *")(app.task(name="rescue", queueing_lock="rescue", pass_context=True)(rescue))
app.periodic(cron="1 * * * *")(app.task(name="settle_network", queueing_lock="settle_network")(settle_network))
app.periodic(cron="17 19 * * *")(app.task(name="sweep", queueing_lock="sweep")(sweep))
