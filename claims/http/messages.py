"""Where what the desk says of a saved form waits until the next page shows it."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """A cookie that over TLS no other host of the domain can set, as the session's."""

    @property
    def cookie_name(self):
        return "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"


class HostStorage(FallbackStorage):
    """The cookie, and the session for what does not fit into it."""

    storage_classes = (HostCookieStorage, SessionStorage)
