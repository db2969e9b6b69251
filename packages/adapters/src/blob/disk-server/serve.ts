import type { KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Probed } from '@parley/domain/health'
import type { Log } from '@parley/domain/ports'
import { answerProbe } from '../../health.ts'
import type { DiskFolder } from '../disk-folder.ts'
import { type Grant, readGrant } from '../disk-signature.ts'
import { WrongLength } from '../exact-length.ts'
import { isKey } from '../keys.ts'
import { readRange } from './ranges.ts'

export type ServeOptions = {
  folder: DiskFolder
  signingKey: KeyObject
  /** Whose pages may read and upload. */
  origins: readonly string[]
  log: Log
  probed: Probed
}

const IDLE_MS = 60_000
const HEADERS_MS = 20_000
const URL_LENGTH = 8_192
const CONNECTIONS = 4_096

/** Nothing that is served may run, be framed, or be taken for something else, wherever it is opened. */
const HARMLESS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
} as const

/**
 * The disk store's HTTP side: PUT and GET by signed URLs, nothing else. It knows no people; whoever holds a URL that
 * we signed may use it until it is over.
 */
export function blobServer(options: ServeOptions): Server {
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HARMLESS)) response.setHeader(name, value)
    answer(request, response, options).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return // hung up in the middle
      options.log.error('a file could not be served', error)
      refuse(request, response, 500, 'Something failed on our side.')
    })
  })
  // no bound on the whole request: a large file over a thin line takes its time, a silent one does not
  server.requestTimeout = 0
  server.headersTimeout = HEADERS_MS
  server.maxConnections = CONNECTIONS
  server.setTimeout(IDLE_MS)
  return server
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServeOptions,
): Promise<void> {
  const { method = '', url: target = '' } = request
  if (target.startsWith('/health') && (await answerProbe(target, response, options.probed))) return
  allowOrigin(request, response, options.origins)
  if (method === 'OPTIONS') return void response.writeHead(204).end()
  if (!['GET', 'HEAD', 'PUT'].includes(method)) return refuse(request, response, 405, 'Only GET and PUT.')
  if (target.length > URL_LENGTH || !URL.canParse(target, 'http://store'))
    return refuse(request, response, 400, 'That is no address.')
  const url = new URL(target, 'http://store')
  // what the browser sent is what is looked up: a path that URL would have tidied is not one of ours
  if (target.split('?')[0] !== url.pathname || !isKey(url.pathname.slice(1)))
    return refuse(request, response, 403, 'This link is not valid.')
  const grant = readGrant(options.signingKey, method === 'HEAD' ? 'GET' : method, url, Date.now())
  if (!grant) return refuse(request, response, 403, 'This link is not valid, or no longer.')
  return grant.method === 'PUT'
    ? upload(request, response, grant, options.folder)
    : download(request, response, grant, options.folder)
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  grant: Extract<Grant, { method: 'PUT' }>,
  folder: DiskFolder,
): Promise<void> {
  const length = request.headers['content-length']
  if (length !== undefined && Number(length) !== grant.size)
    return refuse(request, response, 413, `This link is for exactly ${grant.size} bytes.`)
  if ((await folder.size(grant.key)) !== null)
    return refuse(request, response, 412, 'This file is there already.')
  try {
    const received = await folder.receive(request, grant.size)
    if (await received.keep(grant.key, { onlyNew: true })) return say(response, 200, 'stored')
    refuse(request, response, 412, 'This file is there already.')
  } catch (error) {
    if (error instanceof WrongLength)
      return refuse(request, response, 413, `This link is for exactly ${grant.size} bytes.`)
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      return refuse(request, response, 507, 'The disk that holds files is full.')
    throw error
  }
}

async function download(
  request: IncomingMessage,
  response: ServerResponse,
  grant: Extract<Grant, { method: 'GET' }>,
  folder: DiskFolder,
): Promise<void> {
  const size = await folder.size(grant.key)
  if (size === null) return refuse(request, response, 404, 'There is no such file.')
  response.setHeader('accept-ranges', 'bytes')
  const range = size === 0 ? null : readRange(request.headers.range, size)
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${size}`)
    return refuse(request, response, 416, 'The file has no such part.')
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const seconds = Math.max(0, grant.expires - Math.floor(Date.now() / 1_000))
  response.writeHead(range ? 206 : 200, {
    'content-type': grant.type,
    'content-disposition': grant.disposition,
    'content-length': end - start + 1,
    'cache-control': `private, max-age=${seconds}, immutable`,
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  })
  if (request.method === 'HEAD' || size === 0) return void response.end()
  try {
    await pipeline(await folder.read(grant.key, { start, end }), response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

function allowOrigin(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  response.setHeader('vary', 'origin')
  const { origin } = request.headers
  if (!origin || !origins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', 'content-length, content-range, accept-ranges')
  response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT')
  response.setHeader('access-control-allow-headers', 'content-type, range')
  response.setHeader('access-control-max-age', '600')
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${text}\n`)
}

/** What the other side still sends is not waited for. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy()
  if (!request.complete) response.setHeader('connection', 'close')
  say(response, status, text)
}
