'use client'
import { Button } from '@parley/ui'
import { SecretShown } from '../secret-shown.tsx'

/** The address, and how to see that it works. */
export function WebhookMade({ url, onClose }: { url: string; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <SecretShown
        label="Address"
        secret={url}
        says="This is the only time that it is shown, and whoever knows it may post. If it is lost or seen, give the webhook a new address."
        example={`curl "${url}" \\\n  -H "Content-Type: application/json" \\\n  -d '{"text":"Hello."}'`}
      />
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      </div>
    </div>
  )
}
