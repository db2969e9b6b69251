import type { Id, ServerFrame } from '@parley/protocol'
import { ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from '../bounds.ts'
import type { Question, Requests } from '../requests/requests.ts'
import { applyPage } from '../store/apply-synced.ts'
import { type Copy, type Held, newCopy } from '../store/held.ts'
import type { Store } from '../store/store.ts'

export type History = {
  /** Loads what is not held of the roots with from ≤ ordinal ≤ to. */
  ensure(conversation: Id, from: number, to: number): Promise<void>
  /** Loads the root, and what is not held of its replies with from ≤ ordinal ≤ to. */
  ensureThread(conversation: Id, root: Id, from: number, to: number): Promise<void>
}

type Page = Extract<ServerFrame, { t: 'messages' }>
type PageQuestion = Extract<Question, { t: 'history' | 'thread' }>
type Options = { store: Store; requests: Requests; now(): number }

/**
 * Loads history in whole blocks, each asked for once however many ask for something in it.
 * Rejects with the ParleyError of the first block that could not be had.
 */
export function history({ store, requests, now }: Options): History {
  const loading = new Map<string, Promise<void>>()

  function copyOf(held: Held): Copy {
    held.usedAt = now()
    held.copy ??= newCopy(held.conversation.version)
    return held.copy
  }

  function take(conversation: Id, page: Page): void {
    const held = store.conversations.get(conversation)
    if (held) applyPage(store, held, page.version, page.messages)
  }

  /** Waits for a connection: who scrolls while it is being made again sees what was asked for when it stands. */
  function load(key: string, conversation: Id, question: PageQuestion): Promise<void> {
    const before = loading.get(key)
    if (before) return before
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    loading.set(key, promise)
    const ask = (part: PageQuestion) =>
      requests.ask(part, {
        patient: true,
        take(answer) {
          if (answer.t === 'messages') take(conversation, answer)
          // long messages do not all come in one answer
          if (answer.t === 'messages' && answer.next !== undefined) ask({ ...question, from: answer.next })
          else {
            loading.delete(key)
            resolve()
          }
          return false
        },
        fail(error) {
          loading.delete(key)
          reject(error)
        },
      })
    ask(question)
    return promise
  }

  return {
    async ensure(conversation, from, to) {
      const held = heldOf(store, conversation)
      const { roots } = copyOf(held)
      const { floor, roots: last } = held.conversation
      const [first, end] = [Math.max(from, floor + 1), Math.min(to, last)]
      if (first > end) return
      held.copy!.window = { from: first, to: end }
      const blocks = blocksLacking(roots, first, end)
      await inTurn(blocks, (block) => {
        const between = { from: Math.max(block, floor + 1), to: block + BOUNDS.page - 1 }
        return load(`${conversation}/${block}`, conversation, { t: 'history', conversation, ...between })
      })
    },
    async ensureThread(conversation, root, from, to) {
      const { byId, threads } = copyOf(heldOf(store, conversation))
      const last = byId.get(root)?.thread?.replies ?? to
      const blocks = blocksLacking(threads.get(root), Math.max(1, from), Math.min(to, last))
      if (blocks.length === 0 && !byId.has(root)) blocks.push(1)
      await inTurn(blocks, (block) => {
        const between = { from: block, to: block + BOUNDS.page - 1 }
        return load(`${conversation}/${root}/${block}`, conversation, {
          t: 'thread',
          conversation,
          root,
          ...between,
        })
      })
    },
  }
}

function heldOf(store: Store, id: Id): Held {
  const held = store.conversations.get(id)
  if (!held) throw new ParleyError('not_found', 'There is no such conversation, or you are not a member.')
  return held
}

/** First ordinals of the blocks in which something between `from` and `to` is not held. */
function blocksLacking(held: Map<number, unknown> | undefined, from: number, to: number): number[] {
  const blocks: number[] = []
  for (let ordinal = from; ordinal <= to; ordinal++) {
    if (held?.has(ordinal)) continue
    const block = ordinal - ((ordinal - 1) % BOUNDS.page)
    blocks.push(block)
    ordinal = block + BOUNDS.page - 1
  }
  return blocks
}

/** A few at once, so that one long look back leaves room for other questions. */
async function inTurn(blocks: number[], load: (block: number) => Promise<void>): Promise<void> {
  for (let i = 0; i < blocks.length; i += BOUNDS.pagesAtOnce)
    await Promise.all(blocks.slice(i, i + BOUNDS.pagesAtOnce).map(load))
}
