/** A command line of docs/cli.md; its output is what the program writes. */
export interface Example {
  readonly line: string;
  /** Lines shown; the rest is cut, and the page says so. */
  readonly shown?: number;
  /** The exit code that it ends with; absent: 0. */
  readonly code?: number;
}

/** Examples that need no store, by the words of the command. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  plan: [
    { line: 'plan --ablated 2026-01-15 --birads 2', shown: 30 },
    { line: 'plan --input docs/examples/case-later.json', shown: 40 },
    { line: 'plan --ablated 2026-01-15 --birads 2 --id EP-1 --output ics', shown: 36 },
    { line: 'plan --ablated 2026-02-30 --birads 4D', code: 3 },
  ],
  explain: [{ line: 'explain a1.interval-1 --input docs/examples/case.json' }],
  diff: [
    { line: 'diff docs/examples/case.json docs/examples/case-later.json' },
    { line: 'diff docs/examples/case.json --new-protocol staged-from-previous-exam' },
  ],
  check: [{ line: 'check docs/examples/case.json' }],
  'protocols list': [{ line: 'protocols list' }],
  'protocols show': [{ line: 'protocols show ice3', shown: 12 }],
  'protocols check': [
    { line: 'protocols check src/protocol/catalog/staged-risk-adapted.protocol.json' },
  ],
  completion: [{ line: 'completion bash', shown: 6 }],
};

/** Examples on the sample clinic, run one after the other on 15 June 2026 in the order of this list. */
export const STORE_EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  init: [{ line: 'init --clinic NORTH --zone Europe/Berlin --database north.db' }],
  'clinic list': [{ line: 'clinic list' }],
  'clinic closed-days': [{ line: 'clinic closed-days examples/clinic/closed-days.json --dry-run' }],
  'protocol list': [{ line: 'protocol list' }],
  'protocol approve': [
    {
      line: 'protocol approve staged-from-previous-exam --clinician "Dr. Lee" --note "as discussed"',
    },
  ],
  'protocol adopt': [
    {
      line: 'protocol adopt staged-from-previous-exam --from staged-risk-adapted --dry-run',
      shown: 16,
    },
  ],
  'episode add': [
    {
      line: 'episode add --ablated 2026-03-02 --laterality left --id EP-3001 --tumor-size-mm 9',
      shown: 20,
    },
  ],
  'episode list': [{ line: 'episode list', shown: 6 }],
  'episode show': [{ line: 'episode show EP-2004', shown: 40 }],
  'episode update': [
    { line: 'episode update EP-3001 --freeze-thaw-cycles 2 --minimum-margin-mm 12' },
  ],
  'episode plan': [{ line: 'episode plan EP-2031', shown: 24 }],
  'episode explain': [{ line: 'episode explain EP-2031 esc.x2', shown: 12 }],
  'episode import': [{ line: 'episode import examples/clinic/episodes.ndjson' }],
  'episode export': [{ line: 'episode export --output csv', shown: 4 }],
  record: [
    { line: 'record EP-2004 contact --method call --outcome reached --item a1.routine-72' },
    { line: 'record EP-2004 imaging --modality MRI --birads 4B --dry-run' },
    { line: 'record EP-2004 decline --visit a1.interval-2 --reason "moves away"', code: 3 },
  ],
  due: [
    { line: 'due --bucket escalation-overdue --bucket overdue', shown: 40 },
    {
      line: 'due --input examples/cohort.ndjson --closed-days examples/closed-days.json --as-of 2027-02-01',
      shown: 20,
    },
  ],
  nightly: [{ line: 'nightly --out nights' }],
  status: [{ line: 'status --max-age 26h' }],
  calendar: [
    { line: 'calendar --patient S-40132', shown: 24 },
    { line: 'calendar --all --out calendars', shown: 3 },
    { line: 'calendar --episode EP-2004 --out back.ics' },
  ],
  'calendar import': [{ line: 'calendar import back.ics --dry-run' }],
  backup: [{ line: 'backup backups --keep 14' }],
  drill: [{ line: 'drill backups --max-age 26h' }],
  restore: [
    {
      line: 'restore backups/cryowatch-20260615T021500Z-schema-3.backup --database restored.db --key-file clinic.db.key --dry-run',
    },
  ],
  'audit list': [{ line: 'audit list --limit 5' }],
  'audit verify': [{ line: 'audit verify' }],
  erase: [{ line: 'erase --patient S-40132 --ground patient-request --dry-run' }],
  doctor: [{ line: 'doctor --backups backups' }],
  'user add': [
    {
      line: 'user add k.berg --role scheduler --name "K. Berg" --password-file password.txt',
    },
    { line: 'user add ehr-bridge --service' },
  ],
  'user list': [{ line: 'user list' }],
  'user role': [{ line: 'user role k.berg --role scheduler --role administrator' }],
  'user password': [{ line: 'user password k.berg --password-file password.txt --dry-run' }],
  'user disable': [{ line: 'user disable k.berg --dry-run' }],
  'user enable': [{ line: 'user enable k.berg --dry-run' }],
  'user key': [{ line: 'user key ehr-bridge --label "nightly import"' }],
  'user keys': [{ line: 'user keys ehr-bridge' }],
  'user revoke': [{ line: 'user revoke SELECTOR --dry-run' }],
  serve: [{ line: 'serve --origin https://follow-up.clinic.example --behind-proxy' }],
  'clinic add': [{ line: 'clinic add SOUTH --zone Asia/Kathmandu' }],
};

/** The words of a command line, as a shell takes them apart. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
