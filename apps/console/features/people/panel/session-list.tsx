'use client'
import {
  Badge,
  Button,
  ConfirmDialog,
  formatNumber,
  IconButton,
  Timestamp,
  toast,
  useUiLocale,
} from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { LogOut, MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { trpc } from '../../api/trpc.ts'
import { Section } from '../../list/facts.tsx'
import { useMe } from '../../session/use-me.ts'
import { personChanged } from '../people-changed.ts'
import type { PersonDetail } from './person-panel.tsx'

type Session = PersonDetail['sessions'][number]
const METHODS: Record<string, string> = {
  password: 'password',
  invitation: 'invitation',
  setup: 'set-up',
  saml: 'identity provider',
}

/** Where somebody is signed in; each can be ended, or all at once. */
export function SessionList({ person }: { person: PersonDetail }) {
  const { locale } = useUiLocale()
  const mine = useMe().session
  const [ending, setEnding] = useState<Session | 'all' | null>(null)
  const revoke = useMutation(trpc.session.revoke.mutationOptions())
  const { sessions } = person
  const end = async () => {
    if (!ending) return
    const { ended } = await revoke.mutateAsync({
      person: person.id,
      ...(ending !== 'all' && { session: ending.id }),
    })
    personChanged(person.id, {})
    toast({ title: ended.length === 1 ? 'One session was ended' : `${ended.length} sessions were ended` })
  }
  return (
    <Section
      title={`Signed in on ${formatNumber(sessions.length, locale)} ${sessions.length === 1 ? 'device' : 'devices'}`}
      end={
        person.may.edit &&
        sessions.length > 1 && (
          <Button size="small" onClick={() => setEnding('all')}>
            Sign out everywhere
          </Button>
        )
      }
    >
      {sessions.length === 0 && <p className="text-muted">Nowhere at present.</p>}
      <ul className="flex flex-col divide-y rounded-lg border empty:hidden">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-2 ps-3 pe-2">
            <MonitorSmartphone aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <div className="min-w-0 flex-1">
              <div className="flex items-center gap-2 text-strong">
                <span className="truncate">{session.device.name}</span>
                {session.id === mine && <Badge tone="accent">This one</Badge>}
              </div>
              <div className="truncate text-muted text-sm">
                Used <Timestamp at={session.lastUsedAt} format="relative" /> ·{' '}
                {session.address || 'unknown address'} · by {METHODS[session.method] ?? session.method}
              </div>
            </div>
            {person.may.edit && (
              <IconButton
                label={`End the session on ${session.device.name}`}
                icon={LogOut}
                onClick={() => setEnding(session)}
              />
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={() => setEnding(null)}
        title={
          ending === 'all'
            ? `Sign ${person.name} out everywhere?`
            : `End the session on ${ending?.device.name}?`
        }
        consequence={`${person.name} is signed out there within a second and must sign in again. What they were writing stays on the device.`}
        reversal={{ explained: 'They may sign in again at any time.' }}
        confirmLabel={ending === 'all' ? 'Sign out everywhere' : 'End session'}
        onConfirm={end}
      />
    </Section>
  )
}
