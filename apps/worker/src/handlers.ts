import type { Handlers } from '@parley/adapters/queue/index'
import { perform } from '@parley/domain'
import type { Deps } from '@parley/domain/deps'

/** One row a kind of job: the act that it performs, as the system. Acts that a job begins may run twice. */
export function handlers(deps: Deps): Partial<Handlers> {
  const system = { kind: 'system', name: 'worker' } as const
  return {
    'mail.send': (mail) => deps.mailer.send(mail),
  }
}
