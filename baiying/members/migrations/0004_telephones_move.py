"""A telephone that stood with its person becomes a row of its own, sealed anew for that row."""

from django.db import migrations

from baiying.kit import sealing
from baiying.kit.chance import uuid_for


def carry(apps, schema_editor):
    Person, Telephone = apps.get_model("members", "Person"), apps.get_model("members", "Telephone")
    for person in Person.objects.filter(telephone_sealed__isnull=False, key__isnull=False):
        key, index = bytes(person.key), bytes(person.telephone_index)
        told = sealing.unseal(key, person.id, "telephone", bytes(person.telephone_sealed))
        row = uuid_for(person.id.bytes + index, "telephone")
        Telephone.objects.create(id=row, person_id=person.id, index=index,
                                 sealed=sealing.seal(key, person.id, "telephone", told, row))


class Migration(migrations.Migration):
    dependencies = [("members", "0003_people_as_they_are")]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
