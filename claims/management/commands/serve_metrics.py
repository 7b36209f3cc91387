"""manage.py serve_metrics: answer Prometheus on a port of its own."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Answer Prometheus at http://HOST:PORT/metrics until it is stopped: what the "
        "web processes counted in the folder of FACTCHECK_METRICS, and what waits at "
        "the desk, asked of the database each time. Never part of the public site. "
        "Needs prometheus-client: pip install -e '.[metrics]'"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--bind",
            default="127.0.0.1:9464",
            metavar="HOST:PORT",
            help="where to listen: 127.0.0.1:9464, this machine alone",
        )

    def handle(self, *, bind, **options):
        if not settings.METRICS:
            raise CommandError(
                "Set FACTCHECK_METRICS, here and for the web processes, to a folder "
                "that both may write to."
            )
        host, _colon, port = bind.rpartition(":")
        if not host or not port.isdecimal():
            raise CommandError(f"--bind {bind}: it looks like 127.0.0.1:9464.")
        try:
            server, thread = serve(host.strip("[]"), int(port))
        except ImportError as error:
            raise CommandError(
                "Install prometheus-client: pip install -e '.[metrics]'"
            ) from error
        except (OSError, OverflowError) as error:
            raise CommandError(f"Nothing can listen at {bind}: {error}") from error
        self.stdout.write(f"http://{host}:{server.server_port}/metrics")
        thread.join()


def serve(host, port):
    """Start answering and return the server and its thread."""
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    from factcheck.monitoring.desk_figures import DeskFigures

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=settings.METRICS)
    registry.register(DeskFigures())
    return start_http_server(port, host, registry)
