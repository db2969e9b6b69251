'use client'
import type { PendingMessage } from '@parley/sync'
import { Button, classes } from '@parley/ui'
import { Clock, TriangleAlert } from 'lucide-react'
import { PendingFiles } from '../files/pending-files.tsx'
import { Markdown } from '../markdown/markdown.tsx'
import { PersonAvatar, PersonName } from '../people/person-name.tsx'
import { useMe, useSync } from '../session/use-sync.ts'

/** What became of it is read from the message itself. */
const saidOnTheMessage = () => {}

/** A message of mine that the server does not have yet: shown at once, with what became of it. */
export function PendingRow({ pending }: { pending: PendingMessage }) {
  const me = useMe()
  const sync = useSync()
  const refused = pending.state === 'failed'
  return (
    <div className="flex gap-3 px-5 pt-2 pb-0.5 max-sm:gap-2.5 max-sm:px-3" data-pending={pending.id}>
      <PersonAvatar id={me.id} size={36} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <PersonName id={me.id} className="truncate font-semibold text-strong" />
          <span
            className={classes(
              'flex items-center gap-1 text-xs',
              refused ? 'text-danger-text' : 'text-muted',
            )}
          >
            {refused ? (
              <>
                <TriangleAlert aria-hidden="true" className="size-3" /> Not sent
              </>
            ) : (
              <>
                <Clock aria-hidden="true" className="size-3 animate-late" />
                <span className="animate-late">{pending.state === 'sent' ? 'Sent' : 'Sending'}</span>
              </>
            )}
          </span>
        </p>
        <div className={refused ? undefined : 'opacity-70'}>
          <Markdown text={pending.text} />
          <PendingFiles files={pending.files} />
        </div>
        {refused && (
          <div role="alert" className="mt-1 flex flex-wrap items-center gap-2 text-danger-text text-sm">
            {pending.says}
            <Button size="small" onClick={() => void sync.retry(pending.id).catch(saidOnTheMessage)}>
              Try again
            </Button>
            <Button size="small" variant="quiet" onClick={() => sync.discard(pending.id)}>
              Discard
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
