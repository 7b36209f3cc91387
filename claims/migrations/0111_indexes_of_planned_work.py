"""What is due, and what somebody has, in the order in which it is to be done."""

from django.db import migrations, models
from django.db.models import Q

from factcheck.database.operations import AddIndex, RemoveIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0110_index_of_beginnings")]

    operations = [
        AddIndex(
            "workitem",
            models.Index(
                fields=["due_on", "claim"],
                condition=Q(due_on__isnull=False),
                name="work_due_first",
            ),
        ),
        AddIndex(
            "workitem",
            models.Index(
                fields=["person", "due_on", "since", "claim"],
                condition=Q(person__isnull=False),
                name="work_of_person",
            ),
        ),
        RemoveIndex("workitem", "work_due"),
    ]
