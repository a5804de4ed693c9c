"""Subscribes to a calendar with vdirsyncer and khal. For each line of input it synchronises and
prints, as one line of JSON, the events that khal then shows."""
import json
import os
import subprocess
import sys
import tempfile

VDIRSYNCER = """[general]
status_path = "{folder}/status"
[pair feed]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/local"
fileext = ".ics"
"""
KHAL = """[calendars]
[[feed]]
path = {folder}/local
readonly = True
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
"""
FIELDS = ["uid", "start-time", "start-long", "title", "status"]
LINE = "{tab}".join("{%s}" % field for field in FIELDS) + "@@"


def run(command, config, *arguments, may_fail=False):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([command, "-c", config, *arguments], capture_output=True, text=True,
                          env=environment, input="y\n")
    if done.returncode != 0 and not may_fail:
        raise SystemExit(done.stderr)
    return done.stdout


def event(fields):
    uid, start_time, start, summary, status = fields
    if start_time != "":
        start = start.replace(" ", "T") + ":00Z"
    return {"uid": uid, "start": start, "summary": summary, "status": status.strip()}


def written(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


with tempfile.TemporaryDirectory() as folder:
    vdirsyncer = written(folder, "vdirsyncer", VDIRSYNCER.format(folder=folder, url=sys.argv[1]))
    khal = written(folder, "khal", KHAL.format(folder=folder))
    os.mkdir(os.path.join(folder, "local"))
    run("vdirsyncer", vdirsyncer, "discover")
    for _ in sys.stdin:
        # What khal shows then is what counts.
        run("vdirsyncer", vdirsyncer, "sync", may_fail=True)
        listed = run("khal", khal, "list", "--once", "--notstarted", "--day-format", "",
                     "--format", LINE, "2026-01-01", "5000d")
        print(json.dumps([event(record.lstrip("\n").split("\t"))
                          for record in listed.split("@@") if record.strip() != ""]), flush=True)
