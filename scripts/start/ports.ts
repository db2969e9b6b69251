import { CannotStart, isPortFree } from '@parley/devstack'

/** What browsers, and `fetch` in Node, never connect to, as far as it is above 1023 (WHATWG Fetch, "bad port"). */
const UNSAFE = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
])
/** What people's browsers and other programs reach by HTTP, of those at fixed places. */
const HTTP_PORTS = 6
/** Everything at a fixed place: two realtime processes, and further ones behind them. */
const FIXED_PORTS = 9
const FIXED_REALTIME = 2

export type Ports = ReturnType<typeof portsFrom>

/** Everything that listens, counted from PARLEY_PORT. */
export function portsFrom(first: number, realtime: number = FIXED_REALTIME) {
  return {
    web: first,
    console: first + 1,
    realtime: Array.from(
      { length: realtime },
      (_, index) => first + (index < FIXED_REALTIME ? 2 + index : FIXED_PORTS - FIXED_REALTIME + index),
    ),
    worker: first + 4,
    blob: first + 5,
    mail: first + 6,
    postgres: first + 7,
    redis: first + 8,
  } as const
}

/** @returns the one among those counted from the first that no browser would open */
export function unsafePort(first: number, realtime: number = FIXED_REALTIME): number | undefined {
  const fixed = Array.from({ length: HTTP_PORTS }, (_, index) => first + index)
  return [...fixed, ...portsFrom(first, realtime).realtime].find((port) => UNSAFE.has(port))
}

/** @throws CannotStart naming every port that is taken, so that one answer is enough */
export async function requireFreePorts(
  wanted: { port: number; purpose: string; host: string }[],
): Promise<void> {
  const free = await Promise.all(wanted.map(({ port, host }) => isPortFree(port, host)))
  const taken = wanted
    .filter((_, index) => !free[index])
    .toSorted((a, b) => a.port - b.port)
    .map(({ port, purpose }) => `${port} (${purpose})`)
  if (taken.length === 0) return
  const [word, verb] = taken.length === 1 ? ['Port', 'is'] : ['Ports', 'are']
  throw new CannotStart(
    `${word} ${taken.join(', ')} ${verb} taken: stop what listens there, or set PARLEY_PORT to another first port.`,
  )
}
