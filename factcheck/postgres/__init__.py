"""A Django database backend with an embedded PostgreSQL server.

`ENGINE = "factcheck.postgres"` starts the server that a wheel carries when the
first connection is made and stops it when the last process has left. The folder
named by the setting `DATA_FOLDER` holds the cluster. Nothing here knows what the
database is used for.

    url.py      DATABASE_URL or the embedded server: the dict Django wants
    base.py     the backend: start before connecting, heal after a crash
    server.py   one cluster: make it, start it, share it, stop it
    tools.py    where the programs are and which account runs them
    paths.py    a name for the socket that libpq can take
"""
