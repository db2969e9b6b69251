import { lookup as resolve } from 'node:dns'
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { ParleyError } from '@parley/protocol'
import type { AllowList } from './allow-list.ts'
import { isPublic } from './public-address.ts'

export type Once = {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | Buffer | null
  maxBytes: number
  signal: AbortSignal
  allow: AllowList
}
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

const HEADER_BYTES = 16_384

export const refused = (why: string) =>
  new ParleyError('bad_input', `That address may not be reached: ${why}.`)

/**
 * One request, no redirects. The address that was judged is the address that is connected to, since judging is done
 * inside the connection's own look-up: a name that changes its mind in between changes nothing.
 */
export function requestOnce({ url, method, headers, body, maxBytes, signal, allow }: Once): Promise<Answer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const allowed = allow.host(host, port)
  const mayReach = (address: string) => allowed || isPublic(address) || allow.address(address)
  if (isIP(host) && !mayReach(host)) return Promise.reject(refused('it is not on the public internet'))

  const lookup: LookupFunction = (name, options, done) =>
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      // one address inside is enough to refuse: whoever answers so is not to be trusted with the others
      if (found.length === 0 || !found.every(({ address }) => mayReach(address)))
        return done(refused('it is not on the public internet'), [])
      if (options.all) return done(null, found)
      done(null, found[0]!.address, found[0]!.family)
    })

  const { promise, resolve: answer, reject } = Promise.withResolvers<Answer>()
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const sent = send(
    url,
    { method, headers, lookup, signal, agent: false, maxHeaderSize: HEADER_BYTES },
    (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxBytes)
          sent.destroy(new ParleyError('too_large', `The answer is larger than ${maxBytes} bytes.`))
        else chunks.push(chunk)
      })
      response.on('end', () =>
        answer({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
      response.on('error', reject)
    },
  )
  sent.on('error', reject)
  sent.end(body ?? undefined)
  return promise
}
