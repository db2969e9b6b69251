import { type Broken, mainOf } from '../broken/index.ts'
import type { ProcessName } from './index.ts'

/** `pages`: the web client as it was built; without, its API alone, which needs no build. */
export type Build = { broken: Broken | null; pages: boolean }

/** What a process is started from. */
export function mainFile(name: ProcessName, { broken, pages }: Build): string {
  if (name === 'worker') return 'apps/worker/src/main.ts'
  if (name === 'api') return pages ? 'apps/web/main.ts' : 'scripts/chaos/stage/without-pages/main.ts'
  return mainOf(broken)
}
