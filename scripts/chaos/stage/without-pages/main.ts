import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The web client's process without its pages, so that it need not be built: the same main file, context, server and API,
 * with Next.js alone replaced.
 */
const urlOf = (file: string) => pathToFileURL(path.join(import.meta.dirname, file)).href
const NEXT = urlOf('next.ts')

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'next' ? { url: NEXT, shortCircuit: true } : next(specifier, context),
})

// named only as it runs: the types of Next.js would change those of everything else here
await import(urlOf('../../../../apps/web/main.ts'))
