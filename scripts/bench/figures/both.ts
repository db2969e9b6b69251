import type { Load, LoadKind, Server, Stage } from '../stage.ts'

export type Kind = 'parley' | 'bare'
export const KINDS = ['parley', 'bare'] as const satisfies Kind[]

/** Starts one of the two, lets `people` of them in from a load process of their own, and ends both when `work` is over. */
export async function withCrowd<Result>(
  stage: Stage,
  kind: Kind,
  people: readonly string[],
  work: (load: Load, server: Server) => Promise<Result>,
  by: LoadKind = kind,
): Promise<Result> {
  const server = kind === 'parley' ? await stage.startParley() : await stage.startBare()
  const load = stage.load(by)
  try {
    const places = people.map((person) => stage.ticket(person))
    await load.ask({ do: 'connect', url: server.url, places })
    return await work(load, server)
  } finally {
    load.end()
    await server.stop()
  }
}
