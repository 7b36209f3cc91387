"""The embedded PostgreSQL, tried with real servers, real signals and real accounts.

Tried here, on Linux: root and an ordinary account; a project in a folder that only
root may enter, the programs included; paths with spaces, commas and 130 characters;
eight commands at once on nothing, four on a stopped server; kill -9 of Django, of
PostgreSQL and of a first start; a stale postmaster.pid that names a living process;
Ctrl-C, SIGTERM, fork, three automatic reloads; a folder made by PostgreSQL 16, by
somebody else, or by no PostgreSQL at all; what other accounts and the network can
reach; that nothing is left running.

Not tried: macOS, network file systems, ARM processors, SELinux, a full disk, two
containers on one folder. Windows is refused with a sentence, which is tested.
"""
