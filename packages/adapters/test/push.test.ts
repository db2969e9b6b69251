import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { json, text } from 'node:stream/consumers'
import type { PushConfig } from '@parley/adapters/config'
import { fcmPusher } from '@parley/adapters/push'
import { freePort } from '@parley/devstack'
import { Postponed } from '@parley/domain/postponed'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

/** Stands in for Google: gives out an access token for a signed request, and answers for each device as told. */
type Sent = { authorization?: string; path?: string; message: Record<string, unknown> & { token: string } }
const sent: Sent[] = []
const signIns: string[] = []
const answers = new Map<string, { status: number; errorCode: string; message: string }>()
let server: Server
let config: PushConfig
let pusher: ReturnType<typeof fcmPusher>
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

beforeAll(async () => {
  server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url?.startsWith('/token')) {
      signIns.push(await text(request))
      return response.end(
        JSON.stringify({ access_token: 'let-me-in', expires_in: 3_600, token_type: 'Bearer' }),
      )
    }
    const { message } = (await json(request)) as Sent
    const { authorization } = request.headers
    sent.push({
      message,
      ...(authorization ? { authorization } : {}),
      ...(request.url ? { path: request.url } : {}),
    })
    const wrong = answers.get(message.token)
    if (!wrong) return response.end(JSON.stringify({ name: 'projects/parley-test/messages/1' }))
    const details = [
      { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: wrong.errorCode },
    ]
    response.statusCode = wrong.status
    response.end(
      JSON.stringify({
        error: { code: wrong.status, message: wrong.message, status: wrong.errorCode, details },
      }),
    )
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  config = {
    endpoint: `http://127.0.0.1:${port}`,
    serviceAccount: {
      projectId: 'parley-test',
      clientEmail: 'push@parley-test.example',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  }
  pusher = fcmPusher(config)
})
beforeEach(() => {
  sent.length = 0
})
afterAll(async () => {
  await pusher.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const message = { title: 'Alice', body: 'Lunch?', data: { conversation: '42' }, collapse: 'conversation-42' }

test('bob’s phone is told, newer messages of a conversation in place of older ones', async () => {
  expect(await pusher.send('bobs-phone', message)).toBe('sent')
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    authorization: 'Bearer let-me-in',
    path: '/v1/projects/parley-test/messages:send',
    message: {
      token: 'bobs-phone',
      notification: { title: 'Alice', body: 'Lunch?' },
      data: { conversation: '42' },
      android: { collapse_key: 'conversation-42' },
      apns: { headers: { 'apns-collapse-id': 'conversation-42' } },
    },
  })
  expect(signIns[0]).toContain('assertion=')
  await pusher.send('bobs-phone', message)
  expect(signIns).toHaveLength(1)
})

test.each([
  ['the app was removed', 404, 'UNREGISTERED', 'Requested entity was not found.'],
  [
    'the token never was one',
    400,
    'INVALID_ARGUMENT',
    'The registration token is not a valid FCM registration token',
  ],
])('%s: the token is dead', async (_, status, errorCode, text) => {
  answers.set('old-phone', { status, errorCode, message: text })
  expect(await pusher.send('old-phone', message)).toBe('dead')
})

test.each([
  ['too many', 429, 'QUOTA_EXCEEDED', 'Quota exceeded.'],
  ['Google failed', 500, 'INTERNAL', 'Internal error.'],
  ['the service account is of another project', 403, 'SENDER_ID_MISMATCH', 'SenderId mismatch'],
  ['the message is malformed', 400, 'INVALID_ARGUMENT', 'Invalid value at message.data'],
])('%s: the token is kept and the push may work later', async (_, status, errorCode, text) => {
  answers.set('phone', { status, errorCode, message: text })
  const error = await pusher.send('phone', message).catch((e: unknown) => e)
  expect(error).toMatchObject({ code: expect.stringMatching(/^messaging\//) })
  expect(sent.length).toBeGreaterThan(0)
})

test('a service that fails is left alone until it is tried again, dead tokens say nothing of it', async () => {
  const own = fcmPusher(config, { probeMs: 300 })
  answers.set('old-phone', {
    ...{ status: 404, errorCode: 'UNREGISTERED', message: 'Requested entity was not found.' },
  })
  for (let i = 0; i < 8; i++) expect(await own.send('old-phone', message)).toBe('dead')
  expect(own.circuit().state).toBe('closed')
  answers.set('phone', { status: 500, errorCode: 'INTERNAL', message: 'Internal error.' })
  for (let i = 0; i < 5; i++) await own.send('phone', message).catch(() => {})
  expect(own.circuit().state).toBe('open')
  const before = sent.length
  expect(await own.send('tablet', message).catch((e: unknown) => e)).toBeInstanceOf(Postponed)
  expect(sent).toHaveLength(before)
  answers.delete('phone')
  await expect.poll(() => own.circuit().waitMs).toBe(0)
  expect(await own.send('phone', message)).toBe('sent')
  expect(own.circuit().state).toBe('closed')
  await own.close()
})

test('a service that hangs is not waited for again and again', async () => {
  const hanging = createServer(() => {})
  const port = await freePort()
  await new Promise<void>((resolve) => hanging.listen(port, '127.0.0.1', resolve))
  const own = fcmPusher({ ...config, endpoint: `http://127.0.0.1:${port}` }, { answerMs: 100 })
  const errors = await Promise.all(
    Array.from({ length: 5 }, () => own.send('phone', message).catch((e: unknown) => e)),
  )
  expect(errors.filter((error) => error instanceof Postponed)).toHaveLength(1)
  expect(own.circuit().state).toBe('open')
  hanging.closeAllConnections()
  await new Promise((resolve) => hanging.close(resolve))
  await own.close()
})

test('without a service account nothing is pushed, and it is said', async () => {
  const none = fcmPusher(null)
  expect(none.configured).toBe(false)
  await expect(none.send('t', message)).rejects.toThrow(/FCM_SERVICE_ACCOUNT/)
})
