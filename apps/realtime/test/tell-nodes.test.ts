import type { Sighting } from '@parley/adapters/presence/sighting'
import { NOTHING_CHOSEN } from '@parley/protocol'
import { expect, test } from 'vitest'
import { devices } from '../src/presence/devices.ts'
import type { Room } from '../src/presence/room.ts'
import { showHere } from '../src/presence/show-here.ts'
import { tellNodes } from '../src/presence/tell-nodes.ts'

const [BOB, CAROL] = ['7', '8']
const INVISIBLE = { ...NOTHING_CHOSEN, availability: 'invisible' } as const

/** A room whose Redis takes what it is told, or does not. */
function room() {
  const at = { time: 1_000 }
  const taken: Sighting[][] = []
  const redis = { status: 'ready', takes: true }
  const here = devices('one', () => at.time)
  const parts = {
    ...{ here, redis, looking: { watched: new Map() }, changed: new Set(), untold: new Map() },
    sightings: {
      async write(changed: Sighting[]) {
        if (!redis.takes) throw new Error('no answer')
        taken.push(changed)
      },
    },
  } as unknown as Room
  const tick = async () => {
    showHere(parts)
    await tellNodes(parts).catch(() => {})
  }
  const came = (person: string, chosen: Parameters<typeof here.chose>[1] = NOTHING_CHOSEN) => {
    const mustBeRead = here.arrived(person)
    here.chose(person, chosen)
    return mustBeRead
  }
  return { at, taken, redis, here, tick, came }
}

test('bob, who goes while Redis is away and comes back, is read anew and seen (rule 10)', async () => {
  const { taken, redis, here, tick, came } = room()
  expect(came(BOB)).toBe(true)
  await tick()
  redis.status = 'reconnecting'
  here.left(BOB, false)
  await tick()
  expect(came(BOB)).toBe(true)
  redis.status = 'ready'
  await tick()
  expect(taken.at(-1)).toMatchObject([{ person: BOB, seen: 'active', number: 3 }])
})

test('when bob came back invisible while Redis was away is not told as when he was last active (rule 8)', async () => {
  const { at, taken, redis, here, tick, came } = room()
  came(BOB)
  await tick()
  here.left(BOB, false)
  redis.takes = false
  await tick()
  at.time = 9_000
  came(BOB, INVISIBLE)
  await tick()
  redis.takes = true
  await tick()
  expect(taken.at(-1)).toMatchObject([{ seen: 'gone', lastActive: 1_000 }])
})

test('what could not be told is told when Redis is back, once and as it is by then; who has not changed is left out', async () => {
  const { taken, redis, here, tick, came } = room()
  came(CAROL)
  await tick()
  redis.takes = false
  came(BOB)
  await tick()
  here.became(BOB, true)
  await tick()
  redis.takes = true
  await tick()
  await tick()
  expect(taken).toMatchObject([[{ person: CAROL }], [{ person: BOB, seen: 'idle' }]])
})
