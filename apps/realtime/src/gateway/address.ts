import type { IncomingMessage } from 'node:http'
import { clientAddress } from '@parley/domain/client-address'

/** Where a connection comes from, as far as it can be believed. */
export const addressOf = ({ headers, socket }: IncomingMessage, trustedProxies: number): string =>
  clientAddress(
    [headers['x-forwarded-for'] ?? []].flat().join(','),
    trustedProxies,
    socket.remoteAddress ?? '',
  )
