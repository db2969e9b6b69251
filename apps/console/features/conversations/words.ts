import type { Outputs } from '../api/trpc.ts'

export type ConversationRow = Outputs['conversations']['list']['items'][number]
export type Kind = ConversationRow['kind']

export const KIND_NAMES = {
  public: 'Public channel',
  private: 'Private channel',
  group: 'Group',
  direct: 'Direct message',
} as const satisfies Record<Kind, string>
export const KINDS = Object.keys(KIND_NAMES) as Kind[]

export const isChannel = (row: Pick<ConversationRow, 'kind'>) =>
  row.kind === 'public' || row.kind === 'private'
