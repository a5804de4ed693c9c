"""Reads a calendar with python-icalendar and prints its events as JSON."""
import datetime
import json
import sys

import icalendar


def instant(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def event(component):
    return {
        "uid": str(component["UID"]),
        "summary": str(component["SUMMARY"]),
        "description": str(component["DESCRIPTION"]),
        "location": str(component["LOCATION"]) if "LOCATION" in component else None,
        "start": instant(component["DTSTART"].dt),
        "end": instant(component["DTEND"].dt),
        "stamp": instant(component["DTSTAMP"].dt),
        "modified": instant(component["LAST-MODIFIED"].dt),
        "created": instant(component["CREATED"].dt),
        "sequence": int(component["SEQUENCE"]),
        "status": str(component["STATUS"]),
        "transparency": str(component["TRANSP"]),
        "category": component["CATEGORIES"].to_ical().decode(),
        "alarms": [
            alarm["TRIGGER"].to_ical().decode() for alarm in component.walk("VALARM")
        ],
    }


with open(sys.argv[1], "rb") as file:
    calendar = icalendar.Calendar.from_ical(file.read())
print(json.dumps([event(component) for component in calendar.walk("VEVENT")]))
