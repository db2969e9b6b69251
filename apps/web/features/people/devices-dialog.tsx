'use client'
import { Badge, Button, Dialog, ErrorState, Loading, Skeleton, Timestamp, toast } from '@parley/ui'
import { MonitorSmartphone } from 'lucide-react'
import type { SessionView } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { useAct, useAsk } from '../api/use-ask.ts'
import { tellFailure } from '../message/tell-failure.ts'

/** Where I am signed in, and a way to end each. */
export function DevicesDialog({ onClose }: { onClose: () => void }) {
  const sessions = useAsk('session.listMine', {})
  const others = useAct('session.revokeMyOthers', ['session.listMine'])
  const many = (sessions.data?.length ?? 0) > 1
  const endOthers = () =>
    others.mutate(
      {},
      {
        onSuccess: ({ ended }) =>
          toast({
            tone: 'success',
            title: ended.length === 1 ? '1 session ended.' : `${ended.length} sessions ended.`,
          }),
        onError: tellFailure,
      },
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title="Where you are signed in"
      description="A session that you end loses its connection within a second."
      footer={
        many && (
          <Button variant="danger" busy={others.isPending} onClick={endOthers}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {sessions.isPending ? (
        <Loading className="flex flex-col gap-3">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
        </Loading>
      ) : sessions.isError ? (
        <ErrorState compact title="Your sessions could not be listed" onRetry={() => sessions.refetch()}>
          {readError(sessions.error).says}
        </ErrorState>
      ) : (
        <ul className="divide-y">
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function SessionRow({ session }: { session: SessionView }) {
  const revoke = useAct('session.revokeMine', ['session.listMine'])
  return (
    <li className="flex items-center gap-3 py-3">
      <MonitorSmartphone aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-strong">{session.device.name || 'A device'}</span>
          {session.current && <Badge tone="success">This one</Badge>}
        </span>
        <span className="block truncate text-muted text-sm">
          {session.address && `${session.address} · `}used{' '}
          <Timestamp at={session.lastUsedAt} format="relative" />
        </span>
      </span>
      {!session.current && (
        <Button
          size="small"
          busy={revoke.isPending}
          onClick={() => revoke.mutate({ session: session.id }, { onError: tellFailure })}
        >
          End
        </Button>
      )}
    </li>
  )
}
