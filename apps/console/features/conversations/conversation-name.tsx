import { Hash, Lock, type LucideIcon, MessageCircle, UsersRound } from 'lucide-react'
import { type ConversationRow, KIND_NAMES, type Kind } from './words.ts'

const ICONS = {
  public: Hash,
  private: Lock,
  group: UsersRound,
  direct: MessageCircle,
} as const satisfies Record<Kind, LucideIcon>

/** What a conversation is called: a channel by its name, the others by who is in them. */
export const nameOf = (row: ConversationRow, names: ReadonlyMap<string, string>): string =>
  row.name ?? (row.people.map((id) => names.get(id) ?? '…').join(', ') || 'Nobody')

export function ConversationName({
  row,
  names,
}: {
  row: ConversationRow
  names: ReadonlyMap<string, string>
}) {
  const Icon = ICONS[row.kind]
  return (
    <span className="flex items-center gap-2">
      <Icon aria-label={KIND_NAMES[row.kind]} className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 truncate font-medium">{nameOf(row, names)}</span>
    </span>
  )
}
