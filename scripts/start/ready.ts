import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart, type Child } from '@parley/devstack'
import { how, lastWords } from './keep-running.ts'

const READY_MS = 60_000
const ASK_EVERY_MS = 100
const ANSWER_MS = 5_000

/**
 * Waits until the process says that it can serve.
 * @throws CannotStart when it ends before, or does not within a minute
 */
export async function untilReady(
  name: string,
  child: Child,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  let ended = false
  const death = child.ended.then((end) => {
    ended = true
    throw new CannotStart(`${name} ended before it was ready (${how(end)}). ${lastWords(end)}`)
  })
  const answers = async () => {
    const until = Date.now() + READY_MS
    let last = 'no answer'
    while (Date.now() < until && !ended) {
      signal.throwIfAborted()
      last = await ask(url)
      if (last === 'ready') return
      await sleep(ASK_EVERY_MS, undefined, { signal })
    }
    if (ended) return death
    const words = lastWords({ code: null, signal: null, lastOutput: child.lastOutput() })
    throw new CannotStart(`${name} was not ready within ${READY_MS / 1000} s (${url}: ${last}). ${words}`)
  }
  death.catch(() => {})
  await Promise.race([answers(), death])
}

/** @returns 'ready', or why not */
async function ask(url: string): Promise<string> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: { connection: 'close' },
    })
    const body = await response.text()
    return response.ok ? 'ready' : `${response.status} ${body.slice(0, 300)}`
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } }
    return cause?.code ?? message
  }
}
