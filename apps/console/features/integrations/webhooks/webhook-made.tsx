'use client'
import { SecretDialog } from '../secret-dialog.tsx'
import { SecretShown } from '../secret-shown.tsx'

/** The address, and how to see that it works. */
export function WebhookMade({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  return (
    <SecretDialog title={`The address of ${name}`} onClose={onClose}>
      <SecretShown
        label="Address"
        secret={url}
        says="This is the only time that it is shown, and whoever knows it may post. If it is lost or seen, give the webhook a new address."
        example={`curl "${url}" \\\n  -H "Content-Type: application/json" \\\n  -d '{"text":"Hello."}'`}
      />
    </SecretDialog>
  )
}
