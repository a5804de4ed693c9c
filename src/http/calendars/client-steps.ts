import { html, type Markup } from '../../export/markup.ts';

/** How a calendar program takes a subscription, and how often it looks for changes. docs/subscriptions.md */
interface ClientSteps {
  readonly client: string;
  readonly steps: string;
  readonly looks: string;
}

const CLIENTS: readonly ClientSteps[] = [
  {
    client: 'iPhone and iPad',
    steps:
      'Point the camera at the QR code, or open the subscription link; or Settings, Apps, Calendar, Calendar Accounts, Add Account, Other, Add Subscribed Calendar, and paste the address.',
    looks: 'as set under Fetch New Data: every 15 minutes to hourly, or by hand',
  },
  {
    client: 'Mac',
    steps:
      'Calendar, File, New Calendar Subscription, paste the address. To be reminded, leave “Alerts” under Remove unticked.',
    looks: 'as set there, every 5 minutes to every week; choose every day or oftener',
  },
  {
    client: 'Google Calendar',
    steps:
      'In a browser: Other calendars, the plus sign, From URL, paste the address. It ignores reminders of subscribed calendars. Google’s computers fetch it, so the service must be reachable from the Internet.',
    looks: 'some 8 to 24 hours apart; it cannot be set',
  },
  {
    client: 'Outlook',
    steps:
      'On the web and in the new Outlook: Calendar, Add calendar, Subscribe from web, paste the address. In classic Outlook for Windows: Account Settings, Internet Calendars, New.',
    looks: 'some 3 to 24 hours apart on the web; classic Outlook at each send and receive',
  },
  {
    client: 'Thunderbird',
    steps:
      'New Calendar, On the Network, paste the address, tick “This location doesn’t require credentials”, leave “Offline Support” ticked; Find Calendars. At Properties give it a name of your own: the one that is proposed is the secret part of the address. Subscribe.',
    looks: 'at each start and every 30 minutes, or as set in the properties of the calendar',
  },
  {
    client: 'GNOME Calendar and Evolution',
    steps:
      'GNOME Calendar: Manage Calendars, Add Calendar, paste the address. Evolution: New, Calendar, On The Web.',
    looks: 'as set in the properties of the calendar in Evolution',
  },
  {
    client: 'khal',
    steps:
      'A storage of type “http” with the address in vdirsyncer’s configuration, paired with a folder that khal reads; then vdirsyncer discover and vdirsyncer sync.',
    looks: 'whenever vdirsyncer sync runs; its timer for systemd runs every 15 minutes',
  },
];

/** What to do with the address in each of the common programs. */
export function clientSteps(): Markup {
  return html`<table class="stacks">
<caption>Subscribe to the address; do not download the file. A downloaded file is a snapshot that never changes.</caption>
<thead><tr><th scope="col">Program</th><th scope="col">How to subscribe</th><th scope="col">How often it looks for changes</th></tr></thead>
<tbody>
${CLIENTS.map(
  ({ client, steps, looks }) =>
    html`<tr><th scope="row">${client}</th><td data-label="How to subscribe">${steps}</td><td data-label="Looks for changes">${looks}</td></tr>
`,
)}</tbody>
</table>
`;
}
