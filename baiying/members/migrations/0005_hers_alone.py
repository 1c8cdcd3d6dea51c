"""Who sees what of a person: staff by name everybody, everything else she herself and the errands of the system."""

from django.db import migrations

from baiying.kit import rows

ERRAND = rows.on_errand("members")
PERSON = f"login IS NOT NULL OR {rows.is_who('id')} OR {ERRAND}"
HERS = f"{rows.is_who('person_id')} OR {ERRAND}"


class Migration(migrations.Migration):
    dependencies = [("members", "0004_telephones_move"), ("kit", "0001_initial")]
    operations = [
        migrations.RemoveField(model_name="person", name="telephone_index"),
        migrations.RemoveField(model_name="person", name="telephone_sealed"),
        rows.protect("members_person", PERSON, delete=ERRAND),
        rows.protect("members_telephone", HERS, delete=HERS),
        rows.protect("members_paper", HERS, delete=HERS),
        rows.protect("members_membership", f"{HERS} OR {rows.in_units('unit_id')}", insert=ERRAND, update=ERRAND,
                     delete=ERRAND),
        rows.protect("members_device", HERS, delete=HERS),
        rows.protect("members_factor", HERS, delete=HERS),
        rows.protect("members_code", ERRAND, delete=ERRAND),
        rows.protect("members_batch", ERRAND),
        rows.protect("members_merge", ERRAND),
        rows.protect("members_invitation", ERRAND),
    ]
