import type { Pusher } from '@parley/domain/ports'
import { Late, within } from '@parley/domain/within'
import type { App } from 'firebase-admin/app'
import type { Messaging } from 'firebase-admin/messaging'
import { type CircuitOptions, callsTo } from './circuit.ts'
import type { PushConfig } from './config.ts'
import { agentTo } from './push/endpoint-agent.ts'
import { credentialAt } from './push/endpoint-credential.ts'

/** A push that is older than this says nothing any more. */
const WORTH_SECONDS = 4 * 3_600
/** APNs §"Sending notification requests": apns-collapse-id may have 64 bytes. */
const COLLAPSE_BYTES = 64
/** firebase-admin waits 15 s for an answer, four times over. */
const ANSWER_MS = 20_000

/** FCM through firebase-admin, for Android, iOS and web alike. Without a service account nothing can be pushed. */
export function fcmPusher(
  config: PushConfig | null,
  { probeMs, answerMs = ANSWER_MS }: Pick<CircuitOptions, 'probeMs'> & { answerMs?: number } = {},
): Pusher & { close(): Promise<void> } {
  const { call, circuit } = callsTo('the push service', { isOfService, probeMs })
  if (!config) return { configured: false, send: refuse, circuit, close: async () => {} }
  let opening: Promise<{ app: App; messaging: Messaging }> | null = null
  const open = () => {
    opening ??= start(config)
    return opening
  }
  return {
    configured: true,
    circuit,
    async send(token, { title, body, data, collapse }) {
      const key = Buffer.from(collapse).subarray(0, COLLAPSE_BYTES).toString('latin1')
      try {
        const { messaging } = await open()
        const pushed = {
          token,
          notification: { title, body },
          data,
          android: {
            collapseKey: key,
            priority: 'high' as const,
            ttl: WORTH_SECONDS * 1_000,
            notification: { tag: key },
          },
          apns: {
            headers: {
              'apns-collapse-id': key,
              'apns-expiration': String(Math.floor(Date.now() / 1_000) + WORTH_SECONDS),
            },
            payload: { aps: { threadId: key } },
          },
          webpush: { headers: { TTL: String(WORTH_SECONDS) }, notification: { tag: key } },
        }
        await call(() => within(answerMs, messaging.send(pushed)))
        return 'sent'
      } catch (error) {
        if (isDead(error)) return 'dead'
        throw error
      }
    },
    async close() {
      if (!opening) return
      const { deleteApp } = await import('firebase-admin/app')
      await deleteApp((await opening).app)
      opening = null
    },
  }
}

async function refuse(): Promise<never> {
  throw new Error('Push is not set up: FCM_SERVICE_ACCOUNT is not set')
}

async function start({ serviceAccount, endpoint }: PushConfig) {
  const [{ cert, initializeApp }, { getMessaging }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/messaging'),
  ])
  const app = initializeApp(
    {
      projectId: serviceAccount.projectId,
      ...(endpoint
        ? { credential: credentialAt(endpoint, serviceAccount), httpAgent: agentTo(endpoint) }
        : { credential: cert({ ...serviceAccount }) }),
    },
    `parley-${++apps}`,
  )
  return { app, messaging: getMessaging(app) }
}
/** firebase-admin keeps its apps by name, for the whole process. */
let apps = 0

/**
 * Of the errors of FCM v1, these mean that the token itself is over. A wrong service account is not among them: it
 * would make us forget every device.
 */
function isDead(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'messaging/registration-token-not-registered') return true
  if (code === 'messaging/invalid-registration-token') return true
  return code === 'messaging/invalid-argument' && /registration token is not a valid/i.test(message)
}

/** What FCM or the way there says of itself, or of our sign-in; all else is about one device or one message. */
const OF_SERVICE: ReadonlySet<unknown> = new Set([
  'app/network-error',
  'app/network-timeout',
  'app/invalid-credential',
  'app/unable-to-parse-response',
  'messaging/authentication-error',
  'messaging/server-unavailable',
  'messaging/internal-error',
  'messaging/unknown-error',
  'messaging/message-rate-exceeded',
])
const isOfService = (error: unknown): boolean =>
  error instanceof Late || OF_SERVICE.has((error as { code?: unknown }).code)
