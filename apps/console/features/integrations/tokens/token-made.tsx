'use client'
import { Button } from '@parley/ui'
import type { Outputs } from '../../api/trpc.ts'
import { useWebClient } from '../../shell/web-client.tsx'
import { SecretShown } from '../secret-shown.tsx'

/** The secret, and how to see that it works. */
export function TokenMade({
  made,
  onClose,
}: {
  made: Outputs['integrations']['createToken']
  onClose: () => void
}) {
  const web = useWebClient()
  return (
    <div className="flex flex-col gap-4">
      <SecretShown
        label="Token"
        secret={made.secret}
        says="This is the only time that it is shown. Put it where the program keeps its secrets; if it is lost, revoke it and make another one."
        example={`curl "${web}/api/v1/me" \\\n  -H "Authorization: Bearer ${made.secret}"`}
      />
      {made.madeBot && (
        <p className="max-w-prose text-muted text-sm">
          {made.bot.name} is in no conversation yet: invite it like anybody else, or let it join public
          channels.
        </p>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      </div>
    </div>
  )
}
