import { media } from '@parley/adapters/media'
import { findMinio } from '@parley/devstack'
import { perform } from '@parley/domain'
import { processFile, removeAbandonedFiles } from '@parley/domain/files/index'
import { deleteMessage, sendMessage } from '@parley/domain/messages/index'
import type { FileCard, Id } from '@parley/protocol'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Someone, someone } from '../../../../tests/support/people.ts'
import { Browser, type TestApi, testApi } from '../support/browser.ts'
import { type OpenStore, openDisk, openS3 } from './stores.ts'

const system = { kind: 'system', name: 'worker' } as const
const DAY_MS = 86_400_000

describe('attachments in the disk store', () => attachments(openDisk))
describe.skipIf(findMinio() === null)('attachments in S3 (skipped where there is no MinIO)', () =>
  attachments(openS3),
)

function attachments(openStore: () => Promise<OpenStore>) {
  let open: OpenStore
  let api: TestApi
  let alice: Someone
  let bob: Someone
  let mallory: Someone
  let channel: Id
  let photo: Buffer

  beforeAll(async () => {
    open = await openStore()
    api = await testApi()
    Object.assign(api.deps, { blobs: open.store, media })
    alice = await someone(api, 'alice')
    bob = await someone(api, 'bob')
    mallory = await someone(api, 'mallory')
    channel = api.deps.newId()
    await api.db.sql`
      INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${channel}, 'private', 'plans', ${alice.id}, 2)`
    for (const { id } of [alice, bob])
      await api.db.sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${channel}, ${id})`
    photo = await sharp({ create: { width: 1_200, height: 800, channels: 3, background: '#b23a48' } })
      .jpeg()
      .toBuffer()
  })
  afterAll(async () => {
    await api?.close()
    await open?.close()
  })

  /** As that person's browser. */
  const at = (who: Someone) => {
    const browser = new Browser(api.context)
    browser.cookies.set('parley-3000-access', who.tokens.access)
    browser.cookies.set('parley-3000-device', who.tokens.device)
    return browser
  }
  const begin = async (who: Someone, name: string, bytes: Buffer, type = '') => {
    const said = await at(who).mutate('files.begin', {
      conversation: channel,
      name,
      size: bytes.length,
      type,
    })
    return { status: said.status, error: said.body.error?.data, ...said.body.result?.data }
  }
  const put = ({ upload }: { upload: { url: string; headers: Record<string, string> } }, body: Buffer) =>
    fetch(upload.url, { method: 'PUT', headers: upload.headers, body: new Uint8Array(body) })
  const complete = async (who: Someone, file: Id) => {
    const said = await at(who).mutate('files.complete', { file })
    return { status: said.status, error: said.body.error?.data, card: said.body.result?.data as FileCard }
  }
  const uploaded = async (who: Someone, name: string, bytes: Buffer, type = ''): Promise<FileCard> => {
    const begun = await begin(who, name, bytes, type)
    expect((await put(begun, bytes)).status).toBe(200)
    return (await complete(who, begun.file)).card
  }
  const send = (who: Someone, files: Id[], text = '') =>
    perform(sendMessage, who, { id: crypto.randomUUID(), conversation: channel, text, files }, api.deps)
  const messageOf = async (id: Id) =>
    (
      await api.db.sql<{
        files: FileCard[] | null
        version: number
      }>`SELECT files, version FROM messages WHERE id = ${id}`
    )[0]!
  /** What a person gets who opens the address: the redirect is followed without cookies, as to another host. */
  const opened = async (who: Someone, path: string) => {
    const answer = await at(who).get(path)
    const location = answer.headers.get('location')
    return { ...answer, stored: location ? await fetch(location) : null }
  }

  test('alice attaches a photograph, bob sees it, and its thumbnail appears when it is made', async () => {
    const card = await uploaded(alice, 'beach.jpg', photo, 'image/jpeg')
    expect(card).toMatchObject({
      name: 'beach.jpg',
      type: 'image/jpeg',
      size: photo.length,
      thumbnail: false,
    })
    expect(api.jobs).toMatchObject([{ name: 'file.process', payload: { file: card.id } }])

    const sent = await send(alice, [card.id], 'Look!')
    await api.deps.messages.drain()
    const before = await messageOf(sent.message)
    expect(before.files).toEqual([card])

    await perform(processFile, system, { file: card.id }, api.deps)
    const after = await messageOf(sent.message)
    expect(after.files).toEqual([
      {
        ...card,
        width: 1_200,
        height: 800,
        thumbnail: true,
        blur: expect.stringMatching(/^data:image\/webp;base64,/),
      },
    ])
    expect(after.version).toBe(before.version + 1)
    const told = api.published.flatMap((p) => p.conversations.get(channel) ?? []).at(-1)
    expect(told).toMatchObject({
      type: 'message.changed',
      version: after.version,
      message: { files: after.files },
    })

    await perform(processFile, system, { file: card.id }, api.deps)
    expect((await messageOf(sent.message)).version).toBe(after.version)

    const small = await opened(bob, `/api/files/${card.id}/thumbnail`)
    expect([small.status, small.headers.get('cache-control')]).toEqual([302, 'no-store'])
    expect(small.stored?.headers.get('content-type')).toBe('image/webp')
    expect((await sharp(Buffer.from(await small.stored!.arrayBuffer())).metadata()).width).toBe(640)
    const whole = await opened(bob, `/api/files/${card.id}`)
    expect(whole.stored?.headers.get('content-disposition')).toMatch(/^inline; filename="beach.jpg"/)
    expect(Buffer.from(await whole.stored!.arrayBuffer()).equals(photo)).toBe(true)
    const kept = await opened(bob, `/api/files/${card.id}?download`)
    expect(kept.stored?.headers.get('content-disposition')).toMatch(/^attachment;/)
  })

  test('a photograph that was processed before it is sent goes out with its thumbnail', async () => {
    const { id } = await uploaded(alice, 'quick.jpg', photo)
    await perform(processFile, system, { file: id }, api.deps)
    const { message } = await send(alice, [id])
    expect((await messageOf(message)).files).toMatchObject([{ id, thumbnail: true, width: 1_200 }])
  })

  test('mallory, who is not in the conversation, is told the same as of a file that is not there', async () => {
    const { id } = await uploaded(alice, 'plan.txt', Buffer.from('the plan'))
    await send(alice, [id])
    const absent = await at(mallory).get('/api/files/404')
    expect(absent.status).toBe(404)
    for (const path of [`/api/files/${id}`, `/api/files/${id}/thumbnail`])
      expect(await at(mallory).get(path)).toMatchObject({ status: 404, body: absent.body })
    expect((await new Browser(api.context).get(`/api/files/${id}`)).status).toBe(401)
    expect((await opened(bob, `/api/files/${id}`)).status).toBe(302)
    await api.db
      .sql`UPDATE memberships SET left_at = now() WHERE conversation_id = ${channel} AND person_id = ${bob.id}`
    expect((await at(bob).get(`/api/files/${id}`)).status).toBe(404)
    await api.db
      .sql`UPDATE memberships SET left_at = NULL WHERE conversation_id = ${channel} AND person_id = ${bob.id}`
  })

  test('until it is sent, a file is alice’s alone: bob neither sees nor sends it, nor does she twice', async () => {
    const { id } = await uploaded(alice, 'draft.txt', Buffer.from('not yet'))
    expect((await at(alice).get(`/api/files/${id}`)).status).toBe(302)
    expect((await at(bob).get(`/api/files/${id}`)).status).toBe(404)
    expect((await complete(bob, id)).status).toBe(404)
    await expect(send(bob, [id])).rejects.toMatchObject({ code: 'bad_input' })
    await send(alice, [id])
    await expect(send(alice, [id])).rejects.toMatchObject({ code: 'bad_input' })
  })

  test('what has not arrived cannot be completed or sent; a retry of the upload overwrites nothing', async () => {
    const begun = await begin(alice, 'late.txt', Buffer.from('first'))
    expect(await complete(alice, begun.file)).toMatchObject({ status: 409, error: { code: 'conflict' } })
    await expect(send(alice, [begun.file])).rejects.toMatchObject({ code: 'bad_input' })
    expect((await put(begun, Buffer.from('first'))).status).toBe(200)
    expect((await put(begun, Buffer.from('other'))).status).toBe(412)
    expect((await complete(alice, begun.file)).card).toMatchObject({ type: 'text/plain', size: 5 })
    expect((await complete(alice, begun.file)).status).toBe(200)
    expect(await (await opened(alice, `/api/files/${begun.file}`)).stored!.text()).toBe('first')
  })

  test('more or fewer bytes than were said are not taken', async () => {
    const begun = await begin(alice, 'size.bin', Buffer.alloc(1_000))
    for (const size of [999, 1_001]) expect((await put(begun, Buffer.alloc(size))).ok).toBe(false)
    expect((await complete(alice, begun.file)).error).toMatchObject({ code: 'conflict' })
    // an object of another size, however it came there
    const [{ key }] = (await api.db.sql<{ key: string }>`SELECT key FROM files WHERE id = ${begun.file}`) as [
      { key: string },
    ]
    await open.store.write(key, Buffer.alloc(999), { type: '' })
    expect((await complete(alice, begun.file)).error).toMatchObject({ code: 'bad_input' })
  })

  test('a program that is named like a picture is a download of unknown type, a page runs nowhere', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)])
    const spoof = await uploaded(alice, 'cat.png', program, 'image/png')
    expect(spoof.type).not.toMatch(/^image/)
    await perform(processFile, system, { file: spoof.id }, api.deps)
    const page = await uploaded(
      alice,
      'cat.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    )
    await perform(processFile, system, { file: page.id }, api.deps)
    for (const { id } of [spoof, page]) {
      const { stored } = await opened(alice, `/api/files/${id}`)
      expect(stored?.headers.get('content-type')).toBe('application/octet-stream')
      expect(stored?.headers.get('content-disposition')).toMatch(/^attachment/)
      expect((await at(alice).get(`/api/files/${id}/thumbnail`)).status).toBe(404)
    }
  })

  test('what hides in the name of a file stays behind, since nobody can type it away; a name without an end is refused', async () => {
    const named = async (name: string) => (await uploaded(alice, name, Buffer.from('hello'))).name
    expect(await named('\u200EIMG\u00AD 7.jpg')).toBe('IMG 7.jpg')
    expect(await named('invoice\u202Egnp.exe')).toBe('invoicegnp.exe')
    for (const name of ['\u200E', `${'x'.repeat(200)}.txt`])
      expect((await begin(alice, name, Buffer.from('x'))).error).toMatchObject({
        ...{ code: 'bad_input', field: 'name' },
      })
  })

  test('too large a file, and one more than a person has room for, are refused before a byte is sent', async () => {
    const set = (key: string, value: number) =>
      api.db
        .sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
    const asking = (size: number) =>
      at(bob).mutate('files.begin', { conversation: channel, name: 'film.mp4', size, type: 'video/mp4' })
    await set('files.maximumMegabytes', 2)
    expect((await asking(2 * 1_048_576 + 1)).body.error.data).toMatchObject({
      code: 'too_large',
      message: 'Files may have at most 2 MB here.',
    })
    expect((await asking(0)).body.error.data).toMatchObject({ code: 'bad_input', field: 'size' })
    await set('files.maximumMegabytes', 5_000)
    await set('files.personGigabytes', 1)
    expect((await asking(600 * 1_048_576)).status).toBe(200)
    expect((await asking(600 * 1_048_576)).body.error.data).toMatchObject({ code: 'refused_by_policy' })
    await api.db.sql`DELETE FROM settings`
    await api.db.sql`DELETE FROM files WHERE uploader_id = ${bob.id}`
  })

  test('when alice deletes the message nobody gets its file any more, and the clean-up removes it', async () => {
    const { id } = await uploaded(alice, 'regret.jpg', photo)
    await perform(processFile, system, { file: id }, api.deps)
    const { message } = await send(alice, [id])
    await perform(deleteMessage, alice, { conversation: channel, message }, api.deps)
    for (const who of [alice, bob]) expect((await at(who).get(`/api/files/${id}`)).status).toBe(404)
    const keys = await keysOf(id)
    expect(keys).toHaveLength(2)
    await perform(removeAbandonedFiles, system, {}, api.deps)
    expect(await keysOf(id)).toEqual([])
    expect(await api.db.sql`SELECT 1 FROM files WHERE id = ${id}`).toEqual([])
  })

  test('what alice discards, what is not sent within a day, and what no row knows goes; what is sent stays', async () => {
    const sent = await uploaded(alice, 'stays.txt', Buffer.from('stays'))
    await send(alice, [sent.id])
    const unsent = await uploaded(alice, 'forgotten.txt', Buffer.from('forgotten'))
    const discarded = await uploaded(alice, 'wrong.txt', Buffer.from('wrong'))
    expect((await at(alice).mutate('files.discard', { file: discarded.id })).body.result.data).toEqual({
      discarded: true,
    })
    await expect(send(alice, [discarded.id])).rejects.toMatchObject({ code: 'bad_input' })
    const stray = `files/${api.deps.newId()}-00/original`
    await open.store.write(stray, Buffer.from('stray'), { type: '' })

    await perform(removeAbandonedFiles, system, {}, api.deps)
    expect([(await keysOf(discarded.id)).length, (await keysOf(unsent.id)).length]).toEqual([0, 1])
    expect(await open.store.stat(stray)).not.toBeNull()
    api.clock.advance(DAY_MS + 60_000)
    await perform(removeAbandonedFiles, system, {}, api.deps)
    expect(await open.store.stat(stray)).toBeNull()
    await expect(send(alice, [unsent.id])).rejects.toMatchObject({ code: 'bad_input' })
    await perform(removeAbandonedFiles, system, {}, api.deps)
    expect([(await keysOf(unsent.id)).length, (await keysOf(sent.id)).length]).toEqual([0, 1])
  })

  async function keysOf(file: Id): Promise<string[]> {
    const keys: string[] = []
    for await (const { key } of open.store.list(`files/${file}-`)) keys.push(key)
    return keys
  }
}
