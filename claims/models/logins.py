"""Model of failed logins, for the throttle."""

from django.db import models


class LoginTry(models.Model):
    """A failed login, under keyed hashes of login name and network.

    Both hashes are keyed: enough to count, too little to find anybody.
    """

    pair = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "try to sign in"
        verbose_name_plural = "tries to sign in"
        indexes = [
            models.Index(fields=["pair", "at"], name="login_try_of_pair"),
            models.Index(fields=["network", "at"], name="login_try_of_network"),
            models.Index(fields=["at"], name="login_try_newest"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"
