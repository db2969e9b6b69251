import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { queueRun, startedAudit } from './queue-run.ts'

/** Removes what is past its retention now, without waiting for the schedule. */
export const startRun = command({
  name: 'retention.startRun',
  input: z.strictObject({}),
  access: permitted('retention.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: { run: Id } }) => startedAudit(result.run, 'a person'),
  run: async (context) => ({ run: await queueRun(context, context.scope.me.id) }),
})
