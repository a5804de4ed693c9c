import type { Notice } from '../page/notices.ts';

/** What was done just now with a protocol version, by the key that stands in the address. */
export const PROTOCOL_NOTICES: Readonly<Record<string, Notice>> = {
  approved: {
    says: 'The protocol is approved. Episodes of the clinic may follow it.',
    after: 'protocol.approved',
  },
  'approved-before': {
    says: 'Nothing was changed: who approved this version is told below.',
    after: null,
  },
  adopted: { says: 'The episodes follow this version now.', after: 'episode.pinned' },
  'adopted-partly': {
    says: 'Some episodes were changed by somebody else meanwhile and were not moved: compare again and adopt again.',
    after: null,
  },
  'adopted-before': {
    says: 'Nothing more was changed: no episode was left to move to this version.',
    after: null,
  },
};
