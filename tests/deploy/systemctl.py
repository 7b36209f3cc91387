#!/usr/bin/python3
"""A stand-in for systemctl where no systemd runs: it starts what unit files say.

For tests within a chroot, which it is copied into; it knows the lines that the units of
the desk and of Caddy have: who, where, with which variables, and what to run.
"""

import grp
import os
import pwd
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

FOLDERS = [Path("/etc/systemd/system"), Path("/lib/systemd/system")]
RUN, LOGS = Path("/run/stand-in"), Path("/var/log/stand-in")
PATIENCE = 60


def read(unit):
    """Return the lines of a unit's [Service], those of its drop-ins included."""
    files = [path for one in FOLDERS if (path := one / unit).is_file()][:1]
    if not files:
        sys.exit(f"Unit {unit} not found.")
    prefix = unit.partition("-")[0]
    for folder in FOLDERS:
        files += sorted((folder / f"{prefix}-.service.d").glob("*.conf"))
    lines, section = {}, ""
    for line in "\n".join(file.read_text() for file in files).splitlines():
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and line[0] != "#":
            name, _equals, value = line.partition("=")
            lines.setdefault(name, []).append(value)
    return lines


def environment(lines):
    home = pwd.getpwnam(lines.get("User", ["root"])[-1]).pw_dir
    found = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": home}
    for words in lines.get("Environment", []):
        found |= dict(word.split("=", 1) for word in shlex.split(words))
    for file in lines.get("EnvironmentFile", []):
        for line in Path(file).read_text().splitlines():
            if line.strip() and line[0] not in "#;":
                name, _equals, value = line.partition("=")
                found[name] = "".join(shlex.split(value))
    return found


def start(unit):
    lines = read(unit)
    account = pwd.getpwnam(lines.get("User", ["root"])[-1])
    group = grp.getgrnam(lines["Group"][-1]).gr_gid if "Group" in lines else None
    group = account.pw_gid if group is None else group
    for name in lines.get("StateDirectory", []):
        folder = Path("/var/lib") / name
        folder.mkdir(exist_ok=True)
        os.chown(folder, account.pw_uid, group)
    env = environment(lines)
    told = ready = None
    if lines.get("Type") == ["notify"]:
        told = RUN / f"{unit}.notify"
        told.unlink(missing_ok=True)
        ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ready.bind(str(told))
        ready.settimeout(PATIENCE)
        told.chmod(0o777)
        env["NOTIFY_SOCKET"] = str(told)
    options = {
        "cwd": lines.get("WorkingDirectory", ["/"])[-1],
        "env": env,
        "user": account.pw_uid,
        "group": group,
        "extra_groups": [group],
        "umask": int(lines.get("UMask", ["022"])[-1], 8),
        "stdin": subprocess.DEVNULL,
    }
    with (LOGS / unit).open("a") as log:
        options |= {"stdout": log, "stderr": log}
        if lines.get("Type") == ["oneshot"]:
            commands = lines["ExecStart"] + lines.get("ExecStartPost", [])
            for command in commands:
                subprocess.run(shlex.split(command), check=True, **options)
            return
        command = shlex.split(lines["ExecStart"][0])
        if capabilities := lines.get("AmbientCapabilities"):
            command = with_capabilities(command, capabilities[-1], options)
        process = subprocess.Popen(command, start_new_session=True, **options)
    (RUN / unit).write_text(str(process.pid))
    while ready and b"READY=1" not in ready.recv(4096):
        pass


def with_capabilities(command, names, options):
    """Return a command that leaves root by itself and keeps what a unit grants."""
    granted = ",".join(
        f"+{name.removeprefix('CAP_').lower()}" for name in names.split()
    )
    account = f"--reuid={options.pop('user')}", f"--regid={options.pop('group')}"
    options.pop("extra_groups")
    kept = f"--inh-caps={granted}", f"--ambient-caps={granted}"
    return ["setpriv", *account, "--clear-groups", *kept, *command]


def stop(unit):
    file = RUN / unit
    if not file.exists():
        return
    number = int(file.read_text())
    file.unlink()
    try:
        os.kill(number, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            # What nobody has asked for its end is still listed, as a zombie.
            if Path(f"/proc/{number}/stat").read_text().split(") ")[1][0] == "Z":
                return
            time.sleep(0.1)
        os.killpg(number, signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError):
        pass


def main(step, *units):
    RUN.mkdir(exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    for unit in [unit for unit in units if unit[:2] != "--"]:
        unit = unit if "." in unit else f"{unit}.service"
        if unit.endswith(".timer"):
            continue
        if step in {"stop", "restart", "reload-or-restart"}:
            stop(unit)
        if step != "stop":
            start(unit)


if __name__ == "__main__":
    main(*sys.argv[1:])
