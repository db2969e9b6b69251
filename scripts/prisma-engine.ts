import { readFileSync } from 'node:fs'
import { canConnect, createDatabase, dropDatabase } from './prisma-engine/database.ts'
import { logLine, serve } from './prisma-engine/json-rpc.ts'
import { engineVersion, openEngine } from './prisma-engine/wasm-engine.ts'

/**
 * Stands in for Prisma's native schema engine: the same command line and the same JSON-RPC on standard input and
 * output, answered by the WebAssembly build that comes with npm. So migrations can be written on machines that reach
 * no download server. The requests are those of Prisma 7.10; a method that is missing here says so.
 */
const options = parse(process.argv.slice(2))
const url = options.url ?? 'postgresql://127.0.0.1:1/none'

if (options.version) {
  console.log(`schema-engine-wasm ${await engineVersion()}`)
} else if (options.command) {
  process.exitCode = await runCommand(options.command)
} else {
  const engine = openEngine({ url, shadowUrl: options.shadowUrl, datamodels: options.datamodels })
  await serve((method, params) => engine.call(method, params))
  await engine.close()
}

type Options = {
  version: boolean
  command: string | null
  url: string | null
  shadowUrl: string | null
  datamodels: [path: string, text: string][]
}

function parse(args: string[]): Options {
  const parsed: Options = { version: false, command: null, url: null, shadowUrl: null, datamodels: [] }
  const rest = [...args]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--version') parsed.version = true
    else if (word === '--datasource') {
      const source = JSON.parse(rest.shift() ?? '{}') as { url?: string; shadowDatabaseUrl?: string }
      parsed.url = source.url ?? null
      parsed.shadowUrl = source.shadowDatabaseUrl ?? null
    } else if (word === '--datamodels' || word === '-d') {
      const file = rest.shift() ?? ''
      parsed.datamodels.push([file, readFileSync(file, 'utf8')])
    } else if (word === '--enabled-preview-features' || word === '--extension-types') rest.shift()
    else if (word === 'cli') parsed.command = rest.find((next) => !next.startsWith('-')) ?? null
    if (word === 'cli') break
  }
  return parsed
}

/** @returns the exit code that the Prisma command line expects */
async function runCommand(command: string): Promise<number> {
  try {
    if (command === 'can-connect-to-database') {
      const problem = await canConnect(url)
      if (problem) throw problem
      logLine('INFO', 'Connection successful')
    } else if (command === 'create-database') await createDatabase(url)
    else if (command === 'drop-database') await dropDatabase(url)
    else throw new Error(`This schema engine does not know the command ${command}.`)
    return 0
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }
    process.stderr.write('\n')
    logLine('ERROR', message, { error_code: code?.startsWith('P') ? code : 'P1011' })
    return 1
  }
}
