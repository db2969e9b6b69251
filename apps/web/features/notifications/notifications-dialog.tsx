'use client'
import { Button, Dialog, ErrorState, Form, Loading, RadioGroup, Skeleton, Switch, toast } from '@parley/ui'
import { type FormEvent, useId, useState } from 'react'
import type { Procedures } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { useAct, useAsk } from '../api/use-ask.ts'

type Mine = Procedures['notifications.preferences']['output']

/** What I am told of while I am not looking, and how. */
export function NotificationsDialog({ onClose }: { onClose: () => void }) {
  const mine = useAsk('notifications.preferences', {})
  if (mine.data) return <Choices mine={mine.data} onClose={onClose} />
  return (
    <Dialog open onOpenChange={onClose} title="Notifications" description={says}>
      {mine.isError ? (
        <ErrorState compact title="This could not be asked for" onRetry={() => void mine.refetch()}>
          {readError(mine.error).says}
        </ErrorState>
      ) : (
        <Loading className="flex flex-col gap-3 pt-2">
          {['w-64', 'w-56', 'w-48', 'w-60'].map((width) => (
            <Skeleton key={width} className={`h-5 ${width}`} />
          ))}
        </Loading>
      )}
    </Dialog>
  )
}

const says = 'What you are told of when you are not looking. It holds on all your devices.'

function Choices({ mine, onClose }: { mine: Mine; onClose: () => void }) {
  const id = useId()
  const [push, setPush] = useState(mine.push)
  const [email, setEmail] = useState(mine.email)
  const save = useAct('notifications.setPreferences', ['notifications.preferences'])
  const saved = () => {
    toast({ tone: 'success', title: 'Saved.' })
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ push, email }, { onSuccess: saved })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Notifications"
      description={says}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} className="flex flex-col gap-5 pt-2">
        <RadioGroup
          label="On my devices"
          value={push}
          onValueChange={setPush}
          options={[
            {
              value: 'all',
              label: 'Everything that concerns me',
              hint: 'Direct messages, mentions, threads that I follow, and what is said to everyone.',
            },
            { value: 'mentions', label: 'Direct messages and mentions of me' },
            { value: 'none', label: 'Nothing' },
          ]}
        />
        <p className="text-muted text-sm">{devicesOf(mine)}</p>
        <Switch
          label="By e-mail, what no device could tell"
          checked={email}
          onCheckedChange={setEmail}
          disabled={!mine.address}
          hint={
            mine.address
              ? `One mail to ${mine.address} with what is still unread after a while.`
              : 'There is no address to send to.'
          }
        />
        {save.isError && (
          <p role="alert" className="text-danger-text text-sm">
            {readError(save.error).says}
          </p>
        )}
        <p className="text-muted text-sm">
          A conversation that you have muted tells you only when somebody names you.
        </p>
      </Form>
    </Dialog>
  )
}

function devicesOf({ pushConfigured, devices }: Mine): string {
  if (!pushConfigured)
    return 'Push is not set up in this installation: until an administrator does that, e-mail is used.'
  if (devices === 0) return 'None of your devices is registered for push yet: e-mail is used.'
  return devices === 1 ? 'One of your devices is registered.' : `${devices} of your devices are registered.`
}
