'use client'
import { Dialog } from '@parley/ui'
import { useState } from 'react'
import { MetadataStep } from './metadata-step.tsx'
import { ProviderForm } from './provider-form.tsx'
import type { Provider, ReadMetadata } from './words.ts'

/** Sets a provider up in two steps, its metadata and who it speaks for; or changes one. */
export function ProviderDialog({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const [metadata, setMetadata] = useState<ReadMetadata | null>(provider?.config ?? null)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={provider ? `Change ${provider.name}` : 'Set up an identity provider'}
      description={
        metadata
          ? 'It may sign in people with addresses of these domains, and nobody else. Owners use their password, unless an owner was the last to save this.'
          : 'Its metadata says where people sign in and which signatures to trust.'
      }
    >
      {metadata ? (
        <ProviderForm
          provider={provider}
          metadata={metadata}
          onOtherMetadata={() => setMetadata(null)}
          onClose={onClose}
        />
      ) : (
        <MetadataStep onRead={setMetadata} onClose={onClose} />
      )}
    </Dialog>
  )
}
