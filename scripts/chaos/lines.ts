import type { Message } from '@parley/protocol'

/** What of a message everybody must come to hold the same of. */
export type Shown = Pick<
  Message,
  'id' | 'seq' | 'version' | 'ordinal' | 'root' | 'sender' | 'client' | 'text' | 'gone'
>

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
