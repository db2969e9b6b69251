import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Broken } from './index.ts'

/**
 * The realtime process with one of its modules replaced by one that breaks a promise. The product has no switch for
 * this: whoever imports the module gets the other one, and only that one gets the real one.
 */
const root = path.join(import.meta.dirname, '../../..')
const urlOf = (file: string) => pathToFileURL(path.join(root, file)).href

const REPLACED = {
  publish: ['packages/adapters/src/fanout/publisher.ts', 'scripts/chaos/broken/publish-skipped.ts'],
  ack: ['packages/db/src/database.ts', 'scripts/chaos/broken/acknowledged-early.ts'],
  dedupe: ['packages/db/src/database.ts', 'scripts/chaos/broken/sent-forgotten.ts'],
} satisfies Record<Broken, readonly [real: string, broken: string]>

const which = process.env.CHAOS_BROKEN as Broken | undefined
if (!which || !(which in REPLACED)) throw new Error('CHAOS_BROKEN names no broken build.')
const [real, broken] = REPLACED[which].map(urlOf) as [string, string]

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    return found.url === real && context.parentURL !== broken ? { ...found, url: broken } : found
  },
})

await import('../../../apps/realtime/src/main.ts')
