"""People as they are: many have no login; telephones and papers are rows of their own; how they sign in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_active_changes_the_network'),
        ('network', '0002_editions_and_districts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('district', models.CharField(max_length=6)),
                ('at', models.DateTimeField()),
                ('new', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('index', models.BinaryField(max_length=32)),
                ('hashed', models.BinaryField(max_length=32)),
                ('sealed', models.BinaryField()),
                ('sent_at', models.DateTimeField(db_index=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('hashed', models.BinaryField(max_length=32)),
                ('words', models.CharField(max_length=80)),
                ('since', models.DateTimeField()),
                ('last_seen', models.DateTimeField()),
                ('proved_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('totp', 'Totp'), ('passkey', 'Passkey'), ('backup', 'Backup')], max_length=8)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('sealed', models.BinaryField(null=True)),
                ('index', models.BinaryField(max_length=32, null=True)),
                ('step', models.BigIntegerField(default=0)),
                ('since', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('hashed', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('district', models.CharField(max_length=6)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('batch', models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=200)),
                ('proposed_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=13)),
                ('sealed', models.BinaryField()),
                ('index', models.BinaryField(max_length=32)),
                ('batch', models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=80)),
                ('since', models.DateTimeField()),
                ('last_seen', models.DateTimeField()),
                ('factor', models.CharField(blank=True, max_length=8)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Telephone',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('index', models.BinaryField(max_length=32)),
                ('proved_at', models.DateTimeField(null=True)),
                ('batch', models.UUIDField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='person',
            name='members_person_login',
        ),
        migrations.RemoveConstraint(
            model_name='person',
            name='members_person_telephone_sealed',
        ),
        migrations.AddField(
            model_name='person',
            name='batch',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='person',
            name='died_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='person',
            name='guarded_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='person',
            name='guardian_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='person',
            name='text_only',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='person',
            name='login',
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='person',
            name='name',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='members_merged'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='members_person_batch'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('login__isnull', True), ('login__regex', '^[a-z0-9][a-z0-9._-]{1,63}$'), _connector='OR'), name='members_person_login'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('guardian_sealed__isnull', True), ('key__isnull', False), _connector='OR'), name='members_guardian_sealed'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('guarded_until__isnull', True), ('guardian_sealed__isnull', False), _connector='OR'), name='members_a_child_has_a_guardian'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='members_merged_into_another'),
        ),
        migrations.AddField(
            model_name='batch',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='device',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factor',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membership',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit'),
        ),
        migrations.AddField(
            model_name='merge',
            name='confirmed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='gone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='proposed_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paper',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signin',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='telephone',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.UniqueConstraint(fields=('person', 'hashed'), name='members_device_once'),
        ),
        migrations.AddConstraint(
            model_name='factor',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'totp')), fields=('person',), name='members_one_totp'),
        ),
        migrations.AddConstraint(
            model_name='factor',
            constraint=models.UniqueConstraint(fields=('person', 'index'), name='members_factor_once'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(condition=models.Q(('until__isnull', True)), fields=['unit'], name='members_of_unit'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['person'], name='members_membership_person'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='members_membership_dates'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'unit'), name='members_membership_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True), models.Q(('number', ''), _negated=True)), fields=('unit', 'number'), name='members_number_once_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='members_merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='members_merge_by_two_people'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('gone',), name='members_merge_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(condition=models.Q(('kind', 'passport')), fields=['index'], name='members_passport_index'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'passport'), _negated=True), fields=('index',), name='members_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(fields=('person', 'index'), name='members_paper_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['id18', 'id15', 'passport', 'permanent', 'hm_permit', 'tw_permit', 'hmt_residence'])), name='members_paper_kind'),
        ),
        migrations.AddIndex(
            model_name='telephone',
            index=models.Index(fields=['index'], name='members_telephone_index'),
        ),
        migrations.AddConstraint(
            model_name='telephone',
            constraint=models.UniqueConstraint(fields=('person', 'index'), name='members_telephone_once'),
        ),
    ]
