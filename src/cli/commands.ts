import type { Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';

/** Puts a command with its options into the program. `setExit` tells an exit code other than 0. */
export type AddCommand = (
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
) => void;

/** A command as the help of the program lists it. */
export interface CommandEntry {
  /** Its name, and what follows it. */
  readonly usage: string;
  readonly says: string;
  /** Loaded when it is asked for: help and every other command start without it. */
  readonly load: () => Promise<AddCommand>;
}

/** Every command, by the heading under which the help lists it. A new one is a file and an entry here. */
export const COMMANDS: Readonly<Record<string, Readonly<Record<string, CommandEntry>>>> = {
  'Tonight:': {
    due: {
      usage: 'due [options]',
      says: 'list what is due, overdue or escalated in a clinic, most urgent first',
      load: async () => (await import('./commands/due-command.ts')).dueCommand,
    },
    nightly: {
      usage: 'nightly [options]',
      says: 'write tonight’s due list of each clinic, with what changed since the last one, and keep dates and calendars current',
      load: async () => (await import('./commands/nightly-command.ts')).nightlyCommand,
    },
    status: {
      usage: 'status [options]',
      says: 'tell of each clinic when its nightly job ran; exit with 1 where that is too long ago',
      load: async () => (await import('./commands/status-command.ts')).statusCommand,
    },
  },
  'The service:': {
    serve: {
      usage: 'serve [options]',
      says: 'answer browsers, calendar programs and the JSON API from a store, until it is stopped',
      load: async () => (await import('./commands/serve-command.ts')).serveCommand,
    },
  },
  'Episodes of a store:': {
    episode: {
      usage: 'episode',
      says: 'register, show, list, plan and change the episodes of a clinic',
      load: async () => (await import('./commands/episode-command.ts')).episodeCommand,
    },
    record: {
      usage: 'record [options] <episode> [type]',
      says: 'record what happened: an exam, a report, a booking, …; answers with what it changes',
      load: async () => (await import('./commands/record-command.ts')).recordCommand,
    },
    calendar: {
      usage: 'calendar [options]',
      says: 'write the calendar of a patient, an episode, a clinic, or of every patient',
      load: async () => (await import('./commands/calendar-command.ts')).calendarCommand,
    },
  },
  'A store and its clinics:': {
    init: {
      usage: 'init [options]',
      says: 'make a store, the key of its audit log, and its first clinic',
      load: async () => (await import('./commands/init-command.ts')).initCommand,
    },
    clinic: {
      usage: 'clinic',
      says: 'the clinics of a store, and the days on which they are closed',
      load: async () => (await import('./commands/clinic-command.ts')).clinicCommand,
    },
    protocol: {
      usage: 'protocol',
      says: 'the protocols that a clinic of a store approved and follows (protocols: the catalog, without a store)',
      load: async () => (await import('./commands/protocol-command.ts')).protocolCommand,
    },
    user: {
      usage: 'user',
      says: 'who may sign in to the service of a store and do what, and the API keys of machines',
      load: async () => (await import('./commands/user-command.ts')).userCommand,
    },
    erase: {
      usage: 'erase [options]',
      says: 'erase a patient or one episode for good; the audit log keeps that it happened',
      load: async () => (await import('./commands/erase-command.ts')).eraseCommand,
    },
  },
  'Its safety:': {
    audit: {
      usage: 'audit',
      says: 'the audit log of a store: who did what, and whether it was tampered with',
      load: async () => (await import('./commands/audit-command.ts')).auditCommand,
    },
    backup: {
      usage: 'backup [options] <folder>',
      says: 'write a checked copy of the store with its manifest into a folder',
      load: async () => (await import('./commands/backup-command.ts')).backupCommand,
    },
    restore: {
      usage: 'restore [options] <backup>',
      says: 'put a backup in the place of the store; refused where a store, or its log, stands',
      load: async () => (await import('./commands/restore-command.ts')).restoreCommand,
    },
    drill: {
      usage: 'drill [options] <folder>',
      says: 'restore the newest backup elsewhere, check it, and compare its due list with the store’s; exit with 1 where that fails',
      load: async () => (await import('./commands/drill-command.ts')).drillCommand,
    },
    doctor: {
      usage: 'doctor [options]',
      says: 'look at everything about a store that can be wrong, and say what to do; exit with 1 for findings, 7 for damage',
      load: async () => (await import('./commands/doctor-command.ts')).doctorCommand,
    },
  },
  'Cases without a store:': {
    plan: {
      usage: 'plan [options]',
      says: 'plan the surveillance of a case: from flags, or from a file with one case or many',
      load: async () => (await import('./commands/plan-command.ts')).planCommand,
    },
    explain: {
      usage: 'explain [options] <key>',
      says: 'say why a visit, an escalation or an exam of a plan is as it is',
      load: async () => (await import('./commands/explain-command.ts')).explainCommand,
    },
    diff: {
      usage: 'diff [options] <old> [new]',
      says: 'show what changes between two plans: added, moved, cancelled, unchanged, and why',
      load: async () => (await import('./commands/diff-command.ts')).diffCommand,
    },
    check: {
      usage: 'check <file>',
      says: 'check case files (JSON, or NDJSON with one case a line) without planning them',
      load: async () => (await import('./commands/check-command.ts')).checkCommand,
    },
    protocols: {
      usage: 'protocols',
      says: 'the catalog and protocol files, without a store (protocol: what a clinic approved and follows)',
      load: async () => (await import('./commands/protocols-command.ts')).protocolsCommand,
    },
  },
  'The shell:': {
    completion: {
      usage: 'completion <shell>',
      says: 'print a script that completes commands and options in a shell',
      load: async () => (await import('./commands/completion-command.ts')).completionCommand,
    },
  },
};
