/**
 * Asks for many at once: whoever asks while a question is under way is part of the next one, which begins when the
 * answer is in. At most `most` keys a question.
 */
export function batched<Key, Value>(
  most: number,
  ask: (keys: Key[]) => Promise<Map<Key, Value>>,
): (key: Key) => Promise<Value | undefined> {
  type Asked = { key: Key } & PromiseWithResolvers<Value | undefined>
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
        const answers = await ask([...new Set(batch.map(({ key }) => key))])
        for (const { key, resolve } of batch) resolve(answers.get(key))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    asking = false
  }

  return (key) => {
    const asked = { key, ...Promise.withResolvers<Value | undefined>() }
    waiting.push(asked)
    if (!asking) void run()
    return asked.promise
  }
}
