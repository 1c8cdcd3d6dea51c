"""A run: prepare one world, clone it into all that the pairs need, walk each, compare the two of every pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.utils.module_loading import import_string

from baiying.api.operations import OPERATIONS
from baiying.catalogue import queries as catalogue
from baiying.kit import moment, sealing
from baiying.project.leaks import forking, jobs, people, stillness, walking
from baiying.project.leaks.answers import difference
from baiying.project.leaks.databases import Databases, use
from baiying.project.leaks.deeds_parties import DEEDS, Made
from baiying.project.leaks.pairs import Pair, State, states
from baiying.project.leaks.people import WALKERS, Walker
from baiying.project.leaks.seed import GUEST_PHONE, Seed, prepare
from baiying.project.leaks.values import values
from baiying.project.leaks.walk import Step, Walk, steps
from baiying.project.progress import Progress, quiet
from baiying.web.guard import PUBLIC
from baiying.web.routes import ROUTES

# By the API anybody may ask for anything: number and code come with the request, and no guard stands before it.
POWER = {route.path: route.power for route in ROUTES} | {one.address: PUBLIC for one in OPERATIONS}
SHARE = 4  # of the routes for everybody one in so many
Patch = Callable[[], None]  # a planted leak, put in place in the child that walks


@dataclass(frozen=True)
class Difference:
    """Somebody who is not cleared was answered otherwise in the world that has the thing."""

    pair: str
    walker: str
    step: str
    what: str

    def __str__(self) -> str:
        return f"{self.pair}: {self.walker} asks {self.step}: {self.what}"


@dataclass
class Plan:
    """What one run walks."""

    pairs: Sequence[Pair]
    walks: Sequence[Walk]
    walkers: Sequence[Walker] = WALKERS
    share: Callable[[Walker, Step], bool] = lambda walker, step: True
    at_once: int = 0  # worlds walked at a time; 0: as many as there are processors


@dataclass
class Outcome:
    """What a run found."""

    differences: list[Difference] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    requests: int = 0
    worlds: int = 0


@dataclass
class Prepared:
    """Worlds that stand ready to be walked, as often as wanted: with a planted leak, and without."""

    databases: Databases
    folder: Path
    seed: Seed
    names: dict[State, str]
    made: dict[str, Made]
    sent: dict[State, stillness.Sent]
    asked: dict[str, list[Step]] = field(default_factory=dict)
    may: dict[str, frozenset[str]] = field(default_factory=dict)  # the powers of each walker


def prepare_worlds(databases: Databases, folder: Path, plan: Plan, progress: Progress = quiet) -> Prepared:
    """Make every world that the pairs need, and everything that will be asked of them."""
    whole = states(tuple(plan.pairs))
    warm()
    first = databases.clone("seed")
    [(_name, seed)] = forking.both([("seed", partial(make_seed, first))], folder)
    names = {state: databases.clone(f"w{turn}", first) for turn, state in enumerate(whole)}
    found = Prepared(databases, folder, seed, names, {}, {})
    by_name = {state.name: state for state in whole}
    tasks = [(state.name, partial(make_world, names[state], seed, state)) for state in whole]
    for done, (name, (made, sent)) in enumerate(forking.both(tasks, folder, plan.at_once), start=1):
        found.sent[by_name[name]] = sent
        found.made.update(made)
        progress("worlds", done, len(whole))
    [(_name, (found.asked, found.may))] = forking.both([("values", partial(fill_in, first, found, plan))], folder)
    databases.drop(first)
    return found


def warm() -> None:
    """Read once, in this process, what every child would read for itself: words of danger, the model, the pages."""
    listened = catalogue.danger("三个月没有发工资了。"), catalogue.suggest("三个月没有发工资了。")
    assert listened
    import_string(settings.WSGI_APPLICATION)
    import_string("baiying.api.urls.urlpatterns")


def make_seed(database: str) -> Seed:
    use(database)
    with stillness.still() as (chance, _sent), moment.frozen(stillness.BEGAN):
        chance.begin("seed")
        walking.quiet_sign_in()
        seed = prepare()
        jobs.run(stillness.BEGAN)
    return seed


def make_world(database: str, seed: Seed, state: State) -> tuple[dict[str, Made], stillness.Sent]:
    """Do the deeds of a state, then every job: soon after them, or day by day. Gives the names of what was made."""
    use(database)
    made: dict[str, Made] = {}
    with stillness.still() as (chance, sent):
        for name in state.deeds:
            chance.begin(name)
            with moment.frozen(stillness.BEGAN):
                made[name] = DEEDS[name](seed)
        chance.begin("jobs")
        jobs.run_days() if state.later else jobs.run()
    return made, sent


def fill_in(database: str, prepared: Prepared, plan: Plan) -> tuple[dict[str, list[Step]], dict[str, frozenset[str]]]:
    """The steps of each pair, which name its own things alone in both of its worlds; and who has which power."""
    use(database)
    found: dict[str, list[Step]] = {}
    with moment.frozen(stillness.WALKED):
        for pair in plan.pairs:
            told = values(prepared.seed, [prepared.made[name] for name in (pair.deed, pair.instead) if name])
            found[pair.name] = list({step.name: step for walk in plan.walks for step in steps(walk, told)}.values())
        may = {walker.key: people.powers(walker, prepared.seed.logins) for walker in plan.walkers}
    return found, may


def run(prepared: Prepared, plan: Plan, progress: Progress = quiet, patch: Patch | None = None) -> Outcome:
    """Walk every world of the plan's pairs once and compare. ``patch`` is planted in every child that walks."""
    outcome, paths = Outcome(), {}
    whole = states(tuple(plan.pairs))
    tasks = [(state.name, partial(walk_world, prepared, plan, state, patch)) for state in whole]
    waiting = list(plan.pairs)
    for done, (name, (path, requests)) in enumerate(forking.both(tasks, prepared.folder, plan.at_once), start=1):
        paths[name] = path
        outcome.requests += requests
        for pair in [one for one in waiting if {one.less.name, one.more.name} <= set(paths)]:
            compare(pair, prepared, plan, paths, outcome)
            waiting.remove(pair)
        progress("walks", done, len(whole))
    outcome.worlds = len(whole)
    for path in paths.values():
        path.unlink()
    return outcome


def walk_world(prepared: Prepared, plan: Plan, state: State, patch: Patch | None) -> tuple[Path, int]:
    """In a child: what everybody is answered there, kept in a file of its own."""
    use(prepared.names[state])
    with stillness.still() as (chance, _sent):
        if patch is not None:
            patch()
        walking.quiet_sign_in()
        asked = {walker.key: steps_of(prepared, plan, state, walker) for walker in plan.walkers}
        found = walking.walk(prepared.seed, plan.walkers, asked, state.later, chance)
    path = prepared.folder / f"{prepared.names[state]}.walked"
    found.save(path)
    return path, len(found.answers)


def steps_of(prepared: Prepared, plan: Plan, state: State, walker: Walker) -> list[Step]:
    """What this walker asks in this world: the steps of every pair of the world that she is not cleared for."""
    pairs = [pair for pair in plan.pairs if state in (pair.less, pair.more) and walker.key not in pair.cleared]
    every = {step.name: step for pair in pairs for step in reached(prepared, pair, walker) if plan.share(walker, step)}
    return list(every.values())


def reached(prepared: Prepared, pair: Pair, walker: Walker) -> Iterator[Step]:
    """Every step of a route whose power she has; of the others only so many as say something new.

    What is for everybody nobody in particular asks in every way; all others ask each route once in the first pair of a
    run, in each other pair a share of the routes, another one for each. Where she has not the power the guard answers
    before the view is reached and reads nothing of the address: each route once in the first pair, in the others one
    for each power.
    """
    known: set[tuple[str, bool]] = set()
    first = pair.name == next(iter(prepared.asked))
    for step in prepared.asked[pair.name]:
        power, kind = POWER.get(step.route, PUBLIC), step.asks[0].typed is None
        held, everybodys = power in prepared.may[walker.key], power == PUBLIC and walker.way != people.NOBODY
        alike = (step.route if held or first else power, kind)
        if alike in known and (everybodys or not held):
            continue
        if not everybodys or first or crc32(f"{pair.name} {walker.key} {step.route}".encode()) % SHARE == 0:
            yield step
        known.add(alike)


def compare(pair: Pair, prepared: Prepared, plan: Plan, paths: dict[str, Path], outcome: Outcome) -> None:
    """Every answer to everybody who is not cleared, and every message that went out to anybody else."""
    less, more = (walking.Walked.load(paths[state.name]) for state in (pair.less, pair.more))
    names = {walker.key: {step.name for step in reached(prepared, pair, walker)} for walker in plan.walkers
             if walker.key not in pair.cleared}
    for (walker, step), answer in less.answers.items():
        if step.split(" [")[0] not in names.get(walker, ()):
            continue
        if answer.status == walking.BROKEN:
            outcome.broken.append(f"{walker} asks {step} in the world “{pair.less.name}”")
        what = difference(answer, more.answers[walker, step])
        if what:
            outcome.differences.append(Difference(pair.name, walker, step, what))
    sent = [told for told in prepared.sent[pair.more] if told not in prepared.sent[pair.less]]
    for phone, text in sent:
        if sealing.phone(phone) not in HERS:
            outcome.differences.append(Difference(pair.name, phone, "a message", text))


# The telephones of those whose cases they are, and of whom they had asked: what they are told of their own is theirs.
HERS = {sealing.phone(one) for one in ("010-0000-0101", "010-0000-0102", "010-0000-0103", "010-0000-0105",
                                       "010-0000-0777", GUEST_PHONE)}
