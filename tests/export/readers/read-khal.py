"""Imports calendars into khal, one after the other, and prints the events as JSON: what khal then
shows of them."""
import datetime
import json
import os
import subprocess
import sys
import tempfile

CONFIG = """[calendars]
[[plan]]
path = {folder}/plan
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
[default]
default_calendar = plan
"""
FIELDS = ["uid", "start-time", "start-long", "end-long", "title", "location", "description",
          "status", "categories"]
LINE = "{tab}".join("{%s}" % field for field in FIELDS) + "@@"


def khal(config, *arguments):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["khal", "-c", config, *arguments], capture_output=True, text=True,
                          env=environment, check=True)
    return done.stdout


def event(fields):
    uid, start_time, start, end, summary, location, description, status, category = fields
    if start_time == "":
        last = datetime.date.fromisoformat(end)
        end = (last + datetime.timedelta(days=1)).isoformat()
    else:
        start, end = (text.replace(" ", "T") + ":00Z" for text in (start, end))
    return {
        "uid": uid, "start": start, "end": end, "summary": summary,
        "description": description, "location": location or None, "status": status.strip(),
        "category": category,
    }


with tempfile.TemporaryDirectory() as folder:
    config = os.path.join(folder, "config")
    with open(config, "w", encoding="utf-8") as file:
        file.write(CONFIG.format(folder=folder))
    for path in sys.argv[1:]:
        khal(config, "import", "--batch", "-a", "plan", path)
    listed = khal(config, "list", "--once", "--notstarted", "--day-format", "", "--format", LINE,
                  "2026-01-01", "5000d")
print(json.dumps([event(record.lstrip("\n").split("\t"))
                  for record in listed.split("@@") if record.strip() != ""]))
