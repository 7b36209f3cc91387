"""A receiver of webhooks on this machine: keeps what comes and answers as told."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver(ThreadingHTTPServer):
    """Keeps each request; `answers` are given in turn, the last one for ever.

    An answer is a status, or a function that gets the handler: it may break anything.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.got, self.answers = [], [200]
        self.released = threading.Event()
        self.came = threading.Semaphore(0)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?desk=1"

    def handle_error(self, request, client_address):
        """Say nothing of senders that were killed."""

    def ids(self):
        return [headers["webhook-id"] for _path, headers, _body in self.got]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        answers = server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer(self)
            return
        self.keep()
        self.answer(answer)

    def keep(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) == length:
            self.server.got.append((self.path, self.headers, body))
            self.server.came.release()

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@contextmanager
def receiving():
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
