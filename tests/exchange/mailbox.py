"""A mail server on this machine that keeps what it is sent, for tests of real mail."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

import django


class Session(socketserver.StreamRequestHandler):
    """One client, spoken to as RFC 5321 says."""

    def handle(self):
        self.say("220 mail.example ESMTP")
        self.recipients = []
        for line in self.rfile:
            word = line.split()[0].upper().decode() if line.split() else ""
            if word == "RCPT":
                self.recipients.append(line.split(b"<")[1].split(b">")[0].decode())
            if word == "DATA":
                self.server.before_data(self)
                self.say("354 Go on")
                self.take()
            elif word == "QUIT":
                self.say("221 Good day")
                return
            else:
                self.say("250 mail.example" if word else "500 What?")

    def take(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        else:
            return
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.got.append((self.recipients, letter))
        self.recipients = []
        self.server.after_data(self)
        self.say("250 Taken")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    """What was delivered, as pairs of recipients and letter, in its order."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.got = []
        self.before_data = self.after_data = lambda session: None

    def handle_error(self, request, client_address):
        """Say nothing of clients that were killed."""

    def letters(self):
        return [letter for _recipients, letter in self.got]


@contextmanager
def mail_server(settings):
    """Serve a mailbox to which Django's own SMTP back end sends within the block."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with Mailbox() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        host, port = server.server_address
        if django.VERSION >= (6, 1):
            options = {"host": host, "port": port, "timeout": 10}
            settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        else:
            settings.EMAIL_BACKEND = backend
            settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
            settings.EMAIL_TIMEOUT = 10
        settings.MAIL_FROM = "The Desk <desk@desk.example>"
        settings.MAIL_SERVER = {"host": host}
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
