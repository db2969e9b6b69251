'use client'
import { Badge, Button, SidePanel, Timestamp } from '@parley/ui'
import { Facts, Section } from '../list/facts.tsx'
import { Changes } from './changes.tsx'
import { type AuditEvent, actorName } from './words.ts'

/** One event whole: who, what, before and after, where from. And the way to everything else by or about the same. */
export function EventPanel({
  event,
  narrow,
  onClose,
}: {
  event: AuditEvent
  narrow: (filters: Record<string, string | null>) => void
  onClose: () => void
}) {
  const { actor, entity } = event
  return (
    <SidePanel title={`${actorName(event)} ${event.says} ${entity.name || entity.id}`} onClose={onClose}>
      <div className="flex flex-col gap-6 p-4">
        <p className="text-strong wrap-anywhere">
          {actorName(event)} {event.says} <strong>{entity.name || entity.id}</strong>
        </p>
        <div className="flex flex-wrap gap-2">
          <Badge tone={event.result === 'refused' ? 'danger' : 'success'}>
            {event.result === 'refused' ? 'Refused' : 'Done'}
          </Badge>
          <Badge>{event.action}</Badge>
        </div>
        {(event.before || event.after) && (
          <Section title="What changed">
            <Changes event={event} />
          </Section>
        )}
        <Section title="About">
          <Facts
            facts={[
              ['When', <Timestamp key="at" at={event.at} />],
              ['Who', `${actorName(event)} (${actor.kind})`],
              ['From', event.address],
              ['Session', event.session],
              ['Target', `${entity.kind.replaceAll('_', ' ')} ${entity.id}`],
              ['Event', event.id],
            ]}
          />
        </Section>
        <div className="flex flex-wrap gap-2">
          {actor.id && (
            <Button size="small" onClick={() => narrow({ actor: actor.id })}>
              All by {actor.name}
            </Button>
          )}
          <Button size="small" onClick={() => narrow({ kind: entity.kind, target: entity.id })}>
            All about {entity.name ? 'the' : 'this'} {entity.kind.replaceAll('_', ' ')} {entity.name}
          </Button>
        </div>
      </div>
    </SidePanel>
  )
}
