import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { PushConfig } from '@parley/adapters/config'

export type Google = {
  config: PushConfig
  /** What devices were shown, in order. */
  shown: { token: string; notification: { title: string; body: string } }[]
  /** How FCM v1 answers for a device: as often as given, then well. */
  failing: Map<string, { status: number; errorCode: string; times: number }>
  close(): Promise<void>
}

/** Stands in for Firebase Cloud Messaging, over HTTP. */
export async function openGoogle(): Promise<Google> {
  const shown: Google['shown'] = []
  const failing: Google['failing'] = new Map()
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    const say = (body: object) => response.end(JSON.stringify(body))
    if (request.url?.startsWith('/token'))
      return say({ access_token: 'let-me-in', expires_in: 3_600, token_type: 'Bearer' })
    const { message } = (await json(request)) as { message: Google['shown'][number] }
    const wrong = failing.get(message.token)
    if (!wrong || wrong.times-- <= 0) {
      shown.push(message)
      return say({ name: 'projects/parley-test/messages/1' })
    }
    response.statusCode = wrong.status
    const details = [
      { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: wrong.errorCode },
    ]
    say({ error: { code: wrong.status, message: 'no', status: wrong.errorCode, details } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    shown,
    failing,
    config: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      serviceAccount: {
        projectId: 'parley-test',
        clientEmail: 'push@parley-test.example',
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
