import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Id } from '@parley/protocol'
import { createClient, type Socket, type Sync } from '@parley/sync'
import { WebSocket } from 'ws'
import { lookAtAll, type State, stateOf } from '../../../tests/sync/state-of.ts'
import { lineOf } from '../lines.ts'
import { nameOf } from '../people.ts'
import { connect, type Person } from './person.ts'
import type { Truth } from './protocol.ts'

/** What this person has not yet heard of, or is not yet heard with, without asking for anything. */
export function lagging(person: Person, { rooms }: Truth): string[] {
  const { client, id: me } = person
  const name = nameOf(me)
  const state = client.connection()
  if (state.state !== 'live') return [`${name} is not connected: ${state.state}.`]
  const found = person.waiting().map((text) => `"${text}" of ${name} still waits to be sent.`)
  for (const { id, version, members } of rooms) {
    const view = client.conversation(id)
    if (!members.includes(me)) {
      if (view) found.push(`${name} still shows ${id} and is no member of it.`)
    } else if (!view) found.push(`${name} has not heard of being a member of ${id}.`)
    else if (view.conversation.version !== version)
      found.push(`${name} has ${id} as of version ${view.conversation.version}, and it is at ${version}.`)
  }
  return found
}

/** Tries that a client may need until small things of its own (what it read elsewhere) have reached it. */
const TRIES = 8
const APART_MS = 1_000

/** What this person's client shows, held against PostgreSQL and against a client that has just fetched everything. */
export async function compare(person: Person, truth: Truth): Promise<string[]> {
  const { client } = person
  await lookAtAll(client)
  const found = truth.rooms.flatMap((room) =>
    room.members.includes(person.id) ? againstRoom(person, room) : [],
  )
  for (let tries = 1; ; tries++) {
    const fresh = await freshly(person)
    const [shown, asked] = [stateOf(client), stateOf(fresh)]
    fresh.close()
    if (isDeepStrictEqual(shown, asked)) return found
    if (tries === TRIES) return [...found, ...differences(nameOf(person.id), shown, asked)]
    await sleep(APART_MS)
  }
}

async function freshly({ browser }: Person): Promise<Sync> {
  const client = createClient({
    connect: (surroundings) => connect(browser, surroundings),
    openSocket: (address) => new WebSocket(address, { perMessageDeflate: false }) as unknown as Socket,
    client: 'chaos-fresh',
  })
  client.start()
  await client.whole()
  await lookAtAll(client)
  return client
}

function againstRoom({ client, id: me }: Person, room: Truth['rooms'][number]): string[] {
  const name = nameOf(me)
  const view = client.conversation(room.id)
  if (!view) return [`${name} does not show ${room.id}, which they are a member of.`]
  const found: string[] = []
  const unread = room.unread[me]
  if (view.unread !== unread)
    found.push(`${name} is shown ${view.unread} unread messages in ${room.id}, and there are ${unread}.`)
  const lines = linesOf(client, room.id)
  const at = room.lines.findIndex((line, i) => line !== lines[i])
  if (at >= 0)
    found.push(
      `In ${room.id}, ${name} is shown "${lines[at] ?? 'nothing'}", and there is "${room.lines[at]}".`,
    )
  else if (lines.length > room.lines.length)
    found.push(`In ${room.id}, ${name} is shown "${lines[room.lines.length]}", which is not there.`)
  return found
}

function linesOf(client: Sync, id: Id): string[] {
  const { floor, roots, get } = client.timeline(id)
  const shown = Array.from({ length: roots - floor }, (_, i) => get(floor + 1 + i))
  const replies = shown.flatMap((root) => {
    if (!root?.thread) return []
    const thread = client.thread(id, root.id)
    return Array.from({ length: thread.replies }, (_, i) => thread.get(i + 1))
  })
  return [...shown, ...replies].map((message) => (message ? lineOf(message) : 'nothing'))
}

/** The first part in which two states differ, in words short enough to be read. */
function differences(name: string, shown: State, fresh: State): string[] {
  const at = path(shown, fresh, [])
  const [left, right] = [shown, fresh].map((state) => JSON.stringify(dig(state, at))?.slice(0, 300))
  return [`${name} is shown ${left} at ${at.join('.')}, and who has just fetched everything ${right}.`]
}

function path(left: unknown, right: unknown, at: (string | number)[]): (string | number)[] {
  if (!isObject(left) || !isObject(right)) return at
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  const key = keys.find((one) => !isDeepStrictEqual(left[one], right[one]))
  return key === undefined ? at : path(left[key], right[key], [...at, key])
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const dig = (value: unknown, at: (string | number)[]): unknown =>
  at.reduce<unknown>((one, key) => (isObject(one) ? one[key] : undefined), value)
