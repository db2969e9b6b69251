import type { Peer } from '../peer.ts'
import type { Load, LoadKind, Server, Stage } from '../stage.ts'

export type Kind = 'parley' | 'bare' | Peer
export const KINDS = ['parley', 'bare'] as const satisfies Kind[]

export function startOf(stage: Stage, kind: Kind): Promise<Server> {
  if (kind === 'parley') return stage.startParley()
  return kind === 'bare' ? stage.startBare() : stage.startPeer(kind)
}

/** Starts one of them, lets `people` of them in from a load process of their own, and ends it and the load when `work` is over. */
export async function withCrowd<Result>(
  stage: Stage,
  kind: Kind,
  people: readonly string[],
  work: (load: Load, server: Server) => Promise<Result>,
  by: LoadKind = kind,
): Promise<Result> {
  const server = await startOf(stage, kind)
  const load = stage.load(by)
  try {
    const places = people.map(stage.ticket)
    await load.ask({ do: 'connect', url: server.url, places })
    return await work(load, server)
  } finally {
    load.end()
    await server.stop()
  }
}
