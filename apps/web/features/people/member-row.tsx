'use client'
import type { Id, Member } from '@parley/protocol'
import { Badge, IconButton } from '@parley/ui'
import { MessageSquare, UserMinus } from 'lucide-react'
import { useAct } from '../api/use-ask.ts'
import { tellFailure } from '../message/tell-failure.ts'
import { PresenceLine } from '../presence/person-status.tsx'
import { useMe } from '../session/use-sync.ts'
import { go, pathTo } from '../shell/place.ts'
import { unnamed, usePerson } from './people-store.ts'
import { PresentAvatar } from './person-name.tsx'

/** One person in a conversation, with a way to write to them. */
export function MemberRow({
  member,
  conversation,
  mayRemove,
}: {
  member: Member
  conversation: Id
  mayRemove: boolean
}) {
  const me = useMe()
  const person = usePerson(member.person)
  const write = useAct('conversations.openDirect')
  const remove = useAct('conversations.remove', ['conversations.members'])
  const name = person?.name ?? unnamed
  return (
    <li className="group/member flex min-h-12 items-center gap-3 rounded-sm px-2 hover:bg-surface-1">
      <PresentAvatar id={member.person} size={36} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-strong">
            {name}
            {member.person === me.id && <span className="font-normal text-muted"> (you)</span>}
          </span>
          {member.role === 'owner' && <Badge>Owner</Badge>}
        </span>
        {person?.title && <span className="block truncate text-muted text-sm">{person.title}</span>}
        <PresenceLine person={member.person} className="text-muted text-sm" />
      </span>
      <span className="flex opacity-0 focus-within:opacity-100 group-hover/member:opacity-100 pointer-coarse:opacity-100">
        {member.person !== me.id && (
          <IconButton
            label={`Write to ${name}`}
            icon={MessageSquare}
            size="small"
            busy={write.isPending}
            onClick={() =>
              write.mutate(
                { people: [member.person] },
                { onSuccess: ({ id }) => go(pathTo(id)), onError: tellFailure },
              )
            }
          />
        )}
        {mayRemove && (
          <IconButton
            label={`Remove ${name}`}
            icon={UserMinus}
            size="small"
            variant="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ conversation, person: member.person }, { onError: tellFailure })}
          />
        )}
      </span>
    </li>
  )
}
