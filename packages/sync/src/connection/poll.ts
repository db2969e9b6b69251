import type { PollBatch, PollHead } from '@parley/protocol'
import { jsonOf } from '@parley/protocol/json'
import { LIMITS } from '@parley/protocol/limits'
import { BOUNDS } from '../bounds.ts'
import type { Clock, Departure, Post, Socket } from '../ports.ts'
import { uuid } from '../uuid.ts'

type Events = { open: undefined; message: { data: unknown }; close: { code: number } }
type Batch = PollBatch & { frames: string[]; isLast: boolean }

/** As a browser reports a socket that broke (RFC 6455 §7.1.5). */
const BROKEN = 1006
/** The last frame said why. */
const NO_CODE = 1005
/** No session of that id, any more. */
const GONE = 404
/** It would be so the next time, too. */
const TOO_LONG = 413

/**
 * Where long polling of a node is answered: beside its sockets. By `route` a proxy in front of several nodes takes all
 * requests of a session to the same one; unlike the session's id it is no secret, and may be written down.
 */
function pollAddress(address: string): string {
  const url = new URL(address)
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:'
  url.pathname = `${url.pathname.replace(/\/$/, '')}/poll`
  url.searchParams.set('route', uuid())
  return url.href
}

/**
 * A connection over requests, in the shape of a socket (docs/subsystems/long-polling.md): one request waits for frames,
 * one at a time brings some. What got lost on the way is asked for and brought again, under its number. With `departs`
 * a page that goes says so, as a browser does for a socket, and others see it at once.
 */
export function openPoll(address: string, post: Post, clock: Clock, departs?: Departure): Socket {
  const url = pollAddress(address)
  const listeners: { [T in keyof Events]: ((event: Events[T]) => void)[] } = {
    open: [],
    message: [],
    close: [],
  }
  /** As a socket does (DOM §2.10): what a listener throws is reported by the host, and nothing else stops for it. */
  const emit = <T extends keyof Events>(type: T, event: Events[T]) => {
    for (const listener of listeners[type]) {
      try {
        listener(event)
      } catch (error) {
        clock.after(0, () => {
          throw error
        })
      }
    }
  }
  let session: string | null = null
  let opening = false
  let over = false
  let queue: string[] = []
  /** How many there were, and what the last of them brings while it is not known to have arrived. */
  let uploads = 0
  let underWay: string[] = []
  let bringing: Promise<void> | null = null
  let giveUp = () => {}

  function finish(code: number): void {
    if (over) return
    over = true
    stay?.()
    giveUp()
    if (code === BROKEN) leave()
    emit('close', { code })
  }

  /** One request; null when it was not answered within `wait`. */
  async function ask(
    head: PollHead,
    frames: string[],
    wait: number,
    begun: (cancel: () => void) => void = () => {},
  ): Promise<{ status: number; text: string } | null> {
    const { answer, cancel } = post(url, bodyOf(head, frames))
    begun(cancel)
    const patience = clock.after(wait, cancel)
    try {
      return await answer
    } catch {
      return null
    } finally {
      patience()
    }
  }

  async function open(hello: string): Promise<void> {
    opening = true
    const answer = await ask({ t: 'open' }, [hello], BOUNDS.connectWait, (cancel) => {
      giveUp = cancel
    })
    const batch = answer && batchOf(answer)
    if (!batch?.session) return finish(BROKEN)
    session = batch.session
    if (over) return leave()
    take(batch)
    if (!over) await hear(session, batch.n)
  }

  /** Asks for frames, again and again. */
  async function hear(id: string, from: number): Promise<void> {
    let ack = from
    let failures = 0
    while (!over) {
      const answer = await ask({ t: 'down', session: id, ack }, [], BOUNDS.pollWait, (cancel) => {
        giveUp = cancel
      })
      if (over) return
      const batch = answer && batchOf(answer)
      if (batch && (batch.n === ack || batch.n === ack + 1)) {
        failures = 0
        ack = batch.n
        take(batch)
      } else if (answer?.status === GONE || ++failures >= BOUNDS.pollTries) finish(BROKEN)
      else await pause(failures)
    }
  }

  function take({ frames, isLast }: Batch): void {
    for (const data of frames) if (!over) emit('message', { data })
    if (isLast) finish(NO_CODE)
  }

  /** Brings what is to be said, in its order, one request after another. */
  async function bring(id: string): Promise<void> {
    for (let n = uploads + 1; queue.length > 0; n++) {
      uploads = n
      const frames = nextFrames(queue)
      underWay = frames
      queue = queue.slice(frames.length)
      for (let failures = 0; ; ) {
        const wait = Math.min(BOUNDS.uploadMost, BOUNDS.uploadWait * 2 ** failures)
        const answer = await ask({ t: 'up', session: id, n }, frames, wait)
        if (answer?.status === 200) break
        // whoever asks for frames hears why it is over
        if (answer?.status === GONE) return
        if (over || answer?.status === TOO_LONG || ++failures >= BOUNDS.pollTries) return finish(BROKEN)
        await pause(failures)
      }
      underWay = []
    }
  }
  /** Everything that is said in one turn leaves together. */
  function bringSoon(): void {
    if (bringing || session === null || queue.length === 0) return
    const id = session
    bringing = Promise.resolve()
      .then(() => bring(id))
      .finally(() => {
        bringing = null
        if (!over) bringSoon()
      })
  }

  const pause = (failures: number) =>
    new Promise<void>((resolve) => clock.after(BOUNDS.pollAgain * 2 ** (failures - 1), resolve))

  function leave(): void {
    const id = session
    if (id !== null) void ask({ t: 'end', session: id }, [], BOUNDS.uploadMost)
  }

  /**
   * Of what is on its way the end could be ahead, or it goes with the page: it is brought once more, with what was to
   * come after it. Too much for a browser to let it last (Fetch §4.6: 64 KiB), and the session ends by itself.
   */
  const stay = departs?.(() => {
    if (session === null) return
    const frames = [...underWay, ...queue]
    const n = underWay.length > 0 ? uploads : uploads + 1
    const head: PollHead = { t: 'end', session, ...(frames.length > 0 && { n }) }
    post(url, bodyOf(head, frames), true).answer.catch(() => {})
  })

  queueMicrotask(() => {
    if (!over) emit('open', undefined)
  })
  return {
    send(data) {
      if (over) return
      if (session === null && !opening) void open(data)
      else {
        queue.push(data)
        bringSoon()
      }
    },
    close() {
      if (over) return
      over = true
      stay?.()
      giveUp()
      if (bringing) void bringing.then(leave)
      else leave()
    },
    addEventListener(type: 'error' | keyof Events, listener: (event: never) => void) {
      if (type !== 'error') (listeners[type] as ((event: never) => void)[]).push(listener)
    },
  }
}

const bodyOf = (head: PollHead, frames: readonly string[]): string =>
  [JSON.stringify(head), ...frames].join('\n')

/** What a node answered; null when it was something on the way that did. */
function batchOf({ status, text }: { status: number; text: string }): Batch | null {
  const [first = '', ...rest] = text.split('\n')
  const head = headOf(first)
  if (!head) return null
  return { ...head, frames: rest.filter((line) => line !== ''), isLast: status !== 200 }
}

function headOf(line: string): PollBatch | null {
  const head = jsonOf(line)
  return typeof head === 'object' && head !== null && 'n' in head ? (head as PollBatch) : null
}

/** As many as one request may bring: none of their UTF-16 code units is more than three bytes long in UTF-8. */
function nextFrames(queue: readonly string[]): string[] {
  let count = 0
  let units = 0
  while (count < queue.length && (count === 0 || (units + queue[count]!.length) * 3 < LIMITS.frameBytes))
    units += queue[count++]!.length + 1
  return queue.slice(0, count)
}
