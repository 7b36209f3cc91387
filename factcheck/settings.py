"""Django settings; what differs between sites is read from the environment.

Nothing set: a demo on this machine, with the embedded PostgreSQL and DEBUG on.
For a desk: FACTCHECK_DEBUG=0, FACTCHECK_SECRET_KEY, FACTCHECK_HOSTS and
DATABASE_URL. The table of all variables is in deploy/README.md.
"""

import os
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_noop

from factcheck import environment
from factcheck.monitoring import error_reports
from factcheck.postgres.url import parse_databases

BASE_DIR = Path(__file__).resolve().parent.parent


# --- Who may ask, and how strict the doors are -------------------------------

# Commands and the demo run with DEBUG on; wsgi.py, which serves a desk, turns it off.
DEBUG = environment.switch("DEBUG", default=True)
SECRET_KEY = environment.key("SECRET_KEY", demo=DEBUG)
ALLOWED_HOSTS = environment.hosts(
    "HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS = environment.origins("TRUSTED_ORIGINS")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# Behind plain HTTP on this machine, secure cookies would lock everybody out.
HTTPS = environment.switch("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # No other host of the domain can set a cookie of such a name.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
MESSAGE_STORAGE = "claims.http.messages.HostStorage"
SECURE_SSL_REDIRECT = HTTPS
# Those who ask whether a process lives ask it itself, not the web server in front.
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Both bind hosts that are not this desk's, for as long as browsers remember: by choice.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and environment.switch("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = HTTPS and environment.switch("HSTS_PRELOAD")
if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    raise ImproperlyConfigured(
        "FACTCHECK_HSTS_PRELOAD needs FACTCHECK_HSTS_SUBDOMAINS: browsers take no host "
        "into their list without its subdomains."
    )
# check --deploy would ask for them.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if environment.switch("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Shows what was typed into a form whose token or session is gone.
CSRF_FAILURE_VIEW = "claims.views.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
OTHER_POLICIES = {
    # What may be loaded into pages of other sites says so itself: files with CORS,
    # cards, and the pictures for social networks.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

# Articles are the longest thing anybody sends: 2 million characters, 4 bytes each
# at most, and three times that when a form percent-encodes them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- The application ---------------------------------------------------------

INSTALLED_APPS = [
    "claims.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "claims.http.middleware.security_policies",
    "claims.views.health.probes",
    "claims.http.caching.private_by_default",
    "claims.http.addresses.forgiving_addresses",
    "claims.http.unavailable.database_unavailable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "claims.http.sessions.limited_sessions",
    "claims.http.middleware.language_of_page",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "claims.http.middleware.visible_words",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "claims.http.middleware.acting_user",
    "factcheck.database_router.PublicReads",
    # Within the one above: tag and page are read from the same database.
    "claims.http.caching.PublicCaching",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Its csrf_token names each form of the desk, so that none can be left out.
            "builtins": ["claims.templatetags.form_tokens"],
        },
    },
]

# --- The database ------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not DATABASE_URL and not DEBUG and not environment.switch("EMBEDDED"):
    raise ImproperlyConfigured(
        "Set DATABASE_URL to your PostgreSQL server "
        "(postgresql://user:password@host/name). The embedded PostgreSQL is for demos "
        "and tests; FACTCHECK_EMBEDDED=1 uses it with DEBUG off all the same."
    )
DATABASES = parse_databases(
    os.environ, Path(environment.text("PGDATA") or BASE_DIR / "var" / "pg")
)
DATABASE_ROUTERS = ["factcheck.database_router.DatabaseRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Readers are sent to no replica that is further behind than so many seconds.
REPLICA_LAG = environment.number("REPLICA_LAG", 5)
# Seconds after which the database ends what a session goes on with, 0: never.
# `manage.py migrate` and `database_roles --apply` make them defaults of the roles.
DATABASE_LIMITS = {
    "STATEMENT_TIMEOUT": environment.number("STATEMENT_TIMEOUT", 20),
    "PUBLIC_STATEMENT_TIMEOUT": environment.number("PUBLIC_STATEMENT_TIMEOUT", 15),
    "LOCK_TIMEOUT": environment.number("LOCK_TIMEOUT", 5),
    "IDLE_TIMEOUT": environment.number("IDLE_TIMEOUT", 60),
    # How long a connection is tried; PostgreSQL's client takes 2 for less.
    "CONNECT_TIMEOUT": environment.number("CONNECT_TIMEOUT", 3),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Logins ------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "claims.forms.passwords.WordsOfTheDeskValidator"}
] + [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Wrong passwords within an hour: for one login name from one network, and for all
# names from one network. 0 sets no limit.
LOGIN_TRIES = environment.number("LOGIN_TRIES", 10)
LOGIN_TRIES_NETWORK = environment.number("LOGIN_TRIES_NETWORK", 100)
# Whoever can publish signs in with a second factor. The demo's logins have none.
SECOND_FACTOR = environment.switch("SECOND_FACTOR", default=not DEBUG)
# LOGIN_TRIES counts codes too. A lock of the device would let whoever knows a password
# keep its owner out from anywhere.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
# Seconds until a sign-in ends: without a request, and in all.
SESSION_IDLE = 12 * 3600
SESSION_COOKIE_AGE = 7 * 24 * 3600

# --- Reports from readers ----------------------------------------------------

# Within an hour: from one sender, and from all of them. 0 sets no limit.
REPORTS_FROM_ONE = environment.number("REPORTS_FROM_ONE", 5)
REPORTS_FROM_ALL = environment.number("REPORTS_FROM_ALL", 500)

# The same of readers who ask for mails about a list; and how long an address is kept
# that nobody confirms.
FOLLOWS_FROM_ONE = environment.number("FOLLOWS_FROM_ONE", 20)
FOLLOWS_FROM_ALL = environment.number("FOLLOWS_FROM_ALL", 1000)
FOLLOW_CONFIRM_HOURS = environment.number("FOLLOW_CONFIRM_HOURS", 48)

# How long the mail address of whoever reported is kept.
REPORT_CONTACT_DAYS = environment.number("REPORT_CONTACT_DAYS", 180)

# --- Right of reply ----------------------------------------------------------

# Whether a verdict is submitted only once the speaker was asked for a reply, or a
# reason given why not.
REPLY_NEEDED = environment.switch("REPLY_NEEDED", default=True)

# --- Caches ------------------------------------------------------------------

# For how many seconds a shared cache may hand out a public page without asking.
S_MAXAGE = environment.number("S_MAXAGE", 60)

# --- Programs that read --------------------------------------------------------

# Questions of one network to the API, the change feed and MCP, counted by each process
# for itself. 0 sets no limit.
READS_A_MINUTE = environment.number("READS_A_MINUTE", 600)

# --- What goes out: webhooks and mail ----------------------------------------

MAIL_SERVER = environment.mail_server("MAIL_URL")
MAIL_FROM = environment.sender("MAIL_FROM")
_back_end = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'console'}"
if django.VERSION >= (6, 1):
    MAILERS = {
        "default": {
            "BACKEND": f"{_back_end}.EmailBackend",
            "OPTIONS": MAIL_SERVER or {},
        }
    }
else:
    EMAIL_BACKEND = f"{_back_end}.EmailBackend"
    if MAIL_SERVER:
        EMAIL_HOST, EMAIL_PORT = MAIL_SERVER["host"], MAIL_SERVER["port"]
        EMAIL_HOST_USER = MAIL_SERVER["username"]
        EMAIL_HOST_PASSWORD = MAIL_SERVER["password"]
        EMAIL_USE_TLS = MAIL_SERVER["use_tls"]
        EMAIL_USE_SSL = MAIL_SERVER["use_ssl"]
        EMAIL_TIMEOUT = MAIL_SERVER["timeout"]
# Webhooks over plain HTTP and in private networks, for receivers in the house.
WEBHOOKS_PRIVATE = environment.switch("WEBHOOKS_PRIVATE")
# How long messages that were sent can still be looked at.
OUTBOX_DAYS = environment.number("OUTBOX_DAYS", 30)
# From which hour of the day, UTC, the people of the desk are sent their digest.
DIGEST_HOUR = environment.number("DIGEST_HOUR", 6)
# Whether `manage.py check_links` may ask for the addresses of evidence, after how many
# days again, and whether those in private networks too.
CHECK_LINKS = environment.switch("CHECK_LINKS")
CHECK_LINKS_DAYS = environment.number("CHECK_LINKS_DAYS", 30)
CHECK_LINKS_PRIVATE = environment.switch("CHECK_LINKS_PRIVATE")
# Evidence read longer ago than this is named at the desk.
EVIDENCE_MONTHS = environment.number("EVIDENCE_MONTHS", 12)

# --- Language, time, files ---------------------------------------------------

LANGUAGES = [("en", "English"), ("tr", "Türkçe"), ("de", "Deutsch")]
# The language in which the desk writes, and of readers who ask for none of the others.
LANGUAGE_CODE = environment.one_of("LANGUAGE", dict(LANGUAGES), default="en")
LOCALE_PATHS = [BASE_DIR / "claims" / "locale"]
# Days are written with the month as a word, so that nobody misreads them.
FORMAT_MODULE_PATH = ["factcheck.formats"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Kept copies of evidence. No address leads to the folder: views hand files out.
MEDIA_ROOT = Path(environment.text("MEDIA") or BASE_DIR / "var" / "media")
STORAGES = {
    "default": {
        "BACKEND": environment.dotted(
            "STORAGE", "django.core.files.storage.FileSystemStorage"
        ),
        "OPTIONS": environment.json_object("STORAGE_OPTIONS"),
    },
    "staticfiles": {
        # The demo and tests need no `collectstatic`.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "factcheck.static_files.HashedNames"
    },
}

STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("STATIC") or BASE_DIR / "var" / "static")
try:
    import whitenoise  # noqa: F401
except ImportError:
    pass
else:
    # Serves the collected files from the same process; an extra, for production.
    if not DEBUG:
        # Below the policy's, which counts for files, too.
        MIDDLEWARE.insert(2, "whitenoise.middleware.WhiteNoiseMiddleware")

# --- What an operator sees ---------------------------------------------------

LOG = environment.one_of("LOG", ("plain", "json"), default="plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        "json": {"()": "factcheck.monitoring.logs.JSONFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
if LOG == "json":
    LOGGING["loggers"] = {"factcheck.requests": {"level": "INFO"}}
    MIDDLEWARE.insert(0, "factcheck.monitoring.logs.RequestLog")
# The folder in which the web processes count for Prometheus; empty: nothing is counted.
METRICS = environment.text("METRICS").strip()
if METRICS:
    MIDDLEWARE.insert(0, "factcheck.monitoring.metrics.RequestMetrics")
    MIDDLEWARE.append("factcheck.monitoring.metrics.unreachable_database")
# Where errors are reported to, as Sentry's DSN; empty: nowhere.
ERRORS = environment.address("ERRORS")
if ERRORS:
    error_reports.start(ERRORS)

# Fonts in which the pictures of claims for social networks are written, before those
# that are found by themselves: paths.
CARD_FONTS = environment.words("CARD_FONTS")
# The pictures last drawn, in the memory of each process: some 30 kB each.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "cards": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "cards",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# --- The desk's own face -----------------------------------------------------

WEAK_RULES = ("lower", "omit")

# What authenticators call this desk.
OTP_TOTP_ISSUER = environment.text("NAME").strip() or "Factcheck Workbench"

FACTCHECK = {
    "NAME": environment.text("NAME").strip() or "Factcheck Workbench",
    "TAGLINE": environment.text(
        "TAGLINE",
        # Only marked here: a page translates it, should it stand in the catalogue.
        gettext_noop("Who said what, in the printed words, and whether it holds"),
    ),
    # A picture among the static files, and colours of tokens.css that replace its own:
    # "accent=#7a1f2b,dark-accent=#f0a0a8" (dark-: where the reader prefers dark).
    "LOGO": environment.file("LOGO"),
    "COLOURS": environment.colours("COLOURS"),
    # Absolute addresses in feeds, exports and markup; empty: taken from the request.
    "URL": environment.address("URL").rstrip("/"),
    # Of an article whose text is too short to tell, or does not.
    "ARTICLE_LANGUAGE": environment.language("ARTICLE_LANGUAGE", LANGUAGE_CODE),
    # A rule whose suggestions are right less often than this (percent) counts less, or
    # is left out; 0: every rule stays as it is.
    "SUGGESTION_PRECISION": environment.number("SUGGESTION_PRECISION", 0),
    "SUGGESTION_WEAK": environment.one_of("SUGGESTION_WEAK", WEAK_RULES, "lower"),
    # The file of `manage.py train_suggestions`; empty: scores are those of the rules.
    "LIKENESS_WEIGHTS": environment.text("LIKENESS_WEIGHTS").strip(),
    "SUGGESTION_MODEL": environment.text("SUGGESTION_MODEL").strip(),
    # Where readers complain of the desk, to itself and, of a desk that has signed
    # their codes, to the IFCN and the EFCSN.
    "COMPLAINTS_MAIL": environment.sender("COMPLAINTS_MAIL"),
    "IFCN_COMPLAINTS": environment.address("IFCN_COMPLAINTS"),
    "EFCSN_COMPLAINTS": environment.address("EFCSN_COMPLAINTS"),
    # Days on which nobody works: what is to be answered within working days waits.
    "HOLIDAYS": environment.days("HOLIDAYS"),
    "DATA_LICENCE": environment.text("DATA_LICENCE", "CC BY 4.0"),
    "DATA_LICENCE_URL": environment.address(
        "DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/"
    ),
}
