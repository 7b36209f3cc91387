"""Error reports to a Sentry server: class and place of an error, nothing typed.

Sentry's client sends local variables, forms and statements unless told otherwise, and
with them drafts. Here each event is made anew from a list of what may leave the house.
"""

from django.core.exceptions import ImproperlyConfigured

KEPT = ("event_id", "timestamp", "level", "platform", "transaction")
KEPT_OF_FRAMES = ("filename", "module", "function", "lineno", "in_app")


def start(dsn: str) -> None:
    """Report errors that nobody handled to the server that a DSN names."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.atexit import AtexitIntegration
        from sentry_sdk.integrations.dedupe import DedupeIntegration
        from sentry_sdk.integrations.django import DjangoIntegration
        from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    except ImportError as error:
        raise ImproperlyConfigured(
            "FACTCHECK_ERRORS needs sentry-sdk: pip install -e '.[errors]'"
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        # The others read logs, arguments of the command line and threads.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(callback=lambda *_waiting: None),
            DedupeIntegration(),
            DjangoIntegration(
                transaction_style="function_name",
                middleware_spans=False,
                signals_spans=False,
            ),
            ExcepthookIntegration(),
        ],
        before_send=only_the_place,
        before_breadcrumb=lambda *_crumb: None,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        send_client_reports=False,
        send_default_pii=False,
        auto_session_tracking=False,
        server_name="",
    )


def only_the_place(event, _hint):
    """Return the class and the lines of code of an error, and nothing it speaks of."""
    kept = {name: event[name] for name in KEPT if name in event}
    errors = event.get("exception", {}).get("values", [])
    kept["exception"] = {"values": [_bare(error) for error in errors]}
    if method := event.get("request", {}).get("method"):
        kept["request"] = {"method": method}
    return kept


def _bare(error):
    frames = (error.get("stacktrace") or {}).get("frames", [])
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "stacktrace": {
            "frames": [
                {name: frame[name] for name in KEPT_OF_FRAMES if name in frame}
                for frame in frames
            ]
        },
    }
