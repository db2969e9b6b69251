/** What was asked and is not answered yet, by a key that the answer carries. */
export function openWaiting() {
  const waiting = new Map<string, { resolve(): void; reject(error: Error): void }>()
  return {
    /** Resolves when the answer is there; rejects when that is an error. */
    answerTo(key: string): Promise<void> {
      const { promise, ...settle } = Promise.withResolvers<void>()
      waiting.set(key, settle)
      return promise
    },
    answered(key: string, error?: Error): void {
      const one = waiting.get(key)
      waiting.delete(key)
      if (error) one?.reject(error)
      else one?.resolve()
    },
  }
}
