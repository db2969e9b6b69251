import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { openAdapter } from './adapter.ts'
import { canConnect, createDatabase, dropDatabase } from './database.ts'
import { print } from './json-rpc.ts'

type Options = { url: string; shadowUrl: string | null; datamodels: [path: string, text: string][] }
type Methods = Record<string, (params: unknown) => Promise<Record<string, unknown> | undefined>>
type Glue = {
  version(): string
  __wbg_set_wasm(exports: Record<string, unknown>): void
  SchemaEngine: { new: (options: unknown, log: (line: string) => void, adapter: unknown) => Promise<Methods> }
}

/** What is used of the global that Node has and its type declarations leave to the browser's. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: Record<string, unknown>) => { exports: Record<string, unknown> }
}

/** Methods that the native engine has under another name. */
const RENAMED: Record<string, string> = { getDatabaseVersion: 'version' }

export async function engineVersion(): Promise<string> {
  return (await loadGlue()).version()
}

export function openEngine({ url, shadowUrl, datamodels }: Options) {
  const shadows = new Set<string>()
  let opened: Promise<Methods> | null = null

  const factory = {
    provider: 'postgres' as const,
    adapterName: '@prisma/adapter-pg',
    connect: () => openAdapter(url),
    async connectToShadowDb() {
      if (shadowUrl) return openAdapter(shadowUrl)
      const shadow = new URL(url)
      shadow.pathname = `/prisma_migrate_shadow_db_${randomUUID()}`
      await createDatabase(shadow.href)
      shadows.add(shadow.href)
      return openAdapter(shadow.href, () => drop(shadow.href))
    },
  }

  async function drop(shadow: string): Promise<void> {
    if (shadows.delete(shadow)) await dropDatabase(shadow)
  }

  const engine = () => {
    opened ??= loadGlue().then((glue) =>
      glue.SchemaEngine.new(
        { datamodels: datamodels.length ? datamodels : undefined },
        () => {},
        bindMigrationAwareSqlAdapterFactory(factory),
      ),
    )
    return opened
  }

  return {
    async call(method: string, params: unknown): Promise<unknown> {
      const target = (params as { datasource?: { url?: string } } | undefined)?.datasource?.url ?? url
      if (method === 'createDatabase') return { databaseName: await createDatabase(target) }
      if (method === 'ensureConnectionValidity') {
        const problem = await canConnect(target)
        if (problem) throw problem
        return {}
      }
      const methods = await engine()
      const name = RENAMED[method] ?? method
      if (typeof methods[name] !== 'function')
        throw new Error(`This schema engine does not know the method ${method}.`)
      // the WebAssembly build hands its shadow database to devDiagnostic only; these two read what that leaves behind
      if (name === 'evaluateDataLoss' || name === 'createMigration') {
        const { migrationsList, filters } = params as { migrationsList: unknown; filters: unknown }
        await methods.devDiagnostic?.({ migrationsList, filters })
      }
      const result = await methods[name](params)
      if (name === 'diff' && typeof result?.stdout === 'string') {
        print(result.stdout)
        return { exitCode: result.exitCode, stdout: null }
      }
      return result ?? {}
    },
    /** Drops what an interrupted command left. */
    async close(): Promise<void> {
      for (const shadow of shadows) await drop(shadow)
    },
  }
}

let glue: Promise<Glue> | null = null
function loadGlue(): Promise<Glue> {
  glue ??= instantiate()
  return glue
}

async function instantiate(): Promise<Glue> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const loaded = (await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)) as Glue
  let panic = ''
  // where the Rust side leaves its last words
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      get: () => panic,
      set_message(message: string) {
        panic = message
        process.stderr.write(`${message}\n`)
      },
    },
  })
  const module = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
  const instance = new WebAssembly.Instance(module, {
    './schema_engine_bg.js': loaded,
  })
  loaded.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return loaded
}
