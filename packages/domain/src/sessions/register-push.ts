import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { command } from '../command.ts'
import { storableText } from '../storable-text.ts'

/** Registers this device for push notifications, or (`token: null`) takes it off. A token belongs to one device. */
export const registerPush = command({
  name: 'device.registerPush',
  input: z.strictObject({ kind: z.enum(['fcm']), token: storableText(4_096).min(1).nullable() }),
  access: signedInPerson,
  limit: 'write',
  tokens: 'never',
  audit: ({ scope, input }) => ({
    action: 'device.push_registered',
    entity: { kind: 'person', id: scope.me.id, name: scope.me.name },
    after: { device: scope.me.device, kind: input.kind, on: input.token !== null },
  }),
  async run({ tx, scope }, { kind, token }): Promise<{ on: boolean }> {
    if (token)
      await tx.sql`UPDATE devices SET push_kind = NULL, push_token = NULL WHERE push_token = ${token} AND id <> ${scope.me.device}`
    await tx.sql`UPDATE devices SET push_kind = ${token && kind}, push_token = ${token} WHERE id = ${scope.me.device}`
    return { on: token !== null }
  },
})
