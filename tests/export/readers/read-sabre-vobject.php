<?php
// Reads a calendar with sabre/vobject, validates it, and prints its events as JSON.
foreach (['Sabre/VObject/autoload.php', 'Sabre/VObject/includes.php'] as $file) {
    if (stream_resolve_include_path($file) !== false) {
        require_once $file;
        break;
    }
}
if (!class_exists('Sabre\VObject\Reader')) {
    fwrite(STDERR, "sabre/vobject was not found\n");
    exit(1);
}
date_default_timezone_set('UTC');

function instant($property)
{
    $time = $property->getDateTime();
    if (!$property->hasTime()) {
        return $time->format('Y-m-d');
    }
    $utc = new DateTime('@' . $time->getTimestamp());
    return $utc->format('Y-m-d\TH:i:s\Z');
}

// sabre/vobject 2 leaves the escapes of commas and semicolons (RFC 5545 3.3.11) to its caller.
function text($property)
{
    return str_replace(['\\,', '\\;'], [',', ';'], (string) $property);
}

$calendar = Sabre\VObject\Reader::read(file_get_contents($argv[1]));
foreach ($calendar->validate() as $fault) {
    if ($fault['level'] >= 2) {
        fwrite(STDERR, $fault['message'] . "\n");
        exit(1);
    }
}
$events = [];
foreach ($calendar->select('VEVENT') as $event) {
    $alarms = [];
    foreach ($event->select('VALARM') as $alarm) {
        $alarms[] = (string) $alarm->TRIGGER;
    }
    $events[] = [
        'uid' => (string) $event->UID,
        'summary' => text($event->SUMMARY),
        'description' => text($event->DESCRIPTION),
        'location' => isset($event->LOCATION) ? text($event->LOCATION) : null,
        'start' => instant($event->DTSTART),
        'end' => instant($event->DTEND),
        'stamp' => instant($event->DTSTAMP),
        'modified' => instant($event->{'LAST-MODIFIED'}),
        'created' => instant($event->CREATED),
        'sequence' => (int) (string) $event->SEQUENCE,
        'status' => (string) $event->STATUS,
        'transparency' => (string) $event->TRANSP,
        'category' => (string) $event->CATEGORIES,
        'alarms' => $alarms,
    ];
}
echo json_encode($events, JSON_UNESCAPED_UNICODE);
