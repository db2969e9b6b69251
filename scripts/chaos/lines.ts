import type { Id } from '@parley/protocol'

type Shown = {
  id: Id
  seq: number
  version: number
  ordinal: number
  root: Id | null
  sender: Id
  client: string | null
  text: string
  gone: string | null
}

/** One message as a line, the same whether it was read from the database or from a client. */
export const lineOf = ({ id, seq, version, ordinal, root, sender, client, text, gone }: Shown): string =>
  [
    id,
    `seq ${seq}`,
    `version ${version}`,
    `at ${ordinal}${root ? ` of ${root}` : ''}`,
    sender,
    client,
    gone,
    text,
  ].join(' · ')
