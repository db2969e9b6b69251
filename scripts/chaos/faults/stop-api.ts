import type { Fault } from './fault.ts'

/** The API stands still: it takes requests, and does them when nobody may be waiting any more. */
export const stopApi: Fault = {
  targets: ['api'],
  holds: () => ['api'],
  ms: [500, 9_000],
  begin({ stage }) {
    stage.parts.api.process.signal('SIGSTOP')
    return () => stage.parts.api.process.signal('SIGCONT')
  },
}
