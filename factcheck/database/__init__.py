"""Django's PostgreSQL backend, for a server behind a transaction pooler as well.

`ENGINE = "factcheck.database"` is what `DATABASE_URL` leads to, and what the embedded
server's backend (`factcheck.postgres`) builds upon. A session is never relied on:
what a connection has been told holds for one transaction, and a cursor lives no
longer than one.
"""
