import type { ChildProcess } from 'node:child_process'

/** Questions to a child over its channel, each answered once; when it dies, all are refused. */
export function asking<Question, Answer>(child: ChildProcess): (question: Question) => Promise<Answer> {
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  let last = 0
  let over = false
  child.on('message', ({ id, answer, failed }: { id: number; answer: Answer; failed?: string }) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (failed === undefined) one?.resolve(answer)
    else one?.reject(new Error(failed))
  })
  child.once('exit', () => {
    over = true
    for (const { reject } of waiting.values()) reject(new Error('The process ended before it answered.'))
    waiting.clear()
  })
  return (question) =>
    new Promise((resolve, reject) => {
      if (over || !child.connected) return reject(new Error('The process has ended.'))
      const id = ++last
      waiting.set(id, { resolve, reject })
      child.send({ id, question }, (error) => error && reject(error))
    })
}

/** The other end, in the child. It ends with its parent. */
export function answering<Question, Answer>(answer: (question: Question) => Promise<Answer>): void {
  process.on('message', ({ id, question }: { id: number; question: Question }) => {
    answer(question).then(
      (given) => process.send?.({ id, answer: given }),
      (error: unknown) =>
        process.send?.({
          id,
          failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}
