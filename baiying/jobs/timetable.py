"""Every job there is, and when the timed ones run. Cron words are in UTC."""

from __future__ import annotations

from procrastinate.contrib.django import app

from baiying.jobs.anchors import anchors
from baiying.jobs.demands import demands
from baiying.jobs.figures import figures, recount
from baiying.jobs.files import sweep_files
from baiying.jobs.importing import forget_sheets, importing
from baiying.jobs.incidents import incidents
from baiying.jobs.ladder import ladder
from baiying.jobs.network import settle_network
from baiying.jobs.parties import parties
from baiying.jobs.reminders import reminders
from baiying.jobs.rescue import rescue
from baiying.jobs.retention import forget_people, retention
from baiying.jobs.search import search
from baiying.jobs.served import served, served_no_more
from baiying.jobs.standing import keep_standing, prove_standing
from baiying.jobs.sweep import sweep
from baiying.jobs.tell_her import tell_her

app.task(name="tell_her", retry=5)(tell_her)
app.task(name="importing", retry=3)(importing)
app.task(name="served", retry=5)(served)
app.task(name="served_no_more", retry=5)(served_no_more)

# The last word counts seconds: what is sent can be found within five.
app.periodic(cron="* * * * * */5")(app.task(name="search", queueing_lock="search")(search))
app.periodic(cron="* * * * *")(app.task(name="ladder", queueing_lock="ladder")(ladder))
app.periodic(cron="* * * * *")(app.task(name="rescue", queueing_lock="rescue", pass_context=True)(rescue))
app.periodic(cron="1 * * * *")(app.task(name="settle_network", queueing_lock="settle_network")(settle_network))
# Each hour, so that a machine that slept at midnight still has its anchor of the day.
app.periodic(cron="3 * * * *")(app.task(name="anchors", queueing_lock="anchors")(anchors))
app.periodic(cron="29 19 * * *")(app.task(name="sweep_files", queueing_lock="sweep_files")(sweep_files))
app.periodic(cron="17 19 * * *")(app.task(name="sweep", queueing_lock="sweep")(sweep))
# Every hour of the day: each is reminded within the hours she chose, by day where she chose none.
app.periodic(cron="7 * * * *")(app.task(name="reminders", queueing_lock="reminders")(reminders))
app.periodic(cron="27 1-11 * * *")(app.task(name="parties", queueing_lock="parties")(parties))
app.periodic(cron="13 * * * *")(app.task(name="demands", queueing_lock="demands")(demands))
app.periodic(cron="37 * * * *")(app.task(name="retention", queueing_lock="retention")(retention))
app.periodic(cron="41 19 * * *")(app.task(name="forget_sheets", queueing_lock="forget_sheets")(forget_sheets))
app.periodic(cron="23 19 * * *")(app.task(name="incidents", queueing_lock="incidents")(incidents))
app.periodic(cron="*/10 * * * *")(app.task(name="figures", queueing_lock="figures")(figures))
app.periodic(cron="11 18 * * *")(app.task(name="recount", queueing_lock="recount")(recount))
app.periodic(cron="53 19 * * *")(app.task(name="forget_people", queueing_lock="forget_people")(forget_people))
app.periodic(cron="*/10 * * * *")(app.task(name="keep_standing", queueing_lock="keep_standing")(keep_standing))
# After three in the morning of Shanghai: the new day has been swept by then, so a difference is a drift.
app.periodic(cron="37 19 * * *")(app.task(name="prove_standing", queueing_lock="prove_standing")(prove_standing))
