import type { AppRouter } from '@parley/api/client'
import type { inferProcedureInput, inferProcedureOutput } from '@trpc/server'

type Rooms = AppRouter['_def']['record']
type Served = {
  [Room in keyof Rooms & string]: `${Room}.${keyof Rooms[Room] & string}`
}[keyof Rooms & string]

type At<Path extends string> = Path extends `${infer Room extends keyof Rooms & string}.${infer Verb}`
  ? Verb extends keyof Rooms[Room]
    ? Rooms[Room][Verb]
    : never
  : never

type KindOf<Procedure> = Procedure extends { _def: { type: infer Kind } } ? Kind : never

/** Every procedure that the server has, as it declares them. Times in Unix milliseconds. */
export type Procedures = {
  [Path in Served]: {
    kind: KindOf<At<Path>>
    input: NonNullable<inferProcedureInput<At<Path>>>
    output: inferProcedureOutput<At<Path>>
  }
}

export type PersonCard = Procedures['people.search']['output'][number]
export type Me = Procedures['people.me']['output']
export type SessionView = Procedures['session.listMine']['output'][number]
export type BrowsedChannel = Procedures['conversations.browse']['output']['items'][number]
export type SearchHit = Procedures['messages.search']['output']['items'][number]

type PathsOf<Kind> = {
  [Path in keyof Procedures]: Procedures[Path]['kind'] extends Kind ? Path : never
}[keyof Procedures]
export type QueryPath = PathsOf<'query'>
export type MutationPath = PathsOf<'mutation'>
