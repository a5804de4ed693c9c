"""Subscribes to a calendar with Thunderbird, without a window, in a profile of its own. For each line of
input it starts Thunderbird, which looks for changes then, and prints, as one line of JSON, the events
that its cache holds as soon as they are others than before, or after a while."""
import datetime
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

CALENDAR = "4f1f3c1e-9f2c-4c1e-8d2a-5a1d1f0c7b11"
PREFERENCES = {
    f"calendar.registry.{CALENDAR}.type": "ics",
    f"calendar.registry.{CALENDAR}.uri": sys.argv[1],
    f"calendar.registry.{CALENDAR}.name": "feed",
    f"calendar.registry.{CALENDAR}.readOnly": True,
    f"calendar.registry.{CALENDAR}.cache.enabled": True,
    "calendar.list.sortOrder": CALENDAR,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.spotlight.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "toolkit.telemetry.enabled": False,
}
ALL_DAY = 8
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MOST_SECONDS = 8
BETWEEN_LOOKS_SECONDS = 0.5
END_SECONDS = 10


def event(row):
    uid, start, flags, title, status = row
    time_of = EPOCH + datetime.timedelta(microseconds=start)
    shape = "%Y-%m-%d" if flags & ALL_DAY else "%Y-%m-%dT%H:%M:%SZ"
    return {"uid": uid, "start": time_of.strftime(shape), "summary": title, "status": status or ""}


def cached(profile):
    """What its cache holds. Thunderbird locks it while it runs, so a copy is read."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cache.sqlite", "cache.sqlite-wal"):
            path = os.path.join(profile, "calendar-data", name)
            if os.path.exists(path):
                shutil.copy(path, folder)
        store = sqlite3.connect(os.path.join(folder, "cache.sqlite"))
        try:
            rows = store.execute("SELECT id, event_start, flags, title, ical_status FROM cal_events"
                                 " WHERE cal_id = ? ORDER BY id", (CALENDAR,))
            return [event(row) for row in rows]
        except sqlite3.DatabaseError:
            return []  # It is being made, or was copied in the middle of a change.
        finally:
            store.close()


def look(home, profile, before):
    own = {**os.environ, "HOME": home, "MOZ_CRASHREPORTER_DISABLE": "1"}
    process = subprocess.Popen(
        ["thunderbird", "--headless", "--no-remote", "--profile", profile], env=own,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True)
    try:
        until = time.monotonic() + MOST_SECONDS
        held = cached(profile)
        while time.monotonic() < until:
            time.sleep(BETWEEN_LOOKS_SECONDS)
            earlier, held = held, cached(profile)
            if held == earlier and held != before and held:
                break
        return held
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
    profile = os.path.join(folder, "profile")
    os.mkdir(profile)
    with open(os.path.join(profile, "user.js"), "w", encoding="utf-8") as file:
        for name, value in PREFERENCES.items():
            file.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
    held = []
    for _ in sys.stdin:
        held = look(folder, profile, held)
        print(json.dumps(held), flush=True)
