import type { Handlers } from '@parley/adapters/queue/index'
import { type Act, perform } from '@parley/domain'
import { makeExport } from '@parley/domain/audit/index'
import type { Deps } from '@parley/domain/deps'
import { processFile } from '@parley/domain/files/index'
import { indexMessages } from '@parley/domain/messages/index'
import { deliverNotification, planNotifications } from '@parley/domain/notifications/index'
import { runRetention } from '@parley/domain/retention/index'

/** Who acts when nobody is there: jobs and schedules. */
export const WORKER = { kind: 'system', name: 'worker' } as const

/** One row a kind of job: the acts that it performs. Each may be performed twice for one job. */
export function handlers(deps: Deps): Handlers {
  const performs =
    <Input>(...acts: Act<Input>[]) =>
    async (payload: Input): Promise<void> => {
      for (const act of acts) await perform(act, WORKER, payload, deps)
    }
  return {
    'messages.changed': performs(indexMessages, planNotifications),
    'notification.deliver': performs(deliverNotification),
    'file.process': performs(processFile),
    'retention.run': (job) => runRetention(deps, job),
    'export.make': (job) => makeExport(deps, job),
    'mail.send': (mail) => deps.mailer.send(mail),
  }
}
