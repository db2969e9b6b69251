import { setTimeout as sleep } from 'node:timers/promises'
import type { Ack, Sync } from '@parley/sync'
import { expect } from 'vitest'
import type { Someone } from '../../../../tests/support/people.ts'
import { lookAtAll, stateOf } from '../../../../tests/sync/state-of.ts'
import type { World } from './world.ts'

type Accepted = { conversation: string; text: string; sender: string; at: number; ack: Ack }
type Place = { channel: string; directs: string[] }

/** People who all sit in one channel, and each with the next one in a direct message. */
export async function peopleInTalk(world: World, many: number): Promise<Place & { people: Someone[] }> {
  const people: Someone[] = []
  for (let i = 0; i < many; i++) people.push(await world.person(`person${i}`))
  const channel = await world.channel(people[0]!, ...people.slice(1))
  const directs: string[] = []
  for (let i = 0; i < many; i++) directs.push(await world.direct(people[i]!, people[(i + 1) % many]!))
  return { people, channel, directs }
}

/** Each says something to all and to a friend, round after round, now and then with a reply, a reaction and an edit. */
export function talk(
  { channel, directs, people }: Place & { people: Someone[] },
  clients: Sync[],
  goesOn: (round: number) => boolean,
) {
  const accepted: Accepted[] = []
  const refused: unknown[] = []
  let settled: Promise<void>[] = []
  let order = 0
  function say(i: number, conversation: string, text: string, root?: string): Promise<Ack> {
    const at = order++
    const sending = clients[i]!.send(conversation, text, root).settled
    const noted = sending.then(
      (ack) => void accepted.push({ conversation, text, sender: people[i]!.id, at, ack }),
      (error) => void refused.push(error),
    )
    settled.push(noted)
    return sending
  }

  async function speak(i: number): Promise<void> {
    for (let round = 0; goesOn(round); round++) {
      const sent = say(i, channel, `${i} says ${round} to all`)
      say(i, directs[i]!, `${i} says ${round} to a friend`)
      if (round % 25 === i)
        sent.then(
          (ack) => {
            const client = clients[i]!
            say(i, channel, `${i} adds ${round}`, ack.message)
            client.react(channel, ack.message, '👍', true).catch(() => {})
            client.edit(channel, ack.message, `${i} says ${round} to all, edited`).catch(() => {})
          },
          () => {},
        )
      await sleep(40 + ((i * 7) % 30))
    }
  }

  const talking = people.map((_, i) => speak(i))
  return {
    /** Everybody has said everything, and knows what became of it. */
    async over(): Promise<{ accepted: Accepted[]; refused: unknown[] }> {
      await Promise.all(talking)
      while (settled.length > 0) {
        const all = settled
        settled = []
        await Promise.all(all)
      }
      return { accepted, refused }
    },
  }
}

/** Each accepted message once, under the numbers that its sender was told, in the order of its sender. */
export async function expectOnceInOrder(
  world: World,
  { channel, directs, people }: Place & { people: Someone[] },
  accepted: Accepted[],
): Promise<void> {
  const rows = await world.deps.db.sql<{ conversation: string; id: string; seq: number }>`
    SELECT conversation_id AS conversation, id, seq FROM messages ORDER BY conversation_id, seq`
  expect(rows).toHaveLength(accepted.length)
  expect(new Set(rows.map((row) => row.id))).toEqual(new Set(accepted.map((one) => one.ack.message)))
  for (const conversation of [channel, ...directs]) {
    const here = rows.filter((row) => row.conversation === conversation)
    expect(here.map((row) => row.seq)).toEqual(here.map((_, i) => i + 1))
    for (const { id: sender } of people) {
      const own = accepted
        .filter((one) => one.conversation === conversation && one.sender === sender)
        .sort((a, b) => a.at - b.at)
        .map((one) => one.ack.seq)
      expect(own).toEqual([...own].sort((a, b) => a - b))
    }
  }
}

/** Holds everything that one that has just fetched holds, with nothing missing and nothing waiting. */
export async function expectEqualToFresh(client: Sync, fresh: Sync): Promise<void> {
  await fresh.whole()
  await lookAtAll(fresh)
  await lookAtAll(client)
  expect(stateOf(client)).toEqual(stateOf(fresh))
  for (const { conversation, roots, threads } of stateOf(client).conversations) {
    expect(roots).not.toContain(undefined)
    for (const { root, replies } of threads) {
      expect(replies).not.toContain(undefined)
      expect(client.thread(conversation.id, root).pending).toEqual([])
    }
    expect(client.timeline(conversation.id).pending).toEqual([])
  }
  fresh.close()
}

/** Processes that ended left outbox rows behind; those of which the relay has told are put off for longer than at first. */
export async function untilRelayed(world: World): Promise<void> {
  for (;;) {
    const [row] = await world.deps.db.sql<{ n: number }>`
      SELECT count(*)::int AS n FROM outbox WHERE due_at < created_at + interval '10 seconds'`
    if (row!.n === 0) return
    await sleep(200)
  }
}
