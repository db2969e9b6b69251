import { notAnswering } from './database-away.ts'
import { Late, within } from './within.ts'

/** Longer than a database that answers at all takes. On a connection that fell silent an answer may never come. */
const ANSWER_MS = 10_000

/**
 * Asks for many at once: whoever asks while a question is under way is part of the next one, which begins when the
 * answer is in, or was given up. At most `most` keys a question. `ask` answers the first of them at least, in their order:
 * who is left out is part of the next question.
 * @throws ParleyError('unavailable') to all of a question that is not answered within `answerMs` milliseconds
 */
export function batched<Key, Value>(
  most: number,
  ask: (keys: Key[]) => Promise<Value[]>,
  answerMs = ANSWER_MS,
): (key: Key) => Promise<Value> {
  type Asked = { key: Key } & PromiseWithResolvers<Value>
  let waiting: Asked[] = []
  let asking = false

  async function run(): Promise<void> {
    asking = true
    // one turn of the event loop, so that what arrives together is asked together
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        const answers = await within(answerMs, ask(batch.map(({ key }) => key)))
        if (answers.length === 0) throw new Error('a question was not answered')
        for (const [i, { resolve }] of batch.entries()) if (i < answers.length) resolve(answers[i]!)
        waiting = [...batch.slice(answers.length), ...waiting]
      } catch (error) {
        const told = error instanceof Late ? notAnswering() : error
        for (const { reject } of batch) reject(told)
      }
    }
    asking = false
  }

  return (key) => {
    const asked = { key, ...Promise.withResolvers<Value>() }
    waiting.push(asked)
    if (!asking) void run()
    return asked.promise
  }
}
