import { describe, expect, test } from 'vitest';
import { ROLES } from '../../../src/domain/role.ts';
import {
  may,
  type Permission,
  permissionToRecord,
} from '../../../src/service/access/permission.ts';
import { callerWith } from './access-clinic.ts';

const ALL: readonly Permission[] = [
  'read',
  'record',
  'decide',
  'register',
  'approve',
  'subscribe',
  'administer',
];

describe('what a role may do', () => {
  test.each([
    ['viewer', ['read']],
    ['scheduler', ['read', 'record', 'register', 'subscribe']],
    ['clinician', ['read', 'record', 'decide', 'register', 'approve', 'subscribe']],
    ['administrator', ['read', 'subscribe', 'administer']],
    ['service', ['read', 'record', 'register']],
  ] as const)('%s: %j, and nothing else', (role, allowed) => {
    expect(ROLES).toContain(role);
    const caller = callerWith({ 1: [role] });
    expect(ALL.filter((permission) => may(caller, 1, permission))).toEqual(allowed);
  });

  test('in one clinic gives nothing in another, and without a role nobody may anything', () => {
    const caller = callerWith({ 1: ROLES, 2: [] });
    for (const permission of ALL) {
      expect(may(caller, 1, permission)).toBe(true);
      expect(may(caller, 2, permission)).toBe(false);
      expect(may(caller, 3, permission)).toBe(false);
    }
  });
});

describe('what recording events needs', () => {
  test.each([
    ['imaging', 'record'],
    ['report', 'record'],
    ['pathology', 'record'],
    ['ablation', 'record'],
    ['constraint', 'record'],
    ['deferral', 'record'],
    ['decline', 'record'],
    ['booking', 'record'],
    ['contact', 'record'],
    ['closure', 'record'],
    ['decision', 'decide'],
    ['surgery', 'decide'],
    ['suspension', 'decide'],
    ['resumption', 'decide'],
    ['reopening', 'decide'],
    ['correction', 'decide'],
    ['newcomer', 'decide'],
    ['constructor', 'decide'],
  ])('%s needs %s', (type, needs) => {
    expect(permissionToRecord([{ type }])).toBe(needs);
  });

  test('the event that needs most decides', () => {
    const events = [{ type: 'contact' }, { type: 'decision' }];
    expect(permissionToRecord(events)).toBe('decide');
    expect(permissionToRecord([])).toBe('record');
  });

  test('an ending with an acknowledgement of open escalations needs a clinician', () => {
    expect(permissionToRecord([{ type: 'closure' }], { acknowledged: true })).toBe('decide');
  });

  test('a correction needs what it takes back needs, and of what is not known a clinician', () => {
    const recorded = [
      { id: 'x1', type: 'imaging' },
      { id: 'd1', type: 'decision' },
      { id: 'c1', type: 'correction' },
    ];
    const needs = (of?: string) => permissionToRecord([{ type: 'correction', of }], { recorded });
    expect(['x1', 'd1', 'c1', 'x2', undefined].map(needs)).toEqual([
      'record',
      'decide',
      'decide',
      'decide',
      'decide',
    ]);
  });

  test.each([[null], ['decision'], [7], [[]], [{}]])(
    '%j, which is no event, needs a clinician',
    (event) => {
      expect(permissionToRecord([event])).toBe('decide');
    },
  );
});
