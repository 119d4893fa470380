"""When the names of the archive last changed, for whoever remembers what they mean.

Every change of a named thing adds a stamp in its own transaction. Who has read the names compares the
stamps with those of then. Stamps are added and never counted up, so that two transactions never wait
for each other, and each is a random number, so that one rolled back is never taken for the next.
"""

import secrets
from collections.abc import Iterable, Mapping

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# The models whose rows say what a name means.
NAMED = frozenset(
    {
        "country",
        "lexiconentry",
        "meeting",
        "meetingvariant",
        "namevariant",
        "source",
        "sourcevariant",
        "speaker",
        "termofoffice",
    }
)
# Small enough that thousands of them add up to less than a database's integer holds.
_BITS = 40
# One change in so many removes the older stamps of its subject.
_KEPT = 128

# By subject, how many stamps it has and their sum.
Stamps = Mapping[str, tuple[int, int]]


class Stamp(models.Model):
    """That a row of ``subject`` (the name of a model) changed, with a random ``token``."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(_("subject"), max_length=40)
    token = models.BigIntegerField(_("token"))

    class Meta:
        verbose_name = _("stamp")
        verbose_name_plural = _("stamps")

    def __str__(self) -> str:
        return f"{self.subject} {self.token}"


def raise_stamps(subjects: Iterable[str]) -> None:
    """Stamp those of ``subjects`` that are named; must run inside the transaction that changed them."""
    named = sorted(NAMED.intersection(subjects))
    rows = [Stamp(subject=subject, token=secrets.randbits(_BITS)) for subject in named]
    if not rows:
        return
    Stamp.objects.bulk_create(rows)
    for row in rows:
        # The newest stays: a subject without any would look as if it had never changed.
        if row.token % _KEPT == 0:
            Stamp.objects.filter(subject=row.subject).exclude(token=row.token).delete()


def read_stamps() -> Stamps:
    """The stamps as this connection sees them now; one small database query.

    Two readings are equal only if nothing named was changed between them, or if what was is undone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        return {subject: (count, int(total)) for subject, count, total in cursor.fetchall()}


_QUERY = f"SELECT subject, COUNT(*), SUM(token) FROM {Stamp._meta.db_table} GROUP BY subject"
