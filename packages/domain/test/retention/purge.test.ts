import { deleteMessage, editMessage } from '@parley/domain/messages/index'
import {
  cancelRun,
  due,
  listRuns,
  planRetention,
  preview,
  runRetention,
  startRun,
} from '@parley/domain/retention/index'
import { purge } from '@parley/domain/retention/purge'
import { STEP_MESSAGES } from '@parley/domain/retention/purge-step'
import type { Id } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { mention, openWorld, type World } from './world.ts'

const system = { kind: 'system', name: 'worker' } as const
let world: World
let general: Id
beforeEach(async () => {
  world = await openWorld()
  general = await world.channel('general', [world.people.alice, world.people.bob])
})
afterEach(() => world.close())

const runs = () => world.as(world.people.dan, listRuns)

describe('what goes (rules 1–6 of docs/subsystems/retention.md)', () => {
  test('messages older than the policy go, younger ones stay as they were', async () => {
    const { alice, bob } = world.people
    for (const days of [90, 60, 31]) await world.said(general, alice, days, `${days} days ago`)
    for (const days of [29, 1]) await world.said(general, bob, days, `${days} days ago`)
    await world.keep(30)
    await world.purge()
    expect(await world.texts(general)).toEqual(['29 days ago', '1 days ago'])
    expect(await world.floor(general)).toBe(3)
    expect(world.published.flatMap((p) => p.conversations.get(general) ?? [])).toEqual([
      { version: 6, type: 'floor.moved', floor: 3 },
    ])
  })

  test('nothing goes without a policy, and nothing that is to be kept for ever', async () => {
    await world.said(general, world.people.alice, 300, 'old')
    await world.purge()
    await world.keep(null)
    await world.purge()
    expect(await world.texts(general)).toEqual(['old'])
  })

  test('a channel’s own policy wins, both ways; direct messages follow the organisation', async () => {
    const { alice, bob } = world.people
    const forever = await world.channel('forever', [alice])
    const week = await world.channel('week', [alice])
    const direct = await world.channel(null, [alice, bob], 'direct')
    for (const each of [general, forever, week, direct])
      for (const days of [40, 10]) await world.said(each, alice, days, `${days}`)
    await world.keep(30)
    await world.keep(null, forever, 'organisation')
    await world.keep(7, week, 'organisation')
    await world.purge()
    expect(await Promise.all([general, forever, week, direct].map(world.texts))).toEqual([
      ['10'],
      ['40', '10'],
      [],
      ['10'],
    ])
  })

  test('a root takes its replies with it, unless one of them is young: then it leaves a tombstone in its place', async () => {
    const { alice, bob } = world.people
    const dead = await world.said(general, alice, 50, 'a thread that is over')
    await world.said(general, bob, 45, 'its last reply', { root: dead })
    const living = await world.said(general, alice, 44, 'a thread that lives')
    await world.said(general, bob, 43, 'an old reply', { root: living })
    await world.said(general, alice, 2, 'a young reply', { root: living })
    await world.said(general, bob, 42, 'an old root above it')
    await world.said(general, bob, 1, 'a young root')
    await world.keep(30)
    await world.purge()
    expect(await world.texts(general)).toEqual([
      '(expired)',
      '(expired)',
      'a young reply',
      '(expired)',
      'a young root',
    ])
    expect(await world.floor(general)).toBe(1)

    // and once it is over as well, the floor passes it and the tombstones above
    await world.db.sql`UPDATE retention_runs SET started_at = started_at - interval '1 year'`
    world.clock.advance(29 * 86_400_000)
    await world.purge()
    expect(await world.texts(general)).toEqual(['a young root'])
    expect(await world.floor(general)).toBe(3)
  })

  test('what was edited or deleted before is gone from where it was kept, too', async () => {
    const { alice, bob } = world.people
    const edited = await world.said(general, alice, 40, 'first words')
    await world.as(alice, editMessage, { conversation: general, message: edited, text: 'second words' })
    const deleted = await world.said(general, alice, 40, 'taken back')
    await world.as(alice, deleteMessage, { conversation: general, message: deleted })
    await world.db.sql`
      INSERT INTO message_search (conversation_id, message_id, seq, sender_id, version, body)
      VALUES (${general}, ${edited}, 1, ${alice.id}, 1, to_tsvector('second words')),
        (${general}, 1, 9, ${alice.id}, 1, to_tsvector('an entry that came a moment too late'))`
    await world.db.sql`
      INSERT INTO notifications (id, person_id, conversation_id, message_id, seq, reason)
      VALUES (1, ${bob.id}, ${general}, ${edited}, 1, 'everyone')`
    await world.keep(30)
    await world.purge()
    for (const table of ['messages', 'message_versions', 'message_search', 'notifications'])
      expect((await world.db.connection.query(`SELECT * FROM ${table}`)).rows, table).toEqual([])
  })

  test('files go with their messages, from the database and from the store', async () => {
    const { alice } = world.people
    const [old, young] = [await world.file(general, alice, 1_000), await world.file(general, alice, 2_000)]
    await world.said(general, alice, 40, 'see', { files: [old.id] })
    await world.said(general, alice, 4, 'see', { files: [young.id] })
    await world.keep(30)
    await world.purge()
    const there = async (keys: string[]) =>
      (await Promise.all(keys.map((k) => world.blobs.stat(k)))).map((s) => s?.size)
    expect(await there(old.keys)).toEqual([undefined, undefined])
    expect(await there(young.keys)).toEqual([2_000, 2_000])
    expect(await world.db.sql`SELECT id FROM files`).toEqual([{ id: young.id }])
  })

  test('mentions of what went are counted no longer', async () => {
    const { alice, bob } = world.people
    await world.said(general, alice, 40, `${mention(bob)} old`)
    await world.said(general, alice, 4, `${mention('everyone')} young`)
    await world.keep(30)
    await world.purge()
    expect(await world.db.sql`SELECT seq FROM mentions`).toEqual([{ seq: 2 }])
  })
})

describe('the preview', () => {
  test('says before it is saved exactly what the run then removes', async () => {
    const { alice, bob, erin } = world.people
    const other = await world.channel('other', [alice])
    const direct = await world.channel(null, [alice, bob], 'direct')
    const { id, keys } = await world.file(general, alice, 1_234)
    const root = await world.said(general, alice, 99, 'root', { files: [id] })
    await world.said(general, bob, 3, 'young reply', { root })
    for (const days of [80, 70, 10]) await world.said(other, alice, days, 'x')
    await world.said(direct, bob, 60, 'y')
    const seen = await world.as(erin, preview, { conversation: null, keep: 30 })
    expect(seen.all).toMatchObject({ messages: 4, threads: 1, files: 1, bytes: 1_234 })
    expect(Math.round((world.clock.now.getTime() - seen.all.oldest) / 86_400_000)).toBe(99)
    expect(Math.round((world.clock.now.getTime() - seen.all.newest) / 86_400_000)).toBe(60)
    expect(seen.conversations.map((c: { name: string; messages: number }) => [c.name, c.messages])).toEqual([
      ['other', 2],
      ['general', 1],
      [null, 1],
    ])
    expect(seen.months.reduce((all: number, m: { messages: number }) => all + m.messages, 0)).toBe(4)
    expect(await world.as(erin, preview, { conversation: other, keep: 75 })).toMatchObject({
      all: { messages: 1 },
    })

    await world.keep(30)
    expect((await world.as(erin, due)).all).toEqual(seen.all)
    await world.purge()
    const [run] = (await runs()).items
    expect(run).toMatchObject({
      state: 'done',
      gone: { messages: 4, threads: 1, files: 1, bytes: 1_234 },
      conversations: 3,
    })
    expect(run.expected).toEqual(run.gone)
    expect(await world.blobs.stat(keys[0]!)).toBeNull()
    expect((await world.as(erin, preview, { conversation: null, keep: 30 })).all.messages).toBe(0)
  })

  test('counts for the organisation what its policy decides over, and not the channels that have their own', async () => {
    const { alice, erin } = world.people
    const own = await world.channel('own', [alice])
    for (const each of [general, own]) await world.said(each, alice, 40, 'old')
    await world.keep(7, own, 'organisation')
    expect((await world.as(erin, preview, { conversation: null, keep: 30 })).all.messages).toBe(1)
    expect((await world.as(erin, preview, { conversation: own, keep: 'organisation' })).all.messages).toBe(0)
  })
})

describe('a run', () => {
  test('is interrupted after any step, and the next goes on to the same end', async () => {
    const { alice, bob } = world.people
    const many = STEP_MESSAGES + 20
    for (let i = 0; i < many; i++) await world.said(general, alice, 100, 'old')
    const files = []
    for (let i = 0; i < 3; i++) {
      const file = await world.file(general, bob, 10)
      files.push(file)
      await world.said(general, bob, 90, 'old', { files: [file.id] })
    }
    await world.said(general, bob, 1, 'young')
    await world.keep(30)
    const { run } = await world.as(world.people.dan, startRun)
    let died = 0
    const dies = {
      ...world.deps,
      blobs: {
        ...world.blobs,
        remove: (keys: string[]) =>
          keys.length > 0 ? Promise.reject(new Error(`died ${++died}`)) : Promise.resolve(),
      },
    }
    await expect(runRetention(dies, { run })).rejects.toThrow('died 1')
    expect((await runs()).items[0]).toMatchObject({
      state: 'running',
      error: expect.stringContaining('tried again'),
    })
    expect(await world.texts(general)).toEqual(['young'])
    expect(await world.blobs.stat(files[0]!.keys[0]!)).not.toBeNull()
    // killed with SIGKILL, twice, and begun by two workers at once
    await expect(runRetention(dies, { run })).rejects.toThrow('died 2')
    await Promise.all([runRetention(world.deps, { run }), runRetention(world.deps, { run })])
    for (const { keys } of files) for (const key of keys) expect(await world.blobs.stat(key)).toBeNull()
    const [after] = (await runs()).items
    expect(after).toMatchObject({ state: 'done', error: null, gone: { messages: many + 3, files: 3 } })
    await runRetention(world.deps, { run })
    expect((await auditLog(world, 'retention.run_finished')).map((e) => e.after?.messages)).toEqual([
      many + 3,
    ])
  })

  test('takes bounded steps, so that nobody who writes waits for long', async () => {
    for (let i = 0; i < STEP_MESSAGES * 2 + 1; i++) await world.said(general, world.people.alice, 100, 'old')
    await world.keep(30)
    await world.purge()
    const floors = world.published.flatMap((p) => p.conversations.get(general) ?? [])
    expect(floors).toMatchObject([
      { floor: STEP_MESSAGES },
      { floor: STEP_MESSAGES * 2 },
      { floor: STEP_MESSAGES * 2 + 1 },
    ])
  })

  test('that dan cancels stops, and what it had not reached stays', async () => {
    const { alice, dan } = world.people
    const other = await world.channel('other', [alice])
    for (const each of [general, other]) await world.said(each, alice, 100, 'old')
    await world.keep(30)
    const { run } = await world.as(dan, startRun)
    await world.db.sql`UPDATE retention_runs SET state = 'running'`
    await world.as(system, purge, { run, removed: [] })
    await world.as(dan, cancelRun, { run })
    await runRetention(world.deps, { run })
    expect([await world.texts(general), await world.texts(other)]).toEqual([[], ['old']])
    expect((await runs()).items[0]).toMatchObject({ state: 'cancelled', gone: { messages: 1 } })
    await expect(world.as(dan, cancelRun, { run })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('keeps what somebody decides to keep while it is under way', async () => {
    const { alice, dan } = world.people
    const other = await world.channel('other', [alice])
    for (const each of [general, other]) await world.said(each, alice, 100, 'old')
    await world.keep(30)
    const { run } = await world.as(dan, startRun)
    await world.db.sql`UPDATE retention_runs SET state = 'running'`
    await world.as(system, purge, { run, removed: [] })
    await world.keep(null, null, 30)
    await runRetention(world.deps, { run })
    expect(await world.texts(other)).toEqual(['old'])
  })

  test('is not begun twice, and the schedule begins one a day, if there is a policy', async () => {
    const { dan } = world.people
    const plan = () => world.as(system, planRetention)
    expect(await plan()).toEqual({ begun: null })
    await world.keep(30)
    const { begun } = await plan()
    await expect(world.as(dan, startRun)).rejects.toMatchObject({ code: 'conflict' })
    expect(await plan()).toEqual({ begun: null })
    expect(world.jobs).toMatchObject([{ name: 'retention.run', payload: { run: begun } }])
    await runRetention(world.deps, { run: begun })
    expect(await plan()).toEqual({ begun: null })
    world.clock.advance(86_400_000)
    expect((await plan()).begun).not.toBeNull()
  })
})

describe('who may', () => {
  test('erin sees, and changes nothing; mallory does not even see', async () => {
    const { erin, mallory } = world.people
    await world.as(erin, listRuns)
    await expect(world.as(erin, startRun)).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(world.as(mallory, listRuns)).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(world.as(mallory, preview, { conversation: null, keep: 1 })).rejects.toMatchObject({
      code: 'not_allowed',
    })
    await expect(world.as(world.people.dan, purge, { run: '1', removed: [] })).rejects.toMatchObject({
      code: 'not_allowed',
    })
  })
})
