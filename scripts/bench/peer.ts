/** Servers of somebody else's making that the same is done on, in the same run, when `--peer` asks for one. */
export const PEERS = ['ejabberd', 'ejabberd-without-archive'] as const
export type Peer = (typeof PEERS)[number]
