import type { ClientFrame, ServerFrame } from '@parley/protocol'
import { type ErrorCode, ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'

type Asked = Extract<ClientFrame, { req: number }>
/** A question without its number. */
export type Question = Asked extends infer F ? (F extends { req: number } ? Omit<F, 'req'> : never) : never
type Answers = { t: 'done' | 'failed' | 'messages' | 'synced' }
export type Answer = Extract<ServerFrame, Answers>

type Open = {
  /** True when more of the answer is to follow. */
  take(answer: Exclude<Answer, { t: 'failed' }>): boolean
  fail(error: ParleyError): void
  wait: number
  cancel(): void
}

type Handlers = Pick<Open, 'take' | 'fail'> & {
  /** Milliseconds without an answer, or without its next part, before it counts as `unavailable`. */
  wait?: number
  /** While there is no connection, wait for one (for as long as for an answer) instead of failing at once. */
  patient?: boolean
}

export type Requests = {
  ask(question: Question, handlers: Handlers): void
  answered(answer: Answer): void
  /** A connection stands: what waited for one is sent. */
  opened(): void
  /** The connection is over: whatever was asked on it can no longer be answered. */
  gone(): void
  /** Whether nothing that was sent is unanswered. */
  isQuiet(): boolean
  close(): void
}

/** `isHolding`: what is asked waits for a moment, until it is `opened` again. */
type Line = { isOpen(): boolean; isHolding(): boolean; send(frame: ClientFrame): void }

const AWAY = 'There is no connection to the server. Try again when it is back.'
const LATE = 'The server did not answer in time. Try again in a moment.'

/** Questions with a number, and who waits for each answer. */
export function requests(line: Line, clock: Clock): Requests {
  const open = new Map<number, Open>()
  const unsent = new Map<number, Question>()
  let last = 0

  function finish(req: number): Open | undefined {
    const one = open.get(req)
    one?.cancel()
    open.delete(req)
    unsent.delete(req)
    return one
  }

  const fail = (req: number, code: ErrorCode, says?: string) => finish(req)?.fail(new ParleyError(code, says))

  const timer = (req: number, wait: number) => clock.after(wait, () => fail(req, 'unavailable', LATE))

  function refusal(patient: boolean): ParleyError | null {
    if (open.size >= BOUNDS.requests) return new ParleyError('too_many')
    return line.isOpen() || patient ? null : new ParleyError('unavailable', AWAY)
  }

  function ask(
    question: Question,
    { take, fail: refuse, wait = BOUNDS.requestWait, patient }: Handlers,
  ): void {
    const problem = refusal(patient ?? false)
    if (problem) {
      refuse(problem)
      return
    }
    const req = ++last
    open.set(req, { take, fail: refuse, wait, cancel: timer(req, wait) })
    if (line.isOpen() && !line.isHolding()) line.send({ ...question, req } as ClientFrame)
    else unsent.set(req, question)
  }

  function answered(answer: Answer): void {
    if (answer.t === 'failed') return void fail(answer.req, answer.code, answer.says)
    const one = open.get(answer.req)
    if (!one) return
    one.cancel()
    if (one.take(answer)) one.cancel = timer(answer.req, one.wait)
    else finish(answer.req)
  }

  return {
    ask,
    answered,
    opened() {
      for (const [req, question] of unsent) line.send({ ...question, req } as ClientFrame)
      unsent.clear()
    },
    isQuiet: () => open.size === unsent.size,
    gone() {
      for (const req of [...open.keys()]) if (!unsent.has(req)) fail(req, 'unavailable', AWAY)
    },
    close() {
      for (const req of [...open.keys()]) fail(req, 'unavailable', AWAY)
    },
  }
}
