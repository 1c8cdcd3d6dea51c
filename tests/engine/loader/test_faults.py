"""Each slip planted in a copy of the real catalogue is found, at its place, with the nearest known word."""
# ruff: noqa: E501  one slip a line

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baiying.engine.loader import Fault, read_catalogue

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"
REQUEST, MEDIATION, VIOLENCE = (
    f"matters/{key}.toml" for key in ("union.matter.request", "union.dispute.mediation", "women.dv.protect")
)
AID, CONSULT, VISIT = (
    f"matters/{key}.toml" for key in ("union.legal.aid", "union.legal.consult", "women.visit")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, copy, ignore=shutil.ignore_patterns("territory", "cn_20[01]*"))
    return copy


def plant(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text()
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1))


# file, what stands there, the slip, then: code, place, nearest word
SLIPS = [
    # words, types, sizes
    (REQUEST, "question_en =", "question_eng =", "no_word", "closing.question_eng", "question_en"),
    (REQUEST, "question_en =", "question_eng =", "missing", "closing", ""),
    (REQUEST, 'task = "lead"', 'tasks = "lead"', "no_word", "stage.contact.tasks", "task"),
    (REQUEST, "order = 1", 'order = "1"', "wrong_type", "order", ""),
    (REQUEST, "order = 1", "order = true", "wrong_type", "order", ""),
    (REQUEST, "order = 1", "order = -1", "out_of_range", "order", ""),
    (REQUEST, "default = true", "default = 1", "wrong_type", "default", ""),
    (REQUEST, "times = 1", "times = 0", "out_of_range", "closing.times", ""),
    (REQUEST, 'label = "联系本人"', f'label = "{"联" * 61}"', "too_long", "clock.contact.label", ""),
    (REQUEST, 'label = "联系本人"', 'label = " "', "empty", "clock.contact.label", ""),
    (REQUEST, 'name = "职工诉求"', "name = []", "wrong_type", "name", ""),
    (REQUEST, "[closing]", "[closings]", "no_word", "closings", "closing"),
    # choices
    (REQUEST, 'org = "union"', 'org = "unoin"', "no_choice", "org", "union"),
    (REQUEST, 'class = "P2"', 'class = "P5"', "no_choice", "class", ""),
    (REQUEST, 'kind = "choice", options = "@topics"', 'kind = "chioce", options = "@topics"', "no_choice", "ask.topic.kind", "choice"),
    (VIOLENCE, 'owner = "other"', 'owner = "others"', "no_choice", "clock.order.owner", "other"),
    (VIOLENCE, 'shelf = "never"', 'shelf = "nevr"', "no_choice", "closing.shelf", "never"),
    (MEDIATION, 'lead_level = "street"', 'lead_level = "streets"', "no_choice", "lead_level", "street"),
    # references
    (MEDIATION, 'to = "agree", label', 'to = "agreee", label', "unknown", "stage.meet.moves[1].to", "agree"),
    (MEDIATION, 'by = ["lead", "employer"], label = "对方', 'by = ["leed", "employer"], label = "对方', "unknown", "stage.panel.moves[1].by[0]", "lead"),
    (MEDIATION, 'letter = "agreement"', 'letter = "agrement"', "unknown", "stage.agree.moves[0].letter", "agreement"),
    (MEDIATION, 'options = "@labour_issues"', 'options = "@labor_issues"', "unknown", "ask.issues.options", "labour_issues"),
    (MEDIATION, 'options = "@labour_issues"', 'options = "labour_issues"', "no_list_sign", "ask.issues.options", ""),
    (MEDIATION, 'reason = "@lawful_routes"', 'reason = "@lawful_route"', "unknown", "stage.accept.moves[1].reason", "lawful_routes"),
    (MEDIATION, 'fact = "ask.issues"', 'fact = "ask.isues"', "unknown", "stage.perform.moves[1].when[0].fact", "ask.issues"),
    (MEDIATION, 'any_of = ["劳动报酬、', 'any_of = ["劳动报酬和', "not_an_option", "stage.perform.moves[1].when[0].any_of",
     "劳动报酬、工伤医疗费、经济补偿或者赔偿金"),
    (MEDIATION, 'any_of = ["劳动报酬', 'anyof = ["劳动报酬', "no_comparison", "stage.perform.moves[1].when[0]", ""),
    (MEDIATION, 'from = ["knew"', 'from = ["know"', "unknown", "clock.limitation.from[0]", "knew"),
    (MEDIATION, 'until = "confirmation_applied"', 'until = "confirmation_aplied"', "unknown",
     "clock.judicial_confirmation.until", "confirmation_applied"),
    (MEDIATION, 'basis = "L-RMTJ art.33"', 'basis = "L-RMTI art.33"', "unknown", "clock.judicial_confirmation.basis", "L-RMTJ"),
    (MEDIATION, 'basis = "L-RMTJ art.33"\n', "", "missing", "clock.judicial_confirmation", ""),
    (VIOLENCE, 'grade = "law"', 'grade = "lew"', "unknown", "clock.order_valid.grade", "law"),
    (VIOLENCE, 'of = "court"', 'of = "cuort"', "unknown", "clock.order.of", "court"),
    (VIOLENCE, 'to = "police"', 'to = "polise"', "unknown", "letter.duty_report.to", "police"),
    ("roles.toml", '{ power = "case.list"', '{ power = "case.lsit"', "unknown", "role.handler.powers[2].power", "case.list"),
    ("danger.toml", 'doors = ["110", "12338"]', 'doors = ["110", "12339"]', "unknown", "kind.violence.doors[1]", "12338"),
    # sense
    (REQUEST, 'limit = "7 days"', 'limit = "7 dais"', "no_length", "clock.answer.limit", ""),
    (REQUEST, 'limit = "7 days"', 'limit = "99999 years"', "too_far", "clock.answer.limit", ""),
    (REQUEST, 'limit = "24 hours"', 'limit = "a day"', "no_length", "clock.contact.limit", ""),
    (REQUEST, 'until = "contacted"\n', "", "needs_until", "clock.contact", ""),
    (REQUEST, 'to = "answered", label = "答复本人"', 'to = "closed", label = "答复本人"', "no_way_to_end", "stage.work.moves[0].to", ""),
    (REQUEST, 'to = "answered", label = "答复本人"', 'to = "withdrawn", label = "撤"', "no_way_to_end", "stage.work.moves[0].to", ""),
    (REQUEST, ', reason = "@lawful_routes", marks', ", marks", "needs_reason", "stage.contact.moves[2]", ""),
    (REQUEST, 'to = "work", label', 'to = "contact", label', "unreachable", "stage.work", ""),
    (VIOLENCE, 'to = "plan", label = "已报告"', 'to = "report", label = "已报告"', "no_way_out", "stage.report", ""),
    (REQUEST, 'task = "lead"', 'task = "upper"', "no_sure_way", "stage.contact", ""),
    (VISIT, 'to = "back", by = "lead"', 'to = "back", needs = "case.verdict", by = "lead"', "no_sure_way", "stage.work", ""),
    (MEDIATION, 'reopen = "upper"', 'reopen = "uper"', "unknown", "closing.reopen", "upper"),
    ("reference/lists.toml", 'source = "L-TJZC art.2"', 'source = "L-TJZD art.2"', "unknown", "list.labour_issues.source", "L-TJZC"),
    ("danger.toml", '"轻生"', '"轻。"', "empty_word", "kind.self_harm.words", ""),
    ("danger.toml", '"passive ~4 stalk|sexual"', '"passive ~4 stork"', "bad_pattern", "kind.violence.patterns", ""),
    ("danger.toml", '"殺杀"', '"殺"', "bad_pair", "same", ""),
    ("text/danger_weights.toml", "bounds = [", 'bounds = ["far", ', "bad_weight", "bounds", ""),
    ("text/danger_weights.toml", "weights = [", 'weights = [ "救",', "bad_weight", "weights", ""),
    ("text/danger_weights.toml", "kinds = [", 'kinds = [ "0",', "bad_weight", "kinds", ""),
    (REQUEST, 'marks = "contacted"', 'marks = "submitted"', "built_in", "stage.contact.moves[0].marks", ""),
    (REQUEST, 'marks = "contacted"', 'marks = "Contacted!"', "bad_name", "stage.contact.moves[0].marks", ""),
    (REQUEST, "[stage.work]", "[stage.answered]", "built_in", "stage.answered", ""),
    (REQUEST, "[stage.work]", '[stage."two words"]', "bad_name", "stage.two words", ""),
    (REQUEST, 'kind = "choice", options = "@topics"', 'kind = "choice"', "no_options", "ask.topic", ""),
    (REQUEST, 'kind = "text" }', 'kind = "text", options = "@topics" }', "needless_options", "ask.place.options", ""),
    (REQUEST, 'kind = "text" }', 'kind = "text", event = "seen" }', "event_of_date", "ask.place.event", ""),
    (MEDIATION, 'agree = ["asker", "employer"] }', 'agree = ["asker", "employer"], by = "lead" }', "by_and_agree", "stage.panel.moves[0]", ""),
    (MEDIATION, '"已起诉"', '"已申请仲裁"', "same_option", "ask.other_routes.options[2]", ""),
    (VIOLENCE, 'class = "P3"', 'class = "P2"', "safe_is_p3", "safe", ""),
    (REQUEST, "default = true\n", "", "defaults", "default", ""),
    (REQUEST, 'org = "union"', 'org = "women"', "other_org", "org", ""),
    # several hands: words that do not fit one another
    ("words.toml", 'plays = ["police"]', "acts = true", "no_word", "party.police.acts", ""),
    (REQUEST, 'by = "lead"', 'by = "leed"', "unknown", "ask.track.by", "lead"),
    (REQUEST, 'needs = ["ask.track", "ask.track_why"]', 'needs = ["ask.track"]', "never_asked", "ask.track_why", ""),
    (REQUEST, 'needs = ["ask.track", "ask.track_why"]', 'needs = ["ask.trakc", "ask.track_why"]', "unknown", "stage.work.moves[2].needs[0]", "ask.track"),
    (REQUEST, 'label_en = "Why it changes"', 'label_en = "Why it changes"\nwhen = [{ fact = "ask.trak", is = "民生" }]', "unknown", "ask.track_why.when[0].fact", "ask.track"),
    (REQUEST, 'label_en = "On which track"', 'label_en = "On which track"\nwhen = [{ fact = "ask.track_why", is = "x" }]', "later_question", "ask.track.when[0].is", ""),
    (REQUEST, 'label_en = "How urgent"', 'label_en = "How urgent"\nwhen = [{ fact = "case.returns", at_least = 1 }]', "later_question", "ask.urgency.when[0].at_least", ""),
    (REQUEST, "[ask.track_why]", "[ask.phone]", "built_in", "ask.phone", ""),
    (REQUEST, 'sees = ["topic", "place", "wish"]', 'sees = ["topics", "place", "wish"]', "unknown", "party.co.sees[0]", "topic"),
    (REQUEST, "[party.co]", "[party.cuo]", "unknown", "party.cuo", "co"),
    (REQUEST, "[party.co]", "[party.lead]", "house_party", "party.lead", ""),
    (MEDIATION, 'between = ["employer"]', 'between = ["asker"]', "no_side", "party.mediator.between", ""),
    (MEDIATION, 'between = ["employer"]', 'between = ["lawyer"]', "no_side", "party.mediator.between", ""),
    (MEDIATION, 'between = ["employer"]', 'between = ["employers"]', "unknown", "party.mediator.between[0]", "employer"),
    (REQUEST, 'when = [{ fact = "ask.track", is = "疑难复杂" }]\n', "", "missing", "band[1]", ""),
    (REQUEST, 'name = "hard"', 'name = "emergency"', "same_band", "band[1].name", ""),
    (REQUEST, 'when = [{ fact = "ask.track", is = "疑难复杂" }]', 'when = [{ fact = "case.band", is = "normal" }]', "band_of_band", "band[1].when[0].is", ""),
    (REQUEST, 'is = "疑难复杂"', 'is = "疑难"', "not_an_option", "band[1].when[0].is", "疑难复杂"),
    (REQUEST, 'fact = "case.band", is = "hard"', 'fact = "case.band", is = "hart"', "not_an_option", "clock.answer_hard.when[0].is", "hard"),
    (REQUEST, 'extend = "8 days"', 'extend = "8 dais"', "no_length", "clock.answer.extend", ""),
    (REQUEST, 'extend = "8 days"', 'expired = { then = "tel_her" }', "unknown", "clock.answer.expired.then", "tell_her"),
    (REQUEST, 'extend = "8 days"', 'expired = { to = "wrok" }', "unknown", "clock.answer.expired.to", "work"),
    (REQUEST, 'extend = "8 days"', 'expired = { letter = "rout" }', "unknown", "clock.answer.expired.letter", "route"),
    (REQUEST, 'extend = "8 days"', "expired = {}", "empty", "clock.answer.expired", ""),
    (REQUEST, 'extend = "8 days"', 'kind = "validity"\nextend = "8 days"', "extends_no_deadline", "clock.answer.extend", ""),
    (REQUEST, "{number}", "{numbr}", "unknown", "letter.route.text", "number"),
    (REQUEST, "{number}", "{ask.topics}", "unknown", "letter.route.text", "ask.topic"),
    (REQUEST, "{number}", "{number", "odd_brace", "letter.route.text", ""),
    (REQUEST, "order = 1", 'order = 1\npauses = ["waiting_for_askr"]', "no_choice", "pauses[0]", "waiting_for_asker"),
    (REQUEST, "order = 1", 'order = 1\nkeep = "30 days"', "keep_short", "keep", ""),
    (REQUEST, 'to = "answered", label = "答复本人"', 'to = "set_aside", label = "终结"', "no_way_to_end", "stage.work.moves[0].to", ""),
    (MEDIATION, 'asks = ["pressed"]', 'asks = ["presed"]', "unknown", "closing.asks[0]", "pressed"),
    (MEDIATION, 'asks = ["pressed"]', 'asks = ["award_received_on"]', "not_hers", "closing.asks", ""),
    (MEDIATION, 'owner = "asker"', 'owner = "asker"\nextend = "1 month"', "extends_not_ours", "clock.limitation.extend", ""),
    (MEDIATION, 'owner = "asker"', 'owner = "asker"\nexpired = { to = "fail" }', "hers_expires", "clock.limitation.expired.to", ""),
    (AID, 'before = "limit_date"', 'before = "limit_dat"', "unknown", "clock.first_act_before_expiry.before", "limit_date"),
    (AID, 'before = "limit_date"', 'before = "answered"', "before_untold", "clock.first_act_before_expiry.before", ""),
    (AID, 'before = "limit_date"', 'before = "limit_date"\nfrom = "submitted"', "from_and_before", "clock.first_act_before_expiry.before", ""),
    (AID, 'before = "limit_date"', 'before = "limit_date"\nkind = "deadline"', "kind_and_before", "clock.first_act_before_expiry.kind", ""),
    (CONSULT, 'opens = ["union.dispute.mediation', 'opens = ["union.dispute.mediatoin', "unknown", "stage.book.moves[1].opens[0]", "union.dispute.mediation"),
    (VIOLENCE, 'tells = ["police"]', 'tells = ["polise"]', "unknown", "duty[0].tells[0]", "police"),
    (VIOLENCE, 'fact = "ask.ward", is = true', 'fact = "ask.ward", is = "yes"', "no_such_value", "duty[0].when[0].is", ""),
    # a person is never scored
    (REQUEST, '"类别"', '"政治面貌"', "forbidden", "ask.category", ""),
    (REQUEST, '"类别"', '"民 族"', "forbidden", "ask.category", ""),
    (REQUEST, '"类别"', '"宗教信仰"', "forbidden", "ask.category", ""),
    (REQUEST, '"Kind"', '"Political views"', "forbidden", "ask.category", ""),
    (MEDIATION, '"都没有"', '"忠诚"', "forbidden", "ask.other_routes", ""),
    ("reference/lists.toml", '"工会工作意见"', '"党员身份"', "forbidden", "list.topics", ""),
    ("words.toml", '"本人的话"', '"政治面貌"', "forbidden", "fact.case.verdict", ""),
    # what the eye does not see
    (REQUEST, '"联系本人"', '"联系\u200b本人"', "invisible", "clock.contact.label", ""),
    (REQUEST, '"联系本人"', '"联系\u00a0本人"', "invisible", "clock.contact.label", ""),
    (REQUEST, "[stage.work]", '[stage."work\u200b"]', "invisible", "stage.work\u200b", ""),
    (REQUEST, "order = 1", "order\u00a0= 1", "odd_sign", "", ""),
    (REQUEST, "order = 1", "order ＝ 1", "odd_sign", "", ""),
    (REQUEST, "order = 1", 'order = “1”', "odd_sign", "", ""),
    # TOML itself
    (REQUEST, "order = 1", "order = ", "syntax", "", ""),
    (REQUEST, "order = 1", "order = 1\norder = 2", "twice", "", ""),
    (REQUEST, "[stage.work]", "[stage.contact]", "twice", "", ""),
    (REQUEST, "order = 1", f"order = {'[' * 3000}", "too_deep", "", ""),
]  # fmt: skip


def found(faults: tuple[Fault, ...], file: str, code: str, place: str, near: str) -> bool:
    file = "matters" if code == "defaults" else file
    return any((one.file, one.code, one.place, one.nearest) == (file, code, place, near) for one in faults)


@pytest.mark.parametrize(("file", "old", "new", "code", "place", "near"), SLIPS)
def test_each_planted_slip_is_found_at_its_place_with_the_nearest_word(folder, file, old, new, code, place, near):
    plant(folder, file, old, new)
    read = read_catalogue(folder)
    assert found(read.faults, file, code, place, near), [str(one) for one in read.faults]
    assert not read.declarations
    assert all(one.zh and one.en and "{" not in one.en for one in read.faults)


def test_a_fault_names_the_line_it_stands_in(folder):
    plant(folder, MEDIATION, 'to = "agree", label', 'to = "agreee", label')
    (fault,) = read_catalogue(folder).faults
    lines = (folder / MEDIATION).read_text().splitlines()
    assert "agreee" in lines[fault.line - 1]
    assert str(fault).startswith(f"{MEDIATION}:{fault.line}: stage.meet.moves[1].to ")
    assert "没有叫 'agreee' 的环节; 是不是 'agree'?" in str(fault)
    assert "no stage called 'agreee'; did you mean 'agree'?" in str(fault)


# Where one of these stands, another slip in what it takes away can no longer be seen.
HIDING = {"defaults", "missing", "unreachable", "no_list_sign", "no_comparison"}
LATER = {"[closings]", 'options = "@labor_issues"', 'fact = "ask.isues"'}


def test_all_slips_that_do_not_hide_one_another_are_told_at_once(folder):
    together, taken = [], set()
    for file, old, new, code, place, _near in SLIPS:
        if (file, old) in taken or not place or code in HIDING or new in LATER:
            continue
        if old in (folder / file).read_text():
            plant(folder, file, old, new)
            together.append((file, code))
            taken.add((file, old))
    told = {(one.file, one.code) for one in read_catalogue(folder).faults}
    assert len(together) > 30
    lost = set(together) - told
    assert not lost


def test_a_file_in_gbk_is_named_as_such_and_the_others_are_still_checked(folder):
    path = folder / REQUEST
    path.write_bytes(path.read_text().encode("gbk"))
    plant(folder, MEDIATION, 'letter = "agreement"', 'letter = "agrement"')
    codes = {one.code for one in read_catalogue(folder).faults}
    assert codes == {"not_utf8", "unknown"}


@pytest.mark.parametrize("file", ["words.toml", "reference/sources.toml", "reference/lists.toml"])
def test_a_shared_file_that_cannot_be_read_is_told_once_and_not_by_all_who_name_its_words(folder, file):
    (folder / file).write_text("[[[")
    plant(folder, MEDIATION, 'letter = "agreement"', 'letter = "agrement"')
    assert [(one.file, one.code) for one in read_catalogue(folder).faults] == [
        (MEDIATION, "unknown"),
        (file, "syntax"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xfen\x00", "utf16"), (b"a = '\xff\xff'", "no_encoding"), (b"#" * 300_000, "too_large")],
)
def test_other_bytes_are_named_for_what_they_are(folder, data, code):
    (folder / REQUEST).write_bytes(data)
    assert code in {one.code for one in read_catalogue(folder).faults}


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(folder):
    path = folder / REQUEST
    before = read_catalogue(folder).declarations
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text().replace("\n", "\r\n").encode())
    read = read_catalogue(folder)
    assert not read.faults
    assert [one.id for one in read.declarations] == [one.id for one in before]


def test_a_missing_file_a_stray_file_and_a_misspelt_folder_are_told(folder):
    (folder / "roles.toml").rename(folder / "role.toml")
    (folder / "matters").rename(folder / "matter")
    told = {(one.file, one.code, one.nearest) for one in read_catalogue(folder).faults}
    assert {("roles.toml", "unreadable", ""), ("role.toml", "stray_file", "roles.toml")} <= told
    assert ("matter", "stray_folder", "matters") in told


def test_a_file_name_that_is_no_key_is_told(folder):
    (folder / REQUEST).rename(folder / "matters" / "Request.toml")
    assert "bad_stem" in {one.code for one in read_catalogue(folder).faults}


def test_a_folder_that_is_not_there_is_a_fault_and_no_crash(tmp_path):
    assert [one.code for one in read_catalogue(tmp_path / "nothing").faults] == ["no_folder"]


def test_a_broken_calendar_year_is_told(folder):
    (folder / "calendar" / "cn_2026.toml").write_text("year = 'soon'")
    assert "calendar" in {one.code for one in read_catalogue(folder).faults}
    shutil.rmtree(folder / "calendar")
    assert [one.code for one in read_catalogue(folder).faults] == ["no_calendar"]
