import { media } from '@parley/adapters/media'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OpenStore, openDisk } from '../files/stores.ts'
import { channelOf, openWorkshop, type Workshop } from '../support/bot.ts'
import { type TestApi, testApi } from '../support/browser.ts'

let api: TestApi
let shop: Workshop
let disk: OpenStore
beforeEach(async () => {
  api = await testApi()
  disk = await openDisk()
  Object.assign(api.deps, { blobs: disk.store, media })
  shop = await openWorkshop(api)
})
afterEach(async () => {
  await api.close()
  await disk.close()
})

test('a bot uploads a report, posts it, and downloads it again', async () => {
  const report = Buffer.from('%PDF-1.7\nall tests passed')
  const place = `/conversations/${shop.general}`
  const begun = await shop.bot.post(`${place}/files`, { name: 'report.pdf', size: report.length })
  expect(begun.status).toBe(201)
  const { file, upload } = begun.body
  const early = await shop.bot.call('POST', `/files/${file}/complete`)
  expect([early.status, early.body.error.code]).toEqual([409, 'conflict'])
  const put = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: report })
  expect(put.ok).toBe(true)
  const complete = await shop.bot.call('POST', `/files/${file}/complete`)
  expect(complete.body).toMatchObject({ id: file, name: 'report.pdf', type: 'application/pdf' })
  const key = { 'idempotency-key': crypto.randomUUID() }
  const post = (files: string[]) => shop.bot.post(`${place}/messages`, { text: 'Done.', files }, key)
  const posted = await post([file])
  expect(posted.status).toBe(201)
  expect([(await post([file])).status, (await post([])).status]).toEqual([201, 422])
  const read = await shop.bot.get(`${place}/messages/${posted.body.id}`)
  expect(read.body.files).toMatchObject([{ id: file, size: report.length }])
  const { url } = (await shop.bot.get(`/files/${file}`)).body
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(report)
})

test('files need their scope, and a conversation that the bot is in', async () => {
  const reader = await shop.withScopes('messages:read', 'messages:write')
  const file = { name: 'report.pdf', size: 10 }
  const refused = await reader.post(`/conversations/${shop.general}/files`, file)
  expect([refused.status, refused.body.error.code]).toEqual([403, 'scope_missing'])
  const elsewhere = await channelOf(api, 'board', [shop.alice.id])
  expect((await shop.bot.post(`/conversations/${elsewhere}/files`, file)).status).toBe(404)
  expect((await shop.bot.get('/files/404')).status).toBe(404)
})
