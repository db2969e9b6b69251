'use client'
import type { Outputs } from '../../api/trpc.ts'
import { useWebClient } from '../../shell/web-client.tsx'
import { SecretDialog } from '../secret-dialog.tsx'
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
    <SecretDialog title={`The token ${made.name}`} onClose={onClose}>
      <SecretShown
        label="Token"
        secret={made.secret}
        says="This is the only time that it is shown. Put it where the program keeps its secrets; if it is lost, revoke it and make another one."
        example={`curl "${web}/api/v1/me" \\\n  -H "Authorization: Bearer ${made.secret}"`}
      />
      {made.madeBot && (
        <p className="mt-4 max-w-prose text-muted text-sm">
          {made.bot.name} is in no conversation yet: invite it like anybody else, or let it join public
          channels.
        </p>
      )}
    </SecretDialog>
  )
}
