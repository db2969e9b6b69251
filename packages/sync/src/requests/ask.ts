import type { ParleyError } from '@parley/protocol/errors'
import type { Question, Requests } from './requests.ts'

/** Asks for something to be done. Rejects with the ParleyError that the server gave, or `unavailable`. */
export const act = (requests: Requests, question: Question): Promise<void> =>
  new Promise((resolve, reject: (error: ParleyError) => void) =>
    requests.ask(question, {
      take() {
        resolve()
        return false
      },
      fail: reject,
    }),
  )
