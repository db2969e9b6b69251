import { createHash } from 'node:crypto'
import type { SlackExport } from '@parley/domain/import/index'
import { CHANNELS, DAYS, PORTS, type SampleChannel, SHIPS } from './channels.ts'
import { COLLEAGUES, SIGN_INS } from './people.ts'
import { type Random, random } from './random.ts'

type Conversation = SlackExport['conversations'][number]
type Message = Awaited<ReturnType<SlackExport['messages']>>[number]
type Person = SlackExport['people'][number]

const DAY_MS = 86_400_000
const HISTORY_DAYS = 90
const REACTIONS = ['thumbsup', 'tada', 'eyes', 'heart', 'white_check_mark', 'joy']
export const SAMPLE_DOMAIN = 'harbour.example'

/**
 * Ninety days of a shipping company's talk, as an export: so that the sample organisation comes in by the same door as
 * anybody's history. `now` in Unix milliseconds.
 */
export function sampleExport(now: number): SlackExport {
  const dice = random(20_260)
  const people = samplePeople()
  const first = now - HISTORY_DAYS * DAY_MS
  const messages = new Map<string, Message[]>()
  const conversations: Conversation[] = []
  const add = (conversation: Omit<Conversation, 'days'>, said: Message[]) => {
    const path = `${conversation.name ?? conversation.id}/all.json`
    messages.set(path, said)
    conversations.push({ ...conversation, days: [{ path, bytes: 1_000 }] })
  }
  for (const [index, channel] of CHANNELS.entries()) {
    const members = people
      .filter((_, i) => i < SIGN_INS.length || dice.chance(channel.share / 100))
      .map((p) => p.id)
    const said = talk(dice, channel, members, people, first, now)
    add(channelRow(channel, index, members, first), said)
  }
  const alice = people[SIGN_INS.length - 1]!
  for (const colleague of people.slice(SIGN_INS.length, SIGN_INS.length + 6)) {
    const pair = [alice.id, colleague.id]
    const said = talk(dice, { ...PAIR_TALK, messages: 20 + dice.int(60) }, pair, people, first, now)
    add({ ...nameless(`D${colleague.id}`, 'direct', pair, first), creator: alice.id }, said)
  }
  const group = people.slice(SIGN_INS.length - 1, SIGN_INS.length + 3).map((p) => p.id)
  add(
    { ...nameless('G1', 'group', group, first), creator: alice.id },
    talk(dice, PAIR_TALK, group, people, first, now),
  )
  return {
    name: 'sample organisation',
    fingerprint: createHash('sha256').update('parley sample organisation 1').digest('hex'),
    bytes: 1_000,
    people,
    conversations,
    ignored: [],
    messages: async (day) => messages.get(day.path) ?? [],
    close: async () => {},
  }
}

function samplePeople(): Person[] {
  const person = (id: string, name: string, title: string, mail: string): Person => ({
    ...{ id, name: mail, realName: name, displayName: name, title },
    email: `${mail}@${SAMPLE_DOMAIN}`,
    ...{ timeZone: null, deleted: false, bot: false, botId: null },
  })
  return [
    ...SIGN_INS.map(({ name, title, mail }, i) => person(`U${i + 1}`, name, title, mail)),
    ...COLLEAGUES.map(([name, title], i) =>
      person(`U${SIGN_INS.length + i + 1}`, name, title, name.toLowerCase().replace(/[^a-z]+/g, '.')),
    ),
  ]
}

const channelRow = (channel: SampleChannel, index: number, members: string[], first: number) => ({
  id: `C${index + 1}`,
  kind: channel.private ? ('private' as const) : ('public' as const),
  name: channel.name,
  createdAt: first,
  creator: members[0]!,
  archived: false,
  topic: channel.topic,
  purpose: '',
  members,
})

const nameless = (id: string, kind: 'direct' | 'group', members: string[], first: number) => ({
  ...{ id, kind, members, name: null, createdAt: first, archived: false, topic: '', purpose: '' },
})

const PAIR_TALK: SampleChannel = {
  name: '',
  topic: '',
  share: 100,
  messages: 40,
  openings: [
    'Have you a minute about `{ship}`?',
    'Lunch on {day}?',
    'The slot list for {port} is yours from {day} on, right?',
    'I have put my notes for {day} into the folder. Tear them apart.',
  ],
  answers: [
    'Sure.',
    'Yes!',
    'Give me {n} minutes.',
    'Looks good to me.',
    'Ask {who}, they had it last.',
    'Thanks :pray:',
  ],
}

/** Openings, each followed by some answers, in working hours, evenly over the time; some of it in threads. */
function talk(
  dice: Random,
  channel: SampleChannel,
  members: readonly string[],
  people: readonly Person[],
  first: number,
  now: number,
): Message[] {
  const said: Message[] = []
  const colleague = () => dice.pick(people.slice(SIGN_INS.length))
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, word) => {
      if (word === 'n') return String(2 + dice.int(57))
      if (word === 'day') return dice.pick(DAYS)
      if (word === 'ship') return dice.pick(SHIPS)
      if (word === 'port') return dice.pick(PORTS)
      return `<@${colleague().id}>`
    })
  const step = (now - first - DAY_MS) / channel.messages
  for (let i = 0; said.length < channel.messages; i++) {
    let at = inWorkingHours(first + i * step * 3.1 + dice.int(step), dice)
    if (at >= now) break
    const opening = message(dice, dice.pick(members), fill(dice.pick(channel.openings)), at, members)
    said.push(opening)
    const inThread = dice.chance(0.35)
    for (let answers = dice.int(5); answers > 0; answers--) {
      at += 20_000 + dice.int(inThread ? 1_800_000 : 400_000)
      if (at >= now) break
      const answer = message(dice, dice.pick(members), fill(dice.pick(channel.answers)), at, members)
      said.push(inThread ? { ...answer, threadTs: opening.ts } : answer)
    }
  }
  const seen = new Set<number>()
  return said
    .map((one) => ({ ...one }))
    .filter((one) => !seen.has(one.ts) && seen.add(one.ts))
    .sort((a, b) => a.ts - b.ts)
}

function inWorkingHours(at: number, dice: Random): number {
  const day = new Date(at)
  if (day.getUTCDay() === 0) day.setUTCDate(day.getUTCDate() + 1)
  if (day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() - 1)
  day.setUTCHours(7 + dice.int(10), dice.int(60), dice.int(60), dice.int(1_000))
  return day.getTime()
}

function message(dice: Random, user: string, text: string, at: number, members: readonly string[]): Message {
  const reactions = dice.chance(0.18)
    ? [{ name: dice.pick(REACTIONS), users: [...new Set([dice.pick(members), dice.pick(members)])] }]
    : []
  return {
    ...{ ts: Math.floor(at) * 1_000, threadTs: null, subtype: null, user, bot: null, text },
    ...{ fallback: '', editedAt: null, reactions, files: [] },
  }
}
