/** Slack's export zip, read within bounds: open it, then read people, conversations and one day's messages at a time. */
export { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts'
export { openSlackExport } from './open-slack-export.ts'
