import { createInterface } from 'node:readline'

type Request = { id: number; method?: string; params: unknown }
type Handler = (method: string, params: unknown) => Promise<unknown>

/** The code under which Prisma's native engine reports that a request failed for a reason of the user's. */
const KNOWN_ERROR = 4466
/** The command line looks for entries of this name only. */
const LOGGER = 'schema_engine::logger'
let nextNotice = 1_000_000

/** One request per line (JSON-RPC 2.0), answered in order. Resolves when standard input has closed. */
export async function serve(handle: Handler): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue
    const request = JSON.parse(line) as Request
    if (request.method) send({ id: request.id, ...(await answer(handle, request.method, request.params)) })
  }
}

async function answer(handle: Handler, method: string, params: unknown) {
  try {
    return { result: await handle(method, params) }
  } catch (error) {
    const { message, code, meta } = error as { message?: string; code?: string; meta?: unknown }
    const data = {
      is_panic: false,
      message: message ?? String(error),
      meta: meta ?? null,
      error_code: code ?? null,
    }
    return {
      error: { code: KNOWN_ERROR, message: 'An error happened. Check the data field for details.', data },
    }
  }
}

/** Asks the command line to print something for the person in front of it. */
export function print(content: string): void {
  nextNotice += 1
  send({ id: nextNotice, method: 'print', params: { content } })
}

/** The native engine's log format, one line on standard error, which the command line reads failures from. */
export function logLine(level: 'INFO' | 'ERROR', message: string, fields: Record<string, string> = {}): void {
  const entry = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...fields },
    target: LOGGER,
  }
  process.stderr.write(`${JSON.stringify(entry)}\n`)
}

function send(body: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...body })}\n`)
}
