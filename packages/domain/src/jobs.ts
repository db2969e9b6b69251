import type { Id } from '@parley/protocol'

/** Work for the worker: ids in the payload, one call in the handler. */
export type Jobs = {
  /** Messages with a version in [from, to] of a conversation are new or changed: index, notify, call webhooks. */
  'messages.changed': { changes: [conversation: Id, from: number, to: number][] }
  'notification.deliver': { notification: Id }
  'file.process': { file: Id }
  'retention.run': { run: Id }
  'export.make': { export: Id }
  'mail.send': { to: string; subject: string; text: string; html?: string }
}
export type JobName = keyof Jobs
export type Job = { [N in JobName]: { name: N; payload: Jobs[N]; delayMs?: number; id?: string } }[JobName]
