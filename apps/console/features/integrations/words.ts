import type { Tone } from '@parley/ui'
import type { Outputs } from '../api/trpc.ts'

export type TokenRow = Outputs['integrations']['listTokens']['items'][number]
export type WebhookRow = Outputs['integrations']['listWebhooks']['items'][number]
export type BotRow = Outputs['integrations']['listBots']['items'][number]

export const VIEWS = ['tokens', 'webhooks', 'bots'] as const
export type View = (typeof VIEWS)[number]

export type State = TokenRow['state']
export const STATE_NAMES = {
  live: 'Live',
  expired: 'Expired',
  revoked: 'Revoked',
} as const satisfies Record<State, string>
export const STATE_TONES = {
  live: 'success',
  expired: 'warning',
  revoked: 'neutral',
} as const satisfies Record<State, Tone>
