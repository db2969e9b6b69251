import { clientAddress as addressOf } from '@parley/domain/client-address'
import type { ApiContext } from '../context.ts'

/** Where a request comes from, as far as it can be believed. */
export const clientAddress = (
  request: Request,
  { trustedProxies, peer }: Pick<ApiContext, 'trustedProxies' | 'peer'>,
): string => addressOf(request.headers.get('x-forwarded-for') ?? '', trustedProxies, peer(request))
