"""Who may see and do what, said once more in plain sentences and apart from the code: the table of permissions.

Pure data, read by the tests of this folder and by tools/permissions.py. The first rule that fits a cell decides; where
none fits the answer is UNSEEN. Default: no. A case that is UNSEEN answers as a number that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

YES, NO, UNSEEN = "yes", "no", "unseen"
ANSWERS = {YES: "it is shown, or done", NO: "refused with a sentence that says why",
           UNSEEN: "as if there were no such case"}

CLASSES = {
    "plain": "not guarded",
    "p3": "a matter of class P3",
    "safe": "a matter of safety",
    "danger": "words of danger in any matter",
}
OPEN_CLASS, GUARDED = ("plain",), ("p3", "safe", "danger")

STAGES = {
    "first": "just arrived",
    "middle": "under way",
    "paused": "our clocks stand still",
    "answered": "answered, her word is waited for",
    "closed": "she said that it is solved",
    "set_aside": "ended by the level above",
    "unassigned": "given back; the unit above has it until it names who leads",
    "erased": "the day has passed until which her words were kept",
}
WORKING = ("first", "middle", "paused")
GOING_ON = (*WORKING, "answered")
NOT_ERASED = (*GOING_ON, "closed", "set_aside")


@dataclass(frozen=True)
class Relation:
    """What ties an asker to the case. ``way``: staff, asker (number and code), member (an account), nobody."""

    says: str
    way: str = "staff"
    stages: tuple[str, ...] = tuple(STAGES)  # where it can be at all
    roles: tuple[str, ...] = ()  # of these posts only; none named: of every kind


RELATIONS = {
    "lead": Relation("Her unit leads the case", stages=(*NOT_ERASED, "erased")),
    "recused": Relation("Her unit leads it, but she must keep out", stages=(*NOT_ERASED, "erased")),
    "unnamed": Relation("Her unit leads it, and a colleague took it up", stages=(*NOT_ERASED, "erased")),
    "returned": Relation("Her unit led it and gave it back"),
    "passed_on": Relation("Her unit led it until it passed on"),
    "above": Relation("Her unit stands one level above the one that leads", stages=(*NOT_ERASED, "erased")),
    "brought_in": Relation("Her unit was brought in and works on its task", stages=(*GOING_ON, "closed", "unassigned")),
    "proposed": Relation("Her unit is to be brought in, the person has not agreed yet",
                         stages=(*GOING_ON, "closed", "unassigned")),
    "declined": Relation("Her unit was to be brought in, and the person said no"),
    "finished": Relation("Her unit was brought in and its task is done"),
    "asked_to_name": Relation("Her unit has to name who leads, and has the case meanwhile", stages=("unassigned",)),
    "asked_to_rule": Relation("Her unit has to rule who leads, and has the case meanwhile", stages=("unassigned",)),
    "asked_for_time": Relation("Her unit stands above and was asked for more time", stages=WORKING),
    "asked_to_end": Relation("Her unit stands above and was asked to end the case", stages=GOING_ON),
    "climbed": Relation("Her unit stands above and a clock climbed to it", stages=WORKING),
    "complained": Relation("Her unit stands above and has a complaint to answer", stages=NOT_ERASED),
    "asked_to_call": Relation("Her unit stands above and was asked to hear her verdict", stages=("answered",)),
    "desk": Relation("A call-back desk of the organisation", stages=(*NOT_ERASED, "erased"),
                     roles=("callback_desk",)),
    "same_street": Relation("Another unit of the same street"),
    "administrator": Relation("The administrator of the unit above", roles=("administrator",)),
    "auditor": Relation("The auditor of the unit above", roles=("auditor",)),
    "she": Relation("She, with number and query code", way="asker"),
    "guesser": Relation("Somebody with the number and a wrong code", way="asker"),
    "account": Relation("She, by her account on a trusted device", way="member"),
    "member": Relation("Another member by an account", way="member"),
    "outsider": Relation("A party outside with its link and code", way="outside",
                         stages=(*GOING_ON, "closed", "unassigned")),
    "link_ended": Relation("A party outside whose link has ended", way="outside",
                           stages=(*GOING_ON, "closed", "unassigned")),
}
LEADS, NAMES = ("lead", "unnamed"), ("asked_to_name", "asked_to_rule")
OVER = ("above", "asked_for_time", "asked_to_end", "climbed", "complained", "asked_to_call")
ASKED = ("brought_in", *NAMES, *OVER[1:])

# Posts that stand for all whose powers over a case are the same (a test proves it).
ROLES = ("handler", "head", "callback_desk", "lawyer", "administrator", "auditor")
OF_CASES = {"handler", "head", "district_desk"}
OF_TASKS = {"mediator", "lawyer", "counsellor", "court", "police", "partner", "justice", "hospital"}
POWERS = {
    "case.list": OF_CASES, "case.open": OF_CASES, "case.move": OF_CASES, "case.answer": OF_CASES,
    "case.enter": OF_CASES, "visit.enter": OF_CASES, "case.rule": OF_CASES,
    "case.record_verdict": OF_CASES | {"callback_desk"}, "case.call_back": {"callback_desk"},
    "task.list": OF_CASES | OF_TASKS | {"callback_desk"}, "task.open": OF_CASES | OF_TASKS | {"callback_desk"},
    "task.do": OF_CASES | OF_TASKS | {"callback_desk"},
    "late.see": {"head", "district_desk"}, "network.see": OF_CASES | {"administrator"},
    "post.manage": {"administrator"}, "post.confirm": {"administrator", "head"}, "import.run": {"administrator"},
    "case.name": {"head", "district_desk"}, "case.break_glass": {"head", "district_desk"},
    "incident.hold": OF_CASES, "concern.hold": OF_CASES, "search.use": OF_CASES | OF_TASKS | {"callback_desk"},
    "member.keep": {"handler", "head"}, "service.reach": {"handler", "head"}, "log.verify": {"auditor"},
    "budget.see": {"head", "treasurer"}, "budget.keep": {"treasurer"},
    "grant.correct": {"head", "treasurer"}, "payment.release": {"head", "treasurer"},
    "counter.keep": OF_CASES, "service.places": {"head", "district_desk"}, "rule.publish": {"administrator"},
    "board.see_own": OF_CASES, "board.see_below": {"head", "district_desk"},
}


@dataclass(frozen=True)
class Act:
    """One thing that can be tried. ``power``: what the guard asks for first; ``kind``: list, read or do."""

    power: str
    kind: str
    says: str


ACTS = {
    "today": Act("case.list", "list", "the day's list, with the tasks"),
    "tasks": Act("task.list", "list", "the list of those who were brought in"),
    "asked": Act("case.rule", "list", "what waits for the level above"),
    "late": Act("late.see", "list", "what is late"),
    "going_round": Act("late.see", "list", "what goes round"),
    "call_backs": Act("case.record_verdict", "list", "whom to call back"),
    "set_asides": Act("case.rule", "list", "ends to decide"),
    "complaints": Act("case.rule", "list", "complaints to answer"),
    "own_board": Act("case.list", "list", "find it behind a number of its unit's own board"),
    "search": Act("search.use", "list", "find it by its number"),
    "search_words": Act("search.use", "list", "find it by what the person wrote"),
    "concern_of": Act("concern.hold", "read", "see what it is together with"),
    "concern": Act("concern.hold", "do", "say that it and another one are one need"),
    "open_case": Act("case.open", "read", "open the case"),
    "reach": Act("case.open", "read", "see her telephone number"),
    "similar": Act("case.open", "read", "see earlier cases like it"),
    "files": Act("case.open", "read", "see its files"),
    "letters": Act("case.open", "read", "see its letters"),
    "protected": Act("case.name", "list", "see it among the protected ones: number, clock and who opens it"),
    "name_opener": Act("case.name", "do", "name who opens it"),
    "break_glass": Act("case.break_glass", "do", "open it in an emergency"),
    "heading": Act("case.move", "read", "see its number and kind, to bring somebody in"),
    "candidates": Act("case.move", "read", "see who could be brought in"),
    "open_task": Act("task.open", "read", "open one's own task"),
    "naming": Act("case.rule", "read", "see who may be named"),
    "asked_time": Act("case.rule", "read", "open a request for more time"),
    "climbing": Act("case.rule", "read", "see which clock climbed"),
    "set_aside": Act("case.rule", "read", "open a request for an end"),
    "complaint": Act("case.rule", "read", "open a complaint"),
    "call_back": Act("case.record_verdict", "read", "open it for a call back"),
    "move": Act("case.move", "do", "make the next step of the lead"),
    "task_move": Act("task.do", "do", "make the lead's next step from a task's page"),
    "bring_in": Act("case.move", "do", "bring a unit in"),
    "give_back": Act("case.move", "do", "give it back"),
    "transfer": Act("case.move", "do", "transfer it by law"),
    "pause": Act("case.move", "do", "let our clocks stand still"),
    "resume": Act("case.move", "do", "let them run again"),
    "retake_for": Act("case.move", "do", "put right what it is"),
    "ask_extension": Act("case.move", "do", "ask for more time"),
    "ask_set_aside": Act("case.move", "do", "ask for an end without her word"),
    "ask_call_back": Act("case.move", "do", "ask that she be called back"),
    "recuse": Act("case.move", "do", "keep out of it"),
    "assign": Act("case.rule", "do", "name who leads"),
    "decide_extension": Act("case.rule", "do", "decide on more time"),
    "decide_set_aside": Act("case.rule", "do", "decide on an end"),
    "answer_complaint": Act("case.rule", "do", "answer a complaint"),
    "record_verdict": Act("case.record_verdict", "do", "write her verdict down"),
    "finish_task": Act("task.do", "do", "finish one's task"),
    "refuse_task": Act("task.do", "do", "refuse one's task in writing"),
    "story": Act("asker", "read", "read her story"),
    "api_case": Act("asker", "read", "read her case by the API"),
    "her_concern": Act("asker", "read", "see where her need has gone"),
    "her_ways": Act("asker", "read", "see what she can do"),
    "judge": Act("asker", "do", "give her word"),
    "withdraw": Act("asker", "do", "take her request back"),
    "her_step": Act("asker", "do", "make a step of the lead as if it were hers"),
    "consent": Act("asker", "do", "say yes to a unit that is to be brought in"),
    "tell_days": Act("asker", "do", "tell a day that the matter asks for"),
    "reply": Act("asker", "do", "send what a pause waits for"),
    "complain": Act("asker", "do", "complain one level up"),
    "contest": Act("asker", "do", "contest an end"),
    "link": Act("asker", "do", "open a further kind of case that nothing here leads to"),
    "say_where": Act("asker", "do", "say that it is somewhere else"),
    "retake": Act("asker", "do", "say that it is something else"),
    "take_code": Act("asker", "do", "take a code that nobody else has seen"),
    "hand_in": Act("asker", "do", "hand in a file"),
    "her_files": Act("asker", "read", "see her files"),
    "her_letters": Act("asker", "read", "see her letters"),
    "sheet": Act("case.move", "read", "see its fact sheet"),
    "write_sheet": Act("case.move", "do", "write its fact sheet"),
    "invite": Act("case.move", "do", "ask somebody outside"),
    "send_link": Act("case.move", "do", "send a party outside its link"),
    "revoke_link": Act("case.move", "do", "end the link of a party outside"),
    "remind": Act("case.move", "do", "remind a party"),
    "receive_task": Act("task.do", "do", "say that one's task has arrived"),
    "add_entry": Act("task.do", "do", "add something for the unit that leads"),
    "choose": Act("asker", "do", "say anew what a party may read"),
    "confirm_sheet": Act("asker", "do", "say that the fact sheet is right"),
    "outside_task": Act("outside", "read", "open the task of a link"),
    "outside_receive": Act("outside", "do", "say by a link that the task has arrived"),
    "outside_reply": Act("outside", "do", "write to the unit that leads by a link"),
    "outside_finish": Act("outside", "do", "finish the task of a link"),
    "hers": Act("member", "list", "the list of her cases"),
    "her_entry": Act("member", "read", "open one of them from the list"),
}


@dataclass(frozen=True)
class Rule:
    """One sentence of the table: these acts, by these people, in these stages and classes, are answered so."""

    acts: tuple[str, ...]
    who: tuple[str, ...]
    answer: str
    why: str
    stages: tuple[str, ...] = tuple(STAGES)
    classes: tuple[str, ...] = tuple(CLASSES)
    roles: tuple[str, ...] = ()  # of these posts only


READ_CASE = ("open_case", "reach", "similar", "heading", "candidates", "concern_of", "files", "letters", "sheet")
DO_CASE = ("move", "bring_in", "give_back", "transfer", "pause", "resume", "ask_extension", "ask_set_aside",
           "ask_call_back", "retake_for", "invite", "send_link", "revoke_link", "remind", "write_sheet")
EMERGENCY = ("protected", "name_opener", "break_glass")
RULES = (
    # Protected cases have people who are named: rules of their own, before those of the unit.
    Rule(("protected", "name_opener"), (*LEADS, *NAMES), YES,
         "A head sees number, clock and holders, and names who opens it; not a word of hers.",
         (*GOING_ON, "unassigned"), GUARDED),
    Rule(("break_glass",), ("unnamed", *OVER, *NAMES), YES,
         "In an emergency, with a reason; she and the level above are told at once.", (*NOT_ERASED, "unassigned"),
         GUARDED),
    Rule(tuple(act for act in ACTS if act not in EMERGENCY), ("unnamed",), UNSEEN,
         "A protected case is opened by whoever took it up or was named, and leaves no trace for any colleague.",
         classes=GUARDED),
    # Lists.
    Rule(("today",), LEADS, YES, "What is open is on the list of the unit that leads.", GOING_ON),
    Rule(("today",), ASKED, YES, "An open task stands on its unit's list."),
    Rule(("tasks",), ("brought_in",), YES, "Those brought in see their own tasks."),
    Rule(("asked",), (*NAMES, *OVER[1:]), YES, "What was asked of the level above waits on its page."),
    Rule(("late",), (*LEADS, "climbed"), UNSEEN,
         "In this stage of the matter of safety that is tried no clock of ours runs.", ("middle",), ("safe",)),
    Rule(("late",), (*LEADS, *NAMES), YES, "Who leads sees what is late.", (*WORKING, "unassigned")),
    Rule(("late",), OVER, YES, "The level above sees what is late below, never that a guarded case exists.",
         WORKING, OPEN_CLASS),
    Rule(("late",), ("climbed",), YES,
         "Of a guarded case below whose clock climbed: its number, its clock, whom to call.", WORKING, GUARDED),
    Rule(("going_round",), NAMES, YES, "What was given back goes round until somebody is named."),
    Rule(("call_backs",), (*OVER, "desk"), YES, "When all reminders are over she is asked by somebody else.",
         ("answered",), OPEN_CLASS),
    Rule(("call_backs",), ("returned", "passed_on"), YES,
         "A desk's list does not look into each story; whoever opens it is told why this unit may not call.",
         ("answered",), OPEN_CLASS, ("callback_desk",)),
    Rule(("call_backs",), ("asked_to_call",), YES, "Of a guarded case only who was asked to call."),
    Rule(("set_asides", "set_aside", "decide_set_aside"), ("asked_to_end",), YES,
         "The level above decides about an end; she can contest it."),
    Rule(("complaints", "complaint", "answer_complaint"), ("complained",), YES,
         "The level above answers her complaint; the unit that leads never learns of it."),
    Rule(("own_board",), (*LEADS, *NAMES), YES,
         "A number of the unit's own board leads to its cases; a guarded one is in no number of a unit.",
         classes=OPEN_CLASS),
    Rule(("search",), (*LEADS, *NAMES), YES, "Who has the case finds it by its number, a guarded one too.",
         roles=("handler", "head")),
    Rule(("search",), ("brought_in",), YES, "An open task is found by the number of its case."),
    Rule(("search",), tuple(one for one in ASKED if one not in ("brought_in", "asked_to_call")), YES,
         "What the level above was asked is found by those who may open its page.",
         roles=tuple(sorted(POWERS["case.rule"]))),
    Rule(("search",), ("asked_to_call",), YES, "A call back is found by those who may hear her verdict.",
         roles=tuple(sorted(POWERS["case.record_verdict"]))),
    Rule(("search_words",), (*LEADS, *NAMES), YES, "By words only what is not guarded, in the unit that has it.",
         (*NOT_ERASED, "unassigned"), OPEN_CLASS, ("handler", "head")),
    Rule(("concern",), (*LEADS, *NAMES, *OVER), YES,
         "The unit that leads, or one above all of them, says that open cases are one need; never a guarded one.",
         (*GOING_ON, "unassigned"), OPEN_CLASS),
    # Reading.
    Rule(READ_CASE, (*LEADS, *NAMES), YES, "Who has the case reads it; she sees each reading."),
    Rule(("files",), ("brought_in",), YES, "Of the files those that its part has in view, as on its task's page."),
    Rule(("open_task",), ("brought_in",), YES, "Those brought in read what their part says, and nothing else."),
    Rule(("naming", "assign"), NAMES, YES, "Who was asked names the lead."),
    Rule(("asked_time", "decide_extension"), ("asked_for_time",), YES, "More time is granted by the level above."),
    Rule(("climbing",), ("climbed",), YES, "A clock that climbed says whose it is, and not a word of hers."),
    # Her verdict, when it comes by telephone or on paper.
    Rule(("call_back", "record_verdict"), NAMES, UNSEEN,
         "A protected case that nobody holds is opened by whoever takes it up; a call back takes none up.",
         classes=GUARDED),
    Rule(("call_back", "record_verdict"), (*LEADS, *NAMES), NO, "Who has a hand in it never writes her verdict down."),
    Rule(("call_back", "record_verdict"), ("asked_to_call",), YES, "Who was asked to call may open it and ask her."),
    Rule(("call_back", "record_verdict"), (*OVER, "desk"), YES,
         "The level above, or a desk that had no hand in it, hears her word.", ("answered",), OPEN_CLASS),
    Rule(("call_back", "record_verdict"), (*OVER, "desk"), NO,
         "There is nothing to ask where no answer waits; a word that she gave is changed by her alone.",
         classes=OPEN_CLASS),
    Rule(("call_back", "record_verdict"), ("returned", "passed_on"), NO,
         "A desk of the organisation reaches the case; of a unit that once had it, it is told why it may not call.",
         classes=OPEN_CLASS, roles=("callback_desk",)),
    # What the leading unit does.
    Rule(("move", "give_back", "transfer"), LEADS, YES, "Who leads does the next step.", WORKING),
    Rule(("revoke_link",), LEADS, YES, "Where no link runs any more nothing is done.", ("erased",)),
    Rule(("send_link", "revoke_link", "remind"), (*LEADS, *NAMES), YES,
         "Who has the case looks after its parties, as long as one of them is at work.", (*NOT_ERASED, "unassigned")),
    Rule(("write_sheet",), (*LEADS, *NAMES), YES, "Who has the case writes down what she tells.",
         (*NOT_ERASED, "unassigned")),
    Rule(("bring_in", "invite"), LEADS, YES, "Who leads brings others in; a guarded matter waits for her yes.",
         GOING_ON),
    Rule(("retake_for",), LEADS, YES, "As long as nothing was done the unit puts right what it is.", ("first",)),
    Rule(("pause",), LEADS, YES, "With a ground and a last day.", ("first", "middle")),
    Rule(("resume",), LEADS, YES, "A pause can end early.", ("paused",)),
    Rule(("ask_extension",), LEADS, YES, "Where the matter allows it, before the clock ends.", WORKING,
         ("plain", "danger")),
    Rule(("ask_set_aside",), LEADS, YES, "Asking ends nothing; another one decides.", GOING_ON),
    Rule(("ask_call_back",), LEADS, YES, "Because the unit may not hear her verdict itself.", ("answered",)),
    Rule(("recuse",), LEADS, YES, "Whoever must keep out, may; the case goes to somebody else."),
    Rule(("recuse",), NAMES, NO, "At the top with nobody else in office, somebody has to be appointed first."),
    Rule(DO_CASE, LEADS, NO, "Not in this stage; the sentence says why."),
    Rule(DO_CASE, NAMES, NO, "First it has to be said who leads."),
    Rule(("move",), ("brought_in",), NO, "A step of the lead is not a step of those brought in."),
    Rule(("task_move",), ("brought_in",), NO, "A step of the lead is not a step of those brought in."),
    # Those brought in.
    Rule(("finish_task", "refuse_task"), ("brought_in",), YES, "Done, or refused in writing with a ground."),
    Rule(("finish_task", "refuse_task"), ("finished",), NO, "It was answered already."),
    Rule(("receive_task", "add_entry"), ("brought_in",), YES,
         "Those brought in say that the task arrived, and add to it."),
    Rule(("outside_task", "outside_receive", "outside_reply", "outside_finish"), ("outsider",), YES,
         "Link and code open one task, and nothing else of the case."),
    # She herself.
    Rule(("hand_in",), ("she",), YES, "Her papers are hers to hand in as long as her words are kept.",
         (*NOT_ERASED, "unassigned")),
    Rule(("her_files", "her_letters", "story", "api_case", "her_ways", "her_concern"), ("she",), YES,
         "It is hers, to the last day and after it as an empty page."),
    Rule(("judge",), ("she",), YES, "Her word ends it, and she can change it.", ("answered", "closed")),
    Rule(("tell_days",), ("she",), YES,
         "Her dates are hers to tell and to correct while the case is open; here the matter of class P3 asks for some.",
         (*GOING_ON, "unassigned"), ("p3",)),
    Rule(("reply",), ("she",), YES, "What was waited for has come, and our clocks run again.", ("paused",)),
    Rule(("withdraw",), ("she",), YES, "She takes it back when she likes.", (*WORKING, "unassigned")),
    Rule(("consent", "choose"), ("she",), YES, "Nobody reads it before she agrees, or after she took it back.",
         (*GOING_ON, "closed", "set_aside", "unassigned")),
    Rule(("confirm_sheet",), ("she",), YES, "What was written with her she says is right."),
    Rule(("complain",), ("she",), YES, "One level up, where there is one.", NOT_ERASED),
    Rule(("contest",), ("she",), YES, "Once.", ("set_aside",)),
    Rule(("say_where",), ("she",), YES, "Where it is she knows best.", (*GOING_ON, "unassigned")),
    Rule(("retake",), ("she",), YES, "As long as nothing was done she says what it is.", ("first",)),
    Rule(("judge", "withdraw", "say_where", "retake", "take_code", "hand_in", "her_step", "consent", "complain",
          "contest", "link", "tell_days", "reply", "choose"), ("she",), NO,
         "Not here or not now; the sentence says why and what she can do."),
    Rule(("hers", "her_entry"), ("account",), YES, "Her cases, on a device she has proved; never a matter of safety.",
         tuple(stage for stage in STAGES if stage != "erased"), ("plain", "p3")),
)
DEFAULT = "Default: no. What one may not see and what does not exist are one answer."


def answer_of(act: str, relation: str, role: str, stage: str, kind: str) -> tuple[str, str]:
    """What the table says of one cell, and why. ``role``: of the post, empty for those who hold none."""
    power = ACTS[act].power
    if power != RELATIONS[relation].way and role not in POWERS.get(power, ()):
        return UNSEEN, "The post does not give the power."
    for rule in RULES:
        if act in rule.acts and relation in rule.who and stage in rule.stages and kind in rule.classes \
                and (not rule.roles or role in rule.roles):
            return rule.answer, rule.why
    return UNSEEN, DEFAULT
