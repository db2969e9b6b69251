import { openDatabase } from '@parley/db'
import { freePort } from '@parley/devstack'
import { expect, test } from 'vitest'
import type { Connection } from '../src/gateway/connection.ts'
import { looks } from '../src/presence/looks.ts'
import type { Room } from '../src/presence/room.ts'
import { showFresh } from '../src/presence/show-fresh.ts'

const alice = {} as Connection
const [bob, carol, dan] = ['12', '13', '14'] as const

test('the database is away while alice looks at bob, and then at carol too: neither is forgotten when it is back', async () => {
  const db = openDatabase(`postgresql://127.0.0.1:${await freePort()}/away`)
  const looking = looks(() => 0)
  const room = { db, looking, redis: { status: 'ready' }, sightOf: () => 'organisation' } as unknown as Room
  looking.look(alice, [bob, dan], [])
  const shown = showFresh(room)
  looking.look(alice, [bob, carol], [])
  await expect(shown).rejects.toThrow()
  expect([...looking.of.get(alice)!.fresh].sort()).toEqual([bob, carol])
  await db.close()
})
