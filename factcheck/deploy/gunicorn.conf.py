"""gunicorn's settings for a desk: `gunicorn -c factcheck/deploy/gunicorn.conf.py`.

The environment has the last word: GUNICORN_CMD_ARGS for anything, WEB_CONCURRENCY for
the number of processes.
"""

import os
from pathlib import Path

wsgi_app = "factcheck.wsgi"
bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A worker of one thread is stopped by its time-out within a long file.
threads = 4
timeout = 60
graceful_timeout = 30
# Nobody gives orders by a socket in the home of an account that has none.
control_socket_disable = True
# What lies on a disk may block a worker's sign of life.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The site logs its own requests (FACTCHECK_LOG=json), without query strings.
accesslog = None
if os.environ.get("FACTCHECK_LOG", "").strip() == "json":
    logconfig_dict = {
        "formatters": {"generic": {"()": "factcheck.monitoring.logs.JSONFormatter"}},
        "loggers": {
            "gunicorn.error": {
                "level": "INFO",
                "handlers": ["error_console"],
                "propagate": False,
            }
        },
    }

METRICS = os.environ.get("FACTCHECK_METRICS", "").strip()
if METRICS:
    Path(METRICS).mkdir(parents=True, exist_ok=True)


def on_starting(_server):
    """Begin at zero: processes of before would be counted for ever."""
    for file in Path(METRICS).glob("*.db") if METRICS else ():
        file.unlink(missing_ok=True)
