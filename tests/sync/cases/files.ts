import { keepPreview } from '@parley/domain/files/keep-preview'
import { sendMessage } from '@parley/domain/messages/index'
import type { Id } from '@parley/protocol'
import type { World } from '../world.ts'
import type { Case } from './case.ts'
import { talk } from './talk.ts'

const worker = { kind: 'system', name: 'worker' } as const

/** A file that alice has uploaded and not sent yet. */
async function uploaded(world: World, room: Id): Promise<Id> {
  const file = world.deps.newId()
  await world.db.sql`
    INSERT INTO files (id, conversation_id, uploader_id, name, declared_type, type, size, state, key)
    VALUES (${file}, ${room}, ${world.alice.id}, 'heron.png', 'image/png', 'image/png', 1234, 'stored', ${file})`
  return file
}

async function post(world: World, room: Id): Promise<Id> {
  const file = await uploaded(world, room)
  const message = { id: crypto.randomUUID(), conversation: room, text: '', files: [file] }
  await world.as(world.alice, sendMessage, message)
  return file
}

/** By the name of the act. */
export const FILE_CASES: Record<string, Case[]> = {
  'files.keepPreview': [
    {
      given: talk,
      asksNothing: true,
      title: 'the picture of what alice posts appears a moment later',
      async when(world, room) {
        const file = await post(world, room)
        const preview = {
          file,
          key: `${file}-small`,
          width: 640,
          height: 480,
          blur: 'data:image/webp;base64,AA==',
        }
        await world.as(worker, keepPreview, preview)
      },
    },
  ],
}
