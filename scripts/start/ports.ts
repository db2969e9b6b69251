import { CannotStart, isPortFree } from '@parley/devstack'

export type Ports = ReturnType<typeof portsFrom>

/** Everything that listens, counted from PARLEY_PORT. */
export function portsFrom(first: number) {
  return {
    web: first,
    console: first + 1,
    realtime: [first + 2, first + 3],
    worker: first + 4,
    blob: first + 5,
    mail: first + 6,
    postgres: first + 7,
    redis: first + 8,
  } as const
}

/** @throws CannotStart naming every port that is taken, so that one answer is enough */
export async function requireFreePorts(
  wanted: { port: number; purpose: string; host: string }[],
): Promise<void> {
  const free = await Promise.all(wanted.map(({ port, host }) => isPortFree(port, host)))
  const taken = wanted.filter((_, index) => !free[index]).map(({ port, purpose }) => `${port} (${purpose})`)
  if (taken.length === 0) return
  const [word, verb] = taken.length === 1 ? ['Port', 'is'] : ['Ports', 'are']
  throw new CannotStart(
    `${word} ${taken.join(', ')} ${verb} taken: stop what listens there, or set PARLEY_PORT to the first of nine free ports.`,
  )
}
