import { createHash, generateKeySync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { diskStore } from '@parley/adapters/blob/disk'
import { perform } from '@parley/domain'
import {
  cancelExport,
  downloadExport,
  listExports,
  makeExport,
  removeExpiredExports,
  requestExport,
} from '@parley/domain/audit/index'
import type { BlobStore } from '@parley/domain/ports'
import type { Id } from '@parley/protocol'
import { csvCell } from '@parley/protocol/csv-cell'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../../tests/support/people.ts'

let dir: string
let blobs: BlobStore
let world: TestDeps
let erin: Someone
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-export-'))
  blobs = diskStore({ url: 'http://127.0.0.1:9', dir, signingKey: generateKeySync('hmac', { length: 256 }) })
  world = await testDeps({ blobs })
  erin = await someone(world, 'erin', 'auditor')
})
afterEach(async () => {
  await world.close()
  rmSync(dir, { recursive: true, force: true })
})

/** So many events, the names of which are chosen by mallory. */
const happened = (events: number, name = 'alice') => world.db.sql`
  INSERT INTO audit_events (id, action, actor_kind, actor_name, entity_kind, entity_id, entity_name, after)
  SELECT i, 'person.invited', 'system', 'test', 'person', i::text, ${name}, '{"role":"member"}' FROM generate_series(1, ${events}::int) i`
const ask = async (format: string, filter: object = {}) =>
  (await perform(requestExport, erin, { format, filter }, world.deps)).export
const exports = async () => (await perform(listExports, erin, {}, world.deps)).items
async function fileOf(id: Id): Promise<string> {
  const [row] = await world.db.sql<{ key: string }>`SELECT key FROM exports WHERE id = ${id}`
  return (await (await blobs.read(row!.key)).toArray()).map(String).join('')
}

describe('erin exports the log', () => {
  test('as JSON Lines, oldest first, all of several batches, each event once', async () => {
    await happened(2_500)
    const id = await ask('jsonl', { actions: ['person.invited'] })
    expect(world.jobs).toMatchObject([{ name: 'export.make', payload: { export: id } }])
    await makeExport(world.deps, { export: id })
    const text = await fileOf(id)
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map((e) => e.id)).toEqual(Array.from({ length: 2_500 }, (_, i) => `${i + 1}`))
    expect(events[0]).toMatchObject({
      action: 'person.invited',
      entity: { name: 'alice' },
      after: { role: 'member' },
    })
    expect((await exports())[0]).toMatchObject({
      state: 'done',
      rows: 2_500,
      total: 2_500,
      requestedBy: { name: 'erin' },
      sha256: createHash('sha256').update(text).digest('hex'),
    })
  })

  test('as CSV, in which what mallory calls herself is no formula', async () => {
    await happened(1, '=HYPERLINK("https://example.org","click")')
    const id = await ask('csv', { actions: ['person.invited'] })
    await makeExport(world.deps, { export: id })
    const [head, line] = (await fileOf(id)).split('\r\n')
    expect(head).toMatch(/^id,time,action,result,/)
    expect(line).toContain(`"'=HYPERLINK(""https://example.org"",""click"")"`)
    expect(['=1', '+1', '-1', '@x', '\tx', 'plain', 'a,b'].map(csvCell)).toEqual([
      "'=1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      'plain',
      '"a,b"',
    ])
  })

  test('of nothing, and gets a file with nothing in it', async () => {
    const id = await ask('jsonl', { text: 'nobody' })
    await makeExport(world.deps, { export: id })
    expect(await fileOf(id)).toBe('')
  })

  test('and that she asked and that she fetched it stands in the log', async () => {
    const id = await ask('csv', { text: 'alice' })
    await makeExport(world.deps, { export: id })
    const { url, name } = await perform(downloadExport, erin, { export: id }, world.deps)
    expect([url, name]).toEqual([
      expect.stringContaining(`exports/${id}.csv`),
      expect.stringMatching(/^audit-log-.*\.csv$/),
    ])
    expect((await auditLog(world)).map((e) => [e.actor_name, e.action, e.after])).toEqual([
      ['erin', 'audit.exported', { format: 'csv', filter: { text: 'alice' } }],
      ['erin', 'audit.export_downloaded', { format: 'csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    ])
  })

  test('and it is begun anew when its worker died, to the same file', async () => {
    await happened(1_500)
    const id = await ask('jsonl', { actions: ['person.invited'] })
    const failing = {
      ...blobs,
      async write(_key: string, content: Buffer | Readable) {
        for await (const _ of content as Readable) throw new Error('the store is away')
      },
    }
    await expect(makeExport({ ...world.deps, blobs: failing }, { export: id })).rejects.toThrow(
      'the store is away',
    )
    expect((await exports())[0]).toMatchObject({
      state: 'running',
      error: expect.stringContaining('tried again'),
    })
    await makeExport(world.deps, { export: id })
    await makeExport(world.deps, { export: id })
    expect((await exports())[0]).toMatchObject({ state: 'done', rows: 1_500, error: null })
    expect((await fileOf(id)).trimEnd().split('\n')).toHaveLength(1_500)
  })

  test('and what a worker that was thought dead still reports is not the last word', async () => {
    await happened(1_500)
    const id = await ask('jsonl', { actions: ['person.invited'] })
    const haunted = {
      ...blobs,
      async write(key: string, content: Buffer | Readable, options: { type: string }) {
        await blobs.write(key, content, options)
        await world.db.sql`UPDATE exports SET rows = 1000 WHERE id = ${id} AND state = 'running'`
      },
    }
    await makeExport({ ...world.deps, blobs: haunted }, { export: id })
    expect((await exports())[0]).toMatchObject({ state: 'done', rows: 1_500 })
  })

  test('and cancels it while it is written: nothing is kept', async () => {
    await happened(3_000)
    const id = await ask('jsonl', {})
    const slow = {
      ...blobs,
      async write(key: string, content: Buffer | Readable, options: { type: string }) {
        await perform(cancelExport, erin, { export: id }, world.deps)
        await blobs.write(key, content, options)
      },
    }
    await makeExport({ ...world.deps, blobs: slow }, { export: id })
    expect((await exports())[0]).toMatchObject({ state: 'cancelled' })
    expect(await Array.fromAsync(blobs.list('exports/'))).toEqual([])
    await expect(perform(cancelExport, erin, { export: id }, world.deps)).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

test('after seven days the file is gone, and an export that never ended is given up', async () => {
  await happened(10)
  const [done, stuck] = [await ask('csv', {}), await ask('csv', {})]
  await makeExport(world.deps, { export: done })
  world.clock.advance(6.9 * 86_400_000)
  expect(await removeExpiredExports(world.deps)).toBe(0)
  await perform(downloadExport, erin, { export: done }, world.deps)
  world.clock.advance(0.2 * 86_400_000)
  await expect(perform(downloadExport, erin, { export: done }, world.deps)).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await removeExpiredExports(world.deps)).toBe(1)
  expect(await Array.fromAsync(blobs.list('exports/'))).toEqual([])
  expect((await exports()).map((e) => [e.id, e.state])).toEqual([
    [stuck, 'failed'],
    [done, 'expired'],
  ])
})

test('mallory may neither ask nor fetch', async () => {
  const mallory = await someone(world, 'mallory')
  const id = await ask('csv', {})
  await makeExport(world.deps, { export: id })
  for (const [act, input] of [
    [requestExport, { format: 'csv', filter: {} }],
    [downloadExport, { export: id }],
    [listExports, {}],
  ] as const)
    await expect(perform(act as typeof listExports, mallory, input, world.deps)).rejects.toMatchObject({
      code: 'not_allowed',
    })
})
