"""Subscribes to a calendar with the web-calendar backend of Evolution, over a D-Bus of its own. For
each line of input it refreshes and prints, as one line of JSON, the events that the backend holds."""
import datetime
import json
import os
import sys
import tempfile
import zoneinfo

if "CRYOWATCH_OWN_BUS" not in os.environ:
    with tempfile.TemporaryDirectory() as home:
        own = {**os.environ, "CRYOWATCH_OWN_BUS": "yes", "HOME": home, "GIO_USE_VFS": "local",
               "GSETTINGS_BACKEND": "memory", "XDG_RUNTIME_DIR": home}
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            own[f"XDG_{name}_HOME"] = os.path.join(home, name.lower())
        os.chmod(home, 0o700)
        sys.exit(os.spawnvpe(os.P_WAIT, "dbus-run-session",
                             ["dbus-run-session", "--", sys.executable, *sys.argv], own))

import gi  # noqa: E402

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
from gi.repository import ECal, EDataServer, GLib  # noqa: E402

# The backend never says that it is connected where no network manager does.
WAIT_SECONDS = 1


def subscribed(url):
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new_with_uid("feed", None)
    source.set_display_name("feed")
    source.set_parent("webcal-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
    source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_uri(
        GLib.Uri.parse(url, GLib.UriFlags.ENCODED))
    registry.commit_source_sync(source, None)
    client = ECal.Client.connect_sync(registry.ref_source("feed"), ECal.ClientSourceType.EVENTS,
                                      WAIT_SECONDS, None)
    return registry, client


def event(component):
    start = component.get_dtstart()
    time = start.get_value()
    date = (time.get_year(), time.get_month(), time.get_day())
    if time.is_date():
        text = datetime.date(*date).isoformat()
    else:
        zone = zoneinfo.ZoneInfo(start.get_tzid() or "UTC")
        local = datetime.datetime(*date, time.get_hour(), time.get_minute(), tzinfo=zone)
        text = local.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:00Z")
    status = component.get_icalcomponent().get_status()
    return {"uid": component.get_uid(), "start": text,
            "summary": component.get_summary().get_value(),
            "status": status.value_nick.upper()}


registry, client = subscribed(sys.argv[1])
for _ in sys.stdin:
    try:
        client.refresh_sync(None)
    except GLib.Error:
        pass  # What it holds then is what counts.
    found, components = client.get_object_list_as_comps_sync("#t", None)
    print(json.dumps([event(component) for component in components]), flush=True)
