import { z } from 'zod'

/**
 * Where Redis is, in one of three forms:
 *
 *     redis://[user][:password@]host[:port][/db]
 *     redis+cluster://[user][:password@]host[:port][,host[:port]…]
 *     redis+sentinel://[user][:password@]host[:port][,host[:port]…]/name[/db][?sentinelUsername=…&sentinelPassword=…]
 *
 * The hosts of a Cluster are some of its nodes: the rest is found. Those of Sentinel are Sentinels, of which one that
 * answers is enough; `name` is what they call the master. `rediss` in place of `redis` is TLS, to Sentinels too.
 */
export type RedisAddress = Login &
  ({ tls: boolean } & (
    | { form: 'standalone'; host: string; port: number; db: number }
    | { form: 'cluster'; nodes: Host[] }
    | { form: 'sentinel'; sentinels: Host[]; name: string; db: number; sentinel: Login }
  ))
export type Host = { host: string; port: number }
export type Login = { username?: string; password?: string }

/** Cannot be meant. Says what to do, after the variable's name, and nothing of what it holds. */
export class BadRedisAddress extends Error {
  override readonly name = 'BadRedisAddress'
}

const REDIS_PORT = 6379
const SENTINEL_PORT = 26_379
/** Hosts in one address; more are found from these. */
const MOST_HOSTS = 32

const FORMS =
  'redis://host:6379, redis+cluster://host:6379,host:6379 or redis+sentinel://host:26379,host:26379/name, with rediss for TLS'
const ADDRESS =
  /^(rediss?)(?:\+(cluster|sentinel))?:\/\/(?:([^/?#@]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/
const HOST = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i

/** @throws BadRedisAddress */
export function parseRedisAddress(text: string): RedisAddress {
  const parts = ADDRESS.exec(text)
  if (!parts) throw new BadRedisAddress(`is not an address such as ${FORMS}`)
  const [, scheme, form = 'standalone', userInfo, hosts = '', path = '', query] = parts
  const common = { ...login(userInfo), tls: scheme === 'rediss' }
  if (form !== 'sentinel' && query)
    throw new BadRedisAddress('has options after "?", which only redis+sentinel:// takes')
  const places = path.replace(/\/$/, '').split('/')
  if (form === 'cluster') {
    if (places.some(Boolean))
      throw new BadRedisAddress('names a database after "/": a Cluster has but one, so leave it out')
    return { ...common, form, nodes: readHosts(hosts, REDIS_PORT) }
  }
  if (form === 'sentinel') {
    const [name, db = '', ...more] = places
    if (!name || more.length > 0)
      throw new BadRedisAddress('must say after "/" what the Sentinels call the master, as in /mymaster')
    const sentinels = readHosts(hosts, SENTINEL_PORT)
    return {
      ...common,
      form: 'sentinel',
      sentinels,
      name: decoded(name),
      db: readDb(db),
      sentinel: sentinelLogin(query),
    }
  }
  const [host, ...others] = readHosts(hosts, REDIS_PORT)
  if (others.length > 0)
    throw new BadRedisAddress('names several hosts: begin it with redis+cluster:// or redis+sentinel://')
  if (places.length > 1) throw new BadRedisAddress('has more after "/" than the number of a database')
  return { ...common, form: 'standalone', ...host!, db: readDb(places[0] ?? '') }
}

/** The same as a field of the environment. What it was is kept: whoever connects reads it again. */
export const zRedisAddress = z
  .string({ error: `is not set: it must be an address such as ${FORMS}` })
  .superRefine((text, context) => {
    try {
      parseRedisAddress(text)
    } catch (error) {
      if (!(error instanceof BadRedisAddress)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  })

/** For people: the hosts and what is asked of them, without names and passwords. */
export function describeRedisAddress(address: RedisAddress): string {
  const list = (hosts: Host[]) => hosts.map(({ host, port }) => `${host}:${port}`).join(', ')
  switch (address.form) {
    case 'standalone':
      return list([address])
    case 'cluster':
      return `the Cluster of ${list(address.nodes)}`
    case 'sentinel':
      return `"${address.name}" of the Sentinels ${list(address.sentinels)}`
  }
}

function readHosts(text: string, defaultPort: number): Host[] {
  const hosts = text.split(',').map((one): Host => {
    const [, six, name, port] = HOST.exec(one.trim()) ?? []
    const host = six ?? name
    const number = port === undefined ? defaultPort : Number(port)
    if (!host || number < 1 || number > 65_535)
      throw new BadRedisAddress('has a host that is not host or host:port, with a port from 1 to 65535')
    return { host, port: number }
  })
  if (hosts.length > MOST_HOSTS)
    throw new BadRedisAddress(`names ${hosts.length} hosts: ${MOST_HOSTS} are enough, the others are found`)
  return hosts
}

function readDb(text: string): number {
  if (!/^\d{0,4}$/.test(text)) throw new BadRedisAddress('has a database after "/" that is not a number')
  return Number(text)
}

/** "user:password", ":password" or, as ever in addresses of Redis, "user" alone. */
function login(userInfo: string | undefined): Login {
  if (!userInfo) return {}
  const colon = userInfo.indexOf(':')
  const username = decoded(colon < 0 ? userInfo : userInfo.slice(0, colon))
  const password = colon < 0 ? '' : decoded(userInfo.slice(colon + 1))
  return { ...(username && { username }), ...(password && { password }) }
}

function sentinelLogin(query: string | undefined): Login {
  const {
    sentinelUsername: username,
    sentinelPassword: password,
    ...rest
  } = Object.fromEntries(new URLSearchParams(query))
  if (Object.keys(rest).length > 0)
    throw new BadRedisAddress('has options after "?" other than sentinelUsername and sentinelPassword')
  return { ...(username && { username }), ...(password && { password }) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    throw new BadRedisAddress('has a "%" that begins no encoded character: write %25 for it')
  }
}
