"""Reads a calendar with libical (by its GObject binding), checks it against libical's table of
what RFC 5545 allows in which component, and prints its events as JSON."""
import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as ical  # noqa: E402

Property = ical.PropertyKind
UTC = ical.Timezone.get_utc_timezone()


def value(component, kind):
    found = component.get_first_property(kind)
    return None if found is None else found.get_value()


def instant(time):
    day = "%04d-%02d-%02d" % (time.get_year(), time.get_month(), time.get_day())
    if time.is_date():
        return day
    utc = time.convert_to_zone(UTC)
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % (
        utc.get_year(), utc.get_month(), utc.get_day(),
        utc.get_hour(), utc.get_minute(), utc.get_second())


def children(component, kind):
    child = component.get_first_component(kind)
    while child is not None:
        yield child
        child = component.get_next_component(kind)


def plain(component, kind):
    found = value(component, kind)
    return None if found is None else found.as_ical_string()


def event(component):
    return {
        "uid": component.get_uid(),
        "summary": component.get_summary(),
        "description": component.get_description(),
        "location": component.get_location(),
        "start": instant(component.get_dtstart()),
        "end": instant(component.get_dtend()),
        "stamp": instant(component.get_dtstamp()),
        "modified": instant(value(component, Property.LASTMODIFIED_PROPERTY).get_datetime()),
        "created": instant(value(component, Property.CREATED_PROPERTY).get_datetime()),
        "sequence": component.get_sequence(),
        "status": plain(component, Property.STATUS_PROPERTY),
        "transparency": plain(component, Property.TRANSP_PROPERTY),
        "category": plain(component, Property.CATEGORIES_PROPERTY),
        "alarms": [
            plain(alarm, Property.TRIGGER_PROPERTY)
            for alarm in children(component, ical.ComponentKind.VALARM_COMPONENT)
        ],
    }


with open(sys.argv[1], encoding="utf-8", newline="") as file:
    calendar = ical.Component.new_from_string(file.read())
if not ical.restriction_check(calendar) or calendar.count_errors() > 0:
    sys.exit("libical finds the calendar faulty")
print(json.dumps([event(child) for child in children(calendar, ical.ComponentKind.VEVENT_COMPONENT)]))
