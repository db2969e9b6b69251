import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { json, text } from 'node:stream/consumers'
import { fcmPusher } from '@parley/adapters/push'
import { freePort } from '@parley/devstack'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

/** Stands in for Google: gives out an access token for a signed request, and answers for each device as told. */
type Sent = { authorization?: string; path?: string; message: Record<string, unknown> & { token: string } }
const sent: Sent[] = []
const signIns: string[] = []
const answers = new Map<string, { status: number; errorCode: string; message: string }>()
let server: Server
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
  pusher = fcmPusher({
    endpoint: `http://127.0.0.1:${port}`,
    serviceAccount: {
      projectId: 'parley-test',
      clientEmail: 'push@parley-test.example',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  })
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

test('without a service account nothing is pushed, and it is said', async () => {
  const none = fcmPusher(null)
  expect(none.configured).toBe(false)
  await expect(none.send('t', message)).rejects.toThrow(/FCM_SERVICE_ACCOUNT/)
})
