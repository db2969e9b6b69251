'use client'
import { Avatar, Badge, Button, Link, Skeleton } from '@parley/ui'
import { readError } from '../api/read-error.ts'
import { api, trpc } from '../api/trpc.ts'
import { Section } from '../list/facts.tsx'
import { usePages } from '../list/use-pages.ts'
import { useNames } from './use-names.ts'
import type { ConversationRow } from './words.ts'

const pageSize = 50

/** Who is in a conversation; of what is private, only its own members are told. */
export function MemberList({ row }: { row: ConversationRow }) {
  const ask = row.kind === 'public' || row.kind === 'private'
  const input = { conversation: row.id, limit: pageSize }
  const pages = usePages(
    trpc.conversations.members.queryKey(input),
    (cursor, signal) => api.conversations.members.query({ ...input, cursor }, { signal }),
    ask,
  )
  const members = ask
    ? pages.data?.pages.flatMap((page) => page.items)
    : row.people.map((person) => ({ person, role: 'member' as const }))
  const names = useNames((members ?? []).map((member) => member.person))
  const hidden = pages.isError && readError(pages.error).code === 'not_found'
  return (
    <Section title="Members">
      {hidden && (
        <p className="text-muted">
          Only its members see who is in a private channel. You can give it an owner if it has none left.
        </p>
      )}
      {pages.isError && !hidden && <p role="alert">{readError(pages.error).says}</p>}
      {!members && !pages.isError && <Skeleton className="h-24 w-full" />}
      <ul className="flex flex-col gap-1 empty:hidden">
        {members?.map(({ person, role }) => (
          <li key={person} className="flex h-8 items-center gap-2.5">
            <Avatar id={person} name={names.get(person) ?? '…'} size={24} decorative />
            <Link href={`/people?person=${person}`} className="min-w-0 truncate text-strong hover:underline">
              {names.get(person) ?? '…'}
            </Link>
            {role === 'owner' && <Badge>Owner</Badge>}
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button size="small" busy={pages.isFetchingNextPage} onClick={pages.more} className="self-start">
          Show more
        </Button>
      )}
    </Section>
  )
}
