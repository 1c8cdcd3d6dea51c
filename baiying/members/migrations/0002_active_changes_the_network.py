"""A person who is switched off holds no living post: the network has a new edition."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("members", "0001_initial"), ("network", "0002_editions_and_districts")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TRIGGER members_new_edition AFTER UPDATE OF active OR DELETE ON members_person
            FOR EACH STATEMENT EXECUTE FUNCTION network_new_edition();
            """,
            "DROP TRIGGER members_new_edition ON members_person;",
        ),
    ]
